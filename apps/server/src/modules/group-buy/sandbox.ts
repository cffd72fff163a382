import { Refusal, type Id } from '@wennuan/basics';
import { type Actor, systemActor } from '../../platform/actor.ts';
import { clerk } from '../catalogue/index.ts';
import { gathered } from '../../platform/gathered.ts';
import { priceOnJoining } from './group-buy.ts';
import type { GroupBuyNeeds, SellerChannel } from './group-buy.needs.ts';
import { listGroups, readSteps } from './group.store.ts';
import { type LeaveCommand, leaveMany } from './hold.service.ts';
import { type PaidShare, takePayments } from './pay.service.ts';
import { realNumbers } from './seller.service.ts';
import { listShares } from './share.store.ts';

export type Paying = ReturnType<typeof createPaying>;

/** How payments come in: one at a time from outside, together into the books. */
export function createPaying(needs: GroupBuyNeeds) {
  const { database } = needs;
  const actor = systemActor('seller channel');
  const take = gathered((payments: PaidShare[]) =>
    database.write(actor, 'group_buy.pay', (tx) => takePayments(needs, tx, payments)),
  );
  const leave = gathered((commands: LeaveCommand[]) =>
    database.write(systemActor('group-buy'), 'group_buy.leave', (tx) =>
      leaveMany(needs, tx, commands),
    ),
  );
  return {
    /** Lets go of what is held or of a place in the queue. Refuses `not_found`, `group_share_paid`. */
    async leave(command: LeaveCommand): Promise<void> {
      const outcome = await leave(command);
      if (outcome === 'not_found') throw new Refusal('not_found');
      if (outcome === 'paid') throw new Refusal('group_share_paid');
    },
    /** Takes a payment that a seller's channel has proved. */
    take,
    /** What the sandbox of a seller's number does when its button is pressed. Refuses a share that is not held. */
    async payInSandbox(payer: Actor, shareId: Id): Promise<void> {
      if (!needs.seller) throw new Refusal('seller_channel_missing');
      const { share, steps } = await database.read(clerk(payer), async (tx) => {
        const [share] = await listShares(tx, { ids: [shareId], accountId: payer.accountId! });
        const [group] = share ? await listGroups(tx, { ids: [share.groupId] }) : [];
        if (!share || !group) throw new Refusal('not_found');
        // What a real number takes is paid there and nowhere else.
        const real = await realNumbers(needs, tx, [group.merchantId]);
        if (real.has(group.merchantId)) throw new Refusal('seller_channel_missing');
        return { share, steps: (await readSteps(tx, [share.groupId])).get(share.groupId)! };
      });
      if (share.paidAt !== null) return;
      if (share.state !== 'held') throw new Refusal('group_share_lapsed');
      const amountFen = share.pieces * priceOnJoining(steps);
      const outcome = await take({ shareId, amountFen, paidAt: needs.clock.now() });
      if (outcome === 'late') throw new Refusal('group_share_lapsed');
    },
  };
}

/** The sandbox of sellers' numbers: no real money moves there, so that giving it back always succeeds. */
export function sandboxSeller(): SellerChannel {
  return { refund: async () => 'done' };
}
