import type { Id } from '@wennuan/basics';
import type { Insertable } from 'kysely';
import { isChosen } from '../../platform/database/chosen.ts';
import type { Scoped } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';

/** How many of each kind of movement a page lists. */
const LISTED_MOST = 100;

export type TransferRow = Awaited<ReturnType<typeof listTransfers>>[number];
export type OrderRow = Awaited<ReturnType<typeof listOrders>>[number];
export type CountRow = Awaited<ReturnType<typeof listCounts>>[number];
export type CountLineRow = Awaited<ReturnType<typeof listCountLines>>[number];
export type WriteOffRow = Awaited<ReturnType<typeof listWriteOffs>>[number];

interface Chosen {
  id?: Id;
  formId?: Id;
  lock?: boolean;
}

/** Transfers, newest first. */
export async function listTransfers(tx: Scoped, chosen: Chosen = {}) {
  const query = tx.db
    .selectFrom('goods_transfer')
    .selectAll()
    .where(isChosen({ id: chosen.id, form_id: chosen.formId }))
    .orderBy('sent_at', 'desc')
    .orderBy('id', 'desc')
    .limit(LISTED_MOST);
  return await (chosen.lock ? query.forNoKeyUpdate() : query).execute();
}

/** What transfers carry. */
export async function listTransferLines(tx: Scoped, transferIds: readonly Id[]) {
  if (transferIds.length === 0) return [];
  return await tx.db
    .selectFrom('goods_transfer_line')
    .selectAll()
    .where('transfer_id', 'in', [...transferIds])
    .orderBy('lot_id')
    .execute();
}

/** Adds a transfer with its lines. */
export async function insertTransfer(
  tx: Scoped,
  row: Insertable<DB['goods_transfer']>,
  lines: readonly Insertable<DB['goods_transfer_line']>[],
): Promise<void> {
  await tx.db.insertInto('goods_transfer').values(row).execute();
  await tx.db.insertInto('goods_transfer_line').values(lines).execute();
}

/** Notes that a transfer was taken in. */
export async function closeTransfer(
  tx: Scoped,
  id: Id,
  taken: { lines: readonly { lotId: Id; received: number }[]; reason: string },
): Promise<void> {
  await tx.db
    .updateTable('goods_transfer')
    .set({
      state: 'received',
      received_at: tx.now,
      received_by: tx.actor.accountId,
      reason: taken.reason || null,
    })
    .where('id', '=', id)
    .execute();
  for (const { lotId, received } of taken.lines)
    await tx.db
      .updateTable('goods_transfer_line')
      .set({ received })
      .where('transfer_id', '=', id)
      .where('lot_id', '=', lotId)
      .execute();
}

/** Orders, newest first. */
export async function listOrders(
  tx: Scoped,
  chosen: Chosen & { proposalIds?: readonly Id[] } = {},
) {
  const query = tx.db
    .selectFrom('goods_order')
    .selectAll()
    .where(isChosen({ id: chosen.id, form_id: chosen.formId, proposal_id: chosen.proposalIds }))
    .orderBy('ordered_at', 'desc')
    .orderBy('id', 'desc')
    .limit(LISTED_MOST);
  return await (chosen.lock ? query.forNoKeyUpdate() : query).execute();
}

/** What orders are for. */
export async function listOrderLines(tx: Scoped, orderIds: readonly Id[]) {
  if (orderIds.length === 0) return [];
  return await tx.db
    .selectFrom('goods_order_line')
    .selectAll()
    .where('order_id', 'in', [...orderIds])
    .orderBy('lot_id')
    .execute();
}

/** Adds an order with its lines. */
export async function insertOrder(
  tx: Scoped,
  row: Insertable<DB['goods_order']>,
  lines: readonly Insertable<DB['goods_order_line']>[],
): Promise<void> {
  await tx.db.insertInto('goods_order').values(row).execute();
  await tx.db.insertInto('goods_order_line').values(lines).execute();
}

/** Moves orders on. */
export async function moveOrders(
  tx: Scoped,
  ids: readonly Id[],
  change: { state: 'paid' } | { state: 'received'; reason: string },
): Promise<void> {
  if (ids.length === 0) return;
  await tx.db
    .updateTable('goods_order')
    .set(
      change.state === 'paid'
        ? { state: 'paid' }
        : {
            state: 'received',
            received_at: tx.now,
            received_by: tx.actor.accountId,
            reason: change.reason || null,
          },
    )
    .where('id', 'in', [...ids])
    .execute();
}

/** Notes how many of a line came. */
export async function receiveLine(tx: Scoped, lotId: Id, received: number): Promise<void> {
  await tx.db
    .updateTable('goods_order_line')
    .set({ received })
    .where('lot_id', '=', lotId)
    .execute();
}

/** Accounts of what was paid or sent and not yet taken in, with their items. */
export async function listOnTheWay(tx: Scoped): Promise<{ accountId: Id; itemId: Id }[]> {
  const ordered = await tx.db
    .selectFrom('goods_order_line')
    .innerJoin('goods_order', 'goods_order.id', 'goods_order_line.order_id')
    .innerJoin('goods_lot', 'goods_lot.id', 'goods_order_line.lot_id')
    .select(['goods_order_line.account_id as accountId', 'goods_lot.item_id as itemId'])
    .where('goods_order.state', '=', 'paid')
    .execute();
  const sent = await tx.db
    .selectFrom('goods_transfer_line')
    .innerJoin('goods_transfer', 'goods_transfer.id', 'goods_transfer_line.transfer_id')
    .innerJoin('goods_lot', 'goods_lot.id', 'goods_transfer_line.lot_id')
    .select(['goods_transfer_line.account_id as accountId', 'goods_lot.item_id as itemId'])
    .where('goods_transfer.state', '=', 'sent')
    .execute();
  return [...ordered, ...sent];
}

/** Stock-takes, newest first. */
export async function listCounts(tx: Scoped, chosen: Chosen & { openAt?: Id } = {}) {
  let query = tx.db
    .selectFrom('goods_count')
    .selectAll()
    .where(isChosen({ id: chosen.id }))
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(LISTED_MOST);
  if (chosen.openAt)
    query = query.where('place_id', '=', chosen.openAt).where('state', '<>', 'booked');
  return await (chosen.lock ? query.forNoKeyUpdate() : query).execute();
}

/** What was counted. */
export async function listCountLines(tx: Scoped, countIds: readonly Id[]) {
  if (countIds.length === 0) return [];
  return await tx.db
    .selectFrom('goods_count_line')
    .selectAll()
    .where('count_id', 'in', [...countIds])
    .orderBy('counted_at')
    .execute();
}

/** Begins a stock-take. */
export async function insertCount(
  tx: Scoped,
  row: Insertable<DB['goods_count']>,
): Promise<boolean> {
  const result = await tx.db
    .insertInto('goods_count')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Notes what was counted; counted again, the later holds. */
export async function upsertCountLine(
  tx: Scoped,
  row: Insertable<DB['goods_count_line']>,
): Promise<void> {
  const { count_id: _count, stock_id: _stock, lot_id: _lot, area_id: _area, ...change } = row;
  await tx.db
    .insertInto('goods_count_line')
    .values(row)
    .onConflict((conflict) => conflict.columns(['count_id', 'stock_id']).doUpdateSet(change))
    .execute();
}

/** Moves a stock-take on. */
export async function moveCount(
  tx: Scoped,
  id: Id,
  change: { state: 'submitted'; differs: boolean } | { state: 'booked'; isOwn?: boolean },
): Promise<void> {
  await tx.db
    .updateTable('goods_count')
    .set(
      change.state === 'submitted'
        ? { state: 'submitted', submitted_by: tx.actor.accountId, differs: change.differs }
        : { state: 'booked', booked_at: tx.now, booked_by: tx.actor.accountId },
    )
    .where('id', '=', id)
    .execute();
}

/** Write-offs, newest first. */
export async function listWriteOffs(tx: Scoped, chosen: Chosen = {}) {
  const query = tx.db
    .selectFrom('goods_write_off')
    .selectAll()
    .where(isChosen({ id: chosen.id, form_id: chosen.formId }))
    .orderBy('proposed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(LISTED_MOST);
  return await (chosen.lock ? query.forNoKeyUpdate() : query).execute();
}

/** Proposes a write-off. */
export async function insertWriteOff(
  tx: Scoped,
  row: Insertable<DB['goods_write_off']>,
): Promise<void> {
  await tx.db.insertInto('goods_write_off').values(row).execute();
}

/** Notes the second person's word. */
export async function closeWriteOff(
  tx: Scoped,
  id: Id,
  state: 'booked' | 'refused',
): Promise<void> {
  await tx.db
    .updateTable('goods_write_off')
    .set({ state, decided_at: tx.now, decided_by: tx.actor.accountId })
    .where('id', '=', id)
    .execute();
}
