import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import type { z } from 'zod';
import { type Actor, systemActor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { labelIn } from '../fund/index.ts';
import {
  type Channel,
  ChannelAway,
  type PaymentToReturn,
  type RefundAnswer,
} from '../payment/index.ts';
import { whereItLies } from './gift-rest.ts';
import type { PayoutNeeds } from './payout.needs.ts';
import { beginRefund, endReturn, listReturns, listToFollow, noteRefund } from './return.store.ts';
import type { ReturnRow } from './return.store.ts';

export type RefundView = NonNullable<z.output<typeof shapes.giftReturn>['refund']>;

const GIVES_BACK = new Set(['sandbox', 'platform', 'wechat', 'alipay']);
const FOLLOW_AT_ONCE = 50;
const system = systemActor('payout.follow_refunds');

/** The channel a payment can go back over; null for cash, bank transfers, and channels no longer set up. */
export function channelBack(
  needs: PayoutNeeds,
  payment: Pick<PaymentToReturn, 'channel'> | undefined,
): Channel | null {
  if (!payment || !GIVES_BACK.has(payment.channel)) return null;
  return needs.payment.channels.of(payment.channel);
}

/**
 * Orders the refund of an agreed return at its channel. Of a gift of which nothing was spent all goes back,
 * also what the channel kept as its fee. Refuses `not_found`, `proposal_not_approved`,
 * `payment_already_made`, `refund_no_channel`, `already_spent`. A refund that failed is ordered again under
 * its own number; there is no other. The channel itself is asked after this is committed (`followRefund`).
 */
export async function orderRefund(needs: PayoutNeeds, tx: Writing, returnId: Id): Promise<void> {
  const [row] = await listReturns(tx, { ids: [returnId], lock: true });
  if (!row) throw new Refusal('not_found');
  if (row.state === 'done') throw new Refusal('payment_already_made');
  if (row.state !== 'approved') throw new Refusal('proposal_not_approved');
  const [gift] = await needs.donation.giftsById(tx, [row.giftId]);
  const { payment, restFen } = await whereItLies(needs, tx, gift!);
  if (!payment || !channelBack(needs, payment)) throw new Refusal('refund_no_channel');
  if (row.refundState === null && row.amountFen > restFen)
    throw new Refusal('already_spent', { left: String(restFen / 100) });
  const left = payment.amountFen - payment.refundedFen;
  const isWhole = row.amountFen === restFen && restFen + payment.feeFen === left;
  const refundFen = row.refundFen ?? (isWhole ? left : row.amountFen);
  await beginRefund(tx, { id: row.id, refundFen, accountId: payment.accountId ?? row.accountId });
  tx.touched('gift_return', row.id, 'refund');
}

/**
 * Asks a channel about the refund of one return, and orders it there when it has not heard of it: the number
 * is always the return's own, so that this may be done any number of times, by anybody, at once.
 */
export async function followRefund(needs: PayoutNeeds, returnId: Id): Promise<void> {
  const found = await needs.database.read(system, async (tx) => {
    const [row] = await listReturns(tx, { ids: [returnId] });
    const payments = row && (await needs.payment.paymentsToReturn(tx, [row.giftId]));
    return { row, payment: row && payments!.get(row.giftId) };
  });
  const { row, payment } = found;
  const channel = channelBack(needs, payment);
  if (!row || !payment || !channel || !isUnderWay(row)) return;
  const answer = await answerOf(channel, row, payment);
  await needs.database.write(system, 'payout.follow_refund', (tx) =>
    noteAnswer(needs, tx, { returnId, payment, channel, answer }),
  );
}

function isUnderWay(row: ReturnRow): boolean {
  return row.state === 'approved' && row.refundState !== null && row.refundState !== 'failed';
}

async function answerOf(
  channel: Channel,
  row: ReturnRow,
  payment: PaymentToReturn,
): Promise<RefundAnswer> {
  const asked = { orderNumber: payment.orderNumber, refundNumber: row.refundNumber };
  try {
    if (row.refundState !== 'asked') {
      const known = await channel.queryRefund(asked);
      if (known.state !== 'unknown') return known;
    }
    return await channel.refund({
      ...asked,
      amountFen: row.refundFen!,
      totalFen: payment.amountFen,
      reason: `退还捐赠 ${row.number}`,
    });
  } catch (thrown) {
    if (thrown instanceof ChannelAway) return { state: 'unknown' };
    throw thrown;
  }
}

/** What a channel said, written down; money that went back is posted in the same transaction. */
async function noteAnswer(
  needs: PayoutNeeds,
  tx: Writing,
  said: { returnId: Id; payment: PaymentToReturn; channel: Channel; answer: RefundAnswer },
): Promise<void> {
  const { payment, channel, answer } = said;
  const [row] = await listReturns(tx, { ids: [said.returnId], lock: true });
  if (!row || !isUnderWay(row)) return;
  tx.touched('gift_return', row.id, answer.state);
  if (answer.state !== 'done') {
    const state = answer.state === 'refused' ? 'failed' : answer.state;
    const reason = answer.state === 'refused' ? answer.refusal.slice(0, 200) : null;
    return await noteRefund(tx, row.id, { state, reason });
  }
  const { refundNumber, refundFen } = row;
  const { merchant, orderNumber } = payment;
  await needs.donation.recordRefunds(tx, [
    {
      merchant: merchant ?? channel.merchant,
      orderNumber,
      refundNumber,
      amountFen: refundFen!,
      at: answer.at,
    },
  ]);
  const transferIds = await needs.payment.transfersOfRefund(tx, {
    paymentId: payment.id,
    refundNumber,
  });
  await noteRefund(tx, row.id, { state: 'done', reason: null });
  await endReturn(tx, row.id, {
    bankReference: `${channel.name} ${refundNumber}`,
    paidOn: dateInShanghai(answer.at),
    bookedOn: dateInShanghai(tx.now),
    transferIds,
  });
}

/** Follows refunds whose end nobody knows yet, ever more seldom; answers how many. */
export async function followRefunds(needs: PayoutNeeds): Promise<number> {
  const ids = await needs.database.read(system, (tx) => listToFollow(tx, FOLLOW_AT_ONCE));
  for (const id of ids) await followRefund(needs, id);
  return ids.length;
}

/** How a return goes back over its channel, as pages show it in a language; null while or where it does not. */
export function refundView(
  needs: PayoutNeeds,
  { row, payment }: { row: ReturnRow; payment: PaymentToReturn | undefined },
  language: Actor['language'],
): RefundView | null {
  if (row.refundState === null) return null;
  const channel = payment && needs.payment.channels.of(payment.channel);
  return {
    state: row.refundState,
    channelName: labelIn(channel?.name ?? '', language),
    number: row.refundNumber,
    amountFen: row.refundFen!,
    reason: row.refundReason,
    askedAt: row.refundAskedAt!.toISOString(),
    tries: row.refundTries,
  };
}

/** What the reader may do with returns that are agreed to: order a refund, or record another way. */
export function mayOf(
  needs: PayoutNeeds,
  tx: Scoped,
  { row, payment }: { row: ReturnRow; payment: PaymentToReturn | undefined },
): { mayPay: boolean; mayRefund: boolean } {
  const may = row.state === 'approved' && tx.actor.role === 'federation_accountant';
  const back = channelBack(needs, payment) !== null;
  const idle = row.refundState === null || row.refundState === 'failed';
  return {
    mayRefund: may && back && idle,
    mayPay: may && (back ? row.refundState === 'failed' : row.refundState === null),
  };
}
