import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { LIVE_STATES, type Share, type ShareState } from './group-buy.ts';
import type { Shelf } from './shelf.ts';

const shareColumns = [
  'id',
  'group_id as groupId',
  'area_id as areaId',
  'place',
  'account_id as accountId',
  'household_key as householdKey',
  'wanted',
  'pieces',
  'state',
  'joined_at as joinedAt',
  'held_until as heldUntil',
  'paid_fen as paidFen',
  'paid_at as paidAt',
  'entry_id as entryId',
  'settled_at as settledAt',
  'picked_up_at as pickedUpAt',
  'pick_up_note as pickUpNote',
  'chased_at as chasedAt',
  'transaction',
] as const;

const selectShares = (tx: Scoped) => tx.db.selectFrom('group_share').select(shareColumns);
type Row = Awaited<ReturnType<ReturnType<typeof selectShares>['execute']>>[number];
const shareOf = (row: Row): Share => ({
  ...row,
  paidFen: Number(row.paidFen),
  state: row.state as ShareState,
});

interface ShelfRow {
  group_id: Id;
  limit_pieces: number;
  held_pieces: number;
  paid_pieces: number;
  waiting: number;
  next_place: number;
  closes_at: Date;
  is_closed: boolean;
  database_now: Date;
}

function shelfOf(row: ShelfRow): Shelf {
  return {
    groupId: row.group_id,
    limitPieces: row.limit_pieces,
    heldPieces: row.held_pieces,
    paidPieces: row.paid_pieces,
    waiting: row.waiting,
    nextPlace: row.next_place,
    closesAt: row.closes_at,
    isClosed: row.is_closed,
  };
}

/**
 * Locks the shelves of groups, in order of id, until the transaction ends. `databaseNow` is the database's own clock once
 * the last lock was had: the moment that decides who was in time, whichever server asks.
 */
export async function lockShelves(
  tx: Writing,
  groupIds: readonly Id[],
): Promise<{ shelves: Map<Id, Shelf>; databaseNow: Date }> {
  const { rows } = await sql<ShelfRow>`
    select l.*, clock_timestamp() as database_now from (
      select group_id, limit_pieces, held_pieces, paid_pieces, waiting, next_place, closes_at, is_closed
      from group_buy_shelf where group_id = any(${[...new Set(groupIds)]}::uuid[])
      order by group_id for no key update
    ) l`.execute(tx.db);
  return {
    shelves: new Map(rows.map((row) => [row.group_id, shelfOf(row)])),
    databaseNow: rows.at(-1)?.database_now ?? tx.now,
  };
}

/** Shelves as they are, without a lock. */
export async function readShelves(tx: Scoped, groupIds: readonly Id[]): Promise<Map<Id, Shelf>> {
  const { rows } = await sql<ShelfRow>`
    select group_id, limit_pieces, held_pieces, paid_pieces, waiting, next_place, closes_at, is_closed
    from group_buy_shelf where group_id = any(${[...new Set(groupIds)]}::uuid[])`.execute(tx.db);
  return new Map(rows.map((row) => [row.group_id, shelfOf(row)]));
}

/** Writes what was decided under the lock. */
export async function updateShelves(tx: Writing, shelves: readonly Shelf[]): Promise<void> {
  if (shelves.length === 0) return;
  const column = <T>(of: (shelf: Shelf) => T) => shelves.map(of);
  await sql`update group_buy_shelf s set held_pieces = n.held, paid_pieces = n.paid, waiting = n.waiting,
      next_place = n.next_place, is_closed = n.is_closed
    from unnest(${column((one) => one.groupId)}::uuid[], ${column((one) => one.heldPieces)}::int[],
      ${column((one) => one.paidPieces)}::int[], ${column((one) => one.waiting)}::int[],
      ${column((one) => one.nextPlace)}::int[], ${column((one) => one.isClosed)}::boolean[])
      as n(group_id, held, paid, waiting, next_place, is_closed)
    where s.group_id = n.group_id`.execute(tx.db);
}

/** A share to add. */
export interface NewShare {
  id: Id;
  groupId: Id;
  areaId: number;
  place: number;
  accountId: Id;
  householdKey: Id;
  wanted: number;
  pieces: number;
  state: 'held' | 'waiting';
  heldUntil: Date | null;
}

/** Adds shares in one statement; a second one of a household breaks the unique index. */
export async function insertShares(
  tx: Writing,
  shares: readonly NewShare[],
  at: Date,
): Promise<void> {
  if (shares.length === 0) return;
  const column = <T>(of: (share: NewShare) => T) => shares.map(of);
  await sql`insert into group_share (id, group_id, area_id, place, account_id, household_key, wanted, pieces, state,
      joined_at, held_until)
    select id, group_id, area_id, place, account_id, household_key, wanted, pieces, state, ${at}, held_until
    from unnest(${column((one) => one.id)}::uuid[], ${column((one) => one.groupId)}::uuid[],
      ${column((one) => one.areaId)}::int[], ${column((one) => one.place)}::int[],
      ${column((one) => one.accountId)}::uuid[], ${column((one) => one.householdKey)}::uuid[],
      ${column((one) => one.wanted)}::int[], ${column((one) => one.pieces)}::int[],
      ${column((one) => one.state)}::text[],
      ${column((one) => one.heldUntil?.toISOString() ?? null)}::timestamptz[])
      as n(id, group_id, area_id, place, account_id, household_key, wanted, pieces, state, held_until)`.execute(
    tx.db,
  );
}

/** Shares by which households take part in groups now. */
export async function listLive(
  tx: Scoped,
  pairs: readonly { groupId: Id; householdKey: Id }[],
): Promise<Share[]> {
  if (pairs.length === 0) return [];
  const { rows } = await sql<{ id: Id }>`
    select s.id from group_share s
    join unnest(${pairs.map((one) => one.groupId)}::uuid[], ${pairs.map((one) => one.householdKey)}::uuid[])
      as n(group_id, household_key) on s.group_id = n.group_id and s.household_key = n.household_key
    where s.state in ('waiting', 'held', 'paid', 'picked_up')`.execute(tx.db);
  return await listShares(tx, { ids: rows.map((row) => row.id) });
}

interface Chosen {
  ids?: readonly Id[];
  groupIds?: readonly Id[];
  accountId?: Id;
  states?: readonly ShareState[];
  /** Held ones whose time is over. */
  heldBefore?: Date;
  unsettled?: boolean;
  /** Of groups that were reached. */
  decided?: boolean;
  /** Named by group and place, as a pick-up code does. */
  at?: { groupId: Id; place: number };
  limit?: number;
  lock?: boolean;
}

/** Shares in order of their places. */
export async function listShares(tx: Scoped, chosen: Chosen): Promise<Share[]> {
  if (chosen.ids?.length === 0 || chosen.groupIds?.length === 0) return [];
  let query = selectShares(tx).orderBy('group_id').orderBy('place');
  if (chosen.ids) query = query.where('id', '=', anyOf(chosen.ids));
  if (chosen.groupIds) query = query.where('group_id', '=', anyOf(chosen.groupIds));
  if (chosen.accountId) query = query.where('account_id', '=', chosen.accountId);
  if (chosen.states) query = query.where('state', 'in', chosen.states);
  if (chosen.heldBefore) query = query.where('held_until', '<', chosen.heldBefore);
  if (chosen.unsettled) query = query.where('settled_at', 'is', null);
  if (chosen.decided)
    query = query.where(
      sql<boolean>`group_id in (select id from group_buy where price_fen is not null)`,
    );
  if (chosen.at)
    query = query.where('group_id', '=', chosen.at.groupId).where('place', '=', chosen.at.place);
  if (chosen.limit !== undefined) query = query.limit(chosen.limit);
  if (chosen.lock) query = query.forNoKeyUpdate();
  return (await query.execute()).map(shareOf);
}

/** Sets shares to a state. */
export async function setStates(tx: Writing, ids: readonly Id[], state: ShareState): Promise<void> {
  if (ids.length === 0) return;
  await sql`update group_share set state = ${state}, held_until = null
    where id = any(${ids}::uuid[])`.execute(tx.db);
}

/** Sets pieces aside for those who waited. */
export async function grantHolds(
  tx: Writing,
  granted: readonly { id: Id; pieces: number }[],
  heldUntil: Date,
): Promise<void> {
  if (granted.length === 0) return;
  await sql`update group_share s set state = 'held', pieces = n.pieces, held_until = ${heldUntil}
    from unnest(${granted.map((one) => one.id)}::uuid[], ${granted.map((one) => one.pieces)}::int[]) as n(id, pieces)
    where s.id = n.id`.execute(tx.db);
}

/** Notes that somebody may be paying for a share from now on. */
export async function notePaying(tx: Writing, shareId: Id): Promise<void> {
  await tx.db
    .updateTable('group_share')
    .set({ pay_begun_at: tx.now })
    .where('id', '=', shareId)
    .where('pay_begun_at', 'is', null)
    .execute();
}

/** Shares somebody may have paid for in [from, before) and that nobody told of, with their merchant, oldest first. */
export async function listPaying(
  tx: Scoped,
  { from, before }: { from: Date; before: Date },
): Promise<{ shareId: Id; merchantId: Id }[]> {
  const { rows } = await sql<{ shareId: Id; merchantId: Id }>`
    select s.id as "shareId", g.merchant_id as "merchantId" from group_share s join group_buy g on g.id = s.group_id
    where s.pay_begun_at >= ${from} and s.pay_begun_at < ${before} and s.paid_at is null
    order by s.pay_begun_at limit 100`.execute(tx.db);
  return rows;
}

/** Notes payments: what was paid, when, and as which entry of the group's account. */
export async function notePaid(
  tx: Writing,
  paid: readonly {
    id: Id;
    amountFen: number;
    paidAt: Date;
    state: 'paid' | 'returning';
    transaction?: string | null;
  }[],
): Promise<void> {
  if (paid.length === 0) return;
  const column = <T>(of: (one: (typeof paid)[number]) => T) => paid.map(of);
  await sql`update group_share s set state = n.state, paid_fen = n.amount, paid_at = n.paid_at, held_until = null,
      transaction = n.transaction
    from unnest(${column((one) => one.id)}::uuid[], ${column((one) => one.amountFen)}::bigint[],
      ${column((one) => one.paidAt.toISOString())}::timestamptz[], ${column((one) => one.state)}::text[],
      ${column((one) => one.transaction ?? null)}::text[])
      as n(id, amount, paid_at, state, transaction)
    where s.id = n.id`.execute(tx.db);
}

/** Notes by which entry each payment came into its group's account. */
export async function noteEntries(
  tx: Writing,
  entries: readonly { id: Id; entryId: Id }[],
): Promise<void> {
  if (entries.length === 0) return;
  await sql`update group_share s set entry_id = n.entry_id
    from unnest(${entries.map((one) => one.id)}::uuid[], ${entries.map((one) => one.entryId)}::uuid[]) as n(id, entry_id)
    where s.id = n.id`.execute(tx.db);
}

/** Marks shares whose money went where it belongs. */
export async function noteSettled(tx: Writing, ids: readonly Id[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`update group_share set settled_at = ${tx.now}
    where id = any(${ids}::uuid[])`.execute(tx.db);
}

/** Ends everybody who still waits in groups that are sold out. */
export async function endWaiting(tx: Writing, groupIds: readonly Id[]): Promise<Id[]> {
  const { rows } = await sql<{ account_id: Id }>`
    update group_share set state = 'sold_out' where state = 'waiting'
      and group_id = any(${groupIds}::uuid[]) returning account_id`.execute(tx.db);
  return rows.map((row) => row.account_id);
}

/** How many wait before a place. */
export async function countAhead(
  tx: Scoped,
  share: Pick<Share, 'groupId' | 'place'>,
): Promise<number> {
  const { rows } = await sql<{ ahead: number }>`
    select count(*)::int as ahead from group_share
    where group_id = ${share.groupId} and state = 'waiting' and place < ${share.place}`.execute(
    tx.db,
  );
  return rows[0]!.ahead;
}

/** True when the share still takes part. */
export const isLive = (share: Pick<Share, 'state'>): boolean => LIVE_STATES.includes(share.state);

/** Hands a share over; false when it was not there to be handed over. */
export async function notePickedUp(
  tx: Writing,
  share: { id: Id; note: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('group_share')
    .set({
      state: 'picked_up',
      picked_up_at: tx.now,
      picked_up_by: tx.actor.accountId,
      pick_up_note: share.note,
    })
    .where('id', '=', share.id)
    .where('state', '=', 'paid')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Marks those of a group who have not fetched and were not reminded since; answers them. */
export async function noteChased(tx: Writing, groupId: Id, since: Date): Promise<Share[]> {
  const { rows } = await sql<{ id: Id }>`
    update group_share set chased_at = ${tx.now} where group_id = ${groupId} and state = 'paid'
      and (chased_at is null or chased_at < ${since}) returning id`.execute(tx.db);
  return await listShares(tx, { ids: rows.map((row) => row.id) });
}
