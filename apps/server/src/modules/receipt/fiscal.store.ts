import type { Id } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import type { Scoped, Writing } from '../../platform/database/database.ts';

export type FiscalState = 'asked' | 'issued' | 'waived';
type View = RouteOutput<typeof routes.receipt.confirmation>['fiscal'];

/** What is on file about the fiscal e-receipt of a gift, without its file. */
export interface FiscalRow {
  giftId: Id;
  number: string;
  amountFen: number;
  givenAt: Date;
  state: FiscalState;
  payerSealed: Buffer | null;
  askedAt: Date | null;
  receiptNumber: string | null;
  issuedOn: string | null;
  fileType: string | null;
}

const columns = [
  'gift_id as giftId',
  'number',
  'amount_fen as amountFen',
  'given_at as givenAt',
  'state',
  'payer_sealed as payerSealed',
  'asked_at as askedAt',
  'receipt_number as receiptNumber',
  'issued_on as issuedOn',
  'file_type as fileType',
] as const;

interface Chosen {
  giftIds?: readonly Id[];
  numbers?: readonly string[];
  receiptNumbers?: readonly string[];
  state?: FiscalState;
  after?: string;
  limit?: number;
  lock?: boolean;
}

/** Fiscal receipts asked for, issued or waived, by the number of the gift. Federation or system login. */
export async function listFiscal(tx: Scoped, chosen: Chosen): Promise<FiscalRow[]> {
  let query = tx.db.selectFrom('fiscal_receipt').select(columns).orderBy('number');
  if (chosen.giftIds) query = query.where('gift_id', 'in', chosen.giftIds);
  if (chosen.numbers) query = query.where('number', 'in', chosen.numbers);
  if (chosen.receiptNumbers) query = query.where('receipt_number', 'in', chosen.receiptNumbers);
  if (chosen.state) query = query.where('state', '=', chosen.state);
  if (chosen.after) query = query.where('number', '>', chosen.after);
  if (chosen.limit) query = query.limit(chosen.limit);
  if (chosen.lock) query = query.forUpdate();
  const rows = await query.execute();
  return rows.map((row) => ({
    ...row,
    state: row.state as FiscalState,
    amountFen: Number(row.amountFen),
  }));
}

/** What is on file about one gift, or undefined. */
export async function findFiscal(tx: Scoped, giftId: Id): Promise<FiscalRow | undefined> {
  return (await listFiscal(tx, { giftIds: [giftId] }))[0];
}

/** The state as the giver's page shows it. */
export function fiscalView(row: FiscalRow | undefined): View {
  return {
    state: row?.state ?? 'none',
    askedAt: row?.askedAt?.toISOString() ?? null,
    receiptNumber: row?.receiptNumber ?? null,
    issuedOn: row?.issuedOn ?? null,
    hasFile: (row?.fileType ?? null) !== null,
  };
}

/** Notes that the giver asked for or waived it; one that is issued stays. System login. */
export async function writeFiscal(
  tx: Writing,
  row: {
    giftId: Id;
    number: string;
    amountFen: number;
    givenAt: Date;
    state: 'asked' | 'waived';
    payerSealed: Buffer | null;
  },
): Promise<void> {
  const moment = row.state === 'asked' ? { asked_at: tx.now } : { waived_at: tx.now };
  await tx.db
    .insertInto('fiscal_receipt')
    .values({
      gift_id: row.giftId,
      number: row.number,
      amount_fen: row.amountFen,
      given_at: row.givenAt,
      state: row.state,
      payer_sealed: row.payerSealed,
      ...moment,
    })
    .onConflict((conflict) =>
      conflict
        .column('gift_id')
        .doUpdateSet({ state: row.state, payer_sealed: row.payerSealed, ...moment })
        .where('fiscal_receipt.state', '<>', 'issued'),
    )
    .execute();
}

/** Notes the number that a fiscal receipt was issued under. */
export async function markIssued(
  tx: Writing,
  issued: { giftId: Id; receiptNumber: string; issuedOn: string },
): Promise<void> {
  await tx.db
    .updateTable('fiscal_receipt')
    .set({
      state: 'issued',
      receipt_number: issued.receiptNumber,
      issued_on: issued.issuedOn,
      issued_at: tx.now,
    })
    .where('gift_id', '=', issued.giftId)
    .execute();
}

/** Keeps the fiscal receipt's own file. */
export async function writeFile(
  tx: Writing,
  giftId: Id,
  file: { sealed: Buffer; type: string },
): Promise<void> {
  await tx.db
    .updateTable('fiscal_receipt')
    .set({ file_sealed: file.sealed, file_type: file.type })
    .where('gift_id', '=', giftId)
    .execute();
}

/** The file of a fiscal receipt, sealed; null when there is none. */
export async function readFile(
  tx: Scoped,
  giftId: Id,
): Promise<{ sealed: Buffer; type: string; number: string } | null> {
  const row = await tx.db
    .selectFrom('fiscal_receipt')
    .select(['file_sealed', 'file_type', 'number'])
    .where('gift_id', '=', giftId)
    .executeTakeFirst();
  if (!row?.file_sealed || row.file_type === null) return null;
  return { sealed: row.file_sealed, type: row.file_type, number: row.number };
}

/** How many there are in each state. */
export async function countFiscal(tx: Scoped): Promise<{ state: FiscalState; count: number }[]> {
  const rows = await tx.db
    .selectFrom('fiscal_receipt')
    .select((select) => ['state', select.fn.countAll<number>().as('count')])
    .groupBy('state')
    .orderBy('state')
    .execute();
  return rows.map((row) => ({ state: row.state as FiscalState, count: Number(row.count) }));
}
