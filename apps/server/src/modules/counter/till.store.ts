import { Refusal, type Id } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { EntrySum, Means, Shift, Till } from './counter.ts';

const tillColumns = ['id', 'place_id as placeId', 'area_id as areaId', 'name'] as const;

/** Tills of places, or by id. System login. */
export async function listTills(
  tx: Scoped,
  by: { placeIds: readonly Id[] } | { ids: readonly Id[] },
): Promise<Till[]> {
  const ids = 'ids' in by ? by.ids : by.placeIds;
  if (ids.length === 0) return [];
  return await tx.db
    .selectFrom('till')
    .select(tillColumns)
    .where('ids' in by ? 'id' : 'place_id', 'in', [...ids])
    .orderBy('name')
    .execute();
}

/** Adds a till; refuses `till_name_taken`. */
export async function insertTill(tx: Writing, till: Till): Promise<void> {
  const rows = await tx.db
    .insertInto('till')
    .values({
      id: till.id,
      place_id: till.placeId,
      area_id: till.areaId,
      name: till.name,
      opened_at: tx.now,
      opened_by: tx.actor.accountId,
    })
    .onConflict((conflict) => conflict.constraint('till_name_once').doNothing())
    .returning('id')
    .execute();
  if (rows.length === 0) throw new Refusal('till_name_taken', {}, 'name');
}

/** The open shift of a till, locked in a write; undefined without one. */
export async function openShiftOf(
  tx: Scoped,
  tillId: Id,
  lock = false,
): Promise<Shift | undefined> {
  let query = tx.db
    .selectFrom('till_shift')
    .select([
      'id',
      'till_id as tillId',
      'account_id as accountId',
      'float_fen as floatFen',
      'opened_at as openedAt',
      'closed_at as closedAt',
    ])
    .where('till_id', '=', tillId)
    .where('closed_at', 'is', null);
  if (lock) query = query.forUpdate();
  return await query.executeTakeFirst();
}

/** Opens a shift; false when one is open. */
export async function insertShift(tx: Writing, shift: Shift, areaId: number): Promise<boolean> {
  const rows = await tx.db
    .insertInto('till_shift')
    .values({
      id: shift.id,
      till_id: shift.tillId,
      area_id: areaId,
      account_id: shift.accountId,
      float_fen: shift.floatFen,
      opened_at: shift.openedAt,
    })
    .onConflict((conflict) =>
      conflict.columns(['till_id']).where('closed_at', 'is', null).doNothing(),
    )
    .returning('id')
    .execute();
  return rows.length > 0;
}

/** Closes a shift with what was counted. */
export async function endShift(
  tx: Writing,
  shiftId: Id,
  closed: {
    note: string;
    counts: readonly { means: Means; expectedFen: number; countedFen: number }[];
  },
): Promise<void> {
  await tx.db
    .updateTable('till_shift')
    .set({ closed_at: tx.now, note: closed.note })
    .where('id', '=', shiftId)
    .execute();
  await tx.db
    .insertInto('till_shift_count')
    .values(
      closed.counts.map((one) => ({
        shift_id: shiftId,
        means: one.means,
        expected_fen: one.expectedFen,
        counted_fen: one.countedFen,
      })),
    )
    .execute();
}

/** What was rung up or given back under a key. */
export interface Entry {
  key: Id;
  kind: 'sale' | 'refund';
  tillId: Id;
  shiftId: Id;
  areaId: number;
  orderId: Id | null;
  number: string | null;
  amountFen: number;
  shareFen: number;
  /** What of it was a charity sale's. */
  charityFen: number;
  rungAt: Date;
  isOffline: boolean;
  refusal: string | null;
  refusalParams: Record<string, string | number> | null;
  allowedBy: Id | null;
}

/** Entries by key, or of a shift. */
export async function listEntries(
  tx: Scoped,
  by: { keys: readonly Id[] } | { shiftId: Id },
): Promise<Entry[]> {
  let query = tx.db.selectFrom('till_entry').selectAll().orderBy('rung_at');
  if ('keys' in by && by.keys.length === 0) return [];
  query =
    'keys' in by
      ? query.where('key', 'in', [...by.keys])
      : query.where('shift_id', '=', by.shiftId);
  const rows = await query.execute();
  return rows.map((row) => ({
    key: row.key,
    kind: row.kind as Entry['kind'],
    tillId: row.till_id,
    shiftId: row.shift_id,
    areaId: row.area_id,
    orderId: row.order_id,
    number: row.number,
    amountFen: row.amount_fen,
    shareFen: row.share_fen,
    charityFen: row.charity_fen,
    rungAt: row.rung_at,
    isOffline: row.is_offline,
    refusal: row.refusal,
    refusalParams: row.refusal_params as Entry['refusalParams'],
    allowedBy: row.allowed_by,
  }));
}

/** Writes an entry; one that was refused before is written over, one that was recorded stays as it is. */
export async function putEntry(
  tx: Writing,
  entry: Entry,
  means: readonly { means: Means; amountFen: number }[],
): Promise<void> {
  await sql`insert into till_entry (key, kind, till_id, shift_id, area_id, order_id, number, amount_fen, share_fen, charity_fen,
      rung_at, received_at, is_offline, refusal, refusal_params, allowed_by)
    values (${entry.key}, ${entry.kind}, ${entry.tillId}, ${entry.shiftId}, ${entry.areaId}, ${entry.orderId},
      ${entry.number}, ${entry.amountFen}, ${entry.shareFen}, ${entry.charityFen}, ${entry.rungAt}, ${tx.now}, ${entry.isOffline},
      ${entry.refusal}, ${entry.refusalParams ? JSON.stringify(entry.refusalParams) : null}, ${entry.allowedBy})
    on conflict (key) do update set order_id = excluded.order_id, number = excluded.number,
      amount_fen = excluded.amount_fen, share_fen = excluded.share_fen,
      charity_fen = excluded.charity_fen, received_at = excluded.received_at,
      refusal = excluded.refusal, refusal_params = excluded.refusal_params
    where till_entry.order_id is null`.execute(tx.db);
  if (entry.refusal !== null || means.length === 0) return;
  await tx.db
    .insertInto('till_entry_means')
    .values(
      means.map((one) => ({ entry_key: entry.key, means: one.means, amount_fen: one.amountFen })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** What a shift took and gave back, by means; entries that were refused do not count. */
export async function meansOf(tx: Scoped, shiftId: Id): Promise<EntrySum[]> {
  const rows = await tx.db
    .selectFrom('till_entry_means')
    .innerJoin('till_entry', 'till_entry.key', 'till_entry_means.entry_key')
    .select([
      'till_entry.kind',
      'till_entry_means.means',
      (row) => row.fn.sum<string>('till_entry_means.amount_fen').as('amount'),
    ])
    .where('till_entry.shift_id', '=', shiftId)
    .where('till_entry.order_id', 'is not', null)
    .groupBy(['till_entry.kind', 'till_entry_means.means'])
    .execute();
  return rows.map((row) => ({
    kind: row.kind as EntrySum['kind'],
    means: row.means as Means,
    amountFen: Number(row.amount),
  }));
}
