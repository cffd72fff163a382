import type { Id, PlainDate } from '@wennuan/basics';
import { sql, type Insertable, type Updateable } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';
import type { Leftover, Sale, State } from './charity-sale.ts';

const columns = [
  'id',
  'serial',
  'number',
  'name',
  'purpose',
  'target_kind as targetKind',
  'target_id as targetId',
  'opens_on as opensOn',
  'closes_on as closesOn',
  'is_online as isOnline',
  'state',
  'agreement_paper_id as agreementPaperId',
  'plan_paper_id as planPaperId',
  'approval_id as approvalId',
  'planned_by as plannedBy',
  'opened_at as openedAt',
  'closed_at as closedAt',
  'ended_at as endedAt',
  'reason',
  'version',
] as const;
const any = (ids: readonly Id[]) => sql<Id>`any(${[...new Set(ids)]}::uuid[])`;

/** Charity sales, newest first; `share` keeps them from ending, `update` from being changed. System login. */
export async function listSales(
  tx: Scoped,
  chosen: {
    ids?: readonly Id[];
    number?: string;
    formId?: Id;
    states?: readonly State[];
    lock?: 'share' | 'update' | undefined;
  },
): Promise<Sale[]> {
  let query = tx.db.selectFrom('charity_sale').select(columns).orderBy('serial', 'desc');
  if (chosen.ids) query = query.where('id', '=', any(chosen.ids));
  if (chosen.number) query = query.where('number', '=', chosen.number);
  if (chosen.formId) query = query.where('form_id', '=', chosen.formId);
  if (chosen.states) query = query.where('state', 'in', [...chosen.states]);
  if (chosen.lock === 'share') query = query.forShare();
  // Not a full lock: what refers to it may still be written, so that who gives back and who settles never wait for one another.
  if (chosen.lock === 'update') query = query.forNoKeyUpdate();
  return (await query.execute()) as Sale[];
}

export async function insertSale(
  tx: Writing,
  row: Insertable<DB['charity_sale']>,
  places: readonly { placeId: Id; areaId: number }[],
): Promise<void> {
  await tx.db.insertInto('charity_sale').values(row).execute();
  await tx.db
    .insertInto('charity_sale_place')
    .values(places.map((one) => ({ sale_id: row.id, place_id: one.placeId, area_id: one.areaId })))
    .execute();
}

/** Changes a charity sale that is locked. */
export async function updateSale(
  tx: Writing,
  id: Id,
  change: Updateable<DB['charity_sale']>,
): Promise<void> {
  await tx.db
    .updateTable('charity_sale')
    .set({ ...change, version: sql`version + 1` })
    .where('id', '=', id)
    .execute();
}

/** Stations of charity sales. */
export async function listPlaces(
  tx: Scoped,
  saleIds: readonly Id[],
): Promise<{ saleId: Id; placeId: Id; areaId: number }[]> {
  if (saleIds.length === 0) return [];
  return await tx.db
    .selectFrom('charity_sale_place')
    .select(['sale_id as saleId', 'place_id as placeId', 'area_id as areaId'])
    .where('sale_id', '=', any(saleIds))
    .orderBy('place_id')
    .execute();
}

export interface ThingRow {
  variantId: Id;
  saleId: Id;
  lotId: Id;
  giftId: Id;
  donorName: string;
  unitValueFen: number;
  leftover: Leftover;
  piecesOffered: number | null;
  piecesLeft: number | null;
}

/** Things of charity sales, or those that are certain lots. System login. */
export async function listThings(
  tx: Scoped,
  chosen: { saleIds?: readonly Id[]; lotIds?: readonly Id[] },
): Promise<ThingRow[]> {
  let query = tx.db
    .selectFrom('charity_sale_thing')
    .select([
      'variant_id as variantId',
      'sale_id as saleId',
      'lot_id as lotId',
      'gift_id as giftId',
      'donor_name as donorName',
      'unit_value_fen as unitValueFen',
      'leftover',
      'pieces_offered as piecesOffered',
      'pieces_left as piecesLeft',
    ])
    .orderBy('added_at')
    .orderBy('variant_id');
  if (chosen.saleIds) query = query.where('sale_id', '=', any(chosen.saleIds));
  if (chosen.lotIds) query = query.where('lot_id', '=', any(chosen.lotIds));
  return (await query.execute()) as ThingRow[];
}

export async function insertThing(
  tx: Writing,
  row: Insertable<DB['charity_sale_thing']>,
): Promise<void> {
  await tx.db.insertInto('charity_sale_thing').values(row).execute();
}

export async function updateThing(
  tx: Writing,
  variantId: Id,
  change: Updateable<DB['charity_sale_thing']>,
): Promise<void> {
  await tx.db
    .updateTable('charity_sale_thing')
    .set(change)
    .where('variant_id', '=', variantId)
    .execute();
}

export async function deleteThing(tx: Writing, variantId: Id): Promise<void> {
  await tx.db.deleteFrom('charity_sale_thing').where('variant_id', '=', variantId).execute();
}

/** What of each thing was sold, after what came back; orders that still wait for their payment not counted. */
export async function readSold(
  tx: Scoped,
  saleIds: readonly Id[],
): Promise<{ variantId: Id; sold: number; fen: number }[]> {
  if (saleIds.length === 0) return [];
  const { rows } = await sql<{ variantId: Id; sold: number; fen: number }>`
    select l.variant_id as "variantId", sum(l.quantity - l.refunded_quantity)::int as sold,
      sum(l.amount_fen - l.refunded_fen)::bigint as fen
    from sale_part p join sale_line l on l.part_id = p.id join sale_order o on o.id = p.order_id
    where p.charity_sale_id = any(${[...saleIds]}::uuid[]) and o.paid_at is not null
    group by l.variant_id`.execute(tx.db);
  return rows;
}

/** What orders of charity sales came to in the books, and what was given back. */
export async function readProceeds(
  tx: Scoped,
  saleIds: readonly Id[],
): Promise<{ saleId: Id; orders: number; grossFen: number; refundedFen: number }[]> {
  if (saleIds.length === 0) return [];
  const { rows } = await sql<{
    saleId: Id;
    orders: number;
    grossFen: number;
    refundedFen: number;
  }>`
    select charity_sale_id as "saleId", (count(distinct part_id) filter (where refund_id is null))::int as orders,
      coalesce(sum(amount_fen) filter (where refund_id is null), 0)::bigint as "grossFen",
      coalesce(-sum(amount_fen) filter (where refund_id is not null), 0)::bigint as "refundedFen"
    from sale_posting where charity_sale_id = any(${[...saleIds]}::uuid[]) group by 1`.execute(
    tx.db,
  );
  return rows;
}

/** What a charity sale's buyers paid with where, after what was given back. */
export async function readMeans(
  tx: Scoped,
  saleId: Id,
): Promise<{ means: string; placeId: Id; fen: number }[]> {
  const { rows } = await sql<{ means: string; placeId: Id; fen: number }>`
    select y.means, p.place_id as "placeId", sum(y.amount_fen - y.refunded_fen)::bigint as fen
    from sale_part p join sale_payment y on y.order_id = p.order_id and y.merchant_id = p.merchant_id
    where p.charity_sale_id = ${saleId} and y.state = 'paid'
    group by 1, 2 having sum(y.amount_fen - y.refunded_fen) > 0 order by 3 desc`.execute(tx.db);
  return rows;
}

/** True while somebody's order of it still waits for its payment. */
export async function hasWaiting(tx: Scoped, saleId: Id): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`
    select exists (select from sale_part p join sale_order o on o.id = p.order_id
      where p.charity_sale_id = ${saleId} and o.state = 'waiting') as waits`.execute(tx.db);
  return rows[0]!.waits;
}

/** The entries that sold pieces of lots, with what each brought: what a giver's money is followed from. */
export async function readEntries(
  tx: Scoped,
  variantIds: readonly Id[],
): Promise<{ variantId: Id; transferId: Id }[]> {
  if (variantIds.length === 0) return [];
  const { rows } = await sql<{ variantId: Id; transferId: Id }>`
    select distinct l.variant_id as "variantId", g.transfer_id as "transferId"
    from sale_line l join sale_posting g on g.part_id = l.part_id and g.refund_id is null and g.kind = 'share'
    where l.variant_id = any(${[...variantIds]}::uuid[]) and l.quantity > l.refunded_quantity
      and g.transfer_id is not null`.execute(tx.db);
  return rows;
}

export async function insertResult(
  tx: Writing,
  row: Insertable<DB['charity_sale_result']>,
): Promise<void> {
  await tx.db.insertInto('charity_sale_result').values(row).execute();
}

/** Published results of charity sales. Every login. */
export async function listResults(tx: Scoped, saleIds: readonly Id[]) {
  if (saleIds.length === 0) return [];
  return await tx.db
    .selectFrom('charity_sale_result')
    .selectAll()
    .where('sale_id', '=', any(saleIds))
    .execute();
}

/** Who opened gifts' accounts: whom the result is told to. System login. */
export async function giversOf(
  tx: Scoped,
  giftIds: readonly Id[],
): Promise<{ giftId: Id; accountId: Id }[]> {
  if (giftIds.length === 0) return [];
  const rows = await tx.db
    .selectFrom('kind_gift')
    .select(['id as giftId', 'account_id as accountId'])
    .where('id', '=', any(giftIds))
    .where('account_id', 'is not', null)
    .execute();
  return rows as { giftId: Id; accountId: Id }[];
}

/** The federation as an organisation, with its merchant number's state; undefined before it is on file. */
export async function findReceiver(
  tx: Scoped,
): Promise<{ id: Id; state: 'missing' | 'proposed' | 'active' } | undefined> {
  const row = await tx.db
    .selectFrom('organization')
    .leftJoin('merchant', 'merchant.id', 'organization.id')
    .select(['organization.id', 'merchant.state'])
    .where('organization.kind', '=', 'federation')
    .orderBy('organization.id')
    .limit(1)
    .executeTakeFirst();
  if (!row) return undefined;
  const state = row.state === 'active' || row.state === 'proposed' ? row.state : 'missing';
  return { id: row.id, state };
}

/** Charity sales that time opens (their first day came) or closes (their last day is over, or two agreed to end them). */
export async function dueSales(tx: Scoped, today: PlainDate): Promise<{ id: Id; state: State }[]> {
  const { rows } = await sql<{ id: Id; state: State }>`
    select id, state from charity_sale
    where (state = 'approved' and opens_on <= ${today} and closes_on >= ${today})
      or (state = 'open' and (closes_on < ${today} or exists (
        select from charity_sale_end e where e.sale_id = charity_sale.id and e.state = 'agreed')))
    order by serial`.execute(tx.db);
  return rows;
}
