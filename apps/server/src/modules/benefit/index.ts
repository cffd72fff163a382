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
import { listEntitlements, personsWithEntitlements, setAccount } from './benefit.store.ts';
import { goodsWords, kindWords } from './goods-words.ts';
import { endHolds, holdFor } from './hold.service.ts';
import { holdsOfTills } from './hold.store.ts';
import { chooseOwned, ownedBy, planOf } from './owned.ts';
import { giveBackRedeemed, redeem } from './redeem.service.ts';
import { readGoods } from './redeem.store.ts';
import { keyOf, printPaper, replaceLost, scan } from './scan.service.ts';

export type { Entitlement, IssueCommand, IssueOutcome } from './benefit.ts';
export { mayPayFor } from './goods-words.ts';
export type { GiveBackCommand } from './redeem.service.ts';
export type { RedeemCommand, RedeemOutcome } from './redeem.ts';
export type { Owned } from './owned.ts';
export type { Scanned } from './scan.service.ts';
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
  return {
    handlers: benefitHandlers(needs),
    ticks,
    consumers: [bindingConsumer()],
    /** Issues entitlements out of their funds, once for each subject; call it last in a transaction. */
    issue: (tx: Writing, commands: readonly IssueCommand[]) => issue(needs, tx, commands),
    /** Ends entitlements; what was not used goes back to the fund. Call it last in a transaction. */
    takeBack: (tx: Writing, command: Parameters<typeof takeBack>[2]) =>
      takeBack(needs, tx, command),
    /** Records that the hours promised for subjects were given; call it last in a transaction. */
    giveHours: (tx: Writing, subjectIds: readonly Id[]) => giveHours(needs, tx, subjectIds),
    /**
     * Decides what entitlements pay for and writes it down; the caller posts `movements` together with its own, once, and
     * lets everything go when that fails. System login.
     */
    redeem: (tx: Writing, commands: Parameters<typeof redeem>[2]) => redeem(needs, tx, commands),
    /** The movements of returns of goods that entitlements paid for; the caller posts them. System login. */
    giveBackRedeemed: (tx: Writing, commands: Parameters<typeof giveBackRedeemed>[2]) =>
      giveBackRedeemed(needs, tx, commands),
    /** Port of `fund`'s traces: what uses bought, in general words of the reader's language; any login. */
    async redeemedWords(tx: Scoped, useIds: readonly Id[]): Promise<Map<Id, readonly string[]>> {
      const goods = await readGoods(tx, useIds);
      return new Map([...goods].map(([id, codes]) => [id, goodsWords(codes, tx.actor.language)]));
    },
    /** Takes a code shown at a counter. System login. */
    scan: (tx: Writing, command: Parameters<typeof scan>[2]) => scan(needs, tx, command),
    /** Prints a code for who has no phone; the caller has checked whose it is. System login. */
    printPaper: (tx: Writing, command: Parameters<typeof printPaper>[2]) =>
      printPaper(needs, tx, command),
    /** Replaces a lost paper at the counter. System login. */
    replaceLost: (tx: Writing, command: Parameters<typeof replaceLost>[2]) =>
      replaceLost(needs, tx, command),
    /** Lets one counter take entitlements along where there is no network. System login. */
    holdFor: (tx: Writing, command: Parameters<typeof holdFor>[2]) => holdFor(needs, tx, command),
    /** Ends what a counter holds, by sync or write-off; posts once, call it last. System login. */
    endHolds: (tx: Writing, command: Parameters<typeof endHolds>[2]) =>
      endHolds(needs, tx, command),
    /** What a counter holds, with the keys that check its codes where there is no network. System login. */
    async heldBy(tx: Scoped, tillId: Id) {
      const holds = await holdsOfTills(tx, [tillId]);
      const rows = await listEntitlements(tx, { ids: holds.map((one) => one.entitlementId) });
      const left = await leftOf(tx, rows);
      return rows.map((row) => ({
        id: row.id,
        serial: row.serial,
        kind: row.kind,
        label: kindWords(row.kind, tx.actor.language),
        goods: row.goods,
        paysFor: goodsWords(row.goods, tx.actor.language),
        leftFen: left.get(row.id) ?? 0,
        expiresOn: row.expiresOn,
        key: keyOf(needs, row).toString('hex'),
      }));
    },
    /** What an account can pay with on the phone; system login. */
    ownedBy: (tx: Scoped, asked: Parameters<typeof ownedBy>[2]) => ownedBy(needs, tx, asked),
    chooseOwned,
    /** What entitlements are called by their owners. System login. */
    async labels(tx: Scoped, ids: readonly Id[]): Promise<Map<Id, string>> {
      return new Map((await listEntitlements(tx, { ids })).map((row) => [row.id, row.label]));
    },
    planOf,
    /** Usable entitlements of an area: what a counter of it may take along. System login. */
    async usableIn(tx: Scoped, areaIds: readonly number[], limit: number): Promise<Id[]> {
      const rows = await listEntitlements(tx, { areaIds, state: 'issued', limit });
      return rows.filter((row) => row.unit === 'fen').map((row) => row.id);
    },
    /** Entitlements of persons, as far as the reader may see them, with what is left of each. */
    async ofPersons(tx: Scoped, personIds: readonly Id[]) {
      const rows = personIds.length === 0 ? [] : await listEntitlements(tx, { personIds });
      const left = await leftOf(tx, rows);
      return rows.map((row) => ({ ...row, left: left.get(row.id) ?? 0 }));
    },
  };
}

/** Who is bound to her file sees her entitlements from then on; who is unbound, no more. */
function bindingConsumer(): Consumer {
  return {
    name: 'benefit.bound',
    topics: ['resident.bound', 'resident.unbound'],
    async consume(tx, events) {
      const bodies = events.map(({ body }) => body as { personId: Id; accountId: Id });
      const entitled = await personsWithEntitlements(
        tx,
        bodies.map(({ personId }) => personId),
      );
      for (const [place, { topic }] of events.entries()) {
        const { personId, accountId } = bodies[place]!;
        if (!entitled.has(personId)) continue;
        await setAccount(tx, personId, topic === 'resident.bound' ? accountId : null);
      }
    },
  };
}
