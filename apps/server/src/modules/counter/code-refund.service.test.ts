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
import { saleOfSeller } from '../../../test-support/seller-sale.ts';
import type { Actor } from '../../platform/actor.ts';
import { wechatChannel, wechatCodeGateway } from '../payment/index.ts';
import type { Sale } from '../sale/index.ts';
import { createCounter, type Counter } from './index.ts';

const PRICE_FEN = 2_333;
let shop: TestShop;
let cashier: Actor;
let counter: Counter;
let sale: Sale;
let gateway: WechatCodeGateway;
let tillId: Id;
/** A second till of the same station. */
let otherTillId: Id;

beforeAll(async () => {
  shop = await testShop();
  shop.clock.set('2026-11-23T10:00:00+08:00');
  cashier = await openCashier(shop);
  const rows = await shop.write((tx) => shop.catalogue.merchantRows(tx, shop.merchants));
  const number = rows.get(shop.merchants[1]!)!.payment_number as string;
  gateway = wechatCodeGatewayOf(shop.clock, number);
  const needs = { clock: shop.clock, fetch: gateway.fetch, nonce: () => newId() };
  const channel = wechatChannel(gateway.settings, needs);
  sale = saleOfSeller(shop, number, channel);
  counter = createCounter({
    ...shop,
    sale,
    goods: shop.goodsModule,
    codeGateway: wechatCodeGateway(new Map([[number, gateway.settings]]), needs),
  });
  await counter.handlers.setSupervisorCode(
    callOf(shop.actors['worker']!, { body: { code: '135790' } }),
  );
  const open = async (name: string) => {
    const till = await counter.handlers.addTill(
      callOf(cashier, { body: { placeId: shop.stations[0]!.id, name } }),
    );
    await counter.handlers.openShift(
      callOf(cashier, { params: { tillId: till.id }, body: { floatYuan: '200' } }),
    );
    return till.id;
  };
  tillId = await open('1 号台');
  otherTillId = await open('2 号台');
});
afterAll(() => shop?.close());
beforeEach(() => {
  gateway.loseAnswers(0);
  gateway.setPoor(false);
});

/** So many bags of rice, paid with the code on a telephone; the order as a station reads it. */
async function soldByCode(count: number) {
  const params = { tillId };
  const amountFen = count * PRICE_FEN;
  const codePaymentId = newId();
  await counter.handlers.payByCode(
    callOf(cashier, {
      params,
      body: {
        id: codePaymentId,
        amountFen,
        merchantId: shop.merchants[1]!,
        authCode: '134567890123456700',
      },
    }),
  );
  const rung = {
    key: newId(),
    at: shop.clock.now().toISOString(),
    lines: [
      {
        variantId: shop.goods.rice.variantId,
        quantity: count,
        priceFen: PRICE_FEN,
        discountFen: 0,
      },
    ],
    payments: [
      { means: 'wechat' as const, amountFen, codePaymentId, entitlementId: null, scanId: null },
    ],
    isOffline: false,
    memberCode: null,
    supervisorCode: null,
    reason: '',
  };
  const { outcomes } = await counter.handlers.sell(
    callOf(cashier, { params, body: { sales: [rung] } }),
  );
  const { items } = await sale.handlers.orders(
    callOf(cashier, { query: { text: outcomes[0]!.number!, limit: 1 } }),
  );
  return { order: items[0]!, transaction: `42${codePaymentId.replaceAll('-', '')}` };
}

type Order = Awaited<ReturnType<typeof soldByCode>>['order'];
const giveBack = (order: Order, quantity: number, key = newId()) =>
  counter.handlers.refund(
    callOf(cashier, {
      params: { tillId },
      body: {
        key,
        orderId: order.id,
        lines: [{ lineId: order.lines[0]!.id, quantity }],
        restock: true,
        reason: '袋子破了',
        supervisorCode: '135790',
      },
    }),
  );
const ask = (number: string, at = tillId) =>
  counter.handlers.askRefund(callOf(cashier, { params: { tillId: at, number } }));
const inCash = (number: string, key = newId()) =>
  counter.handlers.refundInCash(
    callOf(cashier, {
      params: { tillId, number },
      body: { key, reason: '微信退不了', supervisorCode: '135790' },
    }),
  );
const underWay = async () =>
  (await counter.handlers.refunds(callOf(cashier, { params: { tillId } }))).items;
const refundsOf = (transaction: string) =>
  [...gateway.refunds].filter(([, one]) => one.transaction === transaction);
const finish = (transaction: string) => {
  for (const [, one] of refundsOf(transaction)) one.status = 'SUCCESS';
};
const expectedNow = async () => {
  const report = await counter.handlers.shift(callOf(cashier, { params: { tillId } }));
  return Object.fromEntries(report.sums.map((one) => [one.means, one.expectedFen]));
};

describe('what was paid by code', () => {
  it('goes back in part and then whole, each under a refund number of its own, and is asked about to its end', async () => {
    const { order, transaction } = await soldByCode(3);
    const key = newId();
    const first = await giveBack(order, 1, key);
    expect(first.back).toEqual([
      { means: 'wechat', amountFen: PRICE_FEN, state: 'asked', refusal: null },
    ]);
    expect((await giveBack(order, 1, key)).number).toBe(first.number);
    const asked = gateway.asked.find(({ path }) => path === '/v3/refund/domestic/refunds')!;
    expect(asked.body).toMatchObject({
      transaction_id: transaction,
      reason: '袋子破了',
      amount: { refund: PRICE_FEN, total: 3 * PRICE_FEN, currency: 'CNY' },
    });
    const rest = await giveBack(order, 2);
    expect(refundsOf(transaction).map(([, one]) => one.amountFen)).toEqual([
      PRICE_FEN,
      2 * PRICE_FEN,
    ]);
    expect((await underWay()).map((one) => one.number)).toEqual([first.number, rest.number]);
    finish(transaction);
    expect((await ask(first.number)).back).toMatchObject([{ state: 'done' }]);
    // The clock looks after the other.
    await sale.ticks.find((tick) => tick.name === 'sale.sellers')!.run();
    expect(await underWay()).toEqual([]);
    expect(refundsOf(transaction)).toHaveLength(2);
  });

  it('is one refund though no answer comes; unknown stays unknown, and no cash is given meanwhile', async () => {
    const { order, transaction } = await soldByCode(1);
    gateway.loseAnswers(1);
    const { number, back } = await giveBack(order, 1);
    expect(back).toMatchObject([{ state: 'asked' }]);
    expect(await refusalOf(inCash(number))).toBe('refund_not_refused');
    gateway.loseAnswers(2);
    expect((await ask(number)).back).toMatchObject([{ state: 'asked' }]);
    gateway.loseAnswers(0);
    finish(transaction);
    expect((await ask(number)).back).toMatchObject([{ state: 'done' }]);
    expect(refundsOf(transaction)).toHaveLength(1);
    expect(await refusalOf(inCash(number))).toBe('refund_not_refused');
  });

  it('that the seller’s number refuses goes back in cash once, with a supervisor; the drawer knows', async () => {
    const { order, transaction } = await soldByCode(2);
    const before = await expectedNow();
    gateway.setPoor(true);
    const { number, back } = await giveBack(order, 2);
    expect(back).toMatchObject([{ state: 'refused', refusal: '基本账户余额不足' }]);
    expect(await underWay()).toMatchObject([{ number, back: [{ state: 'refused' }] }]);
    const key = newId();
    const [one, other] = await Promise.all([inCash(number, key), inCash(number, key)]);
    expect(one.back).toMatchObject([{ state: 'in_cash' }]);
    expect(other).toEqual(one);
    expect(await refusalOf(inCash(number))).toBe('refund_not_refused');
    const after = await expectedNow();
    expect(after['cash']! - before['cash']!).toBe(-2 * PRICE_FEN);
    expect(after['wechat']).toBe(before['wechat']);
    // However often it is asked about from now on, nothing goes back through the number too.
    gateway.setPoor(false);
    expect((await ask(number)).back).toMatchObject([{ state: 'in_cash' }]);
    await sale.ticks.find((tick) => tick.name === 'sale.sellers')!.run();
    expect(refundsOf(transaction)).toEqual([]);
  });

  it('that was refused is asked for anew when the seller has filled its account', async () => {
    const { order, transaction } = await soldByCode(1);
    gateway.setPoor(true);
    const { number } = await giveBack(order, 1);
    gateway.setPoor(false);
    expect((await ask(number)).back).toMatchObject([{ state: 'asked', refusal: null }]);
    finish(transaction);
    expect((await ask(number, otherTillId)).back).toMatchObject([{ state: 'done' }]);
    expect(await refusalOf(ask('TK999999'))).toBe('not_found');
  });
});
