import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { ChannelCode } from './payment.ts';

export interface RefundRow {
  id: Id;
  paymentId: Id | null;
  merchant: string | null;
  orderNumber: string;
  refundNumber: string | null;
  amountFen: number;
  feeReturnedFen: number;
  state: 'done' | 'processing' | 'failed';
  refundedAt: Date | null;
  lackingFen: number;
  toldBy: 'platform' | 'bill' | 'channel';
  statementId: Id | null;
  line: number | null;
}

/** Refunds of orders, held until the transaction ends. */
export async function lockRefundsOfOrders(
  tx: Writing,
  orders: readonly string[],
): Promise<RefundRow[]> {
  if (orders.length === 0) return [];
  const { rows } = await sql<{
    id: Id;
    payment_id: Id | null;
    merchant: string | null;
    order_number: string;
    refund_number: string | null;
    amount_fen: number;
    fee_returned_fen: number;
    state: RefundRow['state'];
    refunded_at: Date | null;
    lacking_fen: number;
    told_by: RefundRow['toldBy'];
    statement_id: Id | null;
    line: number | null;
  }>`select * from gift_refund where order_number = any(${orders}::text[])
    order by id for no key update`.execute(tx.db);
  return rows.map((row) => ({
    id: row.id,
    paymentId: row.payment_id,
    merchant: row.merchant,
    orderNumber: row.order_number,
    refundNumber: row.refund_number,
    amountFen: row.amount_fen,
    feeReturnedFen: row.fee_returned_fen,
    state: row.state,
    refundedAt: row.refunded_at,
    lackingFen: row.lacking_fen,
    toldBy: row.told_by,
    statementId: row.statement_id,
    line: row.line,
  }));
}

/** Adds refunds, or brings those with the same id up to date. */
export async function upsertRefunds(tx: Writing, refunds: readonly RefundRow[]): Promise<void> {
  if (refunds.length === 0) return;
  const column = <T>(of: (refund: RefundRow) => T) => refunds.map(of);
  await sql`insert into gift_refund (id, payment_id, merchant, order_number, refund_number, amount_fen,
      fee_returned_fen, state, refunded_at, lacking_fen, told_by, statement_id, line)
    select * from unnest(
      ${column((one) => one.id)}::uuid[], ${column((one) => one.paymentId)}::uuid[],
      ${column((one) => one.merchant)}::text[], ${column((one) => one.orderNumber)}::text[],
      ${column((one) => one.refundNumber)}::text[], ${column((one) => one.amountFen)}::bigint[],
      ${column((one) => one.feeReturnedFen)}::bigint[], ${column((one) => one.state)}::text[],
      ${column((one) => one.refundedAt?.toISOString() ?? null)}::timestamptz[],
      ${column((one) => one.lackingFen)}::bigint[], ${column((one) => one.toldBy)}::text[],
      ${column((one) => one.statementId)}::uuid[],
      ${column((one) => one.line)}::int[])
    on conflict (id) do update set payment_id = excluded.payment_id, merchant = excluded.merchant,
      refund_number = excluded.refund_number, amount_fen = excluded.amount_fen,
      fee_returned_fen = excluded.fee_returned_fen, state = excluded.state, refunded_at = excluded.refunded_at,
      lacking_fen = excluded.lacking_fen, told_by = excluded.told_by, statement_id = excluded.statement_id, line = excluded.line`.execute(
    tx.db,
  );
}

/**
 * Notes that a gift, or part of it, was given back by a decision of ours and posted: the refund that a bill
 * tells of later is this one. A gift that came over no channel has no payment, and nothing is noted.
 */
export async function noteReturned(
  tx: Writing,
  returned: { refundId: Id; paymentId: Id; amountFen: number; transferIds: readonly Id[] },
): Promise<void> {
  const { refundId, paymentId, amountFen, transferIds } = returned;
  const { rows } = await sql<{ id: Id }>`
    update gift_payment set refunded_fen = refunded_fen + ${amountFen} where id = ${paymentId} returning id`.execute(
    tx.db,
  );
  if (rows.length === 0) return;
  await sql`insert into gift_refund (id, payment_id, merchant, order_number, amount_fen, state, refunded_at, told_by)
    select ${refundId}::uuid, id, merchant, order_number, ${amountFen}, 'done', ${tx.now}, 'channel'
    from gift_payment where id = ${paymentId}`.execute(tx.db);
  await sql`insert into gift_posting (transfer_id, payment_id, refund_id, kind)
    select t.id, ${paymentId}::uuid, ${refundId}::uuid, 'refund' from unnest(${transferIds}::uuid[]) as t(id)`.execute(
    tx.db,
  );
}

/** Brings what bills say of payments up to date with the refunds that bills told of. */
export async function refreshBillWords(tx: Writing, paymentIds: readonly Id[]): Promise<void> {
  if (paymentIds.length === 0) return;
  await sql`update gift_payment_word w set refunded_fen = r.refunded_fen
    from (select payment_id, sum(amount_fen)::bigint as refunded_fen from gift_refund
      where payment_id = any(${paymentIds}::uuid[]) and told_by = 'bill' and state = 'done'
      group by payment_id) as r
    where w.payment_id = r.payment_id and w.side = 'bill' and w.refunded_fen <> r.refunded_fen`.execute(
    tx.db,
  );
}

/** How many refunds of payments were made. */
export async function countRefunds(tx: Scoped, paymentIds: readonly Id[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from gift_refund
    where payment_id = any(${paymentIds}::uuid[]) and state = 'done'`.execute(tx.db);
  return rows[0]!.count;
}

/** What is known of a gift's payment where money of it goes back. */
export interface PaymentToReturn {
  id: Id;
  channel: ChannelCode;
  merchant: string | null;
  orderNumber: string;
  amountFen: number;
  refundedFen: number;
  /** What the channel keeps of it for good, as far as anybody has said. */
  feeFen: number;
  /** Where its money lies now, and by which entry; a project that was attached moved it. */
  accountId: Id | null;
  entryId: Id | null;
}

/** Payments of gifts by the gift; one that came over no channel is absent. */
export async function listToReturn(
  tx: Scoped,
  giftIds: readonly Id[],
): Promise<Map<Id, PaymentToReturn>> {
  const rows = await tx.db
    .selectFrom('gift_payment')
    .selectAll()
    .where('id', '=', anyOf(giftIds))
    .where('state', '=', 'paid')
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        channel: row.channel as ChannelCode,
        merchant: row.merchant,
        orderNumber: row.order_number,
        amountFen: Number(row.amount_fen),
        refundedFen: Number(row.refunded_fen),
        feeFen: Number(row.fee_fen ?? 0) - Number(row.fee_returned_fen),
        accountId: row.account_id,
        entryId: row.entry_id,
      },
    ]),
  );
}

/** The transfers in the ledger that a refund caused, by its number at its channel. */
export async function listTransfersOfRefund(
  tx: Scoped,
  refund: { paymentId: Id; refundNumber: string },
): Promise<Id[]> {
  const rows = await tx.db
    .selectFrom('gift_posting as p')
    .innerJoin('gift_refund as r', 'r.id', 'p.refund_id')
    .select('p.transfer_id')
    .where('r.payment_id', '=', refund.paymentId)
    .where('r.refund_number', '=', refund.refundNumber)
    .execute();
  return rows.map((row) => row.transfer_id);
}

const EVER = { from: new Date(0), until: new Date('9999-12-31T00:00:00Z') };

/** What of gifts went back out of accounts, whichever way, ever or in a span; for everybody. */
export async function sumReturned(
  tx: Scoped,
  accountIds: readonly Id[],
  span: { from: Date; until: Date } = EVER,
): Promise<Map<Id, number>> {
  const { rows } = await sql<{ account_id: Id; amount_fen: number }>`
    select account_id, sum(amount_fen)::bigint as amount_fen
    from gifts_returned(${accountIds}::uuid[], ${span.from}, ${span.until})
    group by account_id`.execute(tx.db);
  return new Map(rows.map((row) => [row.account_id, row.amount_fen]));
}
