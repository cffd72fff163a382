import { dateInShanghai, parseYuan, Refusal, type Id } from '@wennuan/basics';
import type { routes, shapes } from '@wennuan/contract';
import type { z } from 'zod';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { checkPrices, obstacleOf, searchable, type Prices } from './catalogue.ts';
import type { CatalogueNeeds } from './catalogue.needs.ts';
import { readSellers } from './merchant.store.ts';
import {
  insertPrices,
  insertProduct,
  listProducts,
  listVariants,
  updateProduct,
  updateVariant,
  type ProductRow,
} from './product.store.ts';

export type ProductView = z.output<typeof shapes.product>;
/** Goods to put on sale; a thing given for a charity sale is one lot of it. */
export type ProductBody = z.output<typeof routes.catalogue.addProduct.body> & {
  givenFor?: { saleId: Id; lotId: Id };
};
type PriceBody = Omit<z.output<typeof routes.catalogue.setPrice.body>, 'version'>;

/** What each category is also called when people look for it. */
const CATEGORY_WORDS: Record<string, string> = {
  grain_oil: '粮油米面',
  fresh: '生鲜蔬果',
  snack: '零食点心',
  drink: '饮料茶酒乳品',
  household: '日用百货',
  care: '个护清洁',
  clothing: '服装床品',
  other: '其他',
  meal: '餐食助餐',
  pack: '慰问包礼包',
  alcohol: '酒',
  tobacco: '烟',
};

function fenOf(text: string | null, field: string): number | null {
  if (text === null) return null;
  const fen = parseYuan(text);
  if (!fen) throw new Refusal('amount_invalid', {}, field);
  return fen;
}

function pricesOf(body: PriceBody): Prices {
  const prices = {
    priceFen: fenOf(body.priceYuan, 'priceYuan')!,
    memberPriceFen: fenOf(body.memberPriceYuan, 'memberPriceYuan'),
    hardshipPriceFen: fenOf(body.hardshipPriceYuan, 'hardshipPriceYuan'),
  };
  checkPrices(prices);
  return prices;
}

const rowOf = (prices: Prices) => ({
  price_fen: prices.priceFen,
  member_price_fen: prices.memberPriceFen,
  hardship_price_fen: prices.hardshipPriceFen,
});

/**
 * Puts goods on file. On sale at once when nothing stands against it, else a draft. Refuses
 * `merchant_unknown`, `item_unknown`, `variant_twice`, `amount_invalid`, `price_above_normal`, `bar_code_taken`.
 */
export async function addProduct(
  needs: CatalogueNeeds,
  tx: Writing,
  body: ProductBody,
): Promise<Id> {
  const [again] = await listProducts(tx, { formId: body.formId });
  if (again) return again.id;
  const seller = (await readSellers(tx, [body.merchantId])).get(body.merchantId);
  if (!seller) throw new Refusal('merchant_unknown', {}, 'merchantId');
  const itemIds = body.variants.map((one) => one.itemId);
  const items = await needs.goods.items(tx, itemIds);
  if (items.size < new Set(itemIds).size) throw new Refusal('item_unknown', {}, 'variants');
  if (new Set(itemIds).size < itemIds.length) throw new Refusal('variant_twice', {}, 'variants');
  const id = needs.newId();
  const variants = body.variants.map((one) => ({ ...one, ...pricesOf(one), id: needs.newId() }));
  const today = dateInShanghai(tx.now);
  const stands =
    !body.givenFor &&
    variants.some((one) =>
      obstacleOf(
        { ...body, ...items.get(one.itemId)!, isOff: false, productState: 'on_sale' },
        seller,
        today,
      ),
    );
  const labels = variants.map((one) => one.label + items.get(one.itemId)!.name);
  const added = await insertProduct(
    tx,
    {
      id,
      merchant_id: body.merchantId,
      title: body.title,
      detail: body.detail,
      category: body.category,
      needs_food_licence: body.needsFoodLicence,
      charity_sale_id: body.givenFor?.saleId ?? null,
      state: stands ? 'draft' : 'on_sale',
      search_text: searchable(
        [body.title, CATEGORY_WORDS[body.category], seller.name, ...labels].join(''),
      ),
      created_at: tx.now,
      created_by: tx.actor.accountId,
      form_id: body.formId,
    },
    variants.map((one, position) => ({
      id: one.id,
      product_id: id,
      merchant_id: body.merchantId,
      item_id: one.itemId,
      label: one.label,
      position,
      per_quantity: one.perQuantity,
      bar_code: one.barCode,
      lot_id: body.givenFor?.lotId ?? null,
      ...rowOf(one),
    })),
  );
  if (!added) throw new Refusal('bar_code_taken', { name: body.title }, 'barCode');
  await insertPrices(
    tx,
    variants.map((one) => ({
      variant_id: one.id,
      since: tx.now,
      set_by: tx.actor.accountId,
      ...rowOf(one),
    })),
  );
  if (body.pictureId)
    await needs.attachment.adopt(tx, [body.pictureId], {
      subjectKind: 'product',
      subjectId: id,
      areaId: null,
      published: true,
    });
  tx.touched('product', id);
  return id;
}

async function knownProduct(tx: Scoped, id: Id): Promise<ProductRow> {
  const [row] = await listProducts(tx, { ids: [id] });
  if (!row) throw new Refusal('product_unknown');
  return row;
}

/** Sets the prices of a variant from now on. Refuses `product_unknown`, `busy_elsewhere` and prices that are none. */
export async function setPrice(
  tx: Writing,
  command: { productId: Id; variantId: Id; version: number } & PriceBody,
): Promise<void> {
  const row = await knownProduct(tx, command.productId);
  const variants = await listVariants(tx, { productIds: [row.id] });
  if (!variants.some((one) => one.id === command.variantId)) throw new Refusal('product_unknown');
  const prices = rowOf(pricesOf(command));
  if (!(await updateProduct(tx, row.id, { version: command.version })))
    throw new Refusal('busy_elsewhere');
  await updateVariant(tx, command.variantId, prices);
  await insertPrices(tx, [
    { variant_id: command.variantId, since: tx.now, set_by: tx.actor.accountId, ...prices },
  ]);
  tx.touched('product', row.id, 'price');
}

/** Puts goods on sale or takes them off; refuses to put on sale what something stands against. */
export async function setProductState(
  tx: Writing,
  command: { productId: Id; state: 'on_sale' | 'off'; version: number },
): Promise<void> {
  const row = await knownProduct(tx, command.productId);
  if (command.state === 'on_sale') {
    const seller = (await readSellers(tx, [row.merchant_id])).get(row.merchant_id)!;
    for (const variant of await listVariants(tx, { productIds: [row.id] })) {
      const found = obstacleOf(
        { ...variant, productState: 'on_sale', isOff: false },
        seller,
        dateInShanghai(tx.now),
      );
      if (found) throw new Refusal(found.code, found.params);
    }
  }
  const { state, version } = command;
  if (!(await updateProduct(tx, row.id, { state, version }))) throw new Refusal('busy_elsewhere');
  tx.touched('product', row.id, state);
}

/** Products as the office reads them, in the order given. */
export async function productViews(
  needs: CatalogueNeeds,
  tx: Scoped,
  rows: readonly ProductRow[],
): Promise<ProductView[]> {
  const ids = rows.map((row) => row.id);
  const variants = Map.groupBy(await listVariants(tx, { productIds: ids }), (one) => one.productId);
  const sellers = await readSellers(
    tx,
    rows.map((row) => row.merchant_id),
  );
  const pictures = await needs.attachment.of(tx, ids);
  const today = dateInShanghai(tx.now);
  return rows.map((row) => {
    const mine = variants.get(row.id) ?? [];
    const seller = sellers.get(row.merchant_id)!;
    return {
      id: row.id,
      code: row.code,
      merchantId: row.merchant_id,
      merchantName: seller.name,
      title: row.title,
      detail: row.detail,
      category: row.category as ProductView['category'],
      needsFoodLicence: row.needs_food_licence,
      state: row.state as ProductView['state'],
      obstacle:
        mine.map((one) => obstacleOf(one, seller, today)).find((one) => one !== null)?.code ?? null,
      picture: pictures.get(row.id)?.[0] ?? null,
      variants: mine.map((one) => ({
        id: one.id,
        itemId: one.itemId,
        label: one.label,
        unit: one.unit,
        perQuantity: one.perQuantity,
        priceFen: one.priceFen,
        memberPriceFen: one.memberPriceFen,
        hardshipPriceFen: one.hardshipPriceFen,
        barCode: one.barCode,
        isOff: one.isOff,
      })),
      version: row.version,
    };
  });
}
