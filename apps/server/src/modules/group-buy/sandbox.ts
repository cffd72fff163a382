import { Refusal } from '@wennuan/basics';
import { systemActor } from '../../platform/actor.ts';
import { gathered } from '../../platform/gathered.ts';
import { priceOnJoining, type Share } from './group-buy.ts';
import type { GroupBuyNeeds, SellerChannel } from './group-buy.needs.ts';
import { readSteps } from './group.store.ts';
import { type PaidShare, takePayments } from './pay.service.ts';

export type Paying = ReturnType<typeof createPaying>;

/** How payments come in: one at a time from outside, together into the books. */
export function createPaying(needs: GroupBuyNeeds) {
  const { database } = needs;
  const actor = systemActor('seller channel');
  const take = gathered((payments: PaidShare[]) =>
    database.write(actor, 'group_buy.pay', (tx) => takePayments(needs, tx, payments)),
  );
  return {
    /** Takes a payment that a seller's channel has proved. */
    take,
    /** What the sandbox of a seller's number does when its button is pressed. Refuses a share that is not held. */
    async payInSandbox(share: Share): Promise<void> {
      if (!needs.seller) throw new Refusal('seller_channel_missing');
      if (share.paidAt !== null) return;
      if (share.state !== 'held') throw new Refusal('group_share_lapsed');
      const steps = await database.read(actor, (tx) => readSteps(tx, [share.groupId]));
      const outcome = await take({
        shareId: share.id,
        amountFen: share.pieces * priceOnJoining(steps.get(share.groupId)!),
        paidAt: needs.clock.now(),
      });
      if (outcome === 'late') throw new Refusal('group_share_lapsed');
    },
  };
}

/** The sandbox of sellers' numbers: no real money moves there, so that giving it back always succeeds. */
export function sandboxSeller(): SellerChannel {
  return { refund: async () => 'done' };
}
