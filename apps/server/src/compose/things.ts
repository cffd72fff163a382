import { createDistribution } from '../modules/distribution/index.ts';
import { createGoods } from '../modules/goods/index.ts';
import type { Ground } from './ground.ts';
import type { Later } from './later.ts';
import type { Loop } from './loop.ts';
import type { Money } from './money.ts';
import type { ComposeOptions } from './options.ts';
import type { People } from './people.ts';
import { composeShop } from './shop.ts';

export type Things = ReturnType<typeof composeThings>;

/** Goods and their way to people. */
export function composeThings(
  options: ComposeOptions,
  lower: Ground & People & Money & Loop,
  later: Later,
) {
  const { resident, program } = lower;
  const goods = createGoods({
    ...lower,
    proposal: async (tx, id) => (await lower.fund.proposalsById(tx, [id])).get(id)?.view ?? null,
    receivers: (tx, ids) => later.distribution.receivers(tx, ids),
    sold: (tx, lotIds) => later.charitySale.sold(tx, lotIds),
  });
  const distribution = createDistribution({
    ...lower,
    goods,
    resident: { people: resident.people, find: resident.findByText },
    candidates: async (tx, { code, areaIds, limit }) => {
      const known = (await program.policies(tx)).find(({ policy }) => policy.code === code);
      if (!known) return null;
      return await program.candidates(tx, { programIds: [known.programId], areaIds, limit });
    },
  });
  const sandbox = { platform: lower.sandbox, ownAddress: () => later.ownAddress ?? '' };
  const shop = composeShop(
    { ...lower, goods, charitySales: (tx, ids, lock) => later.charitySale.terms(tx, ids, lock) },
    {
      sandbox: options.sandbox ? sandbox : null,
      payments: options.payments,
      groups: {
        takePaid: (paid) => later.groupBuy.payments.takePaid(paid),
        takeRefund: (told) => later.groupBuy.payments.takeRefund(told),
      },
    },
  );
  return { goods, distribution, ...shop };
}
