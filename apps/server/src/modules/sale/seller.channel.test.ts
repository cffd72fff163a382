import { newId, type Id } from '@wennuan/basics';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { wechatGateway, type WechatGateway } from '../../../test-support/gateways/wechat.ts';
import { refusalOf } from '../../../test-support/loop-inputs.ts';
import { testShop, type TestShop } from '../../../test-support/shop.ts';
import { callOf } from '../../../test-support/things.ts';
import { saleOfSeller } from '../../../test-support/seller-sale.ts';
import type { Actor } from '../../platform/actor.ts';
import { orderNumberOf, type RawNotice, wechatChannel } from '../payment/index.ts';
import type { Sale } from './index.ts';

const START = '2026-11-23T09:00:00+08:00';
let shop: TestShop;
let sale: Sale;
let gateway: WechatGateway;
let other: WechatGateway;
let buyer: Actor;
let number: string;

beforeAll(async () => {
  shop = await testShop();
  shop.clock.set(START);
  buyer = await shop.signUp('19900004301');
  gateway = await wechatGateway(shop.clock, 'public_key');
  other = await wechatGateway(shop.clock, 'public_key');
  number = gateway.settings.merchant;
  await shop.ownerSql(
    `update merchant set payment_number = '${number}' where id = '${shop.merchants[1]!}'`,
  );
  const channel = wechatChannel(gateway.settings, {
    clock: shop.clock,
    fetch,
    nonce: () => newId(),
  });
  sale = saleOfSeller(shop, number, channel);
});
afterAll(async () => {
  await gateway?.close();
  await other?.close();
  await shop?.close();
});
beforeEach(() => {
  shop.clock.set(START);
  gateway.setDown(false);
});

async function order(): Promise<Id> {
  const line = { variantId: shop.goods.rice.variantId, quantity: 1, shownPriceFen: 2_333 };
  const { orders } = await sale.handlers.order(
    callOf(buyer, {
      body: {
        key: newId(),
        placeId: shop.stations[0]!.id,
        kind: 'pick_up',
        delivery: null,
        lines: [line],
      },
    }),
  );
  return orders[0]!.id;
}
/** An order begun at the seller's channel, and paid there by its buyer. */
async function paidThere(): Promise<Id> {
  const orderId = await order();
  const given = { actor: buyer, params: { orderId }, body: { scene: 'phone' } };
  const begun = await sale.handlers.pay({ ...given, request: { ip: '127.0.0.1' } } as never);
  expect(begun).toMatchObject({ kind: 'redirect' });
  gateway.pay(orderNumberOf(orderId));
  return orderId;
}
const stateOf = async (orderId: Id) =>
  (await sale.handlers.one(callOf(buyer, { params: { orderId } }))).state;

/** Sends a notice to a number's address; answers the status it was given. */
async function notify(notice: RawNotice, to = number): Promise<number> {
  let status = 0;
  const reply = {
    code: (said: number) => ((status = said), reply),
    type: () => reply,
    send: () => reply,
  };
  const request = { headers: notice.headers, rawBody: notice.body, log: { warn: () => undefined } };
  await sale.handlers.sellerNotice({ params: { number: to }, request, reply } as never);
  return status;
}

describe('a payment into a seller’s own number', () => {
  const begin = async (orderId: Id, body: object) =>
    await sale.handlers.pay({
      actor: buyer,
      params: { orderId },
      body,
      request: { ip: '127.0.0.1' },
    } as never);

  it('inside WeChat asks who pays, and opens WeChat’s own window for her; it is the same payment everywhere', async () => {
    const orderId = await order();
    const first = await begin(orderId, { scene: 'wechat' });
    expect(first).toMatchObject({ kind: 'payer', call: null });
    expect(first.url).toContain('snsapi_base');
    expect(first.url).toContain(encodeURIComponent(`/mall/orders/${orderId}`));
    expect(await begin(orderId, { scene: 'wechat', payerCode: 'spent' })).toMatchObject({
      kind: 'payer',
    });
    const step = await begin(orderId, { scene: 'wechat', payerCode: 'fresh' });
    expect(step).toMatchObject({ kind: 'call', url: null, qrSvg: null });
    expect(step.call).toMatchObject({ package: `prepay_id=wx${orderNumberOf(orderId)}` });
    expect(await begin(orderId, { scene: 'page' })).toMatchObject({ kind: 'code' });
    gateway.setDown(true);
    expect(await refusalOf(begin(orderId, { scene: 'page' }))).toBe('channel_away');
    expect(
      await refusalOf(
        sale.handlers.payInSandbox(callOf(buyer, { params: { orderId } })) as Promise<unknown>,
      ),
    ).toBe('not_found');
  });
});

describe('a notice of a seller’s own number', () => {
  it('pays the order once, however often it is heard', async () => {
    const orderId = await paidThere();
    const notice = gateway.noticeOf(orderNumberOf(orderId));
    expect(await Promise.all([notify(notice), notify(notice)])).toEqual([200, 200]);
    expect(await stateOf(orderId)).toBe('paid');
    expect(await notify(gateway.noticeOf(orderNumberOf(orderId)))).toBe(200);
    expect((await sale.handlers.one(callOf(buyer, { params: { orderId } }))).refunds).toEqual([]);
  });

  it('is believed with that seller’s keys only, and within minutes', async () => {
    const orderId = await paidThere();
    const name = orderNumberOf(orderId);
    const real = gateway.noticeOf(name);
    const altered = Buffer.from(real.body.toString('utf8').replace('TRANSACTION', 'TRANSACTIOM'));
    expect(await notify({ ...real, body: altered })).toBe(401);
    other.orders.set(name, { ...gateway.orders.get(name)! });
    expect(await notify(other.noticeOf(name))).toBe(401);
    const old = gateway.noticeOf(name, {}, new Date(Date.parse(START) - 6 * 60_000));
    expect(await notify(old)).toBe(401);
    expect(await refusalOf(notify(real, '1900009999'))).toBe('channel_unknown');
    expect(await stateOf(orderId)).toBe('waiting');
  });

  it('is not taken with another sum, or for a number that is not the order’s', async () => {
    const orderId = await paidThere();
    const name = orderNumberOf(orderId);
    const change = { amount: { total: 1, payer_total: 1, currency: 'CNY' } };
    expect(await notify(gateway.noticeOf(name, change))).toBe(503);
    expect(await notify(gateway.noticeOf(name, { mchid: '1900009999' }))).toBe(401);
    expect(await notify(gateway.noticeOf(name, { out_trade_no: orderNumberOf(newId()) }))).toBe(
      503,
    );
    expect(await stateOf(orderId)).toBe('waiting');
    // Somebody finds them: the sum, what was ordered, and what names no order at all.
    const { strays } = await sale.sellerMoneyHandlers.list(callOf(shop.actors['accountant']!, {}));
    expect(strays).toMatchObject([
      { amountFen: 1, expectedFen: 2_333, number: expect.any(String) },
    ]);
  });

  it('that is lost is made up for by asking; what is given back is given back there, once', async () => {
    const orderId = await paidThere();
    const sellers = sale.ticks.find((tick) => tick.name === 'sale.sellers')!;
    gateway.setDown(true);
    shop.clock.set('2026-11-23T09:02:00+08:00');
    await sellers.run();
    expect(await stateOf(orderId)).toBe('waiting');
    gateway.setDown(false);
    await sellers.run();
    expect(await stateOf(orderId)).toBe('paid');
    const cancelled = await sale.handlers.cancel(callOf(buyer, { params: { orderId } }));
    expect(cancelled.state).toBe('refunded');
    await sellers.run();
    await sellers.run();
    const mine = [...gateway.refunds.values()].filter(
      (one) => one.order === orderNumberOf(orderId),
    );
    expect(mine).toMatchObject([{ amountFen: 2_333 }]);
  });

  it('is not waited for once its order is cancelled: closed there; what was paid meanwhile goes back', async () => {
    const sellers = sale.ticks.find((tick) => tick.name === 'sale.sellers')!;
    const orderId = await order();
    await sale.handlers.pay({
      actor: buyer,
      params: { orderId },
      body: { scene: 'page' },
      request: { ip: '127.0.0.1' },
    } as never);
    const paid = await paidThere();
    for (const one of [orderId, paid])
      await sale.handlers.cancel(callOf(buyer, { params: { orderId: one } }));
    await sellers.run();
    expect(gateway.orders.get(orderNumberOf(orderId))!.state).toBe('CLOSED');
    await sellers.run();
    const back = [...gateway.refunds.values()].filter((one) => one.order === orderNumberOf(paid));
    expect(back).toMatchObject([{ amountFen: 2_333 }]);
    const asked = gateway.asked.filter(({ path }) => path.endsWith('/close')).length;
    await sellers.run();
    expect(gateway.asked.filter(({ path }) => path.endsWith('/close'))).toHaveLength(asked);
  });
});
