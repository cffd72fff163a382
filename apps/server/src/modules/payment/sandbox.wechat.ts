import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Refusal, type Clock } from '@wennuan/basics';
import type { Channel } from './channel.ts';
import { wechatChannel } from './channel.wechat.ts';
import { closeExpired, type Order, type Refund } from './gateway.orders.ts';
import { createWechatGateway, type WechatGateway } from './gateway.wechat.ts';
import { noticePath } from './payment.config.ts';
import type { Played, PlayedShelf } from './sandbox.wechat.store.ts';

export interface WechatSandboxNeeds {
  clock: Clock;
  /** How its notices reach us: over HTTP like anybody's. */
  fetch: typeof fetch;
  /** Our address as it knows it; asked when it is used, as the port may be chosen late. */
  baseUrl(): string;
  /** Where its orders and refunds are kept, so that they outlive a process and all know the same. */
  shelf: PlayedShelf;
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
 * with keys made at start. Only the money is none. Its orders and refunds are kept, so that what was begun with one process
 * is paid, asked about and given back with the next; what nobody pays in time is closed.
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
  const books = keptBooks(gateway, needs.shelf);
  const channel: Channel = wechatChannel(
    { ...settings, baseUrl: GATEWAY },
    {
      clock: needs.clock,
      nonce: () => randomBytes(NONCE_BYTES).toString('hex'),
      fetch: async (url, init) => {
        const numbers = numbersIn(url, init);
        await books.recall(numbers);
        const answer = answerOf(gateway, url, init);
        await books.keep();
        return answer;
      },
    },
  );
  const find = async (orderNumber: string) => {
    await books.recall([orderNumber]);
    const order = gateway.orders.get(orderNumber);
    if (!order) throw new Refusal('not_found');
    closeExpired(order, needs.clock.now());
    return order;
  };
  return {
    channel: { ...channel, name: '微信支付（沙箱）' },
    /** What is to be paid under an order's number; refuses `not_found`. */
    find,
    /** The payer pays; no notice is sent. Refuses `not_found`, `payment_already_made` and `payment_lapsed`. */
    async take(orderNumber: string): Promise<void> {
      const { state } = await find(orderNumber);
      if (state === 'CLOSED') throw new Refusal('payment_lapsed');
      if (state !== 'NOTPAY') throw new Refusal('payment_already_made');
      gateway.pay(orderNumber);
      await books.keep();
    },
    /** Sends the signed notice of a paid order; false when it was not acknowledged. */
    async notify(orderNumber: string): Promise<boolean> {
      await find(orderNumber);
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

/** The gateway's books as the shelf has them: recalled before a question, kept after its answer. */
function keptBooks({ orders, refunds }: WechatGateway, shelf: PlayedShelf) {
  const known = new Map<string, string>();
  return {
    /** Brings what the shelf has under numbers into the gateway's books; all of it without numbers. */
    async recall(numbers?: readonly string[]): Promise<void> {
      for (const { kind, number, body } of await shelf.read(numbers)) {
        if (kind === 'order') orders.set(number, body as Order);
        else refunds.set(number, body as Refund);
        known.set(`${kind}:${number}`, JSON.stringify(body));
      }
    },
    /** Puts what has changed since onto the shelf. */
    async keep(): Promise<void> {
      const now: Played[] = [
        ...Array.from(orders, ([number, body]): Played => {
          return { kind: 'order', number, orderNumber: number, body };
        }),
        ...Array.from(refunds, ([number, body]): Played => {
          return { kind: 'refund', number, orderNumber: body.order, body };
        }),
      ];
      const changed = now.filter(
        ({ kind, number, body }) => known.get(`${kind}:${number}`) !== JSON.stringify(body),
      );
      if (changed.length > 0) await shelf.keep(changed);
      for (const { kind, number, body } of changed)
        known.set(`${kind}:${number}`, JSON.stringify(body));
    },
  };
}

/** The numbers that a request names; none for the bill of a day, which is of all orders. */
function numbersIn(...[asked, init = {}]: Parameters<typeof fetch>): string[] | undefined {
  const { pathname } = new URL(asked instanceof Request ? asked.url : asked);
  if (/bill/.test(pathname)) return undefined;
  const body = typeof init.body === 'string' && init.body !== '' ? JSON.parse(init.body) : {};
  const { out_trade_no, out_refund_no } = body as Record<string, string | undefined>;
  return [
    pathname
      .replace(/\/close$/, '')
      .split('/')
      .at(-1)!,
    out_trade_no,
    out_refund_no,
  ].filter((number) => number !== undefined);
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
  return new Response(body || null, { status, ...(headers && { headers }) });
}
