import type { Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Tick } from '../../platform/tick.ts';
import { resourceHandlers } from './resource.routes.ts';
import {
  deliver,
  expireOffers,
  keep,
  nameNeed,
  release,
  reserve,
  type ResourceNeeds,
} from './resource.service.ts';
import type { Offer } from './resource.ts';
import { listOfNeeds } from './resource.store.ts';

export type { OpenWish } from './resource.service.ts';
export type { Offer, Wanted } from './resource.ts';
export type Resource = ReturnType<typeof createResource>;

/** The register of what neighbours, volunteers, shops and teams put in: goods and hours, nothing twice. */
export function createResource(needs: ResourceNeeds) {
  const ticks: Tick[] = [
    {
      name: 'resource.expire',
      everySeconds: 60,
      run: async () => void (await expireOffers(needs)),
    },
  ];
  return {
    handlers: resourceHandlers(needs),
    ticks,
    /** Keeps open offers for needs; refuses `offer_not_open`, `wish_already_met`. */
    reserve: (tx: Writing, commands: readonly { offerId: Id; needId: Id; number: string }[]) =>
      reserve(needs, tx, commands),
    /** Sets what is reserved for needs free. */
    release: (tx: Writing, needIds: readonly Id[]) => release(tx, needIds),
    /** What is reserved for needs is on its way: the lock no longer ends. */
    keep: (tx: Writing, needIds: readonly Id[]) => keep(tx, needIds),
    /** Notes which number a need has; system login. */
    nameNeed: (tx: Writing, command: { offerId: Id; number: string }) => nameNeed(tx, command),
    /** Records the hand-over and posts it; call it last in a transaction. */
    deliver: (
      tx: Writing,
      commands: readonly { needId: Id; number: string; areaId: number }[],
    ): Promise<Offer[]> => deliver(needs, tx, commands),
    /** Offers for needs, newest first, those the caller may see. */
    ofNeeds: (tx: Scoped, needIds: readonly Id[]): Promise<Offer[]> => listOfNeeds(tx, needIds),
  };
}
