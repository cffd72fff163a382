import { dateInShanghai } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import type { Scoped } from '../../platform/database/database.ts';
import type { CharitySaleNeeds } from './charity-sale.needs.ts';
import { readTargets } from './terms.service.ts';

type Choices = RouteOutput<typeof routes.charitySale.choices>;

const SELLING_KINDS = new Set(['station', 'shop', 'elder_station', 'party_center']);

/** Funds, campaigns that are not over, and places that sell. System login. */
export async function readChoices(needs: CharitySaleNeeds, tx: Scoped): Promise<Choices> {
  const today = dateInShanghai(tx.now);
  const funds = await needs.fund.listFunds(tx, {});
  const campaigns = (await needs.donation.campaigns(tx, {})).filter(
    (one) => one.state === 'open' && one.closesOn >= today,
  );
  const targets = await readTargets(needs, tx, [
    ...campaigns.map((one) => ({ targetKind: 'campaign' as const, targetId: one.id })),
    ...funds.map((one) => ({ targetKind: 'fund' as const, targetId: one.id })),
  ]);
  const points = [...(await needs.place.servicePoints(tx)).values()];
  return {
    targets: [...targets.values()].toSorted(
      (one, other) =>
        Number(other.mayBeOnline) - Number(one.mayBeOnline) || one.code.localeCompare(other.code),
    ),
    places: points
      .filter((point) => SELLING_KINDS.has(point.kind))
      .map(({ id, name, address }) => ({ id, name, address })),
  };
}
