import { routes } from '@wennuan/contract';
import type { FastifyInstance } from 'fastify';
import { createMatching, type MatchingNeeds } from './modules/matching/index.ts';
import { mount } from './platform/http/mount.ts';

export type Giving = ReturnType<typeof composeGiving>;

/** Tier 6: what enterprises and people promise beside their gifts. */
export function composeGiving(lower: MatchingNeeds) {
  const matching = createMatching(lower);
  return { matching };
}

/** Mounts matching, pledges and monthly gifts. */
export function mountGiving(app: FastifyInstance, { matching }: Giving): void {
  mount(app, routes.matching, matching.handlers);
}
