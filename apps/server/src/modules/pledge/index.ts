import { systemActor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Tick } from '../../platform/tick.ts';
import { askForMonth, beginMonth, skipMonth, startMonthly } from './monthly.service.ts';
import { pledgeHandlers } from './pledge.routes.ts';
import type { PledgeNeeds } from './pledge.needs.ts';
import { awaitedPledges, linkGift, promise, recordPledge, watchPledges } from './pledge.service.ts';

export type { PledgeNeeds } from './pledge.needs.ts';
export type Pledge = ReturnType<typeof createPledge>;

/** What people and enterprises promise: pledges with instalments, and monthly gifts. */
export function createPledge(needs: PledgeNeeds) {
  const tick = (name: string, work: (tx: Writing) => Promise<unknown>): Tick => ({
    name,
    everySeconds: 600,
    run: async () => void (await needs.database.write(systemActor(name), null, work)),
  });
  return {
    handlers: pledgeHandlers(needs),
    ticks: [
      tick('pledge.watch', (tx) => watchPledges(needs, tx)),
      tick('pledge.ask_for_month', (tx) => askForMonth(needs, tx)),
    ],
    promise: (tx: Writing, body: Parameters<typeof promise>[2]) => promise(needs, tx, body),
    recordPledge: (tx: Writing, body: Parameters<typeof recordPledge>[2]) =>
      recordPledge(needs, tx, body),
    linkGift: (tx: Writing, command: Parameters<typeof linkGift>[2]) =>
      linkGift(needs, tx, command),
    /** Pledges that still wait for money, with what would keep them. Federation or system login. */
    awaited: (tx: Scoped) => awaitedPledges(needs, tx),
    startMonthly: (tx: Writing, body: Parameters<typeof startMonthly>[2]) =>
      startMonthly(needs, tx, body),
    beginMonth: (tx: Writing, turnId: string) => beginMonth(needs, tx, turnId),
    skipMonth: (tx: Writing, turnId: string) => skipMonth(tx, turnId),
    /** Asks for the gifts of this month whose day has come. System login. */
    askForMonth: (tx: Writing) => askForMonth(needs, tx),
    /** Reminds of instalments and puts overdue ones on the desk. System login. */
    watchPledges: (tx: Writing) => watchPledges(needs, tx),
  };
}
