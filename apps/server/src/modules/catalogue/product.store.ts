import type { Id } from '@wennuan/basics';
import { sql, type Insertable, type Updateable } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';
import type { SoldVariant } from './catalogue.ts';

export type ProductRow = Awaited<ReturnType<typeof listProducts>>[number];

interface ProductSearch {
  ids?: readonly Id[];
  words?: readonly string[];
  merchantId?: Id | undefined;
  /** Only what merchants sell: nothing of charity sales. */
  ofMerchants?: boolean;
  category?: string | undefined;
  /** Only what is on sale. */
  onSale?: boolean;
  after?: string | undefined;
  formId?: Id;
  limit?: number;
}

/** Products by title. Every login. */
export async function listProducts(tx: Scoped, search: ProductSearch) {
  let query = tx.db.selectFrom('product').selectAll().orderBy('title').orderBy('id');
  if (search.ids) query = query.where('id', '=', anyOf(search.ids));
  for (const word of search.words ?? [])
    query = query.where('search_text', 'like', `%${word.replace(/[\\%_]/g, '\\$&')}%`);
  if (search.merchantId) query = query.where('merchant_id', '=', search.merchantId);
  if (search.ofMerchants) query = query.where('charity_sale_id', 'is', null);
  if (search.category) query = query.where('category', '=', search.category);
  if (search.onSale) query = query.where('state', '=', 'on_sale');
  if (search.formId) query = query.where('form_id', '=', search.formId);
  if (search.after) query = query.where('title', '>', search.after);
  if (search.limit) query = query.limit(search.limit);
  return await query.execute();
}

/** Variants of products, by id or by bar code, with what selling asks but for their charity sale. Every login. */
export async function listVariants(
  tx: Scoped,
  chosen: { ids?: readonly Id[]; productIds?: readonly Id[]; barCodes?: readonly string[] },
): Promise<Omit<SoldVariant, 'charity'>[]> {
  let query = tx.db
    .selectFrom('product_variant as v')
    .innerJoin('product as p', 'p.id', 'v.product_id')
    .innerJoin('goods_item as i', 'i.id', 'v.item_id')
    .select([
      'v.id',
      'v.product_id as productId',
      'p.version as productVersion',
      'v.merchant_id as merchantId',
      'v.item_id as itemId',
      'p.title',
      'p.category',
      'v.label',
      'i.unit',
      'v.per_quantity as perQuantity',
      'v.price_fen as priceFen',
      'v.member_price_fen as memberPriceFen',
      'v.hardship_price_fen as hardshipPriceFen',
      'v.is_off as isOff',
      'p.state as productState',
      'p.needs_food_licence as needsFoodLicence',
      'i.imported',
      'i.papers',
      'v.lot_id as lotId',
      'p.charity_sale_id as charitySaleId',
      // The bar code of a thing given for a charity sale is the one stuck on it there.
      sql<
        string | null
      >`case when v.lot_id is null then coalesce(v.bar_code, i.bar_code) else v.bar_code end`.as(
        'barCode',
      ),
    ])
    .orderBy('v.product_id')
    .orderBy('v.position');
  const any = (ids: readonly Id[]) => anyOf(ids);
  if (chosen.ids) query = query.where('v.id', '=', any(chosen.ids));
  if (chosen.productIds) query = query.where('v.product_id', '=', any(chosen.productIds));
  if (chosen.barCodes) {
    const codes = [...chosen.barCodes];
    query = query.where((where) =>
      where.or([where('v.bar_code', 'in', codes), where('i.bar_code', 'in', codes)]),
    );
  }
  return (await query.execute()) as Omit<SoldVariant, 'charity'>[];
}

/** Adds a product with its variants. False when a bar code is another variant's. */
export async function insertProduct(
  tx: Writing,
  row: Insertable<DB['product']>,
  variants: readonly Insertable<DB['product_variant']>[],
): Promise<boolean> {
  await tx.db.insertInto('product').values(row).execute();
  const added = await tx.db
    .insertInto('product_variant')
    .values([...variants])
    .onConflict((conflict) => conflict.constraint('product_variant_bar_code_once').doNothing())
    .executeTakeFirst();
  return Number(added.numInsertedOrUpdatedRows ?? 0) === variants.length;
}

/** Notes prices from a moment on. */
export async function insertPrices(
  tx: Writing,
  rows: readonly Insertable<DB['product_price']>[],
): Promise<void> {
  await tx.db
    .insertInto('product_price')
    .values([...rows])
    .execute();
}

/** Changes a product read with a version; false when somebody was faster. */
export async function updateProduct(
  tx: Writing,
  id: Id,
  { version, ...change }: Updateable<DB['product']> & { version: number },
): Promise<boolean> {
  const done = await tx.db
    .updateTable('product')
    .set({ ...change, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

export async function updateVariant(
  tx: Writing,
  id: Id,
  change: Updateable<DB['product_variant']>,
): Promise<void> {
  await tx.db.updateTable('product_variant').set(change).where('id', '=', id).execute();
}
