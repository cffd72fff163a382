import { Refusal, type Id } from '@wennuan/basics';
import { type Actor, systemActor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import { clerk } from '../catalogue/index.ts';
import type { GroupPayments, SellerPaying, SellerPayStep } from '../sale/index.ts';
import { priceOnJoining } from './group-buy.ts';
import type { GroupBuyNeeds } from './group-buy.needs.ts';
import { listGroups, readSteps } from './group.store.ts';
import { findRefund, noteAnswers } from './refund.store.ts';
import type { Paying } from './sandbox.ts';
import { listPaying, listShares, notePaying } from './share.store.ts';

const ACTOR = systemActor('seller channel');
/** How long after somebody began to pay it is asked about when nobody told of it, and until when. */
const ASK_AFTER_MILLIS = 60_000;
const ASKED_MILLIS = 86_400_000;

/** Of merchants, those with a real number, with it. System login. */
export async function realNumbers(
  needs: Pick<GroupBuyNeeds, 'numbers'>,
  tx: Scoped,
  merchantIds: readonly Id[],
): Promise<ReadonlyMap<Id, string>> {
  return (await needs.numbers?.of(tx, merchantIds)) ?? new Map<Id, string>();
}

/**
 * Begins the payment of what is held for somebody in its seller's own number. Refuses `not_found`, `group_share_paid`,
 * `group_share_lapsed`, `channel_unknown` for a seller without one, `channel_away`, `channel_refused`.
 */
export async function beginShare(
  needs: GroupBuyNeeds,
  payer: Actor,
  { shareId, ...paying }: SellerPaying & { shareId: Id },
): Promise<SellerPayStep> {
  const begun = await needs.database.write(clerk(payer), 'group_buy.begin_payment', async (tx) => {
    const [share] = await listShares(tx, { ids: [shareId], accountId: payer.accountId! });
    const [group] = share ? await listGroups(tx, { ids: [share.groupId] }) : [];
    if (!share || !group) throw new Refusal('not_found');
    if (share.paidAt !== null) throw new Refusal('group_share_paid');
    if (share.state !== 'held') throw new Refusal('group_share_lapsed');
    const number = (await realNumbers(needs, tx, [group.merchantId])).get(group.merchantId);
    if (!number) throw new Refusal('channel_unknown');
    await notePaying(tx, shareId);
    tx.touched('group_share', shareId, 'paying');
    const steps = (await readSteps(tx, [group.id])).get(group.id)!;
    return { share, group, number, amountFen: share.pieces * priceOnJoining(steps) };
  });
  const { share, group, number, amountFen } = begun;
  const expiresAt = share.heldUntil!;
  return await needs.numbers!.begin({ ...paying, number, shareId, amountFen, group, expiresAt });
}

/** What sellers' channels tell of shares: payments are taken once, refunds noted. */
export function groupPayments(needs: GroupBuyNeeds, take: Paying['take']): GroupPayments {
  const numberOf = async (tx: Scoped, merchantId: Id) =>
    (await realNumbers(needs, tx, [merchantId])).get(merchantId);
  return {
    async takePaid({ shareId, merchant, amountFen, paidAt, transaction }) {
      const isOurs = await needs.database.read(ACTOR, async (tx) => {
        const [share] = await listShares(tx, { ids: [shareId] });
        const [group] = share ? await listGroups(tx, { ids: [share.groupId] }) : [];
        return group ? (await numberOf(tx, group.merchantId)) === merchant : null;
      });
      if (isOurs === null) return false;
      const outcome = isOurs ? await take({ shareId, amountFen, paidAt, transaction }) : 'altered';
      if (outcome === 'altered') throw new Refusal('notice_altered');
      return true;
    },
    async takeRefund({ refundId, facts, answer }) {
      return await needs.database.write(ACTOR, 'group_buy.refunded', async (tx) => {
        const found = await findRefund(tx, refundId);
        if (!found) return false;
        const isOurs =
          found.amountFen === facts.amountFen &&
          (await numberOf(tx, found.merchantId)) === facts.merchant;
        if (!isOurs) throw new Refusal('notice_altered');
        const refusal = answer.state === 'refused' ? answer.refusal : null;
        await noteAnswers(tx, [{ refundId, done: answer.state === 'done', refusal }]);
        tx.touched('group_refund', refundId, answer.state);
        return true;
      });
    },
  };
}

/** Asks about payments that somebody began and nobody told of: a notice may be lost, the payment is not. */
export async function askPaying(needs: GroupBuyNeeds): Promise<void> {
  if (!needs.numbers) return;
  const now = needs.clock.now().getTime();
  const paying = await needs.database.read(ACTOR, async (tx) => {
    const from = new Date(now - ASKED_MILLIS);
    const shares = await listPaying(tx, { from, before: new Date(now - ASK_AFTER_MILLIS) });
    const numbers = await realNumbers(
      needs,
      tx,
      shares.map((one) => one.merchantId),
    );
    return shares.map(({ shareId, merchantId }) => ({ shareId, number: numbers.get(merchantId) }));
  });
  for (const { shareId, number } of paying)
    if (number) await needs.numbers.ask({ shareId, number });
}
