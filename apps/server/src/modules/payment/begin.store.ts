import type { Id } from '@wennuan/basics';
import { columnsOf } from '@wennuan/ledger';
import { sql } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import {
  prepared,
  type Scoped,
  unhurried,
  type Writing,
} from '../../platform/database/database.ts';
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
  /** True when its giver began it on our own pages, so that its row is there already. */
  begunHere: boolean;
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

/** Notes that payments begun here are paid, and adds those that only notices tell of. */
export async function noteReceived(
  tx: Writing,
  payments: readonly ReceivedPayment[],
): Promise<void> {
  const begun = payments.filter((payment) => payment.begunHere);
  const noted = begun.length === 0 ? new Set<Id>() : await noteBegunPaid(tx, begun);
  const others = payments.filter((payment) => !noted.has(payment.id));
  if (others.length > 0) await insertPaid(tx, others);
}

async function noteBegunPaid(tx: Writing, begun: readonly ReceivedPayment[]): Promise<Set<Id>> {
  const { plain, text } = columnsOf(begun);
  const { rows } = await sql<{ id: Id }>`update gift_payment p set state = 'paid',
      transaction_number = n.transaction_number, paid_at = n.paid_at, account_id = n.account_id,
      entry_id = n.transfer_id, transfer_id = n.transfer_id
    from unnest(${plain((one) => one.id)}::uuid[], ${text((one) => one.transaction)}::text[],
      ${plain((one) => one.paidAt)}::timestamptz[], ${plain((one) => one.accountId)}::uuid[],
      ${plain((one) => one.transferId)}::uuid[]) as n(id, transaction_number, paid_at, account_id, transfer_id)
    where p.id = n.id returning p.id`.execute(tx.db);
  return new Set(rows.map((row) => row.id));
}

const INSERT_PAID = prepared(
  unhurried(`insert into gift_payment (id, channel, merchant, order_number, state, transaction_number,
    amount_fen, project_code, begun_at, paid_at, account_id, entry_id, transfer_id)
  select n.id, n.channel, n.merchant, n.order_number, 'paid', n.transaction_number, n.amount_fen, n.project_code,
    $1, n.paid_at, n.account_id, n.transfer_id, n.transfer_id
  from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[],
    $9::timestamptz[], $10::uuid[], $11::uuid[]) as n(id, channel, merchant, order_number, transaction_number,
    amount_fen, project_code, paid_at, account_id, transfer_id)`),
);

async function insertPaid(tx: Writing, payments: readonly ReceivedPayment[]): Promise<void> {
  const { plain, text } = columnsOf(payments);
  await tx.sql.query(INSERT_PAID, [
    tx.now,
    plain((one) => one.id),
    plain((one) => one.channel),
    text((one) => one.merchant),
    text((one) => one.orderNumber),
    text((one) => one.transaction),
    plain((one) => one.amountFen),
    text((one) => one.projectCode),
    plain((one) => one.paidAt),
    plain((one) => one.accountId),
    plain((one) => one.transferId),
  ]);
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
  begunAt: Date;
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
    .select(['id', 'channel', 'order_number', 'begun_at'])
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
    begunAt: row.begun_at,
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
      .where('id', '=', anyOf(ids))
      .where('state', '<>', 'paid')
      .execute();
  }
}
