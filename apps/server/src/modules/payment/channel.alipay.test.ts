import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { fixedClock } from '@wennuan/basics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGateway } from '../../../test-support/gateways/http.ts';
import { alipayChannel, alipayText } from './channel.alipay.ts';
import type { PaymentToBegin } from './channel.ts';

const clock = fixedClock('2026-11-23T09:00:00+08:00');
const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
const alipay = generateKeyPairSync('rsa', { modulusLength: 2048 });
const signed = (text: string) =>
  sign('sha256', Buffer.from(text), alipay.privateKey).toString('base64');

/** What the gateway answers to a method, as the text inside its response. */
const answers = new Map<string, object>();
let address = '';
let close: () => Promise<void>;
let deceive = false;
beforeAll(async () => {
  const gateway = await openGateway(({ body }) => {
    const values = Object.fromEntries(new URLSearchParams(body));
    const text = alipayText(values, ['sign']);
    const key = createPublicKey(own.privateKey);
    const isOurs = verify('sha256', Buffer.from(text), key, Buffer.from(values['sign']!, 'base64'));
    const method = values['method']!;
    const inner = JSON.stringify(
      isOurs ? (answers.get(method) ?? { code: '40004' }) : { code: '40002', sub_msg: '验签出错' },
    );
    const name = `${method.replaceAll('.', '_')}_response`;
    const signature = deceive ? signed(`${inner} `) : signed(inner);
    return { status: 200, body: `{"${name}":${inner},"sign":"${signature}"}` };
  });
  ({ address, close } = gateway);
});
afterAll(() => close());

const settings = () => ({
  appId: '2021000000000001',
  merchant: '2088000000000001',
  privateKey: own.privateKey,
  publicKey: alipay.publicKey,
  gateway: `${address}/gateway.do`,
  noticeUrl: 'https://warm.example/api/channels/alipay/notices',
});
const channel = () => alipayChannel(settings(), { clock, fetch });
const payment: PaymentToBegin = {
  orderNumber: 'a'.repeat(32),
  amountFen: 123_450,
  projectCode: 'HD0001',
  projectName: '给老人一个家 & 修房',
  scene: 'page',
  payerId: null,
  clientAddress: null,
  expiresAt: new Date('2026-11-23T09:30:00+08:00'),
  returnUrl: 'https://warm.example/gifts/x',
};
const paid = {
  app_id: '2021000000000001',
  seller_id: '2088000000000001',
  out_trade_no: 'a'.repeat(32),
  trade_no: '2026112322000000',
  trade_status: 'TRADE_SUCCESS',
  total_amount: '1234.50',
  gmt_payment: '2026-11-23 08:59:30',
  notify_time: '2026-11-23 08:59:40',
};
const noticeOf = (fields: Record<string, string>) => {
  const signature = signed(alipayText(fields, []));
  const body = new URLSearchParams({ ...fields, sign: signature, sign_type: 'RSA2' }).toString();
  return { headers: {}, body: Buffer.from(body) };
};

test.each([
  ['page', 'alipay.trade.page.pay'],
  ['phone', 'alipay.trade.wap.pay'],
] as const)('a giver on a %s is sent to a signed address', async (scene, method) => {
  const step = await channel().begin({ ...payment, scene });
  if (step.kind !== 'redirect') throw new Error(step.kind);
  const values = Object.fromEntries(new URL(step.url).searchParams);
  const text = alipayText(values, ['sign']);
  const key = createPublicKey(own.privateKey);
  expect(verify('sha256', Buffer.from(text), key, Buffer.from(values['sign']!, 'base64'))).toBe(
    true,
  );
  expect(values).toMatchObject({ method, sign_type: 'RSA2', timestamp: '2026-11-23 09:00:00' });
  expect(JSON.parse(values['biz_content']!)).toMatchObject({
    total_amount: '1234.50',
    time_expire: '2026-11-23 09:30:00',
  });
});

describe('a notice', () => {
  test('proves a payment', async () => {
    expect(await channel().readNotice(noticeOf(paid))).toEqual({
      kind: 'paid',
      facts: {
        merchant: '2088000000000001',
        orderNumber: 'a'.repeat(32),
        transaction: '2026112322000000',
        amountFen: 123_450,
        paidAt: new Date('2026-11-23T08:59:30+08:00'),
        projectCode: null,
        giverName: null,
      },
    });
  });

  test('altered, unsigned, of another seller, too old or unfinished proves none', async () => {
    const good = noticeOf(paid);
    const altered = Buffer.from(good.body.toString().replace('1234.50', '1.50'));
    const read = async (notice: typeof good) => {
      const reading = await channel().readNotice(notice);
      return reading.kind === 'refused' ? reading.code : reading.kind;
    };
    expect(await read({ headers: {}, body: altered })).toBe('signature_invalid');
    expect(await read({ headers: {}, body: Buffer.from('x=1') })).toBe('signature_invalid');
    expect(await read(noticeOf({ ...paid, seller_id: '2088000000000002' }))).toBe(
      'notice_not_ours',
    );
    expect(await read(noticeOf({ ...paid, app_id: '1' }))).toBe('notice_not_ours');
    expect(await read(noticeOf({ ...paid, notify_time: '2026-11-21 08:59:40' }))).toBe(
      'notice_too_old',
    );
    expect(await read(noticeOf({ ...paid, total_amount: 'x' }))).toBe('notice_unreadable');
    expect(await read(noticeOf({ ...paid, trade_status: 'WAIT_BUYER_PAY' }))).toBe('nothing');
  });

  test('of a refund names its number', async () => {
    const refund = { refund_fee: '10.00', gmt_refund: '2026-11-23 08:59:50', out_biz_no: 'R1' };
    expect(await channel().readNotice(noticeOf({ ...paid, ...refund }))).toMatchObject({
      kind: 'refunded',
      facts: { refundNumber: 'R1', amountFen: 1000 },
    });
  });
});

describe('asking', () => {
  test('what became of a payment; an unproved answer is none', async () => {
    const query = async (answer: object) => {
      answers.set('alipay.trade.query', answer);
      return await channel().query(payment.orderNumber);
    };
    expect(await query({ code: '40004', sub_code: 'ACQ.TRADE_NOT_EXIST' })).toEqual({
      state: 'absent',
    });
    const fine = { code: '10000', out_trade_no: payment.orderNumber, trade_no: 'T1' };
    expect(await query({ ...fine, trade_status: 'WAIT_BUYER_PAY' })).toEqual({ state: 'waiting' });
    expect(await query({ ...fine, trade_status: 'TRADE_CLOSED' })).toEqual({ state: 'closed' });
    const done = { total_amount: '5.00', send_pay_date: '2026-11-23 08:00:00' };
    expect(await query({ ...fine, trade_status: 'TRADE_SUCCESS', ...done })).toMatchObject({
      state: 'paid',
      facts: { amountFen: 500 },
    });
    deceive = true;
    await expect(channel().query(payment.orderNumber)).rejects.toThrow('unproved');
    deceive = false;
  });

  test('to close: closed, not there, or not to be closed', async () => {
    const close = async (answer: object) => {
      answers.set('alipay.trade.close', answer);
      return await channel().close!(payment.orderNumber);
    };
    expect(await close({ code: '10000', out_trade_no: payment.orderNumber })).toBe('closed');
    expect(await close({ code: '40004', sub_code: 'ACQ.TRADE_NOT_EXIST' })).toBe('absent');
    expect(await close({ code: '40004', sub_code: 'ACQ.TRADE_STATUS_ERROR' })).toBe('open');
  });

  test('for a refund, and what became of it', async () => {
    const refund = {
      orderNumber: 'A1',
      refundNumber: 'R1',
      amountFen: 100,
      totalFen: 100,
      reason: '重复付款',
    };
    answers.set('alipay.trade.refund', { code: '10000', fund_change: 'Y' });
    expect(await channel().refund(refund)).toEqual({ state: 'done', at: clock.now() });
    answers.set('alipay.trade.refund', { code: '10000', fund_change: 'N' });
    expect(await channel().refund(refund)).toEqual({ state: 'unknown' });
    answers.set('alipay.trade.refund', { code: '40004', sub_msg: '余额不足' });
    expect(await channel().refund(refund)).toEqual({ state: 'refused', refusal: '余额不足' });
    const asked = 'alipay.trade.fastpay.refund.query';
    answers.set(asked, { code: '10000' });
    expect(await channel().queryRefund(refund)).toEqual({ state: 'unknown' });
    answers.set(asked, {
      code: '10000',
      refund_status: 'REFUND_SUCCESS',
      gmt_refund_pay: '2026-11-23 08:00:00',
    });
    expect(await channel().queryRefund(refund)).toEqual({
      state: 'done',
      at: new Date('2026-11-23T08:00:00+08:00'),
    });
  });
});
