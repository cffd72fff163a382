import type { routes } from '@wennuan/contract';
import type { Handlers } from '../../platform/http/mount.ts';
import type { MatchingNeeds } from './matching.needs.ts';
import { openPot, readCampaignPots, readMatches, readPot, readPots } from './pot.service.ts';

/** The operations of `matching`. */
export function matchingHandlers(needs: MatchingNeeds): Handlers<typeof routes.matching> {
  const { database } = needs;
  return {
    ofCampaign: ({ actor, params }) =>
      database.read(actor, (tx) => readCampaignPots(needs, tx, params.code)),
    pots: ({ actor }) => database.read(actor, (tx) => readPots(needs, tx)),
    matches: ({ actor, params, query }) =>
      database.read(actor, (tx) => readMatches(needs, tx, { ...params, ...query })),
    async open({ actor, body }) {
      const { potId } = await database.write(actor, 'matching.open', (tx) =>
        openPot(needs, tx, body),
      );
      return await database.read(actor, (tx) => readPot(needs, tx, potId));
    },
  };
}
