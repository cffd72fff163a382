import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import { SALE_LINES_MOST } from '@wennuan/contract';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import {
  agreementOn,
  obstacleOf,
  priceFor,
  STRANGER,
  WHOLE_BASIS_POINTS,
  type Buyer,
  type CharitySale,
  type Seller,
  type SoldVariant,
} from '../catalogue/index.ts';
import type { ServicePoint } from '../place/index.ts';
import { amountOf, shareOf, spread } from './money.ts';
import { shareWords, type Basket, type PricedBasket, type PricedLine } from './sale.ts';
import type { SaleNeeds } from './sale.needs.ts';

/** What pricing needs to know, read once for many baskets. */
export interface Shelf {
  places: ReadonlyMap<Id, ServicePoint>;
  variants: ReadonlyMap<Id, SoldVariant>;
  sellers: ReadonlyMap<Id, Seller>;
  buyers: ReadonlyMap<Id, Buyer>;
}

/** Reads what baskets need: places, variants, sellers, buyers. System login. */
export async function readShelf(
  needs: SaleNeeds,
  tx: Scoped,
  baskets: readonly Basket[],
): Promise<Shelf> {
  return await readShelfTo(needs, tx, { baskets, lock: false });
}

/** The same for who sells: no charity sale ends between pricing and selling. System login. */
export async function lockShelf(
  needs: SaleNeeds,
  tx: Writing,
  baskets: readonly Basket[],
): Promise<Shelf> {
  return await readShelfTo(needs, tx, { baskets, lock: true });
}

async function readShelfTo(
  needs: SaleNeeds,
  tx: Scoped,
  { baskets, lock }: { baskets: readonly Basket[]; lock: boolean },
): Promise<Shelf> {
  const places = new Map<Id, ServicePoint>();
  for (const placeId of new Set(baskets.map((one) => one.placeId)))
    places.set(placeId, await needs.catalogue.sellingPlace(tx, placeId));
  const ids = baskets.flatMap((one) => one.lines.map((line) => line.variantId));
  const variants = new Map(
    (await needs.catalogue.variants(tx, { ids, lock })).map((one) => [one.id, one]),
  );
  const sellers = await needs.catalogue.sellers(
    tx,
    [...variants.values()].map((one) => one.merchantId),
  );
  const accounts = baskets.flatMap((one) => (one.accountId ? [one.accountId] : []));
  return { places, variants, sellers, buyers: await needs.catalogue.buyers(tx, accounts) };
}

/**
 * Prices a basket: one part for each merchant, its share half up on what its goods cost after discounts,
 * spread over the lines. Pure; refuses what cannot be sold (no agreement, lapsed licence, missing papers, off
 * sale), `basket_empty`, `basket_too_long`, `discount_too_high`.
 */
export function priceBasket(shelf: Shelf, basket: Basket, now: Date): PricedBasket {
  if (basket.lines.length === 0) throw new Refusal('basket_empty', {}, 'lines');
  if (basket.lines.length > SALE_LINES_MOST)
    throw new Refusal('basket_too_long', { most: SALE_LINES_MOST }, 'lines');
  const place = shelf.places.get(basket.placeId)!;
  const today = dateInShanghai(now);
  const buyer = (basket.accountId && shelf.buyers.get(basket.accountId)) || STRANGER;
  const lines = basket.lines.map((line, position) => {
    const variant = shelf.variants.get(line.variantId);
    if (!variant) throw new Refusal('product_unknown');
    const seller = shelf.sellers.get(variant.merchantId)!;
    const obstacle = obstacleOf(variant, seller, today);
    if (obstacle) throw new Refusal(obstacle.code, obstacle.params);
    if (variant.charity) checkCharity(variant.charity, basket, variant.title);
    const { charity } = variant;
    return { seller, charity, line: priceLine({ ...line, position }, variant, buyer) };
  });
  const parts = [...Map.groupBy(lines, ({ seller }) => seller.id).values()].map((mine) => {
    const { seller, charity } = mine[0]!;
    if (mine.some((one) => one.charity?.id !== charity?.id))
      throw new Refusal('charity_sale_alone', {}, 'lines');
    const basisPoints = charity
      ? WHOLE_BASIS_POINTS
      : agreementOn(seller.agreements, today)!.shareBasisPoints;
    const goodsFen = mine.reduce((sum, { line }) => sum + line.amountFen, 0);
    const shareFen = shareOf(goodsFen, basisPoints);
    const shares = spread(
      shareFen,
      mine.map(({ line }) => line.amountFen),
    );
    return {
      merchantId: seller.id,
      merchantName: seller.name,
      shareBasisPoints: basisPoints,
      goodsFen,
      shareFen,
      charity,
      lines: mine.map(({ line }, index) => ({ ...line, shareFen: shares[index]! })),
    };
  });
  const sum = (of: (part: (typeof parts)[number]) => number) =>
    parts.reduce((total, part) => total + of(part), 0);
  if (parts.some((part) => part.goodsFen === 0))
    throw new Refusal('discount_too_high', {}, 'lines');
  return {
    placeId: place.id,
    areaId: place.areaId,
    goodsFen: sum((part) => part.goodsFen),
    shareFen: sum((part) => part.shareFen),
    shareWords: shareWords(parts, 'zh'),
    parts,
  };
}

/** Refuses a charity sale at a station that does not hold it, and on the network without the four conditions. */
function checkCharity(sale: CharitySale, { placeId, isOnline }: Basket, thing: string): void {
  if (isOnline && !sale.sellsOnline) throw new Refusal('charity_sale_not_online');
  if (!sale.places.has(placeId))
    throw new Refusal('charity_sale_elsewhere', {
      thing,
      places: [...sale.places.values()].join('、'),
    });
}

function priceLine(
  line: Basket['lines'][number] & { position: number },
  variant: SoldVariant,
  buyer: Buyer,
): PricedLine {
  const { kind, priceFen } =
    line.agreedPriceFen === undefined
      ? priceFor(variant, buyer)
      : { kind: 'set' as const, priceFen: line.agreedPriceFen };
  const discountFen = line.discountFen ?? 0;
  const wholeFen = amountOf(line.quantity, priceFen, variant.perQuantity);
  if (!Number.isSafeInteger(line.quantity) || line.quantity <= 0 || discountFen < 0)
    throw new Refusal('input_invalid', {}, 'quantity');
  if (discountFen > wholeFen) throw new Refusal('discount_too_high', {}, 'lines');
  return {
    position: line.position,
    variantId: variant.id,
    itemId: variant.itemId,
    lotId: variant.lotId,
    title: variant.label ? `${variant.title} ${variant.label}` : variant.title,
    category: variant.category,
    unit: variant.unit,
    quantity: line.quantity,
    perQuantity: variant.perQuantity,
    normalPriceFen: variant.priceFen,
    priceFen,
    priceKind: kind,
    discountFen,
    amountFen: wholeFen - discountFen,
    shareFen: 0,
    pieces: line.pieces ?? null,
  };
}
