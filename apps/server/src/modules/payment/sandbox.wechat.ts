import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Refusal, type Clock } from '@wennuan/basics';
import type { Channel } from './channel.ts';
import { wechatChannel } from './channel.wechat.ts';
import { createWechatGateway } from './gateway.wechat.ts';
import { noticePath } from './payment.config.ts';

export interface WechatSandboxNeeds {
  clock: Clock;
  /** How its notices reach us: over HTTP like anybody's. */
  fetch: typeof fetch;
  /** Our address as it knows it; asked when it is used, as the port may be chosen late. */
  baseUrl(): string;
  /** The site's address as a payer's telephone knows it. */
  siteUrl(): string;
}

export type WechatSandbox = Awaited<ReturnType<typeof createWechatSandbox>>;

/** Where a payer pays in the sandbox, below the address of the site. */
export const SANDBOX_PAY_PATH = '/sandbox/wechat/';
const GATEWAY = 'http://wechat.sandbox';
const NONCE_BYTES = 16;
const SEND_TIMEOUT_MILLIS = 10_000;

/**
 * WeChat Pay, played: the channel signs, checks and opens as with the real one, and its gateway answers in this process
 * with keys made at start. Only the money is none. What was begun with one process is unknown to the next: its order
 * ends by itself, as one nobody paid.
 */
export async function createWechatSandbox(needs: WechatSandboxNeeds) {
  const gateway = await createWechatGateway({
    clock: needs.clock,
    address: () => GATEWAY,
    noticeUrl: noticePath('wechat'),
    payUrl: (orderNumber) => `${needs.siteUrl()}${SANDBOX_PAY_PATH}${orderNumber}`,
    byItself: true,
  });
  const { appSecret: _appSecret, ...settings } = gateway.settings;
  const channel: Channel = wechatChannel(
    { ...settings, baseUrl: GATEWAY },
    {
      clock: needs.clock,
      nonce: () => randomBytes(NONCE_BYTES).toString('hex'),
      fetch: (url, init) => Promise.resolve(answerOf(gateway, url, init)),
    },
  );
  const find = (orderNumber: string) => {
    const order = gateway.orders.get(orderNumber);
    if (!order) throw new Refusal('not_found');
    return order;
  };
  return {
    channel: { ...channel, name: '微信支付（沙箱）' },
    /** What is to be paid under an order's number; refuses `not_found`. */
    find,
    /** The payer pays; no notice is sent. Refuses `not_found` and `payment_already_made`. */
    take(orderNumber: string): void {
      if (find(orderNumber).state !== 'NOTPAY') throw new Refusal('payment_already_made');
      gateway.pay(orderNumber);
    },
    /** Sends the signed notice of a paid order; false when it was not acknowledged. */
    async notify(orderNumber: string): Promise<boolean> {
      const { headers, body } = gateway.noticeOf(orderNumber);
      return await needs
        .fetch(new URL(noticePath('wechat'), needs.baseUrl()), {
          method: 'POST',
          headers: { ...(headers as Record<string, string>), 'content-type': 'application/json' },
          body: new Uint8Array(body),
          signal: AbortSignal.timeout(SEND_TIMEOUT_MILLIS),
        })
        .then((answer) => answer.ok)
        .catch(() => false);
    },
  };
}

/** The gateway's answer to a request of our client, as fetch would give it. */
function answerOf(
  gateway: Awaited<ReturnType<typeof createWechatGateway>>,
  ...[asked, init = {}]: Parameters<typeof fetch>
): Response {
  const url = new URL(asked instanceof Request ? asked.url : asked);
  const { status, headers, body } = gateway.answer({
    method: init.method ?? 'GET',
    path: `${url.pathname}${url.search}`,
    headers: init.headers as IncomingHttpHeaders,
    body: typeof init.body === 'string' ? init.body : '',
  });
  return new Response(body, { status, ...(headers && { headers }) });
}
