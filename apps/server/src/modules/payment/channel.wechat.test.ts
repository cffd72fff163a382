import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { fixedClock } from '@wennuan/basics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  WECHAT_APP,
  type WechatGateway,
  wechatGateway,
} from '../../../test-support/gateways/wechat.ts';
import type { PaymentToBegin } from './channel.ts';
import { wechatChannel } from './channel.wechat.ts';

const clock = fixedClock('2026-11-23T09:00:00+08:00');
let nonces = 0;
const needs = { clock, fetch, nonce: () => `nonce${(nonces += 1)}` };
const gateways: WechatGateway[] = [];
let gateway: WechatGateway;
beforeAll(async () => {
  gateway = await wechatGateway(clock, 'public_key');
  gateways.push(gateway);
});
afterAll(() => Promise.all(gateways.map((one) => one.close())));

const channel = () => wechatChannel(gateway.settings, needs);
let orders = 0;
const payment = (fields: Partial<PaymentToBegin> = {}): PaymentToBegin => ({
  orderNumber: `${'0'.repeat(24)}${String((orders += 1)).padStart(8, '0')}`,
  amountFen: 100,
  projectCode: 'HD0001',
  projectName: '给老人一个家',
  scene: 'page',
  payerId: null,
  clientAddress: '192.0.2.7',
  expiresAt: new Date(clock.now().getTime() + 1_800_000),
  returnUrl: 'https://warm.example/gifts/x',
  ...fields,
});

/** An order that its payer has paid. */
async function paidOrder(fields: Partial<PaymentToBegin> = {}): Promise<string> {
  const begun = payment(fields);
  await channel().begin(begun);
  gateway.pay(begun.orderNumber);
  return begun.orderNumber;
}

describe('beginning a payment', () => {
  test('a code to scan on a computer', async () => {
    const begun = payment();
    const step = await channel().begin(begun);
    expect(step).toEqual({
      kind: 'code',
      text: `weixin://wxpay/bizpayurl?pr=${begun.orderNumber}`,
    });
    expect(gateway.asked.at(-1)!.headers['wechatpay-serial']).toBe('PUB_KEY_ID_0001');
    expect(JSON.parse(gateway.asked.at(-1)!.body)).toMatchObject({
      appid: WECHAT_APP,
      amount: { total: 100, currency: 'CNY' },
      out_trade_no: begun.orderNumber,
    });
  });

  test('an address to go to in a telephone’s browser, and the way back', async () => {
    const step = await channel().begin(payment({ scene: 'phone' }));
    if (step.kind !== 'redirect') throw new Error(step.kind);
    expect(new URL(step.url).searchParams.get('redirect_url')).toBe('https://warm.example/gifts/x');
  });

  test('values for the window inside WeChat, signed with our key', async () => {
    const step = await channel().begin(payment({ scene: 'wechat', payerId: 'o-payer' }));
    if (step.kind !== 'call') throw new Error(step.kind);
    const { appId, timeStamp, nonceStr, package: packed, paySign } = step.values;
    const text = `${appId}\n${timeStamp}\n${nonceStr}\n${packed}\n`;
    const key = createPublicKey(gateway.settings.privateKey);
    expect(verify('sha256', Buffer.from(text), key, Buffer.from(paySign!, 'base64'))).toBe(true);
  });

  test('what WeChat Pay does not accept is told with its reason', async () => {
    const begun = payment();
    await channel().begin(begun);
    await expect(channel().begin({ ...begun, amountFen: 200 })).rejects.toMatchObject({
      code: 'channel_refused',
      params: { reason: '订单号重复' },
    });
  });

  test('while it is down, or answers unsigned, nothing is believed', async () => {
    gateway.setDown(true);
    await expect(channel().begin(payment())).rejects.toThrow('wechat');
    gateway.setDown(false);
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    const deceived = { ...gateway.settings, platformKey: { id: 'PUB_KEY_ID_0001', key: other } };
    await expect(wechatChannel(deceived, needs).begin(payment())).rejects.toThrow('unproved');
  });
});

describe('a notice', () => {
  test('proves a payment', async () => {
    const orderNumber = await paidOrder({ amountFen: 2700 });
    expect(await channel().readNotice(gateway.noticeOf(orderNumber))).toMatchObject({
      kind: 'paid',
      facts: { merchant: '1900000001', orderNumber, amountFen: 2700, paidAt: clock.now() },
    });
  });

  test('with a byte changed, another key, another serial or no signature is not believed', async () => {
    const notice = gateway.noticeOf(await paidOrder());
    const forged = [
      { ...notice, body: Buffer.from(notice.body.toString().replace('CNY', 'USD') + ' ') },
      { ...notice, headers: { ...notice.headers, 'wechatpay-serial': 'OTHER' } },
      { ...notice, headers: { ...notice.headers, 'wechatpay-nonce': 'x' } },
      { ...notice, headers: {} },
      {
        ...notice,
        headers: { ...notice.headers, 'wechatpay-signature': 'WECHATPAY/SIGNTEST/AAAA' },
      },
    ];
    for (const one of forged)
      expect(await channel().readNotice(one)).toEqual({
        kind: 'refused',
        code: 'signature_invalid',
      });
  });

  test('signed long ago, or ahead of time, is not believed', async () => {
    const orderNumber = await paidOrder();
    for (const minutes of [-6, 6]) {
      const at = new Date(clock.now().getTime() + minutes * 60_000);
      expect(await channel().readNotice(gateway.noticeOf(orderNumber, {}, at))).toEqual({
        kind: 'refused',
        code: 'notice_too_old',
      });
    }
  });

  test('sealed with another key, or about another merchant, is not ours', async () => {
    const orderNumber = await paidOrder();
    const wrongKey = { ...gateway.settings, apiV3Key: 'f'.repeat(32) };
    expect(await wechatChannel(wrongKey, needs).readNotice(gateway.noticeOf(orderNumber))).toEqual({
      kind: 'refused',
      code: 'notice_unreadable',
    });
    expect(
      await channel().readNotice(gateway.noticeOf(orderNumber, { mchid: '1900000002' })),
    ).toEqual({ kind: 'refused', code: 'notice_not_ours' });
  });

  test('of another app, another currency or a fraction of a fen proves no payment', async () => {
    const orderNumber = await paidOrder();
    for (const change of [
      { appid: 'wx-other' },
      { amount: { total: 100, currency: 'USD' } },
      { amount: { total: 100.5, currency: 'CNY' } },
      { trade_state: 'CLOSED' },
    ])
      expect(await channel().readNotice(gateway.noticeOf(orderNumber, change))).toEqual({
        kind: 'nothing',
        orderNumber,
      });
  });

  test('of a refund, done or failed', async () => {
    const resource = {
      mchid: '1900000001',
      out_trade_no: 'A1',
      out_refund_no: 'R1',
      success_time: clock.now().toISOString(),
      amount: { total: 100, refund: 60 },
    };
    expect(await channel().readNotice(gateway.refundNotice(resource))).toMatchObject({
      kind: 'refunded',
      facts: { orderNumber: 'A1', refundNumber: 'R1', amountFen: 60 },
    });
    expect(
      await channel().readNotice(gateway.refundNotice(resource, 'REFUND.ABNORMAL')),
    ).toMatchObject({ kind: 'refund_failed' });
  });
});

describe('asking', () => {
  test('what became of a payment', async () => {
    const begun = payment();
    expect(await channel().query(begun.orderNumber)).toEqual({ state: 'absent' });
    await channel().begin(begun);
    expect(await channel().query(begun.orderNumber)).toEqual({ state: 'waiting' });
    gateway.pay(begun.orderNumber);
    expect(await channel().query(begun.orderNumber)).toMatchObject({
      state: 'paid',
      facts: { amountFen: 100 },
    });
    gateway.orders.get(begun.orderNumber)!.state = 'CLOSED';
    expect(await channel().query(begun.orderNumber)).toEqual({ state: 'closed' });
  });

  test('to close: what nobody paid is closed, what was paid is not, what is not there is said', async () => {
    const begun = payment();
    expect(await channel().close!(begun.orderNumber)).toBe('absent');
    await channel().begin(begun);
    expect(await channel().close!(begun.orderNumber)).toBe('closed');
    expect(await channel().close!(begun.orderNumber)).toBe('closed');
    expect(await channel().query(begun.orderNumber)).toEqual({ state: 'closed' });
    expect(await channel().close!(await paidOrder())).toBe('open');
  });

  test('for a refund: under way, then done; the same number is one refund', async () => {
    const orderNumber = await paidOrder();
    const refund = {
      orderNumber,
      refundNumber: `R${orderNumber}`,
      amountFen: 100,
      totalFen: 100,
      reason: '重复付款',
    };
    expect(await channel().queryRefund(refund)).toEqual({ state: 'unknown' });
    expect(await channel().refund(refund)).toEqual({ state: 'processing' });
    expect(await channel().refund(refund)).toEqual({ state: 'processing' });
    expect(gateway.refunds.size).toBe(1);
    gateway.refunds.get(refund.refundNumber)!.status = 'SUCCESS';
    expect(await channel().queryRefund(refund)).toEqual({ state: 'done', at: clock.now() });
    gateway.refunds.get(refund.refundNumber)!.status = 'ABNORMAL';
    expect(await channel().queryRefund(refund)).toEqual({ state: 'refused', refusal: 'ABNORMAL' });
    expect(await channel().refund({ ...refund, orderNumber: '9'.repeat(32) })).toEqual({
      state: 'refused',
      refusal: '订单未支付',
    });
  });

  test('for the bill of a day, which must be the one that was announced', async () => {
    expect(await channel().statement('2026-11-20')).toBeNull();
    gateway.bills.set('2026-11-21', Buffer.from('交易时间,商户号\n'));
    expect(await channel().statement('2026-11-21')).toEqual({
      name: 'wechat-2026-11-21.csv',
      bytes: Buffer.from('交易时间,商户号\n'),
    });
  });
});

describe('with platform certificates instead of a public key', () => {
  test('they are fetched when a signature names one, and only believed as sealed', async () => {
    const other = await wechatGateway(clock, 'certificates');
    gateways.push(other);
    const begun = payment();
    const open = wechatChannel(other.settings, needs);
    await open.begin(begun);
    other.pay(begun.orderNumber);
    expect(await open.readNotice(other.noticeOf(begun.orderNumber))).toMatchObject({
      kind: 'paid',
    });
    expect(other.asked.filter(({ path }) => path === '/v3/certificates')).toHaveLength(1);
    const stranger = { ...other.settings, apiV3Key: 'e'.repeat(32) };
    await expect(wechatChannel(stranger, needs).begin(payment())).rejects.toThrow();
  });
});
