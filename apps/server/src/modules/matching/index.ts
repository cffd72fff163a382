import { systemActor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import type { Consumer } from '../../platform/events.ts';
import type { Tick } from '../../platform/tick.ts';
import { matchingHandlers } from './matching.routes.ts';
import { matchGifts, settlePots, takeMatchesBack } from './matching.service.ts';
import type { MatchingNeeds } from './matching.needs.ts';
import { openPot } from './pot.service.ts';

export type { MatchingNeeds } from './matching.needs.ts';
export type Matching = ReturnType<typeof createMatching>;

/** Money that enterprises set aside to match gifts to one campaign. */
export function createMatching(needs: MatchingNeeds) {
  const tick = (name: string, everySeconds: number, work: (tx: Writing) => Promise<unknown>) => ({
    name,
    everySeconds,
    run: async () => void (await needs.database.write(systemActor(name), null, work)),
  });
  const ticks: Tick[] = [
    tick('matching.match_missed', 60, (tx) => matchGifts(needs, tx, false)),
    tick('matching.take_back', 20, (tx) => takeMatchesBack(needs, tx)),
    tick('matching.settle', 600, (tx) => settlePots(needs, tx)),
  ];
  const consumers: Consumer[] = [
    {
      name: 'matching.match',
      topics: ['donation.gift_received'],
      consume: async (tx) => void (await matchGifts(needs, tx, true)),
    },
  ];
  return {
    handlers: matchingHandlers(needs),
    ticks,
    consumers,
    /** Opens a pot with the enterprise's gift in it; federation. */
    openPot: (tx: Writing, body: Parameters<typeof openPot>[2]) => openPot(needs, tx, body),
    /** Matches gifts that were not looked at yet. System login. */
    matchGifts: (tx: Writing) => matchGifts(needs, tx, false),
    /** Takes matches back where gifts went back. System login. */
    takeMatchesBack: (tx: Writing) => takeMatchesBack(needs, tx),
    /** Ends pots that are over and sends on what is left. System login. */
    settlePots: (tx: Writing) => settlePots(needs, tx),
  };
}
