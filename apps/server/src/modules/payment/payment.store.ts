import type { Id } from '@wennuan/basics';
import { columnsOf } from '@wennuan/ledger';
import { sql } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { ChannelCode, PaymentRow, PaymentState, Posted } from './payment.ts';

interface Columns {
  id: Id;
  channel: string;
  merchant: string | null;
  order_number: string;
  state: string;
  amount_fen: number;
  project_code: string | null;
  project_name: string | null;
  fee_fen: number | null;
  matched_fen: number;
  refunded_fen: number;
  fee_returned_fen: number;
  begun_at: Date;
  paid_at: Date | null;
  account_id: Id | null;
  entry_id: Id | null;
  match_entry_id: Id | null;
}

function paymentOf(row: Columns): PaymentRow {
  return {
    id: row.id,
    channel: row.channel as ChannelCode,
    merchant: row.merchant,
    orderNumber: row.order_number,
    state: row.state as PaymentState,
    amountFen: row.amount_fen,
    projectCode: row.project_code,
    projectName: row.project_name,
    feeFen: row.fee_fen,
    matchedFen: row.matched_fen,
    refundedFen: row.refunded_fen,
    feeReturnedFen: row.fee_returned_fen,
    begunAt: row.begun_at,
    paidAt: row.paid_at,
    accountId: row.account_id,
    entryId: row.entry_id,
    matchEntryId: row.match_entry_id,
  };
}

/** Payments of orders, held until the transaction ends, in order of id. */
export async function lockPaymentsOfOrders(
  tx: Writing,
  orders: readonly string[],
): Promise<PaymentRow[]> {
  if (orders.length === 0) return [];
  const { rows } = await sql<Columns>`
    select id, channel, merchant, order_number, state, amount_fen, project_code, project_name, fee_fen,
      matched_fen, refunded_fen, fee_returned_fen, begun_at, paid_at, account_id, entry_id, match_entry_id
    from gift_payment where order_number = any(${orders}::text[])
    order by id for no key update`.execute(tx.db);
  return rows.map(paymentOf);
}

/**
 * Holds the payments and refunds of orders until the transaction ends, in order of id; answers the projects that
 * the payments are for.
 */
export async function lockOrders(
  tx: Writing,
  orders: readonly string[],
): Promise<{ code: string | null; name: string | null }[]> {
  if (orders.length === 0) return [];
  const numbers = columnsOf(orders).text((one) => one);
  const { rows } = await sql<{ code: string | null; name: string | null }>`with held as (
      select project_code, project_name from gift_payment where order_number = any(${numbers}::text[])
      order by id for no key update)
    select distinct project_code as code, project_name as name from held`.execute(tx.db);
  await sql`with held as (
      select id from gift_refund where order_number = any(${numbers}::text[]) order by id for no key update)
    select count(*) from held`.execute(tx.db);
  return rows;
}

/** A payment to add or to bring up to date, with all that is known of it now. */
export interface PaymentToWrite {
  id: Id;
  channel: ChannelCode;
  merchant: string | null;
  orderNumber: string;
  amountFen: number;
  projectCode: string | null;
  projectName: string | null;
  transaction: string | null;
  feeFen: number | null;
  matchedFen: number;
  refundedFen: number;
  feeReturnedFen: number;
  paidAt: Date;
}

/** Adds paid payments in one statement. */
export async function insertPayments(
  tx: Writing,
  payments: readonly PaymentToWrite[],
): Promise<void> {
  if (payments.length === 0) return;
  await sql`insert into gift_payment (id, channel, merchant, order_number, state, amount_fen, project_code,
      project_name, transaction_number, fee_fen, matched_fen, refunded_fen, fee_returned_fen, begun_at, paid_at)
    select id, channel, merchant, order_number, 'paid', amount_fen, project_code, project_name, transaction_number,
      fee_fen, matched_fen, refunded_fen, fee_returned_fen, ${tx.now}, paid_at
    from ${unnested(payments)}`.execute(tx.db);
}

/** Brings payments up to date in one statement: they are paid, whatever was thought before. */
export async function updatePayments(
  tx: Writing,
  payments: readonly PaymentToWrite[],
): Promise<void> {
  if (payments.length === 0) return;
  await sql`update gift_payment p set merchant = n.merchant, state = 'paid', amount_fen = n.amount_fen,
      project_code = n.project_code, project_name = n.project_name,
      transaction_number = coalesce(p.transaction_number, n.transaction_number), fee_fen = n.fee_fen,
      matched_fen = n.matched_fen, refunded_fen = n.refunded_fen, fee_returned_fen = n.fee_returned_fen,
      paid_at = n.paid_at
    from ${unnested(payments)} where p.id = n.id`.execute(tx.db);
}

function unnested(payments: readonly PaymentToWrite[]) {
  const column = <T>(of: (payment: PaymentToWrite) => T) => payments.map(of);
  return sql`unnest(
      ${column((one) => one.id)}::uuid[], ${column((one) => one.channel)}::text[],
      ${column((one) => one.merchant)}::text[], ${column((one) => one.orderNumber)}::text[],
      ${column((one) => one.amountFen)}::bigint[], ${column((one) => one.projectCode)}::text[],
      ${column((one) => one.projectName)}::text[], ${column((one) => one.transaction)}::text[],
      ${column((one) => one.feeFen)}::bigint[], ${column((one) => one.matchedFen)}::bigint[],
      ${column((one) => one.refundedFen)}::bigint[], ${column((one) => one.feeReturnedFen)}::bigint[],
      ${column((one) => one.paidAt.toISOString())}::timestamptz[]
    ) as n(id, channel, merchant, order_number, amount_fen, project_code, project_name, transaction_number,
      fee_fen, matched_fen, refunded_fen, fee_returned_fen, paid_at)`;
}

export interface WordToWrite {
  paymentId: Id;
  side: 'platform' | 'bill';
  amountFen: number;
  refundedFen: number;
  feeFen: number | null;
  statementId: Id;
  line: number;
}

/** Notes what a side says last of payments. */
export async function upsertWords(tx: Writing, words: readonly WordToWrite[]): Promise<void> {
  if (words.length === 0) return;
  const column = <T>(of: (word: WordToWrite) => T) => words.map(of);
  await sql`insert into gift_payment_word (payment_id, side, amount_fen, refunded_fen, fee_fen, statement_id, line)
    select * from unnest(
      ${column((word) => word.paymentId)}::uuid[], ${column((word) => word.side)}::text[],
      ${column((word) => word.amountFen)}::bigint[], ${column((word) => word.refundedFen)}::bigint[],
      ${column((word) => word.feeFen)}::bigint[], ${column((word) => word.statementId)}::uuid[],
      ${column((word) => word.line)}::int[])
    on conflict (payment_id, side) do update set amount_fen = excluded.amount_fen,
      refunded_fen = excluded.refunded_fen, fee_fen = excluded.fee_fen,
      statement_id = excluded.statement_id, line = excluded.line
    where (gift_payment_word.amount_fen, gift_payment_word.refunded_fen, gift_payment_word.fee_fen)
      is distinct from (excluded.amount_fen, excluded.refunded_fen, excluded.fee_fen)`.execute(
    tx.db,
  );
}

/** Notes what the ledger posted for payments and refunds. */
export async function notePosted(tx: Writing, posted: Posted): Promise<void> {
  const { entries, postings, lacking } = posted;
  if (entries.length > 0)
    await sql`update gift_payment p set account_id = n.account_id, transfer_id = coalesce(p.transfer_id, n.transfer_id), entry_id = coalesce(n.entry_id, p.entry_id),
        match_entry_id = coalesce(n.match_entry_id, p.match_entry_id)
      from unnest(${entries.map((one) => one.paymentId)}::uuid[], ${entries.map((one) => one.accountId)}::uuid[],
        ${entries.map((one) => one.transferId)}::uuid[],
        ${entries.map((one) => one.entryId)}::uuid[], ${entries.map((one) => one.matchEntryId)}::uuid[])
        as n(id, account_id, transfer_id, entry_id, match_entry_id)
      where p.id = n.id`.execute(tx.db);
  if (postings.length > 0)
    await sql`insert into gift_posting (transfer_id, payment_id, refund_id, kind)
      select * from unnest(${postings.map((one) => one.transferId)}::uuid[],
        ${postings.map((one) => one.paymentId)}::uuid[], ${postings.map((one) => one.refundId)}::uuid[],
        ${postings.map((one) => one.kind)}::text[])`.execute(tx.db);
  if (lacking.length > 0)
    await sql`update gift_refund r set lacking_fen = n.lacking_fen
      from unnest(${lacking.map((one) => one.refundId)}::uuid[], ${lacking.map((one) => one.amountFen)}::bigint[])
        as n(id, lacking_fen)
      where r.id = n.id`.execute(tx.db);
}

/** Sums over payments, as statements are compared by. */
export interface PaymentSums {
  code: string | null;
  name: string | null;
  count: number;
  kept: number;
  donatedFen: number;
  matchedFen: number;
  refundedFen: number;
  feesFen: number;
}

/** Sums of payments by project; a gift that wholly went back counts among the donations only. */
export async function sumPayments(tx: Scoped, ids: readonly Id[]): Promise<PaymentSums[]> {
  const { rows } = await sql<{
    code: string | null;
    name: string | null;
    count: number;
    kept: number;
    donated_fen: number;
    matched_fen: number;
    refunded_fen: number;
    fees_fen: number;
  }>`
    select project_code as code, max(project_name) as name, count(*)::int as count,
      (count(*) filter (where refunded_fen < amount_fen))::int as kept,
      sum(amount_fen - refunded_fen)::bigint as donated_fen,
      coalesce(sum(matched_fen) filter (where refunded_fen < amount_fen), 0)::bigint as matched_fen,
      sum(refunded_fen)::bigint as refunded_fen,
      sum(coalesce(fee_fen, 0) - fee_returned_fen)::bigint as fees_fen
    from gift_payment where id = any(${ids}::uuid[]) and state = 'paid'
    group by project_code, case when project_code is null then project_name end
    order by project_code, name`.execute(tx.db);
  return rows.map((row) => ({
    code: row.code,
    name: row.name,
    count: row.count,
    kept: row.kept,
    donatedFen: row.donated_fen,
    matchedFen: row.matched_fen,
    refundedFen: row.refunded_fen,
    feesFen: row.fees_fen,
  }));
}

/** What is left of gifts and matches that entered an account, by entry, held until the transaction ends. */
export async function lockEntries(
  tx: Writing,
  accountId: Id,
): Promise<{ paymentId: Id; entryId: Id; leftFen: number; isMatch: boolean }[]> {
  const { rows } = await sql<{ id: Id; entry_id: Id; left_fen: number; is_match: boolean }>`
    with held as (
      select * from gift_payment where account_id = ${accountId}::uuid order by id for no key update
    ), owed as (
      select payment_id, sum(lacking_fen)::bigint as fen from gift_refund
      where payment_id in (select id from held) group by payment_id
    )
    select h.id, h.entry_id, false as is_match, (h.amount_fen - coalesce(h.fee_fen, 0)
      - h.refunded_fen + h.fee_returned_fen + coalesce(o.fen, 0))::bigint as left_fen
    from held h left join owed o on o.payment_id = h.id
    union all
    select h.id, h.match_entry_id, true, h.matched_fen from held h
    where h.match_entry_id is not null and h.refunded_fen < h.amount_fen`.execute(tx.db);
  return rows
    .filter((row) => row.left_fen > 0)
    .map((row) => ({
      paymentId: row.id,
      entryId: row.entry_id,
      leftFen: row.left_fen,
      isMatch: row.is_match,
    }));
}
