import { isRefusal, Refusal, type Id } from '@wennuan/basics';
import { paymentsActor, systemActor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import { gathered } from '../../platform/gathered.ts';
import {
  type Channel,
  ChannelAway,
  type NoticeReading,
  type KeptNotice,
  NOTICE_CLOCK_MILLIS,
  PAY_WITHIN_MILLIS,
  type PaymentAnswer,
  type PaymentState,
  type PayStep,
  type RawNotice,
  type RefundFacts,
} from '../payment/index.ts';
import type { GiftState } from './donation.ts';
import type { DonationNeeds } from './donation.needs.ts';
import type { BegunGift } from './order.service.ts';
import { noteOrderStates } from './order.store.ts';
import { findOrHoldProjects } from './project.service.ts';
import {
  type NoticeOutcome,
  type PaidNotice,
  paidNotice,
  receiveGifts,
  writeReceived,
} from './receive.service.ts';
import { postRefunds } from './statement.service.ts';

/** Asks a channel outside where the giver pays. Refuses `channel_away` while it cannot be reached. */
export async function payAt(needs: DonationNeeds, begun: BegunGift): Promise<PayStep> {
  const channel = needs.payment.channels.choose(begun.channel);
  try {
    return await channel.begin(begun.toBegin);
  } catch (thrown) {
    if (thrown instanceof ChannelAway) throw new Refusal('channel_away');
    throw thrown;
  }
}

/** What became of a notice, by name. */
export type NoticeResult =
  | NoticeReading
  | { kind: 'received' | 'repeated'; giftNumber: string }
  | { kind: 'altered' }
  | { kind: 'refund_noted' };

export type NoticeTaker = ReturnType<typeof noticeTaker>;

/**
 * Fewer than wait on a giving day, so that while some are booked others are read and answered: without it all who
 * had been answered together came back together, and database and server waited for each other by turns.
 */
const BOOKED_TOGETHER = 256;

/** Takes notices of channels in: one at a time from outside, together into the books. */
export function noticeTaker(needs: DonationNeeds) {
  const { database } = needs;
  const receive = gathered(
    needs.receiveBeside ?? ((notices: PaidNotice[]) => writeReceived(needs, notices)),
    { mostAtOnce: BOOKED_TOGETHER, ahead: needs.receiveBeside !== undefined },
  );
  /** Money under a project number nobody knows is held apart; that opens an account, which the system does. */
  const receiveHeld = (notice: PaidNotice) =>
    database.write(systemActor('payment channel'), 'donation.receive', async (tx) => {
      const name = notice.projectCode === '' ? null : notice.projectCode;
      await findOrHoldProjects(needs, tx, [{ code: notice.projectCode || null, name }]);
      return (await receiveGifts(needs, tx, [notice]))[0]!;
    });
  const receiveOne = async (notice: PaidNotice): Promise<NoticeOutcome> => {
    const outcome = await receive(notice);
    const isUnknown = outcome.status === 'refused' && outcome.code === 'project_unknown';
    return isUnknown ? await receiveHeld(notice) : outcome;
  };
  const keep = gathered((notices: KeptNotice[]) =>
    database.write(paymentsActor('payment channel'), null, async (tx) => {
      await needs.payment.keepNotices(tx, notices);
      return notices;
    }),
  );
  return {
    receive,
    receiveOne,
    /**
     * Checks a notice and makes what it proves durable before it answers. Throws only when that failed, so
     * that the channel repeats it; every other end has a name.
     */
    async take(channel: Channel, notice: RawNotice): Promise<NoticeResult> {
      const reading = await channel.readNotice(notice);
      if (reading.kind === 'refused') return reading;
      const order = 'facts' in reading ? reading.facts.orderNumber : reading.orderNumber;
      const result = await useReading(needs, { channel, reading, receiveOne });
      const { code } = channel;
      await keep({ channel: code, orderNumber: order, body: notice.body, outcome: result.kind });
      return result;
    },
  };
}

async function useReading(
  needs: DonationNeeds,
  found: {
    channel: Channel;
    reading: NoticeReading;
    receiveOne(notice: PaidNotice): Promise<NoticeOutcome>;
  },
): Promise<NoticeResult> {
  const { channel, reading, receiveOne } = found;
  if (reading.kind === 'paid') {
    const outcome = await receiveOne(paidNotice(channel.code, reading.facts));
    if (outcome.status === 'refused') return { kind: 'altered' };
    return { kind: outcome.status, giftNumber: outcome.giftNumber };
  }
  if (reading.kind !== 'refunded') return reading;
  await noteRefunds(needs, [reading.facts]);
  return { kind: 'refund_noted' };
}

/** Posts refunds that a channel tells of; the same again changes nothing. */
export async function noteRefunds(
  needs: DonationNeeds,
  facts: readonly RefundFacts[],
): Promise<void> {
  await needs.database.write(systemActor('payment channel'), 'donation.refund', (tx) =>
    recordRefunds(needs, tx, facts),
  );
}

/** The same inside a transaction of the caller's. Posts: call it last. System login. */
export async function recordRefunds(
  needs: DonationNeeds,
  tx: Writing,
  facts: readonly RefundFacts[],
): Promise<void> {
  const { changes, unknownRefunds } = await needs.payment.recordRefunds(tx, facts);
  await postRefunds(needs, tx, { changes, unknownRefunds });
  for (const fact of facts) tx.touched('gift_refund', fact.refundNumber);
}

const ASK_AT_ONCE = 200;
const GIFT_STATES: Partial<Record<PaymentState, GiftState>> = {
  begun: 'waiting',
  unknown: 'unknown',
  failed: 'failed',
};

interface Open {
  orderNumber: string;
  begunAt: Date;
}

/** When the channel's clock too says that a payment's time is over. */
function isOver({ begunAt }: Open, now: Date): boolean {
  return now.getTime() >= begunAt.getTime() + PAY_WITHIN_MILLIS + NOTICE_CLOCK_MILLIS;
}

/**
 * What became of one payment. Some channels leave an order open for ever that nobody paid in time, and know none whose
 * giver never came to their cashier: past its time it is closed there, where that can be, and it has ended.
 */
async function becameOf(channel: Channel, open: Open, now: Date): Promise<PaymentAnswer> {
  const answer = await channel.query(open.orderNumber);
  const isUnpaid = answer.state === 'waiting' || answer.state === 'absent';
  if (!isUnpaid || !isOver(open, now)) return answer;
  const closed = await channel.close?.(open.orderNumber);
  return closed === 'open' ? await channel.query(open.orderNumber) : { state: 'closed' };
}

const PAYMENT_STATES = {
  waiting: 'begun',
  absent: 'begun',
  unknown: 'unknown',
  closed: 'failed',
} as const satisfies Record<string, PaymentState>;

/**
 * Asks channels about payments that have waited for more than a minute: received after all, failed, or still
 * unknown. A channel that cannot be reached leaves them unknown. Answers how many were asked about.
 * One payment alone (`paymentId`) is asked about at once.
 */
export async function askChannels(
  needs: DonationNeeds,
  receiveOne: (notice: PaidNotice) => Promise<NoticeOutcome>,
  paymentId?: Id,
): Promise<number> {
  const { channels } = needs.payment;
  const system = systemActor('payment query');
  const open = await needs.database.read(system, (tx) =>
    needs.payment.listToAsk(tx, {
      channels: channels.all.map((channel) => channel.code),
      limit: ASK_AT_ONCE,
      paymentId,
    }),
  );
  const states = new Map<PaymentState, Id[]>([
    ['begun', []],
    ['unknown', []],
    ['failed', []],
  ]);
  for (const one of open) {
    const channel = channels.of(one.channel)!;
    const answer = await becameOf(channel, one, needs.clock.now()).catch((thrown: unknown) => {
      if (thrown instanceof ChannelAway || isRefusal(thrown)) return { state: 'unknown' as const };
      throw thrown;
    });
    if (answer.state === 'paid') await receiveOne(receivedBy(channel, answer.facts));
    else states.get(PAYMENT_STATES[answer.state])!.push(one.id);
  }
  if (open.length === 0) return 0;
  await needs.database.write(system, null, async (tx) => {
    await needs.payment.noteStates(tx, states);
    for (const [state, ids] of states) await noteOrderStates(tx, ids, GIFT_STATES[state]!);
  });
  return open.length;
}

/** The sandbox's facts keep their own form, so that its notice and its answer are the same gift. */
function receivedBy(channel: Channel, facts: Parameters<typeof paidNotice>[1]): PaidNotice {
  const notice = paidNotice(channel.code, facts);
  if (channel.code !== 'sandbox') return notice;
  const { channel: _channel, merchant: _merchant, orderNumber: _order, ...own } = notice;
  return own;
}
