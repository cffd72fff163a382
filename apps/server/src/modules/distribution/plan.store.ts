import type { Id, PlainDate } from '@wennuan/basics';
import { sql, type Insertable, type Updateable } from 'kysely';
import type { Scoped } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';
import type { Line, Plan, PlanState, Ready } from './distribution.ts';

const columns = [
  'id',
  'number',
  'name',
  'area_id as areaId',
  'area_ids as areaIds',
  'basis',
  'on_day as onDay',
  'from_time as fromTime',
  'until_time as untilTime',
  'way',
  'place_id as placeId',
  'stock_place_id as stockPlaceId',
  'giver_label as giverLabel',
  'state',
  'value_fen as valueFen',
  'approval_id as approvalId',
  'made_by as madeBy',
  'closed_at as closedAt',
  'version',
] as const;

/** Plans the reader may see: the latest day first; with `lock` held until the end. */
export async function listPlans(
  tx: Scoped,
  chosen: {
    ids?: readonly Id[];
    formId?: Id;
    approvalId?: Id;
    state?: PlanState | undefined;
    before?: { onDay: PlainDate; id: Id } | null;
    limit?: number;
    lock?: boolean;
  },
): Promise<Plan[]> {
  let query = tx.db
    .selectFrom('distribution')
    .select(columns)
    .orderBy('on_day', 'desc')
    .orderBy('id', 'desc');
  if (chosen.ids) {
    if (chosen.ids.length === 0) return [];
    query = query.where('id', 'in', [...chosen.ids]);
  }
  if (chosen.formId) query = query.where('form_id', '=', chosen.formId);
  if (chosen.approvalId) query = query.where('approval_id', '=', chosen.approvalId);
  if (chosen.state) query = query.where('state', '=', chosen.state);
  if (chosen.before)
    query = query.where(
      sql<boolean>`(on_day, id) < (${chosen.before.onDay}::date, ${chosen.before.id}::uuid)`,
    );
  if (chosen.limit) query = query.limit(chosen.limit);
  if (chosen.lock) query = query.forNoKeyUpdate();
  return (await query.execute()) as Plan[];
}

/** Adds a plan. */
export async function insertPlan(tx: Scoped, row: Insertable<DB['distribution']>): Promise<void> {
  await tx.db.insertInto('distribution').values(row).execute();
}

/** Changes a plan; its version grows. */
export async function updatePlan(
  tx: Scoped,
  id: Id,
  change: Updateable<DB['distribution']>,
): Promise<void> {
  await tx.db
    .updateTable('distribution')
    .set({ ...change, version: sql`version + 1` })
    .where('id', '=', id)
    .execute();
}

/** What each on a plan's list gets. */
export async function listLines(
  tx: Scoped,
  planIds: readonly Id[],
): Promise<(Line & { planId: Id })[]> {
  if (planIds.length === 0) return [];
  return await tx.db
    .selectFrom('distribution_line')
    .select(['distribution_id as planId', 'item_id as itemId', 'quantity', 'per_head as perHead'])
    .where('distribution_id', 'in', [...planIds])
    .orderBy('item_id')
    .execute();
}

/** Replaces what each gets. */
export async function replaceLines(tx: Scoped, planId: Id, lines: readonly Line[]): Promise<void> {
  await tx.db.deleteFrom('distribution_line').where('distribution_id', '=', planId).execute();
  await tx.db
    .insertInto('distribution_line')
    .values(
      lines.map((line) => ({
        distribution_id: planId,
        item_id: line.itemId,
        quantity: line.quantity,
        per_head: line.perHead,
      })),
    )
    .execute();
}

/** What is set aside for plans and not put back as a whole; with `lock` nobody hands out beside. */
export async function listReady(
  tx: Scoped,
  planIds: readonly Id[],
  lock = false,
): Promise<(Ready & { planId: Id })[]> {
  if (planIds.length === 0) return [];
  let query = tx.db
    .selectFrom('distribution_ready')
    .select([
      'id',
      'distribution_id as planId',
      'stock_id as stockId',
      'lot_id as lotId',
      'item_id as itemId',
      'quantity',
      'returned',
    ])
    .where('distribution_id', 'in', [...planIds])
    .orderBy('id');
  if (lock) query = query.forNoKeyUpdate();
  return await query.execute();
}

/** Notes what was set aside. */
export async function insertReady(
  tx: Scoped,
  plan: Pick<Plan, 'id' | 'areaIds'>,
  pieces: readonly Omit<Ready, 'returned'>[],
): Promise<void> {
  await tx.db
    .insertInto('distribution_ready')
    .values(
      pieces.map((one) => ({
        id: one.id,
        distribution_id: plan.id,
        area_ids: plan.areaIds,
        stock_id: one.stockId,
        lot_id: one.lotId,
        item_id: one.itemId,
        quantity: one.quantity,
      })),
    )
    .execute();
}

/** Notes how many were put back. */
export async function returnReady(
  tx: Scoped,
  lines: readonly { id: Id; returned: number }[],
): Promise<void> {
  for (const { id, returned } of lines)
    await tx.db.updateTable('distribution_ready').set({ returned }).where('id', '=', id).execute();
}

/** How many of each plan's list are in which state; of all of it, whoever asks. */
export async function readFigures(
  tx: Scoped,
  planIds: readonly Id[],
): Promise<
  { planId: Id; outcome: string | null; people: number; heads: number; lastSerial: number }[]
> {
  const { rows } = await sql<{
    planId: Id;
    outcome: string | null;
    people: number;
    heads: number;
    lastSerial: number;
  }>`select distribution_id as "planId", outcome, people, heads, last_serial as "lastSerial"
    from distribution_figures(${[...planIds]}::uuid[])`.execute(tx.db);
  return rows;
}
