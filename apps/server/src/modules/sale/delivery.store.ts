import type { Id } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import { sql, type Updateable } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';

export type DeliveryState = (typeof shapes.deliveryStates)[number];
export type VolunteerState = (typeof shapes.volunteerStates)[number];

const uuids = (ids: readonly Id[]) => anyOf(ids);
const numbers = (ids: readonly number[]) => sql<number>`any(${[...ids]}::int[])`;

interface Chosen {
  ids?: readonly Id[];
  areaIds?: readonly number[];
  states?: readonly DeliveryState[];
  carrierId?: Id;
  placeId?: Id;
  fetchCode?: string;
  lock?: boolean;
  limit?: number;
}

/** Deliveries, newest first. System login: the caller chooses by carrier or areas. */
export async function listDeliveries(tx: Scoped, chosen: Chosen) {
  let query = tx.db.selectFrom('sale_delivery').selectAll().orderBy('opened_at', 'desc');
  if (chosen.ids) query = query.where('order_id', '=', uuids(chosen.ids));
  if (chosen.areaIds) query = query.where('area_id', '=', numbers(chosen.areaIds));
  if (chosen.states) query = query.where('state', 'in', [...chosen.states]);
  if (chosen.carrierId) query = query.where('by_account_id', '=', chosen.carrierId);
  if (chosen.placeId) query = query.where('place_id', '=', chosen.placeId);
  if (chosen.fetchCode) query = query.where('fetch_code', '=', chosen.fetchCode);
  if (chosen.lock) query = query.forUpdate();
  return await query.limit(chosen.limit ?? 200).execute();
}

export type DeliveryRow = Awaited<ReturnType<typeof listDeliveries>>[number];

/** Adds an order that waits for somebody to bring it; once. */
export async function insertDelivery(
  tx: Writing,
  row: { orderId: Id; placeId: Id; areaId: number },
): Promise<void> {
  await tx.db
    .insertInto('sale_delivery')
    .values({
      order_id: row.orderId,
      place_id: row.placeId,
      area_id: row.areaId,
      state: 'open',
      opened_at: tx.now,
    })
    .onConflict((conflict) => conflict.column('order_id').doNothing())
    .execute();
}

/** Moves a delivery out of one of some states; false when it was in none of them. THE place where one of many gets it. */
export async function moveDelivery(
  tx: Writing,
  orderId: Id,
  from: readonly DeliveryState[],
  change: Updateable<DB['sale_delivery']>,
): Promise<boolean> {
  const moved = await tx.db
    .updateTable('sale_delivery')
    .set(change)
    .where('order_id', '=', orderId)
    .where('state', 'in', [...from])
    .returning('order_id')
    .execute();
  return moved.length > 0;
}

/** Volunteers of areas, or an account's own places; with how many orders each brought there. System login. */
export async function listVolunteers(
  tx: Scoped,
  chosen: { areaIds?: readonly number[]; accountId?: Id; states?: readonly VolunteerState[] },
) {
  let query = tx.db
    .selectFrom('delivery_volunteer as v')
    .selectAll('v')
    .select((row) =>
      row
        .selectFrom('sale_delivery as d')
        .select(sql<number>`count(*)::int`.as('count'))
        .whereRef('d.by_account_id', '=', 'v.account_id')
        .whereRef('d.area_id', '=', 'v.area_id')
        .where('d.state', '=', 'delivered')
        .as('brought'),
    )
    .orderBy('v.asked_at');
  if (chosen.areaIds) query = query.where('v.area_id', '=', numbers(chosen.areaIds));
  if (chosen.accountId) query = query.where('v.account_id', '=', chosen.accountId);
  if (chosen.states) query = query.where('v.state', 'in', [...chosen.states]);
  return await query.limit(500).execute();
}

export type VolunteerRow = Awaited<ReturnType<typeof listVolunteers>>[number];

/** Asks to bring orders, or asks again after an end; who is accepted stays so. */
export async function putVolunteer(
  tx: Writing,
  row: { accountId: Id; areaId: number; nameSealed: Buffer },
): Promise<void> {
  await tx.db
    .insertInto('delivery_volunteer')
    .values({
      account_id: row.accountId,
      area_id: row.areaId,
      state: 'asked',
      name_sealed: row.nameSealed,
      asked_at: tx.now,
    })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'area_id']).doUpdateSet((old) => ({
        name_sealed: row.nameSealed,
        state: sql`case when ${old.ref('delivery_volunteer.state')} = 'ended' then 'asked' else ${old.ref('delivery_volunteer.state')} end`,
      })),
    )
    .execute();
}

/** Notes that somebody may bring orders, or no longer; false when she never asked. */
export async function decideVolunteer(
  tx: Writing,
  { accountId, areaId, state }: { accountId: Id; areaId: number; state: VolunteerState },
): Promise<boolean> {
  const moved = await tx.db
    .updateTable('delivery_volunteer')
    .set({ state, decided_at: tx.now, decided_by: tx.actor.accountId })
    .where('account_id', '=', accountId)
    .where('area_id', '=', areaId)
    .returning('account_id')
    .execute();
  return moved.length > 0;
}
