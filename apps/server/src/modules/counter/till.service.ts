import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { agreementOn, charityLabel, obstacleOf } from '../catalogue/index.ts';
import type { Shift, Till } from './counter.ts';
import type { CounterNeeds } from './counter.needs.ts';
import { openReserve } from './reserve.store.ts';
import { insertTill, listTills, openShiftOf } from './till.store.ts';

type Routes = typeof routes.counter;
type TillView = RouteOutput<Routes['addTill']>;

/**
 * The till's clerk: a cashier's own login reads no table of people, goods or money. What a till does for her runs as the
 * system, and the audit names her.
 */
export function clerk(actor: Actor): Actor {
  return { ...actor, login: 'system' };
}

/** The till, when it stands in the actor's areas; refuses `till_unknown`. */
export async function ownTill(tx: Scoped, tillId: Id): Promise<Till> {
  const [till] = await listTills(tx, { ids: [tillId] });
  if (!till || !mayWorkAt(tx.actor, till.areaId)) throw new Refusal('till_unknown');
  return till;
}

function mayWorkAt(actor: Actor, areaId: number): boolean {
  return actor.areaIds.includes(areaId);
}

/** Stations of the actor's areas with their tills. */
export async function placesOf(
  needs: CounterNeeds,
  tx: Scoped,
): Promise<RouteOutput<Routes['places']>> {
  const all = [...(await needs.place.servicePoints(tx)).values()];
  const selling = new Set(['station', 'shop', 'elder_station', 'party_center']);
  const mine = all.filter((one) => selling.has(one.kind) && mayWorkAt(tx.actor, one.areaId));
  const tills = await listTills(tx, { placeIds: mine.map((one) => one.id) });
  return {
    items: mine.map((place) => ({
      id: place.id,
      name: place.name,
      tills: tills
        .filter((till) => till.placeId === place.id)
        .map((till) => viewTill(till, place.name)),
    })),
  };
}

function viewTill(till: Till, placeName: string): TillView {
  return { id: till.id, name: till.name, placeId: till.placeId, placeName };
}

/** Puts a till up; refuses `place_not_yours`, `not_a_selling_place`, `till_name_taken`. */
export async function addTill(
  needs: CounterNeeds,
  tx: Writing,
  command: { placeId: Id; name: string },
): Promise<TillView> {
  const place = await needs.catalogue.sellingPlace(tx, command.placeId);
  if (!mayWorkAt(tx.actor, place.areaId)) throw new Refusal('place_not_yours', {}, 'placeId');
  const till = { id: needs.newId(), placeId: place.id, areaId: place.areaId, name: command.name };
  await insertTill(tx, till);
  tx.touched('till', till.id);
  return viewTill(till, place.name);
}

/** A shift as pages show it. */
export async function viewShift(needs: CounterNeeds, tx: Scoped, shift: Shift) {
  const names = await needs.access.names(tx, [shift.accountId]);
  return {
    id: shift.id,
    cashier: names.get(shift.accountId) ?? '',
    openedAt: shift.openedAt.toISOString(),
    floatFen: shift.floatFen,
  };
}

/** All a till needs, also to go on without network: goods, prices, its shift, what it took along. */
export async function loadTill(
  needs: CounterNeeds,
  tx: Scoped,
  tillId: Id,
): Promise<RouteOutput<Routes['load']>> {
  const till = await ownTill(tx, tillId);
  const place = (await needs.place.servicePoints(tx, [till.placeId])).get(till.placeId)!;
  const shift = await openShiftOf(tx, tillId);
  const reserve = await openReserve(tx, tillId);
  const vouchers = await needs.benefit.heldBy(tx, tillId);
  const left = new Map<Id, number>();
  for (const piece of reserve.pieces)
    left.set(piece.itemId, (left.get(piece.itemId) ?? 0) + piece.left);
  return {
    till: viewTill(till, place.name),
    shift: shift ? await viewShift(needs, tx, shift) : null,
    serverTime: tx.now.toISOString(),
    goods: await goodsOf(needs, tx, till),
    reserve: [...left].map(([itemId, count]) => ({ itemId, left: count })),
    vouchers: vouchers.map(({ id, goods, paysFor, ...one }) => ({
      ...one,
      entitlementId: id,
      goods: [...goods],
      paysFor: [...paysFor],
    })),
    awaySince: reserve.since?.toISOString() ?? null,
  };
}

async function goodsOf(
  needs: CounterNeeds,
  tx: Scoped,
  till: Till,
): Promise<RouteOutput<Routes['load']>['goods']> {
  const variants = await needs.catalogue.variants(tx, {});
  const sellers = await needs.catalogue.sellers(tx);
  const today = dateInShanghai(tx.now);
  const onSale = variants.filter((one) => {
    const seller = sellers.get(one.merchantId);
    const isHere = one.charity === null || one.charity.places.has(till.placeId);
    return seller && isHere && obstacleOf(one, seller, today) === null;
  });
  const free = await needs.catalogue.free(tx, { placeId: till.placeId, variants: onSale });
  return onSale.map((one) => {
    const seller = sellers.get(one.merchantId)!;
    return {
      variantId: one.id,
      itemId: one.itemId,
      merchantId: one.merchantId,
      merchantName: seller.name,
      title: one.title,
      label: one.label,
      unit: one.unit,
      perQuantity: one.perQuantity,
      priceFen: one.priceFen,
      category: one.category,
      barCode: one.barCode,
      available: free.get(one.id) ?? 0,
      shareBasisPoints: agreementOn(seller.agreements, today)?.shareBasisPoints ?? 0,
      charity: one.charity && charityLabel(one.charity, tx.actor.language),
    };
  });
}
