import { createMatching, type MatchingNeeds } from '../modules/matching/index.ts';
import { createPledge, type PledgeNeeds } from '../modules/pledge/index.ts';

export type Giving = ReturnType<typeof composeGiving>;

/** What enterprises and people promise beside their gifts. */
export function composeGiving(lower: MatchingNeeds & PledgeNeeds) {
  return { matching: createMatching(lower), pledge: createPledge(lower) };
}
