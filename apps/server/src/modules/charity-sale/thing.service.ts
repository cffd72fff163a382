import { parseYuan, Refusal, yuanNumber, type Id } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import type { z } from 'zod';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { DonatedLot } from '../goods/index.ts';
import { barCodeOf, PRICEABLE, type Sale } from './charity-sale.ts';
import type { CharitySaleNeeds } from './charity-sale.needs.ts';
import {
  deleteThing,
  findReceiver,
  insertThing,
  listPlaces,
  listSales,
  listThings,
  updateThing,
} from './charity-sale.store.ts';
import { checkYours, lockSale } from './lock.service.ts';

type ThingBody = z.output<typeof routes.charitySale.addThing.body>;

/** Donated lots that lie at a charity sale's stations and nothing keeps, or only one that is over. System login. */
export async function readDonated(
  needs: CharitySaleNeeds,
  tx: Scoped,
  saleId: Id,
): Promise<DonatedLot[]> {
  const [sale] = await listSales(tx, { ids: [saleId] });
  if (!sale) throw new Refusal('not_found');
  await checkYours(tx, saleId);
  const placeIds = (await listPlaces(tx, [saleId])).map((one) => one.placeId);
  const lots = await needs.goods.donated(tx, { placeIds });
  const over = await overSales(
    tx,
    lots.flatMap((lot) => lot.keptFor ?? []),
  );
  return lots.filter(
    (lot) => piecesOf(lot, placeIds) > 0 && (lot.keptFor === null || over.has(lot.keptFor)),
  );
}

async function overSales(tx: Scoped, ids: readonly Id[]): Promise<Set<Id>> {
  if (ids.length === 0) return new Set();
  const sales = await listSales(tx, { ids, states: ['closed'] });
  return new Set(sales.map((sale) => sale.id));
}

/** Free pieces of a lot at places. */
export function piecesOf(lot: DonatedLot, placeIds: readonly Id[]): number {
  return lot.stocks
    .filter((stock) => placeIds.includes(stock.placeId))
    .reduce((sum, stock) => sum + stock.available, 0);
}

/**
 * Puts a donated lot into a charity sale at a price; from then on it goes out by it alone. Refuses goods without a donor on
 * file, lots of another charity sale, none left at its stations, a price that is none, and people of other areas. The same
 * lot again is `charity_sale_lot_taken`. System login.
 */
export async function addThing(
  needs: CharitySaleNeeds,
  tx: Writing,
  { saleId, ...body }: ThingBody & { saleId: Id },
): Promise<void> {
  const sale = await lockSale(tx, saleId, PRICEABLE);
  await checkYours(tx, saleId);
  priceFenOf(body.priceYuan);
  const receiver = await findReceiver(tx);
  if (!receiver || receiver.state === 'missing') throw new Refusal('charity_sale_receiver_missing');
  const [lot] = await needs.goods.donated(tx, { lotIds: [body.lotId] });
  if (!lot) throw new Refusal('charity_sale_donor_missing', {}, 'lotId');
  const placeIds = (await listPlaces(tx, [saleId])).map((one) => one.placeId);
  const pieces = piecesOf(lot, placeIds);
  if (pieces === 0)
    throw new Refusal('stock_too_low', { name: lot.itemName, needed: 1, available: 0 }, 'lotId');
  await keep(needs, tx, { sale, lot });
  const count = (await listThings(tx, { saleIds: [saleId] })).length;
  const productId = await needs.catalogue.addProduct(tx, {
    merchantId: receiver.id,
    title: body.title,
    detail: body.detail,
    category: 'other',
    needsFoodLicence: false,
    pictureId: body.pictureId,
    formId: body.formId,
    givenFor: { saleId, lotId: lot.lotId },
    variants: [
      {
        itemId: lot.itemId,
        label: '',
        perQuantity: 1,
        priceYuan: body.priceYuan,
        memberPriceYuan: null,
        hardshipPriceYuan: null,
        barCode: barCodeOf(sale, count + 1),
      },
    ],
  });
  const [variant] = await needs.catalogue.variants(tx, { productIds: [productId] });
  await insertThing(tx, {
    variant_id: variant!.id,
    sale_id: saleId,
    lot_id: lot.lotId,
    gift_id: lot.giftId,
    donor_name: lot.donorName,
    unit_value_fen: lot.unitValueFen,
    leftover: body.leftover,
    pieces_offered: sale.state === 'open' ? pieces : null,
    added_at: tx.now,
    added_by: tx.actor.accountId,
  });
  tx.touched('charity_sale', saleId, 'thing');
}

async function keep(
  needs: CharitySaleNeeds,
  tx: Writing,
  { sale, lot }: { sale: Sale; lot: DonatedLot },
): Promise<void> {
  const isFree = lot.keptFor === null || (await overSales(tx, [lot.keptFor])).has(lot.keptFor);
  const kept =
    isFree &&
    (await needs.goods.keepLot(tx, { lotId: lot.lotId, for: sale.id, instead: lot.keptFor }));
  if (!kept) throw new Refusal('charity_sale_lot_taken', {}, 'lotId');
}

function priceFenOf(text: string): number {
  const fen = parseYuan(text);
  if (!fen) throw new Refusal('amount_invalid', {}, 'priceYuan');
  return fen;
}

/** Sets the price of a thing from now on; a buyer who saw another one is told first. System login. */
export async function setThingPrice(
  needs: CharitySaleNeeds,
  tx: Writing,
  { saleId, variantId, priceYuan }: { saleId: Id; variantId: Id; priceYuan: string },
): Promise<void> {
  await lockSale(tx, saleId, PRICEABLE);
  await checkYours(tx, saleId);
  const fen = priceFenOf(priceYuan);
  const [variant] = await needs.catalogue.variants(tx, { ids: [variantId] });
  if (variant?.charitySaleId !== saleId) throw new Refusal('not_found');
  await needs.catalogue.setPrice(tx, {
    productId: variant.productId,
    variantId,
    priceYuan: yuanNumber(fen),
    memberPriceYuan: null,
    hardshipPriceYuan: null,
    version: variant.productVersion,
  });
  tx.touched('charity_sale', saleId, 'price');
}

/** Takes a thing out before it opens; the lot is free again. System login. */
export async function removeThing(
  needs: CharitySaleNeeds,
  tx: Writing,
  { saleId, variantId }: { saleId: Id; variantId: Id },
): Promise<void> {
  await lockSale(tx, saleId, ['draft', 'proposed', 'approved']);
  await checkYours(tx, saleId);
  const thing = (await listThings(tx, { saleIds: [saleId] })).find(
    (one) => one.variantId === variantId,
  );
  if (!thing) throw new Refusal('not_found');
  await deleteThing(tx, variantId);
  await needs.catalogue.takeOff(tx, variantId);
  await needs.goods.keepLot(tx, { lotId: thing.lotId, for: null, instead: saleId });
  tx.touched('charity_sale', saleId, 'thing_removed');
}

/** Frees what nobody will sell; what its giver wants kept for a charity sale waits for the next. System login. */
export async function freeThings(
  needs: Pick<CharitySaleNeeds, 'goods'>,
  tx: Writing,
  saleId: Id,
): Promise<void> {
  for (const thing of await listThings(tx, { saleIds: [saleId] }))
    await needs.goods.keepLot(tx, { lotId: thing.lotId, for: null, instead: saleId });
}

/** Counts what is offered when a charity sale opens. System login. */
export async function countOffered(
  needs: CharitySaleNeeds,
  tx: Writing,
  saleId: Id,
): Promise<number> {
  const things = await listThings(tx, { saleIds: [saleId] });
  const placeIds = (await listPlaces(tx, [saleId])).map((one) => one.placeId);
  const lots = new Map(
    (await needs.goods.donated(tx, { lotIds: things.map((one) => one.lotId) })).map((lot) => [
      lot.lotId,
      lot,
    ]),
  );
  for (const thing of things)
    await updateThing(tx, thing.variantId, {
      pieces_offered: piecesOf(lots.get(thing.lotId)!, placeIds),
    });
  return things.length;
}
