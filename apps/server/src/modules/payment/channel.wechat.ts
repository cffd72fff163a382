import { createHash } from 'node:crypto';
import { Refusal } from '@wennuan/basics';
import {
  type Channel,
  CHANNEL_TIMEOUT_MILLIS,
  ChannelAway,
  type CloseAnswer,
  type NoticeReading,
  type PaidFacts,
  type PaymentAnswer,
  type PaymentToBegin,
  type PayStep,
  type RawNotice,
  type RefundAnswer,
  type RefundFacts,
  type RefundToAsk,
} from './channel.ts';
import {
  type WechatAccess,
  type WechatAnswer,
  WechatClient,
  type WechatNeeds,
  type WechatSealed,
} from './wechat.client.ts';

export interface WechatSettings extends WechatAccess {
  appId: string;
  /** Where WeChat Pay sends its notices. */
  noticeUrl: string;
  /** Of the official account, for payments inside WeChat; without it a code is shown there instead. */
  appSecret?: string | undefined;
  /** Where the official account's own operations are. */
  accountUrl?: string | undefined;
}

const NOT_THERE = 404;
const FINE = 200;
const CLOSED = 204;
/** How WeChat Pay says that it has no such order. */
const NO_ORDER = new Set(['ORDER_NOT_EXIST', 'ORDERNOTEXIST']);
const TOO_MANY = 429;

/** WeChat Pay v3: JSAPI inside WeChat, H5 in a telephone's browser, a code to scan elsewhere. */
export function wechatChannel(settings: WechatSettings, needs: WechatNeeds): Channel {
  const client = new WechatClient(settings, needs);
  const { merchant } = settings;
  const orderPath = (orderNumber: string) =>
    `/v3/pay/transactions/out-trade-no/${orderNumber}?mchid=${merchant}`;
  return {
    code: 'wechat',
    name: '微信支付',
    merchant,
    ...(settings.appSecret && { payer: payerOf(settings, settings.appSecret, needs.fetch) }),
    begin: (payment) => begin({ client, settings, needs }, payment),
    readNotice: (notice) => readNotice(client, settings, notice),
    replyTo: (taken) =>
      taken
        ? { status: FINE, type: 'application/json', body: '{"code":"SUCCESS","message":"成功"}' }
        : { status: 503, type: 'application/json', body: '{"code":"FAIL","message":"失败"}' },
    async query(orderNumber) {
      const answer = await client.call('GET', orderPath(orderNumber));
      return paymentAnswer(answer, settings);
    },
    async close(orderNumber) {
      const path = `/v3/pay/transactions/out-trade-no/${orderNumber}/close`;
      return closeAnswer(await client.call('POST', path, { mchid: merchant }));
    },
    async refund(refund: RefundToAsk) {
      const answer = await client.call('POST', '/v3/refund/domestic/refunds', {
        ...(refund.transaction
          ? { transaction_id: refund.transaction }
          : { out_trade_no: refund.orderNumber }),
        out_refund_no: refund.refundNumber,
        reason: refund.reason.slice(0, 80),
        notify_url: settings.noticeUrl,
        amount: { refund: refund.amountFen, total: refund.totalFen, currency: 'CNY' },
      });
      return refundAnswer(answer, 'ordered');
    },
    async queryRefund({ refundNumber }) {
      const answer = await client.call('GET', `/v3/refund/domestic/refunds/${refundNumber}`);
      return refundAnswer(answer, 'queried');
    },
    statement: (day) => statement(client, day),
  };
}

const SIGN_IN = 'https://open.weixin.qq.com/connect/oauth2/authorize';
const ACCOUNT_URL = 'https://api.weixin.qq.com';

/** Who pays inside WeChat: the official account says, without asking the giver anything. */
function payerOf(
  settings: WechatSettings,
  secret: string,
  fetch: WechatNeeds['fetch'],
): NonNullable<Channel['payer']> {
  const { appId: appid } = settings;
  return {
    signInAt(returnUrl) {
      const asked = new URLSearchParams({
        appid,
        redirect_uri: returnUrl,
        response_type: 'code',
        scope: 'snsapi_base',
        state: 'pay',
      });
      return `${SIGN_IN}?${asked.toString()}#wechat_redirect`;
    },
    async idOf(code) {
      const asked = new URLSearchParams({ appid, secret, code, grant_type: 'authorization_code' });
      const url = new URL('/sns/oauth2/access_token', settings.accountUrl ?? ACCOUNT_URL);
      url.search = asked.toString();
      try {
        const answer = await fetch(url, { signal: AbortSignal.timeout(CHANNEL_TIMEOUT_MILLIS) });
        const { openid } = (await answer.json()) as { openid?: unknown };
        return typeof openid === 'string' && openid !== '' ? openid : null;
      } catch {
        throw new ChannelAway('wechat', 'cannot say who pays');
      }
    },
  };
}

interface Parts {
  client: WechatClient;
  settings: WechatSettings;
  needs: WechatNeeds;
}

async function begin(parts: Parts, payment: PaymentToBegin): Promise<PayStep> {
  const { client, settings } = parts;
  const order = {
    appid: settings.appId,
    mchid: settings.merchant,
    description: payment.projectName.slice(0, 40),
    out_trade_no: payment.orderNumber,
    time_expire: payment.expiresAt.toISOString(),
    notify_url: settings.noticeUrl,
    amount: { total: payment.amountFen, currency: 'CNY' },
  };
  if (payment.scene === 'wechat' && payment.payerId) {
    const { prepay_id } = await ordered(client, 'jsapi', {
      ...order,
      payer: { openid: payment.payerId },
    });
    return { kind: 'call', values: callValues(parts, String(prepay_id)) };
  }
  if (payment.scene === 'phone') {
    const { h5_url } = await ordered(client, 'h5', {
      ...order,
      scene_info: { payer_client_ip: payment.clientAddress ?? '', h5_info: { type: 'Wap' } },
    });
    const back = encodeURIComponent(payment.returnUrl);
    return { kind: 'redirect', url: `${String(h5_url)}&redirect_url=${back}` };
  }
  const { code_url } = await ordered(client, 'native', order);
  return { kind: 'code', text: String(code_url) };
}

async function ordered(client: WechatClient, way: string, order: object) {
  const { status, data } = await client.call('POST', `/v3/pay/transactions/${way}`, order);
  if (status === FINE) return data;
  throw new Refusal('channel_refused', { reason: String(data['message'] ?? status) });
}

/** What a page inside WeChat hands to its own window. */
function callValues({ client, settings, needs }: Parts, prepayId: string) {
  const timeStamp = String(Math.floor(needs.clock.now().getTime() / 1_000));
  const nonceStr = needs.nonce();
  const packed = `prepay_id=${prepayId}`;
  const text = `${settings.appId}\n${timeStamp}\n${nonceStr}\n${packed}\n`;
  return {
    appId: settings.appId,
    timeStamp,
    nonceStr,
    package: packed,
    signType: 'RSA',
    paySign: client.sign(text),
  };
}

async function readNotice(
  client: WechatClient,
  settings: WechatSettings,
  notice: RawNotice,
): Promise<NoticeReading> {
  const doubt = await client.doubt(notice);
  if (doubt) return { kind: 'refused', code: doubt };
  let data: Record<string, unknown>;
  let type: string;
  try {
    const { event_type, resource } = JSON.parse(notice.body.toString('utf8')) as {
      event_type: string;
      resource: WechatSealed;
    };
    type = event_type;
    data = JSON.parse(client.open(resource)) as Record<string, unknown>;
  } catch {
    return { kind: 'refused', code: 'notice_unreadable' };
  }
  if (data['mchid'] !== settings.merchant) return { kind: 'refused', code: 'notice_not_ours' };
  if (type.startsWith('REFUND.')) return refundReading(type, data);
  const facts = data['trade_state'] === 'SUCCESS' ? paidFacts(data, settings) : null;
  return facts
    ? { kind: 'paid', facts }
    : { kind: 'nothing', orderNumber: String(data['out_trade_no']) };
}

function refundReading(type: string, data: Record<string, unknown>): NoticeReading {
  const amount = data['amount'] as { refund: number };
  const at = data['success_time'];
  const facts: RefundFacts = {
    merchant: String(data['mchid']),
    orderNumber: String(data['out_trade_no']),
    refundNumber: String(data['out_refund_no']),
    amountFen: amount.refund,
    at: new Date(typeof at === 'string' ? at : 0),
  };
  return { kind: type === 'REFUND.SUCCESS' ? 'refunded' : 'refund_failed', facts };
}

/** What WeChat Pay says of a paid order; null when it is not ours, or not in yuan. */
function paidFacts(data: Record<string, unknown>, settings: WechatSettings): PaidFacts | null {
  const amount = data['amount'] as { total?: number; currency?: string } | undefined;
  const isOurs = data['mchid'] === settings.merchant && data['appid'] === settings.appId;
  if (!isOurs || !Number.isSafeInteger(amount?.total) || amount!.currency !== 'CNY') return null;
  return {
    merchant: settings.merchant,
    orderNumber: String(data['out_trade_no']),
    transaction: String(data['transaction_id']),
    amountFen: amount!.total!,
    paidAt: new Date(String(data['success_time'])),
    projectCode: null,
    giverName: null,
  };
}

function paymentAnswer({ status, data }: WechatAnswer, settings: WechatSettings): PaymentAnswer {
  if (status === NOT_THERE) return { state: isNoOrder(data) ? 'absent' : 'unknown' };
  if (status !== FINE) throw new ChannelAway('wechat', String(data['code'] ?? status));
  switch (data['trade_state']) {
    case 'SUCCESS':
    case 'REFUND': {
      const facts = paidFacts(data, settings);
      return facts ? { state: 'paid', facts } : { state: 'unknown' };
    }
    case 'CLOSED':
    case 'REVOKED':
    case 'PAYERROR':
      return { state: 'closed' };
    default:
      return { state: 'waiting' };
  }
}

function isNoOrder(data: Record<string, unknown>): boolean {
  return NO_ORDER.has(String(data['code']));
}

/** An order that was paid meanwhile, and all other trouble, leave it open: asking says which. */
function closeAnswer({ status, data }: WechatAnswer): CloseAnswer {
  if (status === CLOSED || status === FINE || data['code'] === 'ORDER_CLOSED') return 'closed';
  return isNoOrder(data) ? 'absent' : 'open';
}

/** A refund is refused by the answer to its order alone: a question that fails says nothing of it. */
function refundAnswer({ status, data }: WechatAnswer, asked: 'ordered' | 'queried'): RefundAnswer {
  if (status === NOT_THERE || status === TOO_MANY) return { state: 'unknown' };
  if (status !== FINE && asked === 'queried') return { state: 'unknown' };
  if (status !== FINE)
    return { state: 'refused', refusal: String(data['message'] ?? data['code'] ?? status) };
  switch (data['status']) {
    case 'SUCCESS':
      return { state: 'done', at: new Date(String(data['success_time'])) };
    case 'PROCESSING':
      return { state: 'processing' };
    default:
      return { state: 'refused', refusal: String(data['status']) };
  }
}

async function statement(client: WechatClient, day: string) {
  const answer = await client.call('GET', `/v3/bill/tradebill?bill_date=${day}&bill_type=ALL`);
  if (answer.data['code'] === 'NO_STATEMENT_EXIST' || answer.status === NOT_THERE) return null;
  if (answer.status !== FINE) throw new ChannelAway('wechat', String(answer.data['code']));
  const bytes = await client.download(String(answer.data['download_url']));
  const digest = createHash('sha1').update(bytes).digest('hex');
  if (digest !== String(answer.data['hash_value']).toLowerCase())
    throw new ChannelAway('wechat', 'sends a bill that is not the one it announced');
  return { name: `wechat-${day}.csv`, bytes };
}
