import { ChannelAway } from './channel.ts';
import type { CodeAnswer, CodeGateway } from './code-pay.ts';
import type { WechatSettings } from './channel.wechat.ts';
import { type WechatAnswer, WechatClient, type WechatNeeds } from './wechat.client.ts';

const FINE = 200;
const NOT_THERE = 404;
/** WeChat Pay wants no reversal sooner after the payment was asked for. */
const REVERSE_AFTER_SECONDS = 15;
/**
 * What is said of a payment that was certainly not taken. Anything else is not known until it is asked about: a bank's
 * error, a server's, a number used before.
 */
const REFUSED = new Set([
  'AUTHCODEEXPIRE',
  'AUTH_CODE_EXPIRED',
  'AUTH_CODE_ERROR',
  'AUTH_CODE_INVALID',
  'NOTENOUGH',
  'NOT_ENOUGH',
  'NOTSUPORTCARD',
  'PARAM_ERROR',
  'INVALID_REQUEST',
  'NO_AUTH',
  'RULE_LIMIT',
  'MCH_NOT_EXISTS',
  'APPID_MCHID_NOT_MATCH',
  'ACCOUNT_ERROR',
]);
/** The buyer still types her password. */
const PAYING = new Set(['USERPAYING', 'USER_PAYING']);

/** The number a payment has at WeChat Pay: at most 32 letters and digits. */
const tradeNumber = (orderNumber: string) => orderNumber.replaceAll('-', '');

/**
 * Payments with the code on a telephone over WeChat Pay v3 (`/v3/pay/transactions/codepay`), into sellers' own numbers: each
 * is asked, queried and reversed with that seller's keys. What is not signed, or is silence, throws: nobody knows then.
 */
export function wechatCodeGateway(
  sellers: ReadonlyMap<string, WechatSettings>,
  needs: WechatNeeds,
): CodeGateway {
  const clients = new Map(
    [...sellers].map(([number, settings]) => [number, new WechatClient(settings, needs)]),
  );
  const of = (seller: string) => {
    const settings = sellers.get(seller);
    if (!settings) throw new ChannelAway('wechat', 'is not set up for this seller');
    return { settings, client: clients.get(seller)! };
  };
  return {
    reverseAfterSeconds: REVERSE_AFTER_SECONDS,
    takes: (seller) => sellers.has(seller),
    async pay({ orderNumber, amountFen, authCode, seller }) {
      const { settings, client } = of(seller);
      const answer = await client.call('POST', '/v3/pay/transactions/codepay', {
        appid: settings.appId,
        mchid: settings.merchant,
        description: '慈善驿站购物',
        out_trade_no: tradeNumber(orderNumber),
        payer: { auth_code: authCode },
        amount: { total: amountFen, currency: 'CNY' },
        scene_info: { store_info: { out_id: settings.merchant } },
      });
      if (answer.status === FINE) return stateOf(answer, settings, { orderNumber, amountFen });
      const code = String(answer.data['code'] ?? '');
      if (PAYING.has(code)) return { state: 'paying' };
      const reason = String(answer.data['message'] ?? code);
      return REFUSED.has(code) ? { state: 'failed', reason } : { state: 'unknown' };
    },
    async query({ orderNumber, seller, amountFen }) {
      const { settings, client } = of(seller);
      const answer = await client.call(
        'GET',
        `/v3/pay/transactions/out-trade-no/${tradeNumber(orderNumber)}?mchid=${settings.merchant}`,
      );
      // Not there yet is not never there: what was asked for may still be on its way.
      if (answer.status === NOT_THERE) return { state: 'unknown' };
      if (answer.status !== FINE) throw new ChannelAway('wechat', String(answer.data['code']));
      return stateOf(answer, settings, { orderNumber, amountFen });
    },
    async reverse({ orderNumber, seller }) {
      const { settings, client } = of(seller);
      const answer = await client.call(
        'POST',
        `/v3/pay/transactions/out-trade-no/${tradeNumber(orderNumber)}/reverse`,
        { appid: settings.appId, mchid: settings.merchant },
      );
      return answer.status === FINE;
    },
  };
}

/** What an order is; one that is paid must be ours, this one, and of this amount to the fen. */
function stateOf(
  { data }: WechatAnswer,
  settings: WechatSettings,
  asked: { orderNumber: string; amountFen: number },
): CodeAnswer {
  switch (data['trade_state']) {
    case 'SUCCESS': {
      const amount = data['amount'] as { total?: number; currency?: string } | undefined;
      const isOurs =
        data['mchid'] === settings.merchant &&
        data['appid'] === settings.appId &&
        data['out_trade_no'] === tradeNumber(asked.orderNumber) &&
        amount?.total === asked.amountFen &&
        amount.currency === 'CNY';
      return isOurs
        ? { state: 'paid', transaction: String(data['transaction_id']) }
        : { state: 'unknown' };
    }
    case 'REVOKED':
    case 'CLOSED':
    case 'REFUND':
      return { state: 'failed', reason: '订单已撤销' };
    case 'PAYERROR':
      return { state: 'failed', reason: String(data['trade_state_desc'] ?? '支付失败') };
    default:
      return { state: 'paying' };
  }
}
