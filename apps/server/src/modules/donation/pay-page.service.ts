import { Refusal, type Id } from '@wennuan/basics';
import type { RouteOutput, RouteRequest, routes } from '@wennuan/contract';
import QRCode from 'qrcode';
import { type Actor, systemActor } from '../../platform/actor.ts';
import { labelIn } from '../fund/index.ts';
import {
  type Channel,
  ChannelAway,
  orderNumberOf,
  PAY_WITHIN_MILLIS,
  type PaymentToBegin,
  type PayStep,
  SANDBOX_PAY_PATH,
} from '../payment/index.ts';
import type { DonationNeeds } from './donation.needs.ts';
import { type BegunGift, tokenHash } from './order.service.ts';
import { findByToken } from './order.store.ts';

type PayPage = RouteOutput<typeof routes.payment.payPage>;
interface Asked extends NonNullable<RouteRequest<typeof routes.payment.payPage>['body']> {
  clientAddress: string;
  language: Actor['language'];
}

const reader = systemActor('payment page');

/** A gift that is begun, with its payment; refuses `not_found` for a token nobody has. */
async function begunBy(needs: DonationNeeds, token: string) {
  return await needs.database.read(reader, async (tx) => {
    const order = await findByToken(tx, tokenHash(token));
    const payment =
      order &&
      (await tx.db
        .selectFrom('gift_payment')
        .select(['id', 'channel', 'state', 'project_code', 'project_name', 'begun_at'])
        .where('id', '=', order.id)
        .executeTakeFirst());
    if (!order || !payment) throw new Refusal('not_found');
    return { order, payment, now: tx.now };
  });
}

/**
 * Where a begun gift is paid, asked of its channel anew: the same order is the same payment, however often its
 * page is opened. Nothing is asked once it is paid, closed, or half an hour old. Refuses `not_found`,
 * `channel_away`, `channel_refused`.
 */
export async function payPage(needs: DonationNeeds, token: string, asked: Asked): Promise<PayPage> {
  const { order, payment, now } = await begunBy(needs, token);
  const channel = needs.payment.channels.of(payment.channel);
  const expiresAt = new Date(payment.begun_at.getTime() + PAY_WITHIN_MILLIS);
  const isOver = order.state === 'received' || order.state === 'failed' || now >= expiresAt;
  const page = {
    amountFen: order.amountFen,
    label: payment.project_name ?? '',
    channelName: labelIn(channel?.name ?? '', asked.language),
    channel: payment.channel as PayPage['channel'],
    state: order.state,
    expiresAt: expiresAt.toISOString(),
    isOver,
    redirectUrl: null,
    qrSvg: null,
    call: null,
    payerUrl: null,
    sandboxPath: null,
  };
  if (isOver || !channel) return page;
  const returnUrl = `${needs.siteUrl()}/gifts/${token}/pay`;
  const payerId = await payerOf(channel, asked);
  if (asked.scene === 'wechat' && payerId === null && channel.payer)
    return { ...page, payerUrl: channel.payer.signInAt(returnUrl) };
  const toBegin: PaymentToBegin = {
    orderNumber: orderNumberOf(order.id),
    amountFen: order.amountFen,
    projectCode: payment.project_code ?? '',
    projectName: payment.project_name ?? '',
    scene: asked.scene,
    payerId,
    clientAddress: asked.clientAddress,
    expiresAt,
    returnUrl,
  };
  const step = await begin(channel, toBegin);
  return {
    ...page,
    redirectUrl: step.kind === 'redirect' ? step.url : null,
    qrSvg:
      step.kind === 'code' ? await QRCode.toString(step.text, { type: 'svg', margin: 1 }) : null,
    call: step.kind === 'call' ? step.values : null,
    sandboxPath: step.kind === 'code' ? sandboxPathOf(step.text) : null,
  };
}

/** Where the payment behind a code is played; null for a real one. */
function sandboxPathOf(code: string): string | null {
  const path = URL.parse(code)?.pathname ?? '';
  return path.startsWith(SANDBOX_PAY_PATH) ? path : null;
}

async function payerOf(channel: Channel, asked: Asked): Promise<string | null> {
  if (asked.scene !== 'wechat' || !asked.payerCode || !channel.payer) return null;
  return await channel.payer.idOf(asked.payerCode);
}

async function begin(channel: Channel, payment: PaymentToBegin): Promise<PayStep> {
  try {
    return await channel.begin(payment);
  } catch (thrown) {
    if (thrown instanceof ChannelAway) throw new Refusal('channel_away');
    throw thrown;
  }
}

/** The payment behind a giver's own link, to ask its channel about; refuses `not_found`. */
export async function paymentOfToken(needs: DonationNeeds, token: string): Promise<Id> {
  return (await begunBy(needs, token)).order.id;
}

/** True when a giver inside WeChat is begun for whom the channel must first say who pays. */
export function asksForPayer(needs: DonationNeeds, begun: BegunGift): boolean {
  const { scene, payerId } = begun.toBegin;
  return (
    scene === 'wechat' && payerId === null && !!needs.payment.channels.of(begun.channel)?.payer
  );
}
