import type { KeyObject } from 'node:crypto';
import { yuanNumber, type Clock } from '@wennuan/basics';
import { z } from 'zod';
import {
  type Channel,
  CHANNEL_TIMEOUT_MILLIS,
  ChannelAway,
  NOTICE_CLOCK_MILLIS,
  type NoticeReading,
  type PaidFacts,
  type PaymentAnswer,
  type PaymentToBegin,
  type RawNotice,
  type RefundAnswer,
} from './channel.ts';
import { headerOf, isSigned, signText } from './rsa.ts';
import { publicNameOf } from './public-name.ts';

export interface PlatformSettings {
  name: string;
  /** The merchant number its cashier collects under: the federation's own. */
  merchant: string;
  cashierUrl: string;
  apiUrl: string;
  /** Ours, for what we send. */
  privateKey: KeyObject;
  /** The platform's, for what it sends. */
  publicKey: KeyObject;
}

export interface PlatformNeeds {
  clock: Clock;
  fetch: typeof fetch;
  nonce(): string;
}

const paid = z.object({
  merchant: z.string(),
  order: z.string().min(1).max(64),
  transaction: z.string().min(1).max(64),
  project: z.string().max(40).nullable(),
  amountFen: z.int().positive(),
  paidAt: z.iso.datetime({ offset: true }),
  nickname: z.string().max(200).nullable(),
  anonymous: z.boolean(),
});
const refunded = z.object({
  merchant: z.string(),
  order: z.string().min(1).max(64),
  refund: z.string().min(1).max(64),
  amountFen: z.int().positive(),
  at: z.iso.datetime({ offset: true }),
});
const noticeShape = z.discriminatedUnion('type', [
  paid.extend({ type: z.literal('paid') }),
  refunded.extend({ type: z.literal('refunded') }),
]);
const answerShape = z.discriminatedUnion('state', [
  paid.extend({ state: z.literal('paid') }),
  z.object({ state: z.enum(['waiting', 'closed', 'unknown']) }),
]);
const refundShape = z.discriminatedUnion('state', [
  z.object({ state: z.literal('done'), at: z.iso.datetime({ offset: true }) }),
  z.object({ state: z.enum(['processing', 'unknown']) }),
  z.object({ state: z.literal('refused'), reason: z.string() }),
]);

/** What both sides sign: time, a random text, and the bytes. */
export function platformText(timestamp: string, nonce: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')]);
}

/** What we sign when a giver is sent to the cashier. */
export function cashierText(values: URLSearchParams): string {
  return [...values.entries()]
    .filter(([name]) => name !== 'sign')
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** The designated platform's cashier: redirect, signed notice, query, refund, statement. */
export function platformChannel(settings: PlatformSettings, needs: PlatformNeeds): Channel {
  const { merchant } = settings;
  const ask = (path: string, data: object) => call(settings, needs, { path, data });
  return {
    code: 'platform',
    name: settings.name,
    merchant,
    async begin(payment: PaymentToBegin) {
      const values = new URLSearchParams({
        merchant,
        order: payment.orderNumber,
        project: payment.projectCode,
        amount: yuanNumber(payment.amountFen).replaceAll(',', ''),
        expires: payment.expiresAt.toISOString(),
        return: payment.returnUrl,
      });
      values.set('sign', signText(cashierText(values), settings.privateKey));
      return { kind: 'redirect', url: `${settings.cashierUrl}?${values.toString()}` };
    },
    readNotice: async (notice) => readNotice(settings, needs, notice),
    replyTo: (taken) => ({
      status: taken ? 200 : 503,
      type: 'application/json',
      body: JSON.stringify({ taken }),
    }),
    async query(orderNumber): Promise<PaymentAnswer> {
      const answer = answerShape.parse(await ask('orders/query', { merchant, order: orderNumber }));
      // Its word for an order whose giver never came to the cashier.
      if (answer.state === 'unknown') return { state: 'absent' };
      if (answer.state !== 'paid') return { state: answer.state };
      return answer.merchant === merchant
        ? { state: 'paid', facts: factsOf(answer) }
        : { state: 'unknown' };
    },
    async refund(refund) {
      const { orderNumber, refundNumber, amountFen, reason } = refund;
      const asked = { merchant, order: orderNumber, refund: refundNumber, amountFen, reason };
      return refundAnswer(await ask('refunds', asked));
    },
    async queryRefund({ orderNumber, refundNumber }) {
      const asked = { merchant, order: orderNumber, refund: refundNumber };
      return refundAnswer(await ask('refunds/query', asked));
    },
    async statement(day) {
      const answer = (await ask('statements/query', { merchant, day })) as { csv?: string };
      if (typeof answer.csv !== 'string') return null;
      return { name: `platform-${day}.csv`, bytes: Buffer.from(answer.csv, 'utf8') };
    },
  };
}

function factsOf(answer: z.output<typeof paid>): PaidFacts {
  return {
    merchant: answer.merchant,
    orderNumber: answer.order,
    transaction: answer.transaction,
    amountFen: answer.amountFen,
    paidAt: new Date(answer.paidAt),
    projectCode: answer.project,
    giverName: answer.anonymous ? null : publicNameOf(answer.nickname ?? ''),
  };
}

function refundAnswer(answer: unknown): RefundAnswer {
  const read = refundShape.parse(answer);
  if (read.state === 'done') return { state: 'done', at: new Date(read.at) };
  return read.state === 'refused' ? { state: 'refused', refusal: read.reason } : read;
}

function readNotice(
  settings: PlatformSettings,
  needs: PlatformNeeds,
  notice: RawNotice,
): NoticeReading {
  const doubt = doubtOf(settings, needs, notice);
  if (doubt) return { kind: 'refused', code: doubt };
  let data: unknown;
  try {
    data = JSON.parse(notice.body.toString('utf8'));
  } catch {
    return { kind: 'refused', code: 'notice_unreadable' };
  }
  const read = noticeShape.safeParse(data);
  if (!read.success) return { kind: 'refused', code: 'notice_unreadable' };
  const { merchant, order } = read.data;
  if (merchant !== settings.merchant) return { kind: 'refused', code: 'notice_not_ours' };
  if (read.data.type === 'paid') return { kind: 'paid', facts: factsOf(read.data) };
  const { refund, amountFen, at } = read.data;
  const facts = { merchant, orderNumber: order, refundNumber: refund, amountFen, at: new Date(at) };
  return { kind: 'refunded', facts };
}

function doubtOf(settings: PlatformSettings, needs: PlatformNeeds, { headers, body }: RawNotice) {
  const of = (name: string) => headerOf(headers, `platform-${name}`);
  const text = platformText(of('timestamp'), of('nonce'), body);
  if (!isSigned(text, of('signature'), settings.publicKey)) return 'signature_invalid';
  const away = Math.abs(Number(of('timestamp')) * 1_000 - needs.clock.now().getTime());
  return away <= NOTICE_CLOCK_MILLIS ? null : 'notice_too_old';
}

/** Asks the platform and answers what it signed; throws `ChannelAway` for everything else. */
async function call(
  settings: PlatformSettings,
  needs: PlatformNeeds,
  { path, data }: { path: string; data: object },
): Promise<unknown> {
  const body = Buffer.from(JSON.stringify(data), 'utf8');
  const timestamp = String(Math.floor(needs.clock.now().getTime() / 1_000));
  const nonce = needs.nonce();
  let answer: Response;
  try {
    answer = await needs.fetch(new URL(path, settings.apiUrl), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'platform-merchant': settings.merchant,
        'platform-timestamp': timestamp,
        'platform-nonce': nonce,
        'platform-signature': signText(
          platformText(timestamp, nonce, body).toString('utf8'),
          settings.privateKey,
        ),
      },
      body,
      signal: AbortSignal.timeout(CHANNEL_TIMEOUT_MILLIS),
    });
  } catch {
    throw new ChannelAway('platform', 'cannot be reached');
  }
  const bytes = Buffer.from(await answer.arrayBuffer());
  const headers = Object.fromEntries(answer.headers.entries());
  if (!answer.ok || doubtOf(settings, needs, { headers, body: bytes }))
    throw new ChannelAway('platform', `sends an unproved answer (${answer.status})`);
  return JSON.parse(bytes.toString('utf8'));
}
