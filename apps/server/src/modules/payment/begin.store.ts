import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { ChannelCode, PaymentState } from './payment.ts';

/** A payment that a giver begins on our own pages. */
export interface NewPayment {
  id: Id;
  channel: ChannelCode;
  merchant: string;
  orderNumber: string;
  amountFen: number;
  projectCode: string;
  projectName: string;
}

/** Adds a payment that is begun, in the same transaction as its gift. */
export async function insertBegun(tx: Writing, payment: NewPayment): Promise<void> {
  await tx.db
    .insertInto('gift_payment')
    .values({
      id: payment.id,
      channel: payment.channel,
      merchant: payment.merchant,
      order_number: payment.orderNumber,
      state: 'begun',
      amount_fen: payment.amountFen,
      project_code: payment.projectCode,
      project_name: payment.projectName,
      begun_here: true,
      begun_at: tx.now,
    })
    .execute();
}

/** A payment that was paid, with where the ledger put it. */
export interface ReceivedPayment {
  id: Id;
  channel: ChannelCode;
  merchant: string;
  orderNumber: string;
  transaction: string;
  amountFen: number;
  projectCode: string;
  paidAt: string;
  accountId: Id;
  transferId: Id;
}

/** Adds payments that notices tell of, or notes that those begun here are paid. */
export async function upsertReceived(
  tx: Writing,
  payments: readonly ReceivedPayment[],
): Promise<void> {
  if (payments.length === 0) return;
  const column = <T>(of: (payment: ReceivedPayment) => T) => payments.map(of);
  await sql`insert into gift_payment (id, channel, merchant, order_number, state, transaction_number, amount_fen,
      project_code, begun_at, paid_at, account_id, entry_id, transfer_id)
    select n.id, n.channel, n.merchant, n.order_number, 'paid', n.transaction_number, n.amount_fen, n.project_code,
      ${tx.now}, n.paid_at, n.account_id, n.transfer_id, n.transfer_id
    from unnest(${column((one) => one.id)}::uuid[], ${column((one) => one.channel)}::text[],
      ${column((one) => one.merchant)}::text[], ${column((one) => one.orderNumber)}::text[],
      ${column((one) => one.transaction)}::text[], ${column((one) => one.amountFen)}::bigint[],
      ${column((one) => one.projectCode)}::text[], ${column((one) => one.paidAt)}::timestamptz[],
      ${column((one) => one.accountId)}::uuid[], ${column((one) => one.transferId)}::uuid[])
      as n(id, channel, merchant, order_number, transaction_number, amount_fen, project_code, paid_at, account_id,
        transfer_id)
    on conflict (id) do update set state = 'paid', transaction_number = excluded.transaction_number,
      paid_at = excluded.paid_at, account_id = excluded.account_id, entry_id = excluded.entry_id,
      transfer_id = excluded.transfer_id`.execute(tx.db);
}

/** Payments known as paid under orders: by a statement before the notice came. */
export async function listPaidOrders(
  tx: Scoped,
  orders: readonly string[],
): Promise<Map<string, { id: Id; merchant: string | null; amountFen: number }>> {
  const { rows } = await sql<{
    id: Id;
    merchant: string | null;
    order_number: string;
    amount_fen: number;
  }>`select id, merchant, order_number, amount_fen from gift_payment
    where order_number = any(${orders}::text[]) and state = 'paid'`.execute(tx.db);
  return new Map(
    rows.map((row) => [
      row.order_number,
      { id: row.id, merchant: row.merchant, amountFen: row.amount_fen },
    ]),
  );
}

/** A payment of which nobody has heard yet what became of it. */
export interface OpenPayment {
  id: Id;
  channel: ChannelCode;
  orderNumber: string;
}

/**
 * Payments to ask their channels about, oldest first: begun more than a minute ago, and not asked about for a
 * quarter of the time since then (six hours at most), so that a day's silence costs a dozen questions.
 */
export async function listToAsk(
  tx: Scoped,
  chosen: { channels: readonly string[]; limit: number; paymentId?: Id },
): Promise<OpenPayment[]> {
  let query = tx.db
    .selectFrom('gift_payment')
    .select(['id', 'channel', 'order_number'])
    .where('state', 'in', ['begun', 'unknown'])
    .where('channel', '=', sql<string>`any(${chosen.channels}::text[])`)
    .orderBy('begun_at')
    .limit(chosen.limit);
  if (chosen.paymentId) query = query.where('id', '=', chosen.paymentId);
  else
    query = query
      .where(sql<boolean>`begun_at < ${tx.now}::timestamptz - interval '1 minute'`)
      .where(
        sql<boolean>`coalesce(asked_at, begun_at) < ${tx.now}::timestamptz - least(interval '6 hours',
        greatest(interval '1 minute', (${tx.now}::timestamptz - begun_at) / 4))`,
      );
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    channel: row.channel as ChannelCode,
    orderNumber: row.order_number,
  }));
}

/** Notes what channels said of payments that are not paid. */
export async function noteStates(
  tx: Writing,
  answers: ReadonlyMap<PaymentState, readonly Id[]>,
): Promise<void> {
  for (const [state, ids] of answers) {
    if (ids.length === 0) continue;
    await tx.db
      .updateTable('gift_payment')
      .set({ state, asked_at: tx.now })
      .where('id', '=', sql<Id>`any(${ids}::uuid[])`)
      .where('state', '<>', 'paid')
      .execute();
  }
}
