import type { Id } from '@wennuan/basics';
import { balances } from '@wennuan/ledger';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { ReservePiece, Till } from './counter.ts';

/** What a till took along and still has, first taken first, with since when; locked where `lock` says so. */
export async function openReserve(
  tx: Scoped,
  tillId: Id,
  lock = false,
): Promise<{ pieces: ReservePiece[]; since: Date | null }> {
  let query = tx.db
    .selectFrom('till_reserve')
    .select(['id', 'stock_id', 'lot_id', 'item_id', 'taken_at'])
    .where('till_id', '=', tillId)
    .where('ended_at', 'is', null)
    .orderBy('id');
  if (lock) query = query.forUpdate();
  const rows = await query.execute();
  const left = new Map(
    (
      await balances(
        tx.sql,
        rows.map((row) => row.id),
      )
    ).map((row) => [row.accountId, row.balance]),
  );
  return {
    pieces: rows.map((row) => ({
      accountId: row.id,
      stockId: row.stock_id,
      lotId: row.lot_id,
      itemId: row.item_id,
      left: left.get(row.id) ?? 0,
    })),
    since: rows[0]?.taken_at ?? null,
  };
}

/** Writes down what a till takes along. */
export async function insertReserve(
  tx: Writing,
  till: Till,
  pieces: readonly { accountId: Id; stockId: Id; lotId: Id; itemId: Id; quantity: number }[],
): Promise<void> {
  if (pieces.length === 0) return;
  await tx.db
    .insertInto('till_reserve')
    .values(
      pieces.map((piece) => ({
        id: piece.accountId,
        till_id: till.id,
        place_id: till.placeId,
        area_id: till.areaId,
        item_id: piece.itemId,
        stock_id: piece.stockId,
        lot_id: piece.lotId,
        quantity: piece.quantity,
        taken_at: tx.now,
        taken_by: tx.actor.accountId,
      })),
    )
    .execute();
}

/** Ends what a till took along. */
export async function endReserveRows(
  tx: Writing,
  tillId: Id,
  how: { how: 'sync' | 'write_off'; reason: string | null },
): Promise<void> {
  await tx.db
    .updateTable('till_reserve')
    .set({
      ended_at: tx.now,
      ended_how: how.how,
      ended_by: tx.actor.accountId,
      reason: how.reason,
    })
    .where('till_id', '=', tillId)
    .where('ended_at', 'is', null)
    .execute();
}
