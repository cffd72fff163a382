import type { KeyObject } from 'node:crypto';
import { Refusal, yuanNumber, type Clock } from '@wennuan/basics';
import { readFen, readMoment } from './cells.ts';
import {
  type Channel,
  CHANNEL_TIMEOUT_MILLIS,
  ChannelAway,
  type NoticeReading,
  type PaymentAnswer,
  type PaymentToBegin,
  type RawNotice,
  type RefundAnswer,
} from './channel.ts';
import { largestPart } from '../../platform/archive.ts';
import { isSigned, signText } from './rsa.ts';

export interface AlipaySettings {
  appId: string;
  /** The seller's number, which notices must name. */
  merchant: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
  gateway: string;
  noticeUrl: string;
}

export interface AlipayNeeds {
  clock: Clock;
  fetch: typeof fetch;
}

type Values = Record<string, string>;

const SHANGHAI_OFFSET_MILLIS = 8 * 3_600_000;
const SUCCESS = '10000';
/** How Alipay says that it has no such trade: its payer never came to its cashier, where it is made. */
const NO_TRADE = 'ACQ.TRADE_NOT_EXIST';
/** How Alipay says that a day has no bill. */
const NO_BILL = new Set(['isp.bill_not_exist', 'ACQ.BILL_NOT_EXIST', 'isv.bill-not-exist']);
/** Alipay repeats a notice for 25 hours; older ones are not its own. */
const NOTICE_MILLIS = 26 * 3_600_000;

/** What Alipay signs: every value but the signature itself, in order of names. */
export function alipayText(values: Values, without: readonly string[]): string {
  return Object.keys(values)
    .filter((name) => !without.includes(name) && values[name] !== '')
    .toSorted()
    .map((name) => `${name}=${values[name]}`)
    .join('&');
}

/** Alipay with RSA2: a page to pay on, for computers and telephones. */
export function alipayChannel(settings: AlipaySettings, needs: AlipayNeeds): Channel {
  const request = (method: string, content: object, more: Values = {}): Values => {
    const values: Values = {
      app_id: settings.appId,
      method,
      format: 'JSON',
      charset: 'utf-8',
      sign_type: 'RSA2',
      timestamp: wallClock(needs.clock.now()),
      version: '1.0',
      biz_content: JSON.stringify(content),
      ...more,
    };
    return { ...values, sign: signText(alipayText(values, ['sign']), settings.privateKey) };
  };
  const ask = (method: string, content: object) =>
    call(settings, needs, { method, values: request(method, content) });
  return {
    code: 'alipay',
    name: '支付宝',
    merchant: settings.merchant,
    async begin(payment: PaymentToBegin) {
      const isPhone = payment.scene !== 'page';
      const values = request(
        isPhone ? 'alipay.trade.wap.pay' : 'alipay.trade.page.pay',
        {
          out_trade_no: payment.orderNumber,
          total_amount: plainYuan(payment.amountFen),
          subject: payment.projectName.slice(0, 80),
          product_code: isPhone ? 'QUICK_WAP_WAY' : 'FAST_INSTANT_TRADE_PAY',
          time_expire: wallClock(payment.expiresAt),
        },
        { notify_url: settings.noticeUrl, return_url: payment.returnUrl },
      );
      return {
        kind: 'redirect',
        url: `${settings.gateway}?${new URLSearchParams(values).toString()}`,
      };
    },
    readNotice: async (notice) => readNotice(settings, needs, notice),
    replyTo: (taken) => ({ status: 200, type: 'text/plain', body: taken ? 'success' : 'failure' }),
    async query(orderNumber) {
      const answer = await ask('alipay.trade.query', { out_trade_no: orderNumber });
      return paymentAnswer(settings, answer);
    },
    async close(orderNumber) {
      const answer = await ask('alipay.trade.close', { out_trade_no: orderNumber });
      if (answer['code'] === SUCCESS) return 'closed';
      return answer['sub_code'] === NO_TRADE ? 'absent' : 'open';
    },
    async refund(refund) {
      const answer = await ask('alipay.trade.refund', {
        out_trade_no: refund.orderNumber,
        out_request_no: refund.refundNumber,
        refund_amount: plainYuan(refund.amountFen),
        refund_reason: refund.reason.slice(0, 80),
      });
      if (isAway(answer)) return { state: 'unknown' };
      if (answer['code'] !== SUCCESS) return { state: 'refused', refusal: reasonOf(answer) };
      // Money moved now or, when the same refund was asked before, then: its state says which.
      return answer['fund_change'] === 'Y'
        ? { state: 'done', at: needs.clock.now() }
        : { state: 'unknown' };
    },
    async queryRefund(refund) {
      const answer = await ask('alipay.trade.fastpay.refund.query', {
        out_trade_no: refund.orderNumber,
        out_request_no: refund.refundNumber,
        query_options: ['gmt_refund_pay'],
      });
      return refundAnswer(needs, answer);
    },
    async statement(day) {
      const answer = await ask('alipay.data.dataservice.bill.downloadurl.query', {
        bill_type: 'trade',
        bill_date: day,
      });
      return await download(needs, answer, day);
    },
  };
}

/** Asks the gateway and answers what it signed; throws `ChannelAway` for everything else. */
async function call(
  settings: AlipaySettings,
  needs: AlipayNeeds,
  request: { method: string; values: Values },
): Promise<Record<string, unknown>> {
  let text: string;
  try {
    const answer = await needs.fetch(settings.gateway, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
      body: new URLSearchParams(request.values).toString(),
      signal: AbortSignal.timeout(CHANNEL_TIMEOUT_MILLIS),
    });
    text = await answer.text();
  } catch {
    throw new ChannelAway('alipay', 'cannot be reached');
  }
  const name = `${request.method.replaceAll('.', '_')}_response`;
  const signed = signedPart(text, name);
  if (!signed || !isSigned(signed.text, signed.signature, settings.publicKey))
    throw new ChannelAway('alipay', 'sends an unproved answer');
  return JSON.parse(signed.text) as Record<string, unknown>;
}

/** The bill an answer points to; null for a day without one. A bill comes as an archive with its list in it. */
async function download(needs: AlipayNeeds, answer: Record<string, unknown>, day: string) {
  if (NO_BILL.has(String(answer['sub_code']))) return null;
  if (answer['code'] !== SUCCESS) throw new ChannelAway('alipay', reasonOf(answer));
  let bytes: Buffer;
  try {
    const file = await needs.fetch(String(answer['bill_download_url']), {
      signal: AbortSignal.timeout(CHANNEL_TIMEOUT_MILLIS),
    });
    if (!file.ok) throw new Error(String(file.status));
    bytes = Buffer.from(await file.arrayBuffer());
  } catch {
    throw new ChannelAway('alipay', 'gives no bill');
  }
  const isArchive = bytes.subarray(0, 2).toString('latin1') === 'PK';
  const list = isArchive ? largestPart(bytes) : bytes;
  if (!list) throw new ChannelAway('alipay', 'sends an archive that cannot be read');
  return { name: `alipay-${day}.csv`, bytes: list };
}

/** The answer's own text, letter by letter as it was signed. */
function signedPart(text: string, name: string): { text: string; signature: string } | null {
  try {
    const { sign } = JSON.parse(text) as { sign?: string };
    const begin = text.indexOf(`"${name}":`);
    const end = text.lastIndexOf(',"sign"');
    if (!sign || begin === -1 || end <= begin) return null;
    return { text: text.slice(begin + name.length + 3, end), signature: sign };
  } catch {
    return null;
  }
}

function readNotice(
  settings: AlipaySettings,
  needs: AlipayNeeds,
  notice: RawNotice,
): NoticeReading {
  const values = Object.fromEntries(new URLSearchParams(notice.body.toString('utf8')));
  const text = alipayText(values, ['sign', 'sign_type']);
  if (!values['sign'] || !isSigned(text, values['sign'], settings.publicKey))
    return { kind: 'refused', code: 'signature_invalid' };
  const isOurs =
    values['app_id'] === settings.appId &&
    (values['seller_id'] ?? settings.merchant) === settings.merchant;
  if (!isOurs) return { kind: 'refused', code: 'notice_not_ours' };
  const sentAt = readMoment(values['notify_time'] ?? '');
  const amountFen = readFen(values['total_amount'] ?? '');
  const paidAt = readMoment(values['gmt_payment'] ?? values['gmt_create'] ?? '');
  const orderNumber = values['out_trade_no'] ?? '';
  if (!sentAt || !amountFen || !orderNumber) return { kind: 'refused', code: 'notice_unreadable' };
  if (Math.abs(needs.clock.now().getTime() - sentAt.getTime()) > NOTICE_MILLIS)
    return { kind: 'refused', code: 'notice_too_old' };
  const { merchant } = settings;
  const refundFen = readFen(values['refund_fee'] ?? '');
  if (refundFen && values['gmt_refund']) {
    const refundNumber = values['out_biz_no'] ?? '';
    const at = readMoment(values['gmt_refund']) ?? sentAt;
    const facts = { merchant, orderNumber, refundNumber, amountFen: refundFen, at };
    return { kind: 'refunded', facts };
  }
  const isPaid = ['TRADE_SUCCESS', 'TRADE_FINISHED'].includes(values['trade_status'] ?? '');
  if (!isPaid || !paidAt) return { kind: 'nothing', orderNumber };
  const transaction = values['trade_no'] ?? '';
  const unnamed = { projectCode: null, giverName: null };
  return {
    kind: 'paid',
    facts: { merchant, orderNumber, transaction, amountFen, paidAt, ...unnamed },
  };
}

function paymentAnswer(settings: AlipaySettings, answer: Record<string, unknown>): PaymentAnswer {
  if (answer['sub_code'] === NO_TRADE) return { state: 'absent' };
  if (answer['code'] !== SUCCESS) throw new ChannelAway('alipay', reasonOf(answer));
  const amountFen = readFen(String(answer['total_amount']));
  const paidAt = readMoment(String(answer['send_pay_date'] ?? ''));
  switch (answer['trade_status']) {
    case 'TRADE_SUCCESS':
    case 'TRADE_FINISHED':
      if (!amountFen || !paidAt) return { state: 'unknown' };
      return {
        state: 'paid',
        facts: {
          merchant: settings.merchant,
          orderNumber: String(answer['out_trade_no']),
          transaction: String(answer['trade_no']),
          amountFen,
          paidAt,
          projectCode: null,
          giverName: null,
        },
      };
    case 'TRADE_CLOSED':
      return { state: 'closed' };
    default:
      return { state: 'waiting' };
  }
}

function refundAnswer(needs: AlipayNeeds, answer: Record<string, unknown>): RefundAnswer {
  // A question that fails says nothing of the refund itself.
  if (answer['code'] !== SUCCESS) return { state: 'unknown' };
  // An answer without a state is how Alipay says that it knows of no such refund.
  if (answer['refund_status'] !== 'REFUND_SUCCESS') return { state: 'unknown' };
  const at = readMoment(String(answer['gmt_refund_pay'] ?? ''));
  return { state: 'done', at: at ?? needs.clock.now() };
}

/** Alipay's own trouble: the refund may have been made or not. */
function isAway(answer: Record<string, unknown>): boolean {
  return answer['code'] === '20000' || answer['sub_code'] === 'ACQ.SYSTEM_ERROR';
}

function reasonOf(answer: Record<string, unknown>): string {
  return String(answer['sub_msg'] ?? answer['sub_code'] ?? answer['msg'] ?? answer['code']);
}

function plainYuan(amountFen: number): string {
  if (amountFen <= 0) throw new Refusal('amount_invalid');
  return yuanNumber(amountFen).replaceAll(',', '');
}

/** `yyyy-MM-dd HH:mm:ss` in Zhengzhou. */
function wallClock(at: Date): string {
  const local = new Date(at.getTime() + SHANGHAI_OFFSET_MILLIS).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 19)}`;
}
