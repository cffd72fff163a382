import { type BillKind, paymentKey, type ReadStatement, type Remark } from './statement.ts';

/** Where in the files something is said. */
export interface Place {
  /** Place of the file among those read together. */
  file: number;
  line: number;
}

/** What one side says of a payment. */
export interface Word extends Place {
  amountFen: number;
  feeFen: number | null;
}

export interface PlatformWord extends Word {
  refundedFen: number;
}

/** A refund that a file tells of. Without a number only the platform's file has told of it. */
export interface RefundFact extends Place {
  refundNumber: string | null;
  merchant: string | null;
  order: string;
  amountFen: number;
  feeFen: number;
  state: 'done' | 'processing' | 'failed';
  at: Date | null;
  toldBy: 'platform' | 'bill' | 'channel';
}

/** A payment as all files together tell it. */
export interface PaymentFact {
  merchant: string | null;
  order: string;
  paidAt: Date;
  /** The bill is where the money moved: where both speak, its amount is posted. */
  amountFen: number;
  matchedFen: number;
  feeFen: number | null;
  projectCode: string | null;
  projectName: string | null;
  publicName: string | null;
  transaction: string | null;
  /** Whose bill tells of it; null while only the platform's file does. */
  billOf: BillKind | null;
  platform: PlatformWord | null;
  bill: Word | null;
}

/** What files tell of orders that belong together. */
export interface Facts {
  payments: PaymentFact[];
  /** In the order of the files; those of orders that no file here has are among them. */
  refunds: RefundFact[];
}

type Known = Exclude<ReadStatement, { kind: null }>;
type Export = Extract<Known, { kind: 'platform' }>;

/**
 * Files that were read together side by side: one fact for each order, whichever files tell of it. Bills come
 * first, then the platform's exports. The same order in two files of one kind is one payment, and counts as doubled;
 * with another amount it is a problem.
 */
export class StatementFacts {
  readonly problems: (Remark & { file: number })[] = [];
  duplicateRows = 0;
  readonly #byOrder = new Map<string, PaymentFact[]>();
  readonly #refunds = new Map<string, RefundFact>();

  /** The numbers of all orders that files tell of, each once. */
  orders(): string[] {
    const refunded = Array.from(this.#refunds.values(), (refund) => refund.order);
    return [...new Set([...this.#byOrder.keys(), ...refunded])];
  }

  /** The projects that payments say they are for, each once. */
  projects(): { code: string | null; name: string | null }[] {
    const found = new Map<string, { code: string | null; name: string | null }>();
    for (const same of this.#byOrder.values())
      for (const { projectCode: code, projectName: name } of same)
        found.set(`${code ?? ''}\n${name ?? ''}`, { code, name });
    return [...found.values()];
  }

  /** All of it, once, in portions of about so many payments; what is of one order is in one portion. */
  *portions(paymentsMost: number): Generator<Facts> {
    const refunds = Map.groupBy(this.#refunds.values(), (refund) => refund.order);
    this.#refunds.clear();
    let portion: Facts = { payments: [], refunds: [] };
    for (const [order, payments] of this.#byOrder) {
      portion.payments.push(...payments);
      portion.refunds.push(...(refunds.get(order) ?? []));
      refunds.delete(order);
      // What was handed out is not kept: the portion's memory is free again when it is recorded.
      this.#byOrder.delete(order);
      if (portion.payments.length < paymentsMost) continue;
      yield portion;
      portion = { payments: [], refunds: [] };
    }
    for (const alone of refunds.values()) {
      portion.refunds.push(...alone);
      if (portion.refunds.length < paymentsMost) continue;
      yield portion;
      portion = { payments: [], refunds: [] };
    }
    if (portion.payments.length + portion.refunds.length > 0) yield portion;
  }

  addBill(file: Extract<Known, { kind: BillKind }>, index: number): void {
    this.duplicateRows += file.duplicateRows;
    for (const gift of file.gifts) {
      const place = { file: index, line: gift.line };
      const known = this.#find(gift.merchant, gift.order);
      if (known) {
        this.duplicateRows += 1;
        if (known.amountFen !== gift.amountFen) this.#conflict(known, gift.order, place);
        continue;
      }
      this.#add({
        merchant: gift.merchant,
        order: gift.order,
        paidAt: gift.paidAt,
        amountFen: gift.amountFen,
        matchedFen: 0,
        feeFen: gift.feeFen,
        projectCode: null,
        projectName: gift.product,
        publicName: null,
        transaction: gift.transaction,
        billOf: file.kind,
        platform: null,
        bill: { ...place, amountFen: gift.amountFen, feeFen: gift.feeFen },
      });
    }
    for (const { line, kind: _, ...refund } of file.refunds) {
      const key = paymentKey(refund.merchant, refund.refundNumber);
      const known = this.#refunds.get(key);
      if (known) this.duplicateRows += 1;
      if (!known || known.state !== 'done')
        this.#refunds.set(key, { ...refund, toldBy: 'bill', file: index, line });
    }
  }

  addExport(file: Export, index: number): void {
    this.duplicateRows += file.duplicateRows;
    for (const gift of file.gifts) {
      const place = { file: index, line: gift.line };
      const { amountFen, feeFen, refundedFen } = gift;
      const platform: PlatformWord = { ...place, amountFen, feeFen, refundedFen };
      const known = this.#find(gift.merchant, gift.order);
      const { projectCode, projectName, publicName } = gift;
      const said = { projectCode, projectName, publicName, matchedFen: gift.matchedFen ?? 0 };
      if (known?.platform) {
        this.duplicateRows += 1;
        if (known.platform.amountFen !== amountFen) this.#conflict(known, gift.order, place);
        if (refundedFen > known.platform.refundedFen) known.platform = platform;
      } else if (known) {
        const fee = known.feeFen ?? feeFen;
        Object.assign(known, said, { platform, feeFen: fee });
      } else {
        const { merchant, order, paidAt, transaction } = gift;
        const paid = { merchant, order, paidAt, amountFen, feeFen, transaction };
        this.#add({ ...paid, ...said, billOf: null, platform, bill: null });
      }
      if (refundedFen > 0) this.#refundOfExport(gift, place);
    }
  }

  /** The platform's word about a refund stands only where no bill here tells of the same order's refunds. */
  #refundOfExport(gift: Export['gifts'][number], place: Place): void {
    const numbered = [...(this.#refundsByOrder().get(gift.order) ?? [])];
    if (numbered.some((refund) => refund.refundNumber !== null)) return;
    const { order, merchant, refundNumber, refundedFen, amountFen } = gift;
    const key = refundNumber === null ? `?${order}` : paymentKey(merchant, refundNumber);
    this.#refunds.set(key, {
      ...place,
      refundNumber,
      merchant,
      order,
      amountFen: refundedFen,
      feeFen: refundedFen === amountFen ? (gift.feeFen ?? 0) : 0,
      state: 'done',
      at: gift.refundedAt ?? gift.paidAt,
      toldBy: 'platform',
    });
  }

  #refundsOfBills: Map<string, RefundFact[]> | null = null;

  #refundsByOrder(): Map<string, RefundFact[]> {
    this.#refundsOfBills ??= Map.groupBy(this.#refunds.values(), (refund) => refund.order);
    return this.#refundsOfBills;
  }

  #add(fact: PaymentFact): void {
    const same = this.#byOrder.get(fact.order);
    if (same) same.push(fact);
    else this.#byOrder.set(fact.order, [fact]);
  }

  /** The fact of an order; a file without merchant numbers means the only one there is. */
  #find(merchant: string | null, order: string): PaymentFact | null {
    const same = this.#byOrder.get(order) ?? [];
    if (merchant === null) return same.length === 1 ? same[0]! : null;
    return same.find((fact) => fact.merchant === merchant) ?? null;
  }

  #conflict(known: PaymentFact, order: string, place: Place): void {
    const before = known.bill?.line ?? known.platform!.line;
    this.problems.push({
      file: place.file,
      line: place.line,
      code: 'order_conflicts',
      params: { order, before },
    });
  }
}
