import { sign } from 'node:crypto';
import { Refusal, type Id } from '@wennuan/basics';
import { systemActor } from '../../platform/actor.ts';
import { checkSignature } from '../payment/index.ts';
import { listOrders } from './order.store.ts';
import { takePayment, type PaidNotice } from './pay.service.ts';
import type { SaleNeeds } from './sale.needs.ts';
import { readInside } from './sale.store.ts';

const ACTOR = systemActor('seller channel');
const PAST_MILLIS = 15 * 60_000;
const AHEAD_MILLIS = 5 * 60_000;

interface Notice extends Omit<PaidNotice, 'paidAt'> {
  paidAt: string;
  sentAt: string;
}

/**
 * Takes the signed notice of a seller's number. Refuses `signature_invalid` (over the exact bytes),
 * `notice_too_old`, `notice_altered`; hearing it again changes nothing.
 */
export async function takeNotice(
  needs: SaleNeeds,
  notice: Notice,
  signed: { body: Buffer | undefined; signature: string | string[] | undefined },
): Promise<void> {
  if (!needs.sandbox) throw new Refusal('signature_invalid');
  await checkSignature(signed, await needs.sandbox.publicKey());
  const now = needs.clock.now().getTime();
  const sent = Date.parse(notice.sentAt);
  if (sent < now - PAST_MILLIS || sent > now + AHEAD_MILLIS) throw new Refusal('notice_too_old');
  await needs.database.write(ACTOR, 'sale.paid', (tx) =>
    takePayment(needs, tx, { ...notice, paidAt: new Date(notice.paidAt) }),
  );
}

/** The sandbox's notice of a payment, signed over its exact bytes. */
export async function sandboxNotice(
  needs: SaleNeeds,
  orderId: Id,
): Promise<{ body: Buffer; signature: string }> {
  if (!needs.sandbox) throw new Refusal('not_found');
  const { payment, merchantNumber } = await needs.database.read(ACTOR, async (tx) => {
    const [order] = await listOrders(tx, { ids: [orderId] });
    if (!order) throw new Refusal('not_found');
    if (order.state === 'cancelled') throw new Refusal('payment_time_over');
    if (order.paid_at !== null) throw new Refusal('order_already_paid');
    const { payments } = await readInside(tx, [orderId]);
    const payment = payments.find((one) => one.entitlement_id === null);
    // Vouchers cover it whole: there is nothing to pay.
    if (!payment) throw new Refusal('order_already_paid');
    // What a seller's real number takes is paid there and nowhere else.
    if (payment.means !== 'sandbox') throw new Refusal('not_found');
    const rows = await needs.catalogue.merchantRows(tx, [payment.merchant_id]);
    return { payment, merchantNumber: rows.get(payment.merchant_id)!.payment_number };
  });
  const now = needs.clock.now().toISOString();
  const notice: Notice = {
    orderId,
    merchantNumber,
    transaction: `SXS${orderId.replaceAll('-', '')}`,
    amountFen: payment.amount_fen,
    paidAt: now,
    sentAt: now,
  };
  const body = Buffer.from(JSON.stringify(notice), 'utf8');
  const signature = sign('sha256', body, await needs.sandbox.privateKey()).toString('base64');
  return { body, signature };
}
