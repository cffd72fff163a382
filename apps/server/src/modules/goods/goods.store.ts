import type { Id } from '@wennuan/basics';
import type { Insertable } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';
import type { Item, Lot, Stock } from './goods.ts';

const itemColumns = [
  'id',
  'name',
  'unit',
  'kind',
  'bar_code as barCode',
  'shelf_days as shelfDays',
  'imported',
  'papers',
] as const;

/** A page of items by name, one more than asked when there are more. */
export async function listItems(
  tx: Scoped,
  search: { text?: string | undefined; after?: string | undefined; limit: number },
): Promise<Item[]> {
  let query = tx.db
    .selectFrom('goods_item')
    .select(itemColumns)
    .orderBy('name')
    .orderBy('id')
    .limit(search.limit + 1);
  if (search.text) {
    const pattern = `%${search.text.trim().replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where((where) =>
      where.or([where('name', 'like', pattern), where('bar_code', '=', search.text!.trim())]),
    );
  }
  if (search.after) query = query.where('name', '>', search.after);
  return (await query.execute()) as Item[];
}

/** Items by id; an unknown one is absent. */
export async function readItems(tx: Scoped, ids: readonly Id[]): Promise<Map<Id, Item>> {
  if (ids.length === 0) return new Map();
  const rows = (await tx.db
    .selectFrom('goods_item')
    .select(itemColumns)
    .where('id', 'in', [...new Set(ids)])
    .execute()) as Item[];
  return new Map(rows.map((row) => [row.id, row]));
}

/** The item of a bar code. */
export async function findBarCode(tx: Scoped, barCode: string): Promise<Item | undefined> {
  return (await tx.db
    .selectFrom('goods_item')
    .select(itemColumns)
    .where('bar_code', '=', barCode)
    .executeTakeFirst()) as Item | undefined;
}

/** Adds an item with its parts; false when its name and unit, or its bar code, are on file. */
export async function insertItem(
  tx: Scoped,
  row: Insertable<DB['goods_item']>,
  parts: readonly { itemId: Id; quantity: number }[],
): Promise<boolean> {
  const result = await tx.db
    .insertInto('goods_item')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if ((result.numInsertedOrUpdatedRows ?? 0n) === 0n) return false;
  if (parts.length > 0)
    await tx.db
      .insertInto('goods_part')
      .values(
        parts.map((part) => ({ kit_id: row.id, item_id: part.itemId, quantity: part.quantity })),
      )
      .execute();
  return true;
}

export interface Part {
  kitId: Id;
  itemId: Id;
  name: string;
  unit: string;
  quantity: number;
}

/** What kits hold. */
export async function listParts(tx: Scoped, kitIds: readonly Id[]): Promise<Part[]> {
  if (kitIds.length === 0) return [];
  return await tx.db
    .selectFrom('goods_part')
    .innerJoin('goods_item', 'goods_item.id', 'goods_part.item_id')
    .select([
      'goods_part.kit_id as kitId',
      'goods_part.item_id as itemId',
      'goods_item.name',
      'goods_item.unit',
      'goods_part.quantity',
    ])
    .where('goods_part.kit_id', 'in', [...new Set(kitIds)])
    .orderBy('goods_item.name')
    .execute();
}

const lotColumns = [
  'goods_lot.id',
  'goods_lot.item_id as itemId',
  'goods_item.name as itemName',
  'goods_item.unit',
  'goods_lot.batch',
  'goods_lot.expires_on as expiresOn',
  'goods_lot.origin',
  'goods_lot.origin_label as originLabel',
  'goods_lot.unit_value_fen as unitValueFen',
  'goods_lot.recalled_at as recalledAt',
  'goods_lot.source_id as sourceId',
  'goods_lot.kept_for as keptFor',
  'goods_lot.created_at as createdAt',
] as const;

/** Lots by id, by form, or by what they came with. */
export async function listLots(
  tx: Scoped,
  chosen: { ids?: readonly Id[]; formId?: Id; sourceIds?: readonly Id[] },
): Promise<Lot[]> {
  let query = tx.db
    .selectFrom('goods_lot')
    .innerJoin('goods_item', 'goods_item.id', 'goods_lot.item_id')
    .select(lotColumns);
  if (chosen.ids) {
    if (chosen.ids.length === 0) return [];
    query = query.where('goods_lot.id', 'in', [...new Set(chosen.ids)]);
  }
  if (chosen.sourceIds) {
    if (chosen.sourceIds.length === 0) return [];
    query = query.where('goods_lot.source_id', 'in', [...new Set(chosen.sourceIds)]);
  }
  if (chosen.formId) query = query.where('goods_lot.form_id', '=', chosen.formId);
  return (await query.execute()) as Lot[];
}

/** Lots of gifts that were taken in, by id or with stock at places; with the gift of each. System login. */
export async function listGivenLots(
  tx: Scoped,
  chosen: { lotIds?: readonly Id[]; placeIds?: readonly Id[] },
): Promise<{ lotId: Id; giftId: Id }[]> {
  let query = tx.db
    .selectFrom('goods_lot')
    .innerJoin('kind_gift', 'kind_gift.id', 'goods_lot.source_id')
    .select(['goods_lot.id as lotId', 'kind_gift.id as giftId'])
    .where('goods_lot.origin', '=', 'given')
    .where('kind_gift.state', '=', 'received')
    .orderBy('goods_lot.created_at', 'desc');
  if (chosen.lotIds) {
    if (chosen.lotIds.length === 0) return [];
    query = query.where('goods_lot.id', 'in', [...new Set(chosen.lotIds)]);
  }
  if (chosen.placeIds) {
    const placeIds = [...chosen.placeIds];
    if (placeIds.length === 0) return [];
    query = query.where('goods_lot.id', 'in', (inner) =>
      inner.selectFrom('goods_stock').select('lot_id').where('place_id', 'in', placeIds),
    );
  }
  return await query.execute();
}

/** Notes what a lot is kept for; false when it is not kept as it was read. System login. */
export async function setKeptFor(
  tx: Writing,
  change: { lotId: Id; for: Id | null; instead: Id | null },
): Promise<boolean> {
  const done = await tx.db
    .updateTable('goods_lot')
    .set({ kept_for: change.for })
    .where('id', '=', change.lotId)
    .where('kept_for', 'is not distinct from', change.instead)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Lots by id as a map. */
export async function readLots(tx: Scoped, ids: readonly Id[]): Promise<Map<Id, Lot>> {
  return new Map((await listLots(tx, { ids })).map((lot) => [lot.id, lot]));
}

/** Adds lots. */
export async function insertLots(
  tx: Scoped,
  rows: readonly Insertable<DB['goods_lot']>[],
): Promise<void> {
  if (rows.length > 0) await tx.db.insertInto('goods_lot').values(rows).execute();
}

/** Notes batch and date of a lot that came only now, or that it is recalled. */
export async function updateLot(
  tx: Scoped,
  id: Id,
  change: { batch?: string; expiresOn?: string | null; recallReason?: string },
): Promise<void> {
  await tx.db
    .updateTable('goods_lot')
    .set({
      ...(change.batch !== undefined && { batch: change.batch }),
      ...(change.expiresOn !== undefined && { expires_on: change.expiresOn }),
      ...(change.recallReason !== undefined && {
        recalled_at: tx.now,
        recalled_by: tx.actor.accountId,
        recall_reason: change.recallReason,
      }),
    })
    .where('id', '=', id)
    .execute();
}

const stockColumns = [
  'id',
  'place_id as placeId',
  'lot_id as lotId',
  'item_id as itemId',
  'area_id as areaId',
] as const;

/** Lots at places, chosen; with `lock` their rows are held until the end, in order of id. */
export async function listStocks(
  tx: Scoped,
  chosen: {
    placeIds?: readonly Id[] | undefined;
    itemIds?: readonly Id[] | undefined;
    lotIds?: readonly Id[] | undefined;
    ids?: readonly Id[] | undefined;
    lock?: boolean;
  },
): Promise<Stock[]> {
  let query = tx.db.selectFrom('goods_stock').select(stockColumns).orderBy('id');
  for (const [column, values] of [
    ['place_id', chosen.placeIds],
    ['item_id', chosen.itemIds],
    ['lot_id', chosen.lotIds],
    ['id', chosen.ids],
  ] as const) {
    if (!values) continue;
    if (values.length === 0) return [];
    query = query.where(column, 'in', [...new Set(values)]);
  }
  if (chosen.lock) query = query.forNoKeyUpdate();
  return await query.execute();
}

/** Opens rows for lots at places; those that exist stay as they are. Answers all of them. */
export async function openStocks(tx: Scoped, stocks: readonly Stock[]): Promise<Stock[]> {
  if (stocks.length === 0) return [];
  await tx.db
    .insertInto('goods_stock')
    .values(
      stocks.map((stock) => ({
        id: stock.id,
        place_id: stock.placeId,
        lot_id: stock.lotId,
        item_id: stock.itemId,
        area_id: stock.areaId,
        opened_at: tx.now,
      })),
    )
    .onConflict((conflict) => conflict.constraint('goods_stock_once').doNothing())
    .execute();
  return await listStocks(tx, {
    placeIds: stocks.map((stock) => stock.placeId),
    lotIds: stocks.map((stock) => stock.lotId),
    lock: true,
  });
}
