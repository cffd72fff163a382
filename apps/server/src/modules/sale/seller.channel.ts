import { isRefusal, Refusal, type Id } from '@wennuan/basics';
import { sql } from 'kysely';
import { systemActor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import {
  type Channel,
  ChannelAway,
  type NoticeReading,
  orderNumberOf,
  type PaidFacts,
  paymentIdOf,
  type RawNotice,
  type RefundAnswer,
  type RefundFacts,
} from '../payment/index.ts';
import { listOrders } from './order.store.ts';
import { takePayment } from './pay.service.ts';
import type { SaleNeeds } from './sale.needs.ts';
import { readInside, updatePayment } from './sale.store.ts';
import { beginWith, type SellerPaying, type SellerPayStep } from './seller.begin.ts';
import { keepStray } from './seller-notice.store.ts';
import { takeRefundNotice } from './seller.refund.ts';

const ACTOR = systemActor('seller channel');
/** Seconds after ordering from which on a payment nobody told of is asked about. */
const ASK_AFTER_SECONDS = 60;
const AT_ONCE = 50;

/** The money payment of an order with the seller's number it goes to. System login. */
async function moneyOf(needs: SaleNeeds, tx: Scoped, orderId: Id) {
  const [order] = await listOrders(tx, { ids: [orderId] });
  if (!order) throw new Refusal('not_found');
  const { payments } = await readInside(tx, [orderId]);
  const payment = payments.find((one) => one.entitlement_id === null);
  if (!payment || order.paid_at !== null) throw new Refusal('order_already_paid');
  if (order.state !== 'waiting') throw new Refusal('payment_time_over');
  const rows = await needs.catalogue.merchantRows(tx, [payment.merchant_id]);
  return { order, payment, number: rows.get(payment.merchant_id)!.payment_number as string };
}

/**
 * Begins the payment of an order in its seller's own number; the same order again is the same payment. Refuses
 * `channel_unknown` for a seller without a channel, `channel_away`, `order_already_paid`, `payment_time_over`.
 */
export async function beginAtSeller(
  needs: SaleNeeds,
  { orderId, ...paying }: SellerPaying & { orderId: Id },
): Promise<SellerPayStep> {
  const { order, payment, number } = await needs.database.read(ACTOR, (tx) =>
    moneyOf(needs, tx, orderId),
  );
  const channel = needs.sellers?.of(number);
  if (!channel) throw new Refusal('channel_unknown');
  return await beginWith(channel, {
    ...paying,
    orderNumber: orderNumberOf(order.id),
    amountFen: payment.amount_fen,
    number: order.number,
    title: `慈善驿站订单 ${order.number}`,
    expiresAt: order.pay_until!,
    returnUrl: needs.sellers!.orderUrl(order.id),
  }).catch((thrown: unknown) => {
    throw thrown instanceof ChannelAway ? new Refusal('channel_away') : thrown;
  });
}

/**
 * Takes a notice of a seller's own number, checked with that seller's keys and within the channel's minutes, for an order or
 * a share of a group-buy. Hearing it again changes nothing; a sum or a number that is not what was ordered is kept for
 * somebody to look at, and refused (`notice_altered`). Answers what the notice was.
 */
export async function takeSellerNotice(
  needs: SaleNeeds,
  channel: Channel,
  notice: RawNotice,
): Promise<NoticeReading['kind']> {
  const reading = await channel.readNotice(notice);
  if (reading.kind === 'paid') await takeFacts(needs, reading.facts);
  if (reading.kind === 'refunded' || reading.kind === 'refund_failed')
    await takeRefundFacts(needs, reading.kind, reading.facts);
  return reading.kind;
}

async function takeFacts(needs: SaleNeeds, facts: PaidFacts): Promise<void> {
  const orderId = paymentIdOf(facts.orderNumber);
  const { merchant: merchantNumber, transaction, amountFen, paidAt } = facts;
  await orKept(needs, { ...facts, kind: 'paid', orderId }, async () => {
    if (!orderId) throw new Refusal('notice_altered');
    if (await needs.groups.takePaid({ shareId: orderId, ...facts })) return;
    await needs.database.write(ACTOR, 'sale.paid', (tx) =>
      takePayment(needs, tx, { orderId, merchantNumber, transaction, amountFen, paidAt }),
    );
  });
}

async function takeRefundFacts(
  needs: SaleNeeds,
  kind: 'refunded' | 'refund_failed',
  facts: RefundFacts,
): Promise<void> {
  const askId = paymentIdOf(facts.refundNumber);
  const answer: RefundAnswer =
    kind === 'refunded'
      ? { state: 'done', at: facts.at }
      : { state: 'refused', refusal: 'channel_failed' };
  const orderId = paymentIdOf(facts.orderNumber);
  const stray = { ...facts, kind: 'refunded' as const, transaction: facts.refundNumber, orderId };
  await orKept(needs, stray, async () => {
    if (!askId) throw new Refusal('notice_altered');
    if (await needs.groups.takeRefund({ refundId: askId, facts, answer })) return;
    const isOurs = await needs.database.write(ACTOR, 'sale.refunded', (tx) =>
      takeRefundNotice(needs, tx, { askId, facts, answer }),
    );
    if (!isOurs) throw new Refusal('notice_altered');
  });
}

/** Does it; what is proved and fits nothing is kept before it is refused. */
async function orKept(
  needs: SaleNeeds,
  told: {
    kind: 'paid' | 'refunded';
    merchant: string;
    orderNumber: string;
    transaction: string;
    amountFen: number;
    orderId: Id | null;
  },
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    if (!isRefusal(thrown) || thrown.code !== 'notice_altered') throw thrown;
    const { kind, merchant, orderNumber, transaction, amountFen } = told;
    const id = needs.newId();
    await needs.database.write(ACTOR, 'sale.stray_notice', async (tx) => {
      const known = told.orderId ? await listOrders(tx, { ids: [told.orderId] }) : [];
      const { payments } = await readInside(
        tx,
        known.map((one) => one.id),
      );
      const expected = payments.find((one) => one.entitlement_id === null)?.amount_fen;
      await keepStray(tx, {
        id,
        kind,
        seller: merchant,
        orderNumber,
        transaction,
        amountFen,
        orderId: known[0]?.id ?? null,
        expectedFen: kind === 'paid' ? (expected ?? null) : null,
      });
      tx.touched('seller_notice', id, kind);
    });
    // A payment comes again until it can be taken; of money that went back nothing is left to take.
    if (kind === 'paid') throw thrown;
  }
}

/** Asks sellers' channels about orders that wait and that nobody told of: a notice may be lost, the payment is not. */
export async function askSellers(needs: SaleNeeds): Promise<void> {
  if (!needs.sellers) return;
  const before = new Date(needs.clock.now().getTime() - ASK_AFTER_SECONDS * 1_000);
  const waiting = await needs.database.read(ACTOR, async (tx) => {
    const { rows } = await sql<{ id: Id; number: string }>`
      select o.id, m.payment_number as number from sale_order o
      join sale_payment p on p.order_id = o.id join merchant m on m.id = p.merchant_id
      where o.state = 'waiting' and p.means = 'wechat' and o.placed_at <= ${before}
      order by o.placed_at limit ${AT_ONCE}`.execute(tx.db);
    return rows;
  });
  for (const { id, number } of waiting) await askPaid(needs, { id, number });
}

/** How long a cancelled order that cannot be closed is tried again. */
const CLOSED_WITHIN_MILLIS = 86_400_000;

/**
 * Closes at sellers' channels what was cancelled here, so that nobody pays for it any more. What was paid meanwhile is taken,
 * and goes back. A channel that is away is asked again next time, for a day.
 */
export async function closeAtSellers(needs: SaleNeeds): Promise<void> {
  if (!needs.sellers) return;
  const since = new Date(needs.clock.now().getTime() - CLOSED_WITHIN_MILLIS);
  const cancelled = await needs.database.read(ACTOR, async (tx) => {
    const { rows } = await sql<{ id: Id; paymentId: Id; number: string }>`
      select o.id, p.id as "paymentId", m.payment_number as number from sale_payment p
      join sale_order o on o.id = p.order_id join merchant m on m.id = p.merchant_id
      where p.means = 'wechat' and p.state = 'waiting' and p.closed_at is null
        and o.state = 'cancelled' and o.cancelled_at > ${since}
      order by o.cancelled_at limit ${AT_ONCE}`.execute(tx.db);
    return rows;
  });
  for (const { id, paymentId, number } of cancelled) {
    const channel = needs.sellers.of(number);
    const answer = await channel?.close?.(orderNumberOf(id)).catch(() => null);
    if (answer === 'open') await askPaid(needs, { id, number });
    else if (answer)
      await needs.database.write(ACTOR, null, (tx) =>
        updatePayment(tx, paymentId, { closed_at: tx.now }),
      );
  }
}

/**
 * Asks a seller's channel whether an order or a share was paid, and takes it when it was. What differs from what was ordered
 * is kept for somebody to look at and holds up nobody else.
 */
export async function askPaid(
  needs: SaleNeeds,
  { id, number }: { id: Id; number: string },
): Promise<void> {
  const answer = await needs.sellers
    ?.of(number)
    ?.query(orderNumberOf(id))
    .catch(() => null);
  if (answer?.state !== 'paid') return;
  await takeFacts(needs, answer.facts).catch((thrown: unknown) => {
    if (!isRefusal(thrown)) throw thrown;
  });
}
