import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import { goodsCategories } from '@wennuan/contract';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Entitlement } from './benefit.ts';
import { type BenefitNeeds, leftOf } from './benefit.service.ts';
import { listEntitlements } from './benefit.store.ts';
import { cover } from './cover.ts';
import { goodsWords } from './goods-words.ts';
import { type EntitlementHold, openHolds } from './hold.store.ts';
import { heldWords, type RedeemCommand } from './redeem.ts';

const MOST = 50;

/** An entitlement that its owner can pay with on the phone. */
export interface Owned {
  id: Id;
  kind: Entitlement['kind'];
  label: string;
  leftFen: number;
  goods: readonly string[];
  paysFor: string[];
  expiresOn: string;
  held: { place: string; since: Date; forOrder: boolean } | null;
}

/** What an account can pay with now, the first to expire first; locked where `lock` says so. System login. */
export async function ownedBy(
  needs: Pick<BenefitNeeds, 'place'>,
  tx: Scoped | Writing,
  { accountId, lock = false }: { accountId: Id; lock?: boolean },
): Promise<Owned[]> {
  const today = dateInShanghai(tx.now);
  const all = await listEntitlements(tx, { accountId, state: 'issued', limit: MOST, lock });
  const rows = all
    .filter((row) => row.unit === 'fen' && row.expiresOn > today && row.endsAs === null)
    .toSorted((one, other) => one.expiresOn.localeCompare(other.expiresOn));
  const left = await leftOf(tx, rows);
  const holds = await openHolds(
    tx,
    rows.map((row) => row.id),
  );
  const places = await needs.place.servicePoints(
    tx,
    [...holds.values()].map((hold) => hold.placeId),
  );
  return rows.flatMap((row): Owned[] => {
    const leftFen = left.get(row.id) ?? 0;
    const hold = holds.get(row.id);
    if (leftFen === 0) return [];
    const { id, kind, label, goods, expiresOn } = row;
    const paysFor = goodsWords(goods, tx.actor.language);
    const held = hold ? heldOf(hold, places.get(hold.placeId)?.name ?? '') : null;
    return [{ id, kind, label, leftFen, goods, paysFor, expiresOn, held }];
  });
}

const heldOf = ({ heldAt: since, forOrder }: EntitlementHold, place: string) => ({
  place,
  since,
  forOrder,
});

/**
 * The chosen ones of what an account owns, in the order in which they pay: what covers the fewest kinds of goods first, so
 * that what covers more stays, then the first to expire. Refuses `voucher_over` (not hers, used up or past its day),
 * `voucher_held`, `voucher_in_order`.
 */
export function chooseOwned(owned: readonly Owned[], ids: readonly Id[]): Owned[] {
  const chosen = [...new Set(ids)].map((id) => {
    const one = owned.find((each) => each.id === id);
    if (!one) throw new Refusal('voucher_over', {}, 'vouchers');
    if (!one.held) return one;
    const { since: heldAt, forOrder, place } = one.held;
    const { code, params } = heldWords({ heldAt, forOrder }, place);
    throw new Refusal(code, params, 'vouchers');
  });
  const breadth = (one: Owned) =>
    one.goods.length === 0 ? goodsCategories.length : one.goods.length;
  return chosen.toSorted(
    (one, other) => breadth(one) - breadth(other) || one.expiresOn.localeCompare(other.expiresOn),
  );
}

/** What each of some entitlements pays of each of some goods, in their order: fen by entitlement and by goods. */
export function planOf(
  owned: readonly Pick<Owned, 'goods' | 'leftFen'>[],
  goods: RedeemCommand['goods'],
): number[][] {
  return cover(
    owned.map((one) => ({ goods: one.goods, mostFen: one.leftFen })),
    goods,
  );
}
