import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import type { z } from 'zod';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import { cutPage } from '../../platform/page.ts';
import type { ServicePoint } from '../place/index.ts';
import { readBuyers } from './buyer.store.ts';
import {
  charityLabel,
  obstacleOf,
  priceFor,
  searchWords,
  type Buyer,
  type CharitySale,
  type SoldVariant,
} from './catalogue.ts';
import type { CatalogueNeeds } from './catalogue.needs.ts';
import { readSellers } from './merchant.store.ts';
import { listProducts, type ProductRow } from './product.store.ts';
import { readVariants } from './variant.service.ts';

type MallProduct = z.output<typeof shapes.mallProduct>;

/** Where things are sold. */
const SELLING_KINDS = new Set(['station', 'shop', 'elder_station', 'party_center']);

/** Somebody whose right to a lower price nobody knows. */
export const STRANGER: Buyer = { isMember: false, isInHardship: false };

/** True where things are sold and fetched. */
export function isSelling(place: Pick<ServicePoint, 'kind'>): boolean {
  return SELLING_KINDS.has(place.kind);
}

/** The place, when things are sold there; refuses `place_unknown`, `not_a_selling_place`. */
export async function sellingPlace(
  needs: Pick<CatalogueNeeds, 'place'>,
  tx: Scoped,
  placeId: Id,
): Promise<ServicePoint> {
  const place = (await needs.place.servicePoints(tx, [placeId])).get(placeId);
  if (!place) throw new Refusal('place_unknown', {}, 'placeId');
  if (!isSelling(place)) throw new Refusal('not_a_selling_place', {}, 'placeId');
  return place;
}

/** What prices ask of whoever acts: known only of residents with an account. System login. */
export async function buyerOf(tx: Scoped, actor: Actor): Promise<Buyer> {
  if (actor.accountId === null) return STRANGER;
  return (await readBuyers(tx, [actor.accountId])).get(actor.accountId) ?? STRANGER;
}

/** A page of what is on sale for a buyer. System login, as stock and facts are nobody's else. */
export async function findProducts(
  needs: CatalogueNeeds,
  tx: Scoped,
  search: {
    buyer: Buyer;
    text?: string | undefined;
    category?: string | undefined;
    placeId?: Id | undefined;
    ids?: readonly Id[];
    after?: string | undefined;
    limit: number;
  },
): Promise<{ items: MallProduct[]; next: string | null }> {
  const { text, category, ids, after, limit } = search;
  if (search.placeId) await sellingPlace(needs, tx, search.placeId);
  const rows = await listProducts(tx, {
    words: searchWords(text ?? ''),
    category,
    ...(ids && { ids }),
    after,
    onSale: true,
    limit: limit + 1,
  });
  const { shown, next } = cutPage(rows, limit, (last) => last.title);
  return {
    items: await mallViews(needs, tx, { rows: shown, ...search }),
    next,
  };
}

async function mallViews(
  needs: CatalogueNeeds,
  tx: Scoped,
  { rows, buyer, placeId }: { rows: readonly ProductRow[]; buyer: Buyer; placeId?: Id | undefined },
): Promise<MallProduct[]> {
  const variants = await readVariants(needs, tx, { productIds: rows.map((row) => row.id) });
  const sellers = await readSellers(
    tx,
    rows.map((row) => row.merchant_id),
  );
  const pictures = await needs.attachment.of(
    tx,
    rows.map((row) => row.id),
  );
  const free = placeId ? await freeOf(needs, tx, { placeId, variants }) : null;
  const today = dateInShanghai(tx.now);
  return rows.flatMap((row) => {
    const seller = sellers.get(row.merchant_id)!;
    const mine = variants.filter(
      (one) =>
        one.productId === row.id &&
        obstacleOf(one, seller, today) === null &&
        (!one.charity || mayBeBoughtHere(one.charity, placeId)),
    );
    if (mine.length === 0) return [];
    return [
      {
        id: row.id,
        title: row.title,
        detail: row.detail,
        category: row.category as MallProduct['category'],
        merchantName: seller.name,
        picture: pictures.get(row.id)?.[0] ?? null,
        charity: mine[0]!.charity && charityLabel(mine[0]!.charity, tx.actor.language),
        variants: mine.map((one) => ({
          id: one.id,
          label: one.label,
          unit: one.unit,
          perQuantity: one.perQuantity,
          priceFen: one.priceFen,
          memberPriceFen: one.memberPriceFen,
          yourPriceFen: priceFor(one, buyer).priceFen,
          available: free ? (free.get(one.id) ?? 0) : null,
        })),
      },
    ];
  });
}

/** On the network only behind the four conditions, and only for stations that hold the sale. */
function mayBeBoughtHere(sale: CharitySale, placeId: Id | undefined): boolean {
  return sale.sellsOnline && (placeId === undefined || sale.places.has(placeId));
}

type FreeVariant = Pick<SoldVariant, 'id' | 'itemId' | 'lotId'>;

/** Free pieces of variants at a place: of a thing given for a charity sale its own lot, else of the item. System login. */
export async function freeOf(
  needs: Pick<CatalogueNeeds, 'goods'>,
  tx: Scoped,
  { placeId, variants }: { placeId: Id; variants: readonly FreeVariant[] },
): Promise<Map<Id, number>> {
  const items = await needs.goods.available(
    tx,
    placeId,
    variants.filter((one) => !one.lotId).map((one) => one.itemId),
  );
  const lots = await needs.goods.lotsAvailable(
    tx,
    placeId,
    variants.flatMap((one) => one.lotId ?? []),
  );
  return new Map(
    variants.map((one) => [one.id, (one.lotId ? lots.get(one.lotId) : items.get(one.itemId)) ?? 0]),
  );
}
