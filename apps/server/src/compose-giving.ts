import { routes } from '@wennuan/contract';
import type { FastifyInstance } from 'fastify';
import { createMatching, type MatchingNeeds } from './modules/matching/index.ts';
import { createPledge, type PledgeNeeds } from './modules/pledge/index.ts';
import type { Donation } from './modules/donation/index.ts';
import { mount } from './platform/http/mount.ts';

export type Giving = ReturnType<typeof composeGiving>;

/** Tier 6: what enterprises and people promise beside their gifts. */
export function composeGiving(lower: MatchingNeeds & PledgeNeeds) {
  return { matching: createMatching(lower), pledge: createPledge(lower) };
}

/** Mounts matching, pledges and monthly gifts. */
export function mountGiving(
  app: FastifyInstance,
  { donation, matching, pledge }: Giving & { donation: Donation },
): void {
  mount(app, routes.campaign, donation.campaignHandlers);
  mount(app, routes.matching, matching.handlers);
  mount(app, routes.pledge, pledge.handlers);
}
