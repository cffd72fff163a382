import { Refusal, type Id } from '@wennuan/basics';
import QRCode from 'qrcode';
import { sql } from 'kysely';
import { systemActor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import {
  type Channel,
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
import { readInside } from './sale.store.ts';
import { takeRefundNotice } from './seller.refund.ts';

const ACTOR = systemActor('seller channel');
/** Seconds after ordering from which on a payment nobody told of is asked about. */
const ASK_AFTER_SECONDS = 60;
const AT_ONCE = 50;

/** What the buyer does next: go there, or scan this. */
export type SellerPayStep =
  | { kind: 'redirect'; url: string; qrSvg: null }
  | { kind: 'code'; url: null; qrSvg: string };

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
 * `channel_unknown` for a seller without a channel, `order_already_paid`, `payment_time_over`.
 */
export async function beginAtSeller(
  needs: SaleNeeds,
  command: { orderId: Id; scene: 'page' | 'phone'; clientAddress: string | null },
): Promise<SellerPayStep> {
  const { order, payment, number } = await needs.database.read(ACTOR, (tx) =>
    moneyOf(needs, tx, command.orderId),
  );
  const channel = needs.sellers?.of(number);
  if (!channel) throw new Refusal('channel_unknown');
  const step = await channel.begin({
    orderNumber: orderNumberOf(order.id),
    amountFen: payment.amount_fen,
    projectCode: order.number,
    projectName: `慈善驿站订单 ${order.number}`,
    scene: command.scene,
    payerId: null,
    clientAddress: command.clientAddress,
    expiresAt: order.pay_until!,
    returnUrl: needs.sellers!.orderUrl(order.id),
  });
  if (step.kind === 'redirect') return { kind: 'redirect', url: step.url, qrSvg: null };
  if (step.kind !== 'code') throw new Refusal('channel_unknown');
  const qrSvg = await QRCode.toString(step.text, { type: 'svg', margin: 1 });
  return { kind: 'code', url: null, qrSvg };
}

/**
 * Takes a notice of a seller's own number, checked with that seller's keys and within the channel's minutes. Hearing it
 * again changes nothing; a sum or a number that is not the order's is refused. Answers what the notice was.
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
  if (!orderId) throw new Refusal('notice_altered');
  await needs.database.write(ACTOR, 'sale.paid', (tx) =>
    takePayment(needs, tx, {
      orderId,
      merchantNumber: facts.merchant,
      transaction: facts.transaction,
      amountFen: facts.amountFen,
      paidAt: facts.paidAt,
    }),
  );
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
      : { state: 'refused', reason: '支付平台没有退成' };
  if (askId)
    await needs.database.write(ACTOR, 'sale.refunded', (tx) =>
      takeRefundNotice(needs, tx, { askId, facts, answer }),
    );
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
  for (const { id, number } of waiting) {
    const answer = await needs.sellers
      .of(number)
      ?.query(orderNumberOf(id))
      .catch(() => null);
    if (answer?.state === 'paid') await takeFacts(needs, answer.facts);
  }
}
