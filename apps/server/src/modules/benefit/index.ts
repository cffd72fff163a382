import type { Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Consumer } from '../../platform/events.ts';
import type { Tick } from '../../platform/tick.ts';
import type { IssueCommand } from './benefit.ts';
import { benefitHandlers } from './benefit.routes.ts';
import {
  expireEntitlements,
  giveHours,
  issue,
  leftOf,
  takeBack,
  type BenefitNeeds,
} from './benefit.service.ts';
import { listEntitlements, setAccount } from './benefit.store.ts';

export type { Entitlement, IssueCommand, IssueOutcome } from './benefit.ts';
export type Benefit = ReturnType<typeof createBenefit>;

/** Vouchers, meal cards and promised hours: entitlements that a fund pays for when they are used. */
export function createBenefit(needs: BenefitNeeds) {
  const ticks: Tick[] = [
    {
      name: 'benefit.expire',
      everySeconds: 300,
      run: async () => void (await expireEntitlements(needs)),
    },
  ];
  const consumers: Consumer[] = [
    {
      name: 'benefit.bound',
      topics: ['resident.bound', 'resident.unbound'],
      async consume(tx, events) {
        for (const { topic, body } of events) {
          const { personId, accountId } = body as { personId: Id; accountId: Id };
          await setAccount(tx, personId, topic === 'resident.bound' ? accountId : null);
        }
      },
    },
  ];
  return {
    handlers: benefitHandlers(needs),
    ticks,
    consumers,
    /** Issues entitlements out of their funds, once for each subject; call it last in a transaction. */
    issue: (tx: Writing, commands: readonly IssueCommand[]) => issue(needs, tx, commands),
    /** Ends entitlements; what was not used goes back to the fund. Call it last in a transaction. */
    takeBack: (tx: Writing, command: Parameters<typeof takeBack>[2]) =>
      takeBack(needs, tx, command),
    /** Records that the hours promised for subjects were given; call it last in a transaction. */
    giveHours: (tx: Writing, subjectIds: readonly Id[]) => giveHours(needs, tx, subjectIds),
    /** Entitlements of persons, as far as the reader may see them, with what is left of each. */
    async ofPersons(tx: Scoped, personIds: readonly Id[]) {
      const rows = personIds.length === 0 ? [] : await listEntitlements(tx, { personIds });
      const left = await leftOf(tx, rows);
      return rows.map((row) => ({ ...row, left: left.get(row.id) ?? 0 }));
    },
  };
}
