import {
  createCipheriv,
  createHash,
  generateKeyPair,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { promisify } from 'node:util';
import type { Clock } from '@wennuan/basics';
import { billOf, closeExpired, type Order, type Refund } from './gateway.orders.ts';
import type { RawNotice } from './channel.ts';

/** What a gateway is asked, byte for byte. */
export interface Asked {
  method: string;
  /** Path with its query, as it was sent. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

export const WECHAT_MERCHANT = '1900000001';
export const WECHAT_APP = 'wx00000000000000aa';
const WECHAT_APP_SECRET = 'app-secret';
const MERCHANT_SERIAL = 'MERCHANT01';

export type WechatGateway = Awaited<ReturnType<typeof createWechatGateway>>;
type Keys = Record<'publicKey' | 'privateKey', KeyObject>;

export interface GatewayOptions {
  clock: Clock;
  /** The address its answers name, where its files are fetched. */
  address(): string;
  /** Where our merchant wants its notices. */
  noticeUrl: string;
  /** Certificate mode: makes the certificate of a key; without it, public-key mode. */
  certificate?: (keys: Keys) => string;
  /** Where a payer pays: the text of a code to scan and the address of H5. */
  payUrl?: (orderNumber: string) => string;
  /** True when a refund that is asked about is at its end, and bills are made of the orders, as nobody else does it. */
  byItself?: boolean;
}

const makeKeys = promisify(generateKeyPair);

/**
 * WeChat Pay v3 as it is from outside, on this machine: checks every request's signature, keeps orders and
 * refunds, signs its answers and notices with its own RSA key and seals them with AES-256-GCM. Keys are made anew each
 * time; what outlives the process is kept by whoever needs that. Tests put a socket before it, the sandbox calls it in its own process.
 */
export async function createWechatGateway(options: GatewayOptions) {
  const { clock } = options;
  const [own, platform] = await Promise.all([
    makeKeys('rsa', { modulusLength: 2048 }),
    makeKeys('rsa', { modulusLength: 2048 }),
  ]);
  const apiV3Key = randomBytes(16).toString('hex');
  const serial = options.certificate ? 'PLATFORM01' : 'PUB_KEY_ID_0001';
  const orders = new Map<string, Order>();
  const refunds = new Map<string, Refund>();
  const bills = new Map<string, Buffer>();
  const asked: Asked[] = [];
  let down = false;

  const signed = signer({ key: platform.privateKey, serial, clock });
  const seal = sealer(apiV3Key);
  const books = {
    orders,
    refunds,
    bills,
    seal,
    options,
    serial,
    certificate: () => options.certificate?.(platform) ?? '',
  };
  const answer = (request: Asked): Answer => {
    asked.push(request);
    if (down) return { status: 502, body: 'bad gateway' };
    const payer = payerOf(request.path);
    if (payer) return payer;
    const said = isOurs(request, own.publicKey)
      ? answerTo(request, books)
      : { status: 401, body: JSON.stringify({ code: 'SIGN_ERROR', message: '签名错误' }) };
    return { ...said, headers: { ...signed(said.body), ...said.headers } };
  };
  const notice = (type: string, resource: object, at?: Date): RawNotice => {
    const body = JSON.stringify({
      id: randomBytes(8).toString('hex'),
      create_time: clock.now().toISOString(),
      event_type: type,
      resource_type: 'encrypt-resource',
      resource: seal(JSON.stringify(resource), 'transaction'),
    });
    return { headers: signed(body, at), body: Buffer.from(body) };
  };
  return {
    answer,
    /** What our side is set up with, but for the addresses. */
    settings: {
      merchant: WECHAT_MERCHANT,
      appId: WECHAT_APP,
      appSecret: WECHAT_APP_SECRET,
      serial: MERCHANT_SERIAL,
      privateKey: own.privateKey,
      apiV3Key,
      platformKey: options.certificate ? null : { id: serial, key: platform.publicKey },
      noticeUrl: options.noticeUrl,
    },
    asked,
    orders,
    refunds,
    bills,
    /** The payer pays. */
    pay(orderNumber: string) {
      const order = orders.get(orderNumber)!;
      order.state = 'SUCCESS';
      order.paidAt = clock.now().toISOString();
    },
    /** The notice of a paid order; each time it is sealed and signed anew. `change` alters what it says. */
    noticeOf: (orderNumber: string, change: object = {}, at?: Date) =>
      notice('TRANSACTION.SUCCESS', { ...factsOf(orders.get(orderNumber)!), ...change }, at),
    refundNotice: (resource: object, type = 'REFUND.SUCCESS') => notice(type, resource),
    /** Answers nothing but errors from now on, or no longer. */
    setDown: (isDown: boolean) => void (down = isDown),
  };
}

/** Signs answers and notices over their exact bytes, as headers. */
function signer({ key, serial, clock }: { key: KeyObject; serial: string; clock: Clock }) {
  return (body: string, at = clock.now()): Record<string, string> => {
    const timestamp = String(Math.floor(at.getTime() / 1_000));
    const nonce = randomBytes(16).toString('hex');
    const text = `${timestamp}\n${nonce}\n${body}\n`;
    return {
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-serial': serial,
      'wechatpay-signature': sign('sha256', Buffer.from(text), key).toString('base64'),
    };
  };
}

/** Seals a text with AES-256-GCM under the merchant's own key. */
function sealer(apiV3Key: string) {
  return (plain: string, associated: string) => {
    const nonce = randomBytes(6).toString('hex');
    const cipher = createCipheriv('aes-256-gcm', apiV3Key, nonce);
    cipher.setAAD(Buffer.from(associated));
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return {
      algorithm: 'AEAD_AES_256_GCM',
      ciphertext: body.toString('base64'),
      nonce,
      associated_data: associated,
    };
  };
}

/** What is told of an order. */
function factsOf(order: Order) {
  return {
    mchid: WECHAT_MERCHANT,
    appid: WECHAT_APP,
    out_trade_no: order.out_trade_no,
    transaction_id: order.transaction,
    trade_type: 'NATIVE',
    trade_state: order.state,
    success_time: order.paidAt,
    amount: {
      total: order.amountFen,
      payer_total: order.amountFen,
      currency: 'CNY',
      payer_currency: 'CNY',
    },
  };
}

/** The official account's own operation: who a code stands for. It is asked with a secret, not signed. */
function payerOf(path: string): Answer | null {
  const url = new URL(path, 'http://gateway');
  if (url.pathname !== '/sns/oauth2/access_token') return null;
  const isKnown = url.searchParams.get('secret') === WECHAT_APP_SECRET;
  const code = url.searchParams.get('code');
  return json(
    200,
    isKnown && code === 'fresh'
      ? { openid: 'o-giver' }
      : { errcode: 40029, errmsg: 'invalid code' },
  );
}

/** True when a request carries our merchant's signature over exactly what was asked. */
function isOurs(asked: Asked, publicKey: Parameters<typeof verify>[2]): boolean {
  const header = asked.headers.authorization ?? '';
  const of = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(header)?.[1] ?? '';
  const text = `${asked.method}\n${asked.path}\n${of('timestamp')}\n${of('nonce_str')}\n${asked.body}\n`;
  return (
    header.startsWith('WECHATPAY2-SHA256-RSA2048 ') &&
    of('mchid') === WECHAT_MERCHANT &&
    of('serial_no') === MERCHANT_SERIAL &&
    verify('sha256', Buffer.from(text), publicKey, Buffer.from(of('signature'), 'base64'))
  );
}

interface Books {
  orders: Map<string, Order>;
  refunds: Map<string, Refund>;
  bills: Map<string, Buffer>;
  seal(plain: string, associated: string): object;
  certificate(): string;
  serial: string;
  options: GatewayOptions;
}

const json = (status: number, data: object): Answer => ({ status, body: JSON.stringify(data) });

function answerTo({ method, path, body }: Asked, books: Books): Answer {
  const url = new URL(path, books.options.address());
  const way = /^\/v3\/pay\/transactions\/(jsapi|h5|native)$/.exec(url.pathname)?.[1];
  if (method === 'POST' && way) return begin(way, JSON.parse(body) as Begin, books);
  const [, order, close] =
    /^\/v3\/pay\/transactions\/out-trade-no\/(\w+)(\/close)?$/.exec(url.pathname) ?? [];
  if (order) {
    const found = books.orders.get(order);
    if (close) return closed(found);
    const { byItself, clock } = books.options;
    if (byItself && found) closeExpired(found, clock.now());
    return found ? json(200, factsOf(found)) : json(404, { code: 'ORDER_NOT_EXIST' });
  }
  if (url.pathname === '/v3/certificates')
    return json(200, {
      data: [
        {
          serial_no: books.serial,
          encrypt_certificate: books.seal(books.certificate(), 'certificate'),
        },
      ],
    });
  if (url.pathname.startsWith('/v3/refund/domestic/refunds'))
    return refund(method, url, { body, books });
  return bill(url, books);
}

/** Closes an order at its merchant's word, unless it was paid. */
function closed(order: Order | undefined): Answer {
  if (!order) return json(404, { code: 'ORDER_NOT_EXIST' });
  if (order.state === 'SUCCESS') return json(400, { code: 'ORDERPAID', message: '订单已支付' });
  order.state = 'CLOSED';
  return { status: 204, body: '' };
}

/** The number of a payment: its order's own, so that no two processes give the same one. */
function transactionOf(orderNumber: string): string {
  const digest = createHash('sha256').update(orderNumber).digest('hex').slice(0, 20);
  return `42${BigInt(`0x${digest}`).toString().padStart(26, '0')}`;
}

interface Begin {
  out_trade_no: string;
  description?: string;
  time_expire?: string;
  amount: { total: number };
}

function begin(way: string, asked: Begin, books: Books): Answer {
  const known = books.orders.get(asked.out_trade_no);
  if (known && known.amountFen !== asked.amount.total)
    return json(400, { code: 'INVALID_REQUEST', message: '订单号重复' });
  if (!known)
    books.orders.set(asked.out_trade_no, {
      out_trade_no: asked.out_trade_no,
      amountFen: asked.amount.total,
      state: 'NOTPAY',
      transaction: transactionOf(asked.out_trade_no),
      paidAt: '',
      product: asked.description ?? '',
      expiresAt: asked.time_expire ?? null,
    });
  if (way === 'jsapi') return json(200, { prepay_id: `wx${asked.out_trade_no}` });
  const { payUrl } = books.options;
  if (way === 'h5') {
    const own = payUrl && `${payUrl(asked.out_trade_no)}?h5=1`;
    return json(200, { h5_url: own ?? `https://wx.example/pay?prepay=${asked.out_trade_no}` });
  }
  const code = payUrl?.(asked.out_trade_no);
  return json(200, { code_url: code ?? `weixin://wxpay/bizpayurl?pr=${asked.out_trade_no}` });
}

function refund(method: string, url: URL, { body, books }: { body: string; books: Books }): Answer {
  const now = books.options.clock.now().toISOString();
  const answer = (found: Refund) => json(200, { status: found.status, success_time: now });
  if (method === 'GET') {
    const found = books.refunds.get(url.pathname.split('/').at(-1)!);
    if (found && books.options.byItself) found.status = 'SUCCESS';
    return found ? answer(found) : json(404, { code: 'RESOURCE_NOT_EXISTS' });
  }
  const asked = JSON.parse(body) as {
    out_trade_no?: string;
    transaction_id?: string;
    out_refund_no: string;
    amount: { refund: number; total: number };
  };
  const order =
    books.orders.get(asked.out_trade_no ?? '') ??
    [...books.orders.values()].find((one) => one.transaction === asked.transaction_id);
  if (order && order.amountFen !== asked.amount.total)
    return json(400, { code: 'PARAM_ERROR', message: '订单金额与原订单不一致' });
  if (!order || order.state !== 'SUCCESS')
    return json(403, { code: 'NOT_ALLOWED', message: '订单未支付' });
  const known = books.refunds.get(asked.out_refund_no);
  if (known) return answer(known);
  const made = {
    order: order.out_trade_no,
    amountFen: asked.amount.refund,
    status: 'PROCESSING',
    at: now,
  };
  books.refunds.set(asked.out_refund_no, made);
  return answer(made);
}

function bill(url: URL, books: Books): Answer {
  if (url.pathname.startsWith('/bill-file/')) {
    const bytes = laidOrMade(url.pathname.split('/').at(-1)!, books);
    return { status: bytes ? 200 : 404, body: bytes?.toString('utf8') ?? '' };
  }
  const day = url.searchParams.get('bill_date') ?? '';
  const bytes = laidOrMade(day, books);
  if (!bytes) return json(400, { code: 'NO_STATEMENT_EXIST' });
  return json(200, {
    hash_type: 'SHA1',
    hash_value: createHash('sha1').update(bytes).digest('hex'),
    download_url: `${books.options.address()}/bill-file/${day}`,
  });
}

/** The bill of a day: the one that was laid down, else one of the orders paid and given back that day. */
function laidOrMade(day: string, books: Books): Buffer | null {
  const laid = books.bills.get(day);
  return laid || !books.options.byItself ? (laid ?? null) : billOf(day, books);
}
