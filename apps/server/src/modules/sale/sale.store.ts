import type { Id } from '@wennuan/basics';
import { sql, type Insertable, type Updateable } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';

const ROWS_AT_ONCE = 500;
const any = (ids: readonly Id[]) => sql<Id>`any(${[...new Set(ids)]}::uuid[])`;

type Table =
  | 'sale_part'
  | 'sale_line'
  | 'sale_piece'
  | 'sale_payment'
  | 'sale_posting'
  | 'sale_refund_line'
  | 'sale_refund_payment';

/** Adds rows of one of the tables of sales. */
export async function insertRows<T extends Table>(
  tx: Writing,
  table: T,
  rows: readonly Insertable<DB[T]>[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE)
    await tx.db
      .insertInto(table as Table)
      .values(rows.slice(start, start + ROWS_AT_ONCE) as never)
      .execute();
}

/** Adds orders; answers those that were not there, with their numbers. A key known already adds none. */
export async function insertOrders(
  tx: Writing,
  rows: readonly Insertable<DB['sale_order']>[],
): Promise<Map<Id, string>> {
  if (rows.length === 0) return new Map();
  const added = await tx.db
    .insertInto('sale_order')
    .values([...rows])
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning(['id', 'number'])
    .execute();
  return new Map(added.map((row) => [row.id, row.number]));
}

/** Orders by the key of who asked for them. System login. */
export async function ordersByKey(tx: Scoped, keys: readonly Id[]) {
  if (keys.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('sale_order')
    .select(['id', 'key', 'number'])
    .where('key', '=', any(keys))
    .execute();
  return new Map(rows.map((row) => [row.key, row]));
}

/** Orders with everything in them, locked for a change. System login. */
export async function lockOrder(tx: Writing, id: Id) {
  return await tx.db
    .selectFrom('sale_order')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** The orders of the cart that an order belongs to for its vouchers; itself alone when it has none. System login. */
export async function readCart(tx: Writing, orderId: Id): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select other.id from sale_order o join sale_order other on other.held_for = o.held_for or other.id = o.id
    where o.id = ${orderId}`.execute(tx.db);
  return rows.map((row) => row.id);
}

/** Orders locked for a change, always in the same order. System login. */
export async function lockOrders(tx: Writing, ids: readonly Id[]) {
  return await tx.db
    .selectFrom('sale_order')
    .selectAll()
    .where('id', '=', any(ids))
    .orderBy('id')
    .forUpdate()
    .execute();
}

export async function updateOrder(
  tx: Writing,
  id: Id,
  change: Updateable<DB['sale_order']>,
): Promise<void> {
  await tx.db
    .updateTable('sale_order')
    .set({ ...change, version: sql`version + 1` })
    .where('id', '=', id)
    .execute();
}

/** The inside of orders: parts, lines, payments, pieces. System login. */
export async function readInside(tx: Scoped, orderIds: readonly Id[]) {
  const parts = await tx.db
    .selectFrom('sale_part')
    .selectAll()
    .where('order_id', '=', any(orderIds))
    .orderBy('id')
    .execute();
  const lines = await tx.db
    .selectFrom('sale_line')
    .selectAll()
    .where('order_id', '=', any(orderIds))
    .orderBy('order_id')
    .orderBy('position')
    .execute();
  const payments = await tx.db
    .selectFrom('sale_payment')
    .selectAll()
    .where('order_id', '=', any(orderIds))
    .orderBy('order_id')
    .orderBy('position')
    .execute();
  return { parts, lines, payments };
}

export type Inside = Awaited<ReturnType<typeof readInside>>;
export type LineRow = Inside['lines'][number];
export type PartRow = Inside['parts'][number];
export type PaymentRow = Inside['payments'][number];

/** Pieces of lines. System login. */
export async function readPieces(tx: Scoped, lineIds: readonly Id[]) {
  return await tx.db
    .selectFrom('sale_piece')
    .selectAll()
    .where('line_id', '=', any(lineIds))
    .orderBy('line_id')
    .orderBy('stock_id')
    .execute();
}

/** What sales of parts posted, locked: who settles and who refunds wait for one another here. System login. */
export async function lockPostings(tx: Writing, partIds: readonly Id[]) {
  return await tx.db
    .selectFrom('sale_posting')
    .selectAll()
    .where('part_id', '=', any(partIds))
    .where('refund_id', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** Notes what was given back of lines, in one statement. */
export async function updateLines(
  tx: Writing,
  rows: readonly {
    id: Id;
    refundedQuantity: number;
    refundedFen: number;
    promiseLeftFen: number;
  }[],
): Promise<void> {
  await sql`update sale_line l set refunded_quantity = n.quantity, refunded_fen = n.fen, promise_left_fen = n.left_fen
    from unnest(${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.refundedQuantity)}::int[],
      ${rows.map((row) => row.refundedFen)}::bigint[], ${rows.map((row) => row.promiseLeftFen)}::bigint[])
      as n(id, quantity, fen, left_fen)
    where l.id = n.id`.execute(tx.db);
}

export async function updatePart(tx: Writing, id: Id, refundedFen: number): Promise<void> {
  await tx.db
    .updateTable('sale_part')
    .set({ refunded_fen: refundedFen })
    .where('id', '=', id)
    .execute();
}

export async function updatePayment(
  tx: Writing,
  id: Id,
  change: Updateable<DB['sale_payment']>,
): Promise<void> {
  await tx.db.updateTable('sale_payment').set(change).where('id', '=', id).execute();
}

export async function updatePieces(
  tx: Writing,
  rows: readonly { lineId: Id; stockId: Id; returned: number }[],
): Promise<void> {
  for (const row of rows)
    await tx.db
      .updateTable('sale_piece')
      .set({ returned: row.returned })
      .where('line_id', '=', row.lineId)
      .where('stock_id', '=', row.stockId)
      .execute();
}

/** The refund of a key. System login. */
export async function refundByKey(tx: Scoped, key: Id) {
  return await tx.db
    .selectFrom('sale_refund')
    .selectAll()
    .where('key', '=', key)
    .executeTakeFirst();
}

/** What a refund gave back with which means. System login. */
export async function backOf(tx: Scoped, refundId: Id) {
  return await tx.db
    .selectFrom('sale_refund_payment as r')
    .innerJoin('sale_payment as p', 'p.id', 'r.payment_id')
    .select(['p.means', 'r.amount_fen as amountFen'])
    .where('r.refund_id', '=', refundId)
    .execute();
}

/** What of a refund was a charity sale's. System login. */
export async function charityBack(tx: Scoped, refundId: Id): Promise<number> {
  const { rows } = await sql<{ fen: number }>`
    select coalesce(sum(r.amount_fen), 0)::bigint as fen from sale_refund_line r join sale_line l on l.id = r.line_id
      join sale_part p on p.id = l.part_id
    where r.refund_id = ${refundId} and p.charity_sale_id is not null`.execute(tx.db);
  return rows[0]!.fen;
}

/** Adds a refund; answers its number. */
export async function insertRefund(
  tx: Writing,
  row: Insertable<DB['sale_refund']>,
): Promise<string> {
  const added = await tx.db
    .insertInto('sale_refund')
    .values(row)
    .returning('number')
    .executeTakeFirstOrThrow();
  return added.number;
}
