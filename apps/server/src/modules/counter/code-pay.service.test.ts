import { newId, type Id } from '@wennuan/basics';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  wechatCodeGatewayOf,
  type WechatCodeGateway,
} from '../../../test-support/gateways/wechat-code.ts';
import { refusalOf } from '../../../test-support/loop-inputs.ts';
import { testShop, type TestShop } from '../../../test-support/shop.ts';
import { callOf } from '../../../test-support/things.ts';
import { openCashier } from '../../../test-support/tills.ts';
import type { Actor } from '../../platform/actor.ts';
import { wechatCodeGateway } from '../payment/index.ts';
import { createCounter, type Counter } from './index.ts';

const START = '2026-11-23T10:00:00+08:00';
let shop: TestShop;
let cashier: Actor;
let counter: Counter;
let gateway: WechatCodeGateway;
let tillId: Id;

beforeAll(async () => {
  shop = await testShop();
  shop.clock.set(START);
  cashier = await openCashier(shop);
  const rows = await shop.write((tx) => shop.catalogue.merchantRows(tx, shop.merchants));
  const number = rows.get(shop.merchants[1]!)!.payment_number as string;
  gateway = wechatCodeGatewayOf(shop.clock, number);
  counter = createCounter({
    ...shop,
    goods: shop.goodsModule,
    codeGateway: wechatCodeGateway(new Map([[number, gateway.settings]]), {
      clock: shop.clock,
      fetch: gateway.fetch,
      nonce: () => newId(),
    }),
  });
  const till = await counter.handlers.addTill(
    callOf(cashier, { body: { placeId: shop.stations[0]!.id, name: '1 号台' } }),
  );
  tillId = till.id;
  await counter.handlers.openShift(
    callOf(cashier, { params: { tillId }, body: { floatYuan: '0' } }),
  );
});
afterAll(() => shop.close());
beforeEach(() => {
  shop.clock.set(START);
  gateway.loseAnswers(0);
  gateway.changeAnswers((data) => data);
});

const pay = (end: string, change: object = {}) =>
  counter.handlers.payByCode(
    callOf(cashier, {
      params: { tillId },
      body: {
        id: newId(),
        amountFen: 2_333,
        merchantId: shop.merchants[1]!,
        authCode: `1345678901234567${end}`,
        ...change,
      },
    }),
  );
const ask = (paymentId: Id) =>
  counter.handlers.askCodePayment(callOf(cashier, { params: { tillId, paymentId } }));
const reverse = (paymentId: Id) =>
  counter.handlers.reverseCodePayment(callOf(cashier, { params: { tillId, paymentId } }));
const later = (seconds: number) =>
  shop.clock.set(new Date(Date.parse(START) + seconds * 1_000).toISOString());
const orderOf = (id: Id) => gateway.orders.get(id.replaceAll('-', ''))!;

describe('a payment by code into a seller’s own number', () => {
  it('is asked for as WeChat Pay wants it, signed by the seller, and paid', async () => {
    const { id, state } = await pay('00');
    expect(state).toBe('paid');
    const { path, body } = gateway.asked.at(-1)!;
    expect(path).toBe('/v3/pay/transactions/codepay');
    expect(body).toMatchObject({
      mchid: gateway.settings.merchant,
      out_trade_no: id.replaceAll('-', ''),
      amount: { total: 2_333, currency: 'CNY' },
    });
    expect(String(body['out_trade_no']).length).toBeLessThanOrEqual(32);
    // The same id again is asked about, never paid again.
    expect(await pay('00', { id })).toEqual({ id, state: 'paid' });
    expect(await refusalOf(reverse(id))).toBe('code_payment_differs');
  });

  it('waits while she types her password, and is paid once she did', async () => {
    const { id, state } = await pay('01');
    expect(state).toBe('paying');
    expect(await ask(id)).toMatchObject({ state: 'paying' });
    orderOf(id).state = 'SUCCESS';
    expect(await ask(id)).toMatchObject({ state: 'paid' });
  });

  it('is unknown when the answer never comes, until asking finds out; the clock asks too', async () => {
    gateway.loseAnswers(2);
    const { id, state } = await pay('00');
    expect(state).toBe('unknown');
    expect(await ask(id)).toMatchObject({ state: 'unknown' });
    expect(await ask(id)).toMatchObject({ state: 'paid' });
    gateway.loseAnswers(1);
    const second = await pay('00');
    later(31);
    await counter.ticks[0]!.run();
    expect(await ask(second.id)).toMatchObject({ state: 'paid' });
    const broken = await pay('04');
    expect(broken.state).toBe('unknown');
    expect(await ask(broken.id)).toMatchObject({ state: 'unknown' });
  });

  it('says what was certainly refused, and takes nothing for a seller without a number of its own', async () => {
    expect(await refusalOf(pay('03'))).toBe('pay_code_failed');
    expect(await refusalOf(pay('00', { merchantId: shop.merchants[0]! }))).toBe('pay_code_closed');
  });

  it('believes no answer of another sum, order or seller, though it is signed', async () => {
    for (const change of [
      { amount: { total: 1, currency: 'CNY' } },
      { out_trade_no: 'another' },
      { mchid: '1900009999' },
    ]) {
      gateway.changeAnswers((data) => ({ ...data, ...change }));
      const { id, state } = await pay('00');
      expect(state).toBe('unknown');
      expect(await ask(id)).toMatchObject({ state: 'unknown' });
    }
  });
});

describe('a reversal', () => {
  it('waits as long as the service wants, is decided once, and is never paid afterwards', async () => {
    const { id } = await pay('01');
    expect(await refusalOf(reverse(id))).toBe('code_payment_early');
    later(15);
    // The decision is kept though no answer comes; the money was taken in between.
    gateway.loseAnswers(1);
    expect(await reverse(id)).toMatchObject({ state: 'unknown' });
    orderOf(id).state = 'SUCCESS';
    expect(await ask(id)).toMatchObject({ state: 'unknown' });
    later(40);
    await counter.ticks[0]!.run();
    expect(orderOf(id).state).toBe('REVOKED');
    expect(await ask(id)).toMatchObject({ state: 'reversed' });
    expect(await reverse(id)).toMatchObject({ state: 'reversed' });
    const asked = gateway.asked.filter(({ path }) => path.includes(id.replaceAll('-', '')));
    expect(asked.filter(({ path }) => path.endsWith('/reverse'))).toHaveLength(2);
  });

  it('of what is paid in the same moment is one or the other, never both', async () => {
    const { id } = await pay('01');
    orderOf(id).state = 'SUCCESS';
    later(15);
    const [asked, reversed] = await Promise.allSettled([ask(id), reverse(id)]);
    const paid = asked.status === 'fulfilled' && asked.value.state === 'paid';
    // Who asks just after the reversal hears that the order failed, and may be the first to write it down.
    const gone =
      reversed.status === 'fulfilled' && ['reversed', 'failed'].includes(reversed.value.state);
    expect(paid).not.toBe(gone);
    expect(orderOf(id).state).toBe(paid ? 'SUCCESS' : 'REVOKED');
  });
});
