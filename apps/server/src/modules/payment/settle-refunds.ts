import type { Id } from '@wennuan/basics';
import type { RefundFact } from './facts.ts';
import type { RefundToPost } from './payment.ts';
import type { RefundRow } from './refund.store.ts';

/** A refund with the statement that tells of it; null when a notice or an answer does. */
export type ToldRefund = RefundFact & { statementId: Id | null };

/** What refunds of one order make of the rows there are. */
export interface SettledRefunds {
  /** Rows to add or to bring up to date. */
  rows: RefundRow[];
  toPost: RefundToPost[];
  /** Refunds that stood as receivables while their order was unknown. */
  madeGood: { refundId: Id; amountFen: number }[];
  /** What has gone back in all, of the payment and of its fee. */
  refundedFen: number;
  feeReturnedFen: number;
  /** Of it what bills tell of. */
  billRefundedFen: number;
}

export interface RefundsOfOrder {
  /** The payment, null while no file has told of its order. */
  paymentId: Id | null;
  known: readonly RefundRow[];
  facts: readonly ToldRefund[];
}

/**
 * Decides what refunds of one order are new. A refund number counts once. What only the platform's file told
 * of, without a number, is the refund that a bill tells of later, never a second one.
 */
export function settleRefunds(order: RefundsOfOrder, newId: () => Id): SettledRefunds {
  const rows = new Map(order.known.map((row) => [row.id, { ...row }]));
  const changed = new Set<Id>();
  const toPost: RefundToPost[] = [];
  const madeGood: SettledRefunds['madeGood'] = [];
  const add = (fact: ToldRefund, amountFen: number, posted: boolean) => {
    const row = newRow(order.paymentId, fact, { id: newId(), amountFen });
    rows.set(row.id, row);
    changed.add(row.id);
    if (!posted && row.state === 'done') toPost.push(postingOf(row, 0));
  };
  for (const fact of order.facts) {
    const all = [...rows.values()];
    if (fact.refundNumber === null) {
      const knownFen = sumDone(all, 'amountFen');
      if (fact.amountFen > knownFen) add(fact, fact.amountFen - knownFen, false);
      continue;
    }
    const same = all.find((row) => isSame(row, fact));
    if (same) {
      if (fact.toldBy === 'bill' && same.toldBy !== 'bill') {
        same.toldBy = 'bill';
        changed.add(same.id);
      }
      if (same.state === 'done' && fact.feeFen > same.feeReturnedFen) {
        toPost.push(feeOnly(same, fact.feeFen));
        changed.add(same.id);
      }
      if (same.state === 'done' || fact.state !== 'done') continue;
      Object.assign(same, { state: 'done', refundedAt: fact.at, feeReturnedFen: fact.feeFen });
      changed.add(same.id);
      toPost.push(postingOf(same, 0));
      continue;
    }
    const unnumbered = all.find((row) => row.refundNumber === null && row.state === 'done');
    if (!unnumbered || fact.state !== 'done') {
      add(fact, fact.amountFen, false);
      continue;
    }
    const rest = unnumbered.amountFen - fact.amountFen;
    const postedFen = unnumbered.amountFen;
    const { refundNumber, merchant, amountFen, at, toldBy } = fact;
    Object.assign(unnumbered, { refundNumber, merchant, amountFen, refundedAt: at, toldBy });
    changed.add(unnumbered.id);
    if (rest > 0) add({ ...fact, refundNumber: null, feeFen: 0, toldBy: 'platform' }, rest, true);
    else if (rest < 0) {
      // Our own decision gave back what was left of the gift; the rest is what the channel returns of its fee.
      const feeFen = Math.min(fact.feeFen, -rest);
      unnumbered.feeReturnedFen += feeFen;
      toPost.push({ ...postingOf(unnumbered, postedFen), feeReturnedFen: feeFen });
    } else if (fact.feeFen > unnumbered.feeReturnedFen) {
      toPost.push(feeOnly(unnumbered, fact.feeFen));
    }
  }
  for (const row of rows.values()) {
    if (row.paymentId !== null || order.paymentId === null) continue;
    row.paymentId = order.paymentId;
    changed.add(row.id);
    if (row.lackingFen > 0) madeGood.push({ refundId: row.id, amountFen: row.lackingFen });
  }
  const all = [...rows.values()];
  return {
    rows: [...changed].map((id) => rows.get(id)!),
    toPost,
    madeGood,
    refundedFen: sumDone(all, 'amountFen'),
    feeReturnedFen: sumDone(all, 'feeReturnedFen'),
    billRefundedFen: sumDone(
      all.filter((row) => row.toldBy === 'bill'),
      'amountFen',
    ),
  };
}

function isSame(row: RefundRow, fact: RefundFact): boolean {
  const merchants =
    row.merchant === null || fact.merchant === null || row.merchant === fact.merchant;
  return row.refundNumber === fact.refundNumber && merchants;
}

function sumDone(rows: readonly RefundRow[], field: 'amountFen' | 'feeReturnedFen'): number {
  return rows.reduce((sum, row) => sum + (row.state === 'done' ? row[field] : 0), 0);
}

/** The posting of a refund, less what was posted under another word of it. */
function postingOf(row: RefundRow, postedFen: number): RefundToPost {
  return {
    refundId: row.id,
    key: postedFen === 0 ? row.id : `${row.id}:${postedFen}`,
    amountFen: row.amountFen - postedFen,
    feeReturnedFen: postedFen === 0 ? row.feeReturnedFen : 0,
    isFeeOnly: false,
  };
}

/** What the channel gives back of its fee, of a refund that was posted before a bill told of that. */
function feeOnly(row: RefundRow, feeFen: number): RefundToPost {
  const amountFen = feeFen - row.feeReturnedFen;
  row.feeReturnedFen = feeFen;
  return {
    refundId: row.id,
    key: `${row.id}:fee`,
    amountFen,
    feeReturnedFen: amountFen,
    isFeeOnly: true,
  };
}

function newRow(
  paymentId: Id | null,
  fact: ToldRefund,
  own: { id: Id; amountFen: number },
): RefundRow {
  return {
    id: own.id,
    paymentId,
    merchant: fact.merchant,
    orderNumber: fact.order,
    refundNumber: fact.refundNumber,
    amountFen: own.amountFen,
    feeReturnedFen: fact.feeFen,
    state: fact.state,
    refundedAt: fact.at,
    lackingFen: 0,
    toldBy: fact.toldBy,
    statementId: fact.statementId,
    line: fact.line,
  };
}
