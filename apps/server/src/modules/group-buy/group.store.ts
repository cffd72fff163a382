import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { GroupBuy, GroupState, PriceStep } from './group-buy.ts';

const columns = [
  'id',
  'number',
  'code',
  'place_id as placeId',
  'area_id as areaId',
  'merchant_id as merchantId',
  'merchant_name as merchantName',
  'variant_id as variantId',
  'title',
  'unit',
  'per_quantity as perQuantity',
  'description',
  'minimum_pieces as minimumPieces',
  'limit_pieces as limitPieces',
  'household_pieces as householdPieces',
  'hold_minutes as holdMinutes',
  'opens_at as opensAt',
  'closes_at as closesAt',
  'pick_up_on as pickUpOn',
  'pick_up_hours as pickUpHours',
  'state',
  'end_reason as endReason',
  'price_fen as priceFen',
  'decided_at as decidedAt',
  'order_reference as orderReference',
  'ordered_at as orderedAt',
  'arrived_at as arrivedAt',
] as const;

const selectGroups = (tx: Scoped) => tx.db.selectFrom('group_buy').select(columns);
type Row = Awaited<ReturnType<ReturnType<typeof selectGroups>['execute']>>[number];
const groupOf = (row: Row): GroupBuy => ({
  ...row,
  pickUpOn: row.pickUpOn as unknown as string,
  priceFen: row.priceFen === null ? null : Number(row.priceFen),
  state: row.state as GroupState,
});

/** A group-buy to open. */
export type NewGroup = Omit<
  GroupBuy,
  | 'number'
  | 'state'
  | 'endReason'
  | 'priceFen'
  | 'decidedAt'
  | 'orderReference'
  | 'orderedAt'
  | 'arrivedAt'
> & { formId: Id; steps: readonly PriceStep[] };

/** Adds a group-buy with its prices and its shelf. The same form again breaks its unique id. */
export async function insertGroup(tx: Writing, group: NewGroup): Promise<void> {
  await tx.db
    .insertInto('group_buy')
    .values({
      id: group.id,
      code: group.code,
      place_id: group.placeId,
      area_id: group.areaId,
      merchant_id: group.merchantId,
      merchant_name: group.merchantName,
      variant_id: group.variantId,
      title: group.title,
      unit: group.unit,
      per_quantity: group.perQuantity,
      description: group.description,
      minimum_pieces: group.minimumPieces,
      limit_pieces: group.limitPieces,
      household_pieces: group.householdPieces,
      hold_minutes: group.holdMinutes,
      opens_at: group.opensAt,
      closes_at: group.closesAt,
      pick_up_on: group.pickUpOn,
      pick_up_hours: group.pickUpHours,
      opened_by: tx.actor.accountId,
      form_id: group.formId,
    })
    .execute();
  await tx.db
    .insertInto('group_buy_step')
    .values(
      group.steps.map((step) => ({
        group_id: group.id,
        from_pieces: step.fromPieces,
        price_fen: step.priceFen,
      })),
    )
    .execute();
  await tx.db
    .insertInto('group_buy_shelf')
    .values({ group_id: group.id, limit_pieces: group.limitPieces, closes_at: group.closesAt })
    .execute();
}

interface Chosen {
  ids?: readonly Id[];
  code?: string;
  formId?: Id;
  states?: readonly GroupState[];
  areaIds?: readonly number[];
  placeId?: Id;
  /** Open ones whose deadline is over. */
  closedBefore?: Date;
  /** Decided since; open ones always. */
  since?: Date;
  limit?: number;
  lock?: boolean;
}

/** Group-buys, the one that ends first among the open ones first, then newest first. */
export async function listGroups(tx: Scoped, chosen: Chosen): Promise<GroupBuy[]> {
  if (chosen.ids?.length === 0 || chosen.states?.length === 0) return [];
  let query = selectGroups(tx)
    .orderBy(sql`state <> 'open'`)
    .orderBy(sql`case when state = 'open' then closes_at end`)
    .orderBy('serial', 'desc');
  if (chosen.ids) query = query.where('id', '=', anyOf(chosen.ids));
  if (chosen.code !== undefined) query = query.where('code', '=', chosen.code);
  if (chosen.formId) query = query.where('form_id', '=', chosen.formId);
  if (chosen.states) query = query.where('state', 'in', chosen.states);
  if (chosen.areaIds)
    query = query.where('area_id', '=', sql<number>`any(${chosen.areaIds}::int[])`);
  if (chosen.placeId) query = query.where('place_id', '=', chosen.placeId);
  if (chosen.closedBefore) query = query.where('closes_at', '<=', chosen.closedBefore);
  const { since } = chosen;
  if (since)
    query = query.where(({ eb, or }) =>
      or([eb('state', '=', 'open'), eb('decided_at', '>=', since)]),
    );
  if (chosen.limit !== undefined) query = query.limit(chosen.limit);
  if (chosen.lock) query = query.forNoKeyUpdate();
  return (await query.execute()).map(groupOf);
}

/** Prices of groups by steps, in rising order of pieces. */
export async function readSteps(
  tx: Scoped,
  groupIds: readonly Id[],
): Promise<Map<Id, PriceStep[]>> {
  const rows = await tx.db
    .selectFrom('group_buy_step')
    .selectAll()
    .where('group_id', '=', anyOf(groupIds))
    .orderBy('from_pieces')
    .execute();
  const steps = Map.groupBy(rows, (row) => row.group_id);
  return new Map(
    groupIds.map((id) => [
      id,
      (steps.get(id) ?? []).map((row) => ({
        fromPieces: row.from_pieces,
        priceFen: Number(row.price_fen),
      })),
    ]),
  );
}

/** Ends the joining of an open group; false when that was done before. */
export async function decideRow(
  tx: Writing,
  group: { id: Id; state: 'reached' | 'failed'; priceFen: number | null; endReason: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('group_buy')
    .set({
      state: group.state,
      end_reason: group.endReason,
      decided_at: tx.now,
      ...(group.priceFen === null ? {} : { price_fen: group.priceFen }),
    })
    .where('id', '=', group.id)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

interface Move {
  id: Id;
  from: GroupState;
  set: { state: GroupState; order_reference?: string; ordered_at?: Date; arrived_at?: Date };
}

/** Moves a decided group on; false when it was not where it should have been. */
export async function moveRow(tx: Writing, { id, from, set }: Move): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('group_buy')
    .set(set)
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** How many shares of groups are in each state, and how many pieces. */
export async function countShares(
  tx: Scoped,
  groupIds: readonly Id[],
): Promise<{ groupId: Id; state: string; shares: number; pieces: number; chased: number }[]> {
  const { rows } = await sql<{
    groupId: Id;
    state: string;
    shares: number;
    pieces: number;
    chased: number;
  }>`
    select group_id as "groupId", state, count(*)::int as shares, sum(pieces)::int as pieces,
      count(chased_at)::int as chased
    from group_share where group_id = any(${groupIds}::uuid[]) group by group_id, state`.execute(
    tx.db,
  );
  return rows;
}

/** Refunds of groups under way and done: counts anybody may see. */
export async function countRefunds(
  tx: Scoped,
  groupIds: readonly Id[],
): Promise<Map<Id, { underWay: number; done: number }>> {
  const { rows } = await sql<{ group_id: Id; under_way: number; done: number }>`
    select * from group_refund_counts(${groupIds}::uuid[])`.execute(tx.db);
  return new Map(rows.map((row) => [row.group_id, { underWay: row.under_way, done: row.done }]));
}
