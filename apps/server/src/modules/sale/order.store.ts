import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped } from '../../platform/database/database.ts';

const any = (ids: readonly Id[]) => anyOf(ids);

interface Chosen {
  ids?: readonly Id[];
  accountId?: Id;
  areaIds?: readonly number[];
  placeId?: Id | undefined;
  state?: string | undefined;
  number?: string | undefined;
  pickUpCode?: string;
  /** Waiting, and the time to pay is over. */
  overAt?: Date;
  before?: number | undefined;
  limit?: number;
}

/** Orders, newest first. System login: the caller chooses by account or areas. */
export async function listOrders(tx: Scoped, chosen: Chosen) {
  let query = tx.db.selectFrom('sale_order').selectAll().orderBy('serial', 'desc');
  if (chosen.ids) query = query.where('id', '=', any(chosen.ids));
  if (chosen.accountId) query = query.where('account_id', '=', chosen.accountId);
  if (chosen.areaIds)
    query = query.where('area_id', '=', sql<number>`any(${[...chosen.areaIds]}::int[])`);
  if (chosen.placeId) query = query.where('place_id', '=', chosen.placeId);
  if (chosen.state) query = query.where('state', '=', chosen.state);
  if (chosen.number) query = query.where('number', '=', chosen.number);
  if (chosen.pickUpCode)
    query = query
      .where('pick_up_code', '=', chosen.pickUpCode)
      .where('state', 'in', ['paid', 'ready']);
  if (chosen.overAt)
    query = query.where('state', '=', 'waiting').where('pay_until', '<=', chosen.overAt);
  if (chosen.before) query = query.where('serial', '<', chosen.before);
  if (chosen.limit) query = query.limit(chosen.limit);
  return await query.execute();
}

export type OrderRow = Awaited<ReturnType<typeof listOrders>>[number];

/** Refunds of orders, oldest first. System login. */
export async function listRefunds(tx: Scoped, orderIds: readonly Id[]) {
  return await tx.db
    .selectFrom('sale_refund')
    .select(['order_id', 'number', 'at', 'amount_fen', 'reason'])
    .where('order_id', '=', any(orderIds))
    .orderBy('serial')
    .execute();
}

/** What is left of each part's share. System login. */
export async function sharesLeft(tx: Scoped, partIds: readonly Id[]): Promise<Map<Id, number>> {
  const rows = await sql<{ id: Id; fen: number }>`
    select part_id as id, sum(promise_left_fen)::bigint as fen from sale_line
    where part_id = ${any(partIds)} group by part_id`.execute(tx.db);
  return new Map(rows.rows.map((row) => [row.id, row.fen]));
}

/** Orders that wait though vouchers cover them whole: the server went away between ordering and paying. System login. */
export async function coveredOrders(tx: Scoped): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select o.id from sale_order o where o.state = 'waiting' and o.held_for is not null and not exists (
      select from sale_payment p where p.order_id = o.id and p.entitlement_id is null) limit 100`.execute(
    tx.db,
  );
  return rows.map((row) => row.id);
}

/** True when no order that waits to be fetched at a place has the code. System login. */
export async function isFree(tx: Scoped, placeId: Id, pickUpCode: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('sale_order')
    .select('id')
    .where('place_id', '=', placeId)
    .where('pick_up_code', '=', pickUpCode)
    .where('state', 'in', ['paid', 'ready'])
    .executeTakeFirst();
  return row === undefined;
}
