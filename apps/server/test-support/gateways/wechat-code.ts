import { generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import type { Clock } from '@wennuan/basics';

const APP = 'wx00000000000000bb';
const SERIAL = 'SELLER01';
const PLATFORM = 'PUB_KEY_ID_0002';

interface Order {
  state: 'SUCCESS' | 'USERPAYING' | 'REVOKED' | 'PAYERROR';
  amountFen: number;
}

interface Refund {
  transaction: string;
  amountFen: number;
  status: 'PROCESSING' | 'SUCCESS' | 'ABNORMAL';
}

export type WechatCodeGateway = ReturnType<typeof wechatCodeGatewayOf>;

/**
 * WeChat Pay's payments by code as they are from outside: checks who asks, signs what it answers. What it takes may be
 * lost on the way back: `loseAnswers`. Codes that end in 01 wait for the buyer, in 03 she has too little.
 */
export function wechatCodeGatewayOf(clock: Clock, merchant: string) {
  const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const platform = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const orders = new Map<string, Order>();
  const asked: { method: string; path: string; body: Record<string, unknown> }[] = [];
  const refunds = new Map<string, Refund>();
  let poor = false;
  let lost = 0;
  let change: (data: Record<string, unknown>) => Record<string, unknown> = (data) => data;
  const answer = (status: number, data: object): Response => {
    const body = JSON.stringify(change(data as Record<string, unknown>));
    const timestamp = String(Math.floor(clock.now().getTime() / 1_000));
    const nonce = randomBytes(8).toString('hex');
    const text = `${timestamp}\n${nonce}\n${body}\n`;
    return new Response(body, {
      status,
      headers: {
        'wechatpay-timestamp': timestamp,
        'wechatpay-nonce': nonce,
        'wechatpay-serial': PLATFORM,
        'wechatpay-signature': sign('sha256', Buffer.from(text), platform.privateKey).toString(
          'base64',
        ),
      },
    });
  };
  const factsOf = (number: string) => {
    const order = orders.get(number)!;
    return {
      appid: APP,
      mchid: merchant,
      out_trade_no: number,
      trade_state: order.state,
      ...(order.state === 'SUCCESS' && { transaction_id: `42${number}` }),
      amount: { total: order.amountFen, currency: 'CNY' },
    };
  };
  /** A refund by its number; the same number again is the same refund, another sum or too much is refused. */
  const refund = (method: string, path: string, body: Record<string, unknown>): Response => {
    const tell = (one: Refund) =>
      answer(200, { status: one.status, success_time: clock.now().toISOString() });
    if (method === 'GET') {
      const known = refunds.get(path.split('/').at(-1)!);
      return known ? tell(known) : answer(404, { code: 'RESOURCE_NOT_EXISTS' });
    }
    const { out_refund_no, transaction_id, amount } = body as {
      out_refund_no: string;
      transaction_id: string;
      amount: { refund: number; total: number };
    };
    const order = orders.get(transaction_id.slice(2));
    if (poor) return answer(403, { code: 'NOT_ENOUGH', message: '基本账户余额不足' });
    const known = refunds.get(out_refund_no);
    if (known) return tell(known);
    const back = [...refunds.values()]
      .filter((one) => one.transaction === transaction_id)
      .reduce((sum, one) => sum + one.amountFen, amount.refund);
    if (order?.state !== 'SUCCESS' || amount.total !== order.amountFen || back > order.amountFen)
      return answer(400, { code: 'PARAM_ERROR', message: '退款金额与订单不符' });
    const made = {
      transaction: transaction_id,
      amountFen: amount.refund,
      status: 'PROCESSING' as const,
    };
    refunds.set(out_refund_no, made);
    return tell(made);
  };
  const serve = (method: string, path: string, body: Record<string, unknown>): Response => {
    if (path.startsWith('/v3/refund/domestic/refunds')) return refund(method, path, body);
    const number = /out-trade-no\/(\w+)/.exec(path)?.[1];
    if (path === '/v3/pay/transactions/codepay') {
      const { out_trade_no, payer, amount } = body as {
        out_trade_no: string;
        payer: { auth_code: string };
        amount: { total: number };
      };
      const end = payer.auth_code.slice(-2);
      if (end === '03') return answer(403, { code: 'NOTENOUGH', message: '余额不足' });
      if (end === '04') return answer(500, { code: 'SYSTEM_ERROR', message: '系统错误' });
      const state = end === '01' ? 'USERPAYING' : 'SUCCESS';
      orders.set(out_trade_no, { state, amountFen: amount.total });
      if (end === '01') return answer(400, { code: 'USERPAYING', message: '需要用户输入密码' });
      return answer(200, factsOf(out_trade_no));
    }
    if (!number || !orders.has(number)) return answer(404, { code: 'ORDER_NOT_EXIST' });
    if (method === 'POST' && path.endsWith('/reverse')) {
      orders.get(number)!.state = 'REVOKED';
      return answer(200, { appid: APP, mchid: merchant, out_trade_no: number });
    }
    return answer(200, factsOf(number));
  };
  const isOurs = (method: string, url: URL, { headers, body }: RequestInit): boolean => {
    const header = new Headers(headers).get('authorization') ?? '';
    const of = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(header)?.[1] ?? '';
    const said = typeof body === 'string' ? body : '';
    const text = `${method}\n${url.pathname}${url.search}\n${of('timestamp')}\n${of('nonce_str')}\n${said}\n`;
    const signature = Buffer.from(of('signature'), 'base64');
    return (
      of('mchid') === merchant &&
      of('serial_no') === SERIAL &&
      verify('sha256', Buffer.from(text), own.publicKey, signature)
    );
  };
  return {
    settings: {
      merchant,
      appId: APP,
      serial: SERIAL,
      privateKey: own.privateKey,
      apiV3Key: randomBytes(16).toString('hex'),
      platformKey: { id: PLATFORM, key: platform.publicKey },
      baseUrl: 'https://pay.example',
      noticeUrl: 'https://warm.example/notices',
    },
    orders,
    refunds,
    asked,
    /** The seller's own account has too little to give anything back, or again enough. */
    setPoor: (isPoor: boolean) => void (poor = isPoor),
    /** So many answers are lost on their way, after what was asked was done. */
    loseAnswers: (count: number) => void (lost = count),
    /** What answers say is changed, signed all the same. */
    changeAnswers: (how: typeof change) => void (change = how),
    fetch: (async (input: URL | string, init: RequestInit = {}) => {
      const url = new URL(input);
      const method = init.method ?? 'GET';
      const body = typeof init.body === 'string' && init.body ? JSON.parse(init.body) : {};
      asked.push({ method, path: url.pathname, body });
      const said = isOurs(method, url, init)
        ? serve(method, url.pathname, body)
        : answer(401, { code: 'SIGN_ERROR', message: '签名错误' });
      if (lost > 0) {
        lost -= 1;
        throw new Error('nothing came back');
      }
      return said;
    }) as typeof fetch,
  };
}
