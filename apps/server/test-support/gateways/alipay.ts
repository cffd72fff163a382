import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { Clock } from '@wennuan/basics';
import { alipayText } from '../../src/modules/payment/channel.alipay.ts';
import type { Answer, Asked } from '../../src/modules/payment/gateway.wechat.ts';
import { openGateway } from './http.ts';

export const ALIPAY_MERCHANT = '2088000000000001';
const APP = '2021000000000001';
const SHANGHAI_OFFSET_MILLIS = 8 * 3_600_000;

interface Trade {
  amountFen: number;
  paidAt: string;
  refunds: Map<string, number>;
}

export type AlipayGateway = Awaited<ReturnType<typeof alipayGateway>>;

/** Alipay as it is from outside, on this machine: checks and signs with RSA2, keeps trades, refunds and bills. */
export async function alipayGateway(clock: Clock) {
  const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const alipay = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const trades = new Map<string, Trade>();
  const bills = new Map<string, Buffer>();
  let down = false;
  const signed = (text: string) =>
    sign('sha256', Buffer.from(text), alipay.privateKey).toString('base64');
  const key = createPublicKey(own.privateKey);
  const wall = () =>
    new Date(clock.now().getTime() + SHANGHAI_OFFSET_MILLIS)
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ');
  const gateway = await openGateway((asked): Answer => {
    if (down) return { status: 502, body: 'bad gateway' };
    const bill = /^\/bills\/(.+)$/.exec(asked.path)?.[1];
    if (bill) return { status: 200, body: bills.get(bill)!.toString('utf8') };
    const { method, inner } = answerTo(asked, {
      key,
      trades,
      bills,
      wall,
      address: gateway.address,
    });
    const text = JSON.stringify(inner);
    const name = `${method.replaceAll('.', '_')}_response`;
    return { status: 200, body: `{"${name}":${text},"sign":"${signed(text)}"}` };
  });
  return {
    settings: {
      appId: APP,
      merchant: ALIPAY_MERCHANT,
      privateKey: own.privateKey,
      publicKey: alipay.publicKey,
      gateway: `${gateway.address}/gateway.do`,
      noticeUrl: 'https://warm.example/api/channels/alipay/notices',
    },
    trades,
    bills,
    /** The payer pays on the page she was sent to. */
    pay: (orderNumber: string, amountFen: number) =>
      void trades.set(orderNumber, { amountFen, paidAt: wall(), refunds: new Map() }),
    /** The notice of a paid trade; `change` alters it before it is signed, `spoil` after. */
    noticeOf(orderNumber: string, change: Record<string, string> = {}, spoil = '') {
      const trade = trades.get(orderNumber)!;
      const fields: Record<string, string> = {
        app_id: APP,
        seller_id: ALIPAY_MERCHANT,
        out_trade_no: orderNumber,
        trade_no: `20261123${orderNumber.slice(0, 12)}`,
        trade_status: 'TRADE_SUCCESS',
        total_amount: (trade.amountFen / 100).toFixed(2),
        gmt_payment: trade.paidAt,
        notify_time: wall(),
        ...change,
      };
      const signature = spoil + signed(alipayText(fields, []));
      const body = new URLSearchParams({ ...fields, sign: signature, sign_type: 'RSA2' });
      return { headers: {}, body: Buffer.from(body.toString()) };
    },
    setDown: (isDown: boolean) => void (down = isDown),
    close: gateway.close,
  };
}

interface Books {
  key: ReturnType<typeof createPublicKey>;
  trades: Map<string, Trade>;
  bills: Map<string, Buffer>;
  wall(): string;
  address: string;
}

function answerTo({ body }: Asked, books: Books): { method: string; inner: object } {
  const values = Object.fromEntries(new URLSearchParams(body));
  const method = values['method'] ?? '';
  const text = Buffer.from(alipayText(values, ['sign']));
  const isOurs = verify('sha256', text, books.key, Buffer.from(values['sign'] ?? '', 'base64'));
  if (!isOurs) return { method, inner: { code: '40002', sub_msg: '验签出错' } };
  const asked = JSON.parse(values['biz_content']!) as Record<string, string>;
  return { method, inner: innerOf(method, asked, books) };
}

const SUCCESS = { code: '10000' };

function innerOf(method: string, asked: Record<string, string>, books: Books): object {
  if (method === 'alipay.data.dataservice.bill.downloadurl.query')
    return books.bills.has(asked['bill_date']!)
      ? { ...SUCCESS, bill_download_url: `${books.address}/bills/${asked['bill_date']}` }
      : { code: '40004', sub_code: 'isp.bill_not_exist' };
  const trade = books.trades.get(asked['out_trade_no']!);
  if (!trade) return { code: '40004', sub_code: 'ACQ.TRADE_NOT_EXIST' };
  const number = asked['out_request_no'] ?? '';
  switch (method) {
    case 'alipay.trade.close':
      return { code: '40004', sub_code: 'ACQ.TRADE_STATUS_ERROR' };
    case 'alipay.trade.query':
      return {
        ...SUCCESS,
        out_trade_no: asked['out_trade_no'],
        trade_no: `20261123${asked['out_trade_no']!.slice(0, 12)}`,
        trade_status: 'TRADE_SUCCESS',
        total_amount: (trade.amountFen / 100).toFixed(2),
        send_pay_date: trade.paidAt,
      };
    case 'alipay.trade.refund': {
      const isNew = !trade.refunds.has(number);
      if (isNew) trade.refunds.set(number, Math.round(Number(asked['refund_amount']) * 100));
      return { ...SUCCESS, fund_change: isNew ? 'Y' : 'N' };
    }
    default:
      return trade.refunds.has(number)
        ? { ...SUCCESS, refund_status: 'REFUND_SUCCESS', gmt_refund_pay: books.wall() }
        : SUCCESS;
  }
}
