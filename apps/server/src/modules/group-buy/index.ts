import type { Id } from '@wennuan/basics';
import { systemActor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import type { Tick } from '../../platform/tick.ts';
import type { GroupBuyNeeds } from './group-buy.needs.ts';
import { groupBuyHandlers } from './group-buy.routes.ts';
import { dueGroups, endHolds } from './hold.service.ts';
import { createJoining, joinMany, type JoinCommand } from './join.service.ts';
import { takePayments } from './pay.service.ts';
import { createPaying } from './sandbox.ts';
import { askPaying, groupPayments } from './seller.service.ts';
import { askRefunds, settleShares } from './settle.service.ts';
import { chase, noteArrival, noteOrder, openGroup, pickUp } from './station.service.ts';
import { stationShares } from './views.ts';
import { writeTicket } from './ticket.ts';

export type {
  GroupBuyNeeds,
  GroupSale,
  OfferedVariant,
  SellerChannel,
  SellerNumbers,
} from './group-buy.needs.ts';
export type { JoinCommand, JoinOutcome } from './join.service.ts';
export type { PaidOutcome, PaidShare } from './pay.service.ts';
export { sandboxSeller } from './sandbox.ts';
export { readTicket } from './ticket.ts';
export { pickUpCodes } from './group-buy.ts';
export type GroupBuyModule = ReturnType<typeof createGroupBuy>;

/** Group-buys of stations: joining in a rush, money that mirrors the seller's number, fetching by code. */
export function createGroupBuy(needs: GroupBuyNeeds) {
  const { database } = needs;
  const joining = createJoining(needs);
  const paying = createPaying(needs);
  /** Ends holds that are over, and decides what is due; a group at a time, so that none waits for another. */
  const endDueHolds = async (): Promise<void> => {
    const actor = systemActor('group-buy');
    const due = await database.write(actor, null, dueGroups);
    for (const groupId of due)
      await database.write(actor, null, (tx) => endHolds(needs, tx, groupId));
  };
  const ticks: Tick[] = [
    { name: 'group_buy.end_holds', everySeconds: 2, run: endDueHolds },
    {
      name: 'group_buy.settle',
      everySeconds: 5,
      run: async () => {
        await settleShares(needs);
        await askRefunds(needs);
      },
    },
    { name: 'group_buy.ask_sellers', everySeconds: 20, run: () => askPaying(needs) },
  ];
  return {
    /** What sellers' channels tell of shares; for `sale`, where their notices arrive. */
    payments: groupPayments(needs, paying.take),
    handlers: groupBuyHandlers(needs, { joining, paying }),
    ticks,
    /** Opens a group-buy; system login (see `clerk`). */
    open: (tx: Writing, body: Parameters<typeof openGroup>[2]) => openGroup(needs, tx, body),
    /** Decides many joiners in order. */
    joinMany: async (tx: Writing, commands: readonly JoinCommand[]) =>
      (await joinMany(needs, tx, { commands, facts: new Map() })).outcomes,
    /** Decides one joiner together with all who come at the same moment. */
    join: joining.join,
    /** Takes payments that sellers' channels have proved; posts, so call it last. */
    takePayments: (tx: Writing, payments: Parameters<typeof takePayments>[2]) =>
      takePayments(needs, tx, payments),
    endDueHolds,
    settle: () => settleShares(needs),
    askRefunds: () => askRefunds(needs),
    noteOrder: (tx: Writing, command: Parameters<typeof noteOrder>[2]) =>
      noteOrder(needs, tx, command),
    noteArrival: (tx: Writing, groupId: Id) => noteArrival(needs, tx, groupId),
    chase: (tx: Writing, groupId: Id) => chase(needs, tx, groupId),
    /** For the counter: hands a share over against its code, with a note of who fetched it for whom. */
    pickUp: async (tx: Writing, command: { code: string; note: string }) => {
      const { group, share } = await pickUp(needs, tx, command);
      const [view] = await stationShares(needs, tx, [share]);
      return { groupId: group.id, title: group.title, unit: group.unit, share: view! };
    },
    /** A signed ticket, as the page of a group gets it. */
    ticket: (ticket: Parameters<typeof writeTicket>[1]) => writeTicket(needs.vault.hash, ticket),
  };
}
