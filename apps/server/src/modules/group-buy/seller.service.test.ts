import { newId, type Id } from '@wennuan/basics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wechatGateway, type WechatGateway } from '../../../test-support/gateways/wechat.ts';
import { refusalOf } from '../../../test-support/loop-inputs.ts';
import { testShop, type TestShop } from '../../../test-support/shop.ts';
import { callOf } from '../../../test-support/things.ts';
import { composeGroupBuy } from '../../compose/group-buy.ts';
import type { Actor } from '../../platform/actor.ts';
import { balances, check } from '@wennuan/ledger';
import { orderNumberOf, wechatChannel, type RawNotice } from '../payment/index.ts';
import { createSale, type Sale } from '../sale/index.ts';
import type { GroupBuyModule } from './index.ts';

const OPENING = '2026-11-23T09:00:00+08:00';
const CLOSING = '2026-11-24T20:00:00+08:00';
let shop: TestShop;
let sale: Sale;
let groupBuy: GroupBuyModule;
let gateway: WechatGateway;
let number: string;
let telephones = 0;

beforeAll(async () => {
  shop = await testShop();
  shop.clock.set(OPENING);
  gateway = await wechatGateway(shop.clock, 'public_key');
  number = gateway.settings.merchant;
  await shop.ownerSql(
    `update merchant set payment_number = '${number}' where id = '${shop.merchants[1]!}'`,
  );
  const needs = { clock: shop.clock, fetch, nonce: () => newId() };
  const channel = wechatChannel(gateway.settings, needs);
  const sellers = {
    of: (asked: string) => (asked === number ? channel : null),
    numbers: [number],
    orderUrl: (id: Id) => `https://warm.example/mall/orders/${id}`,
    groupUrl: (code: string) => `https://warm.example/mall/groups/${code}`,
  };
  sale = createSale({
    ...shop,
    goods: shop.goodsModule,
    randomBelow: (bound) => Math.floor(Math.random() * bound),
    sandbox: null,
    sellers,
    groups: {
      takePaid: (paid) => groupBuy.payments.takePaid(paid),
      takeRefund: (told) => groupBuy.payments.takeRefund(told),
    },
    given: async () => new Map(),
  });
  groupBuy = composeGroupBuy({ ...shop, sale, sellers }, { sandbox: true });
});
afterAll(async () => {
  await gateway?.close();
  await shop?.close();
});

async function openGroup(change: object = {}): Promise<Id> {
  shop.clock.set(OPENING);
  const { id } = await shop.write((tx) =>
    groupBuy.open(tx, {
      placeId: shop.stations[0]!.id,
      variantId: shop.goods.rice.variantId,
      title: '五常大米',
      description: '',
      minimumPieces: 3,
      limitPieces: 10,
      householdPieces: 2,
      holdMinutes: 10,
      steps: [
        { fromPieces: 1, priceYuan: '30' },
        { fromPieces: 3, priceYuan: '25' },
      ],
      closesAt: CLOSING,
      pickUpOn: '2026-12-31',
      pickUpHours: '09:00–17:00',
      formId: newId(),
      ...change,
    }),
  );
  return id;
}

/** A neighbour with something held. */
async function joined(groupId: Id): Promise<{ buyer: Actor; shareId: Id }> {
  const buyer = await shop.signUp(`1990000${String(5_000 + (telephones += 1))}`);
  const accountId = buyer.accountId!;
  const outcome = await groupBuy.join({ groupId, accountId, householdKey: accountId, wanted: 1 });
  if (outcome.outcome !== 'held') throw new Error(outcome.outcome);
  return { buyer, shareId: outcome.shareId };
}
const begin = ({ buyer, shareId }: { buyer: Actor; shareId: Id }, body: object = {}) =>
  groupBuy.handlers.pay({
    actor: buyer,
    params: { shareId },
    body: { scene: 'page', ...body },
    request: { ip: '127.0.0.1' },
  } as never);
/** Begins, pays at the channel, and is told of. */
async function paid(groupId: Id) {
  const one = await joined(groupId);
  await begin(one);
  gateway.pay(orderNumberOf(one.shareId));
  expect(await notify(gateway.noticeOf(orderNumberOf(one.shareId)))).toBe(200);
  return one;
}
async function notify(notice: RawNotice): Promise<number> {
  let status = 0;
  const reply = {
    code: (said: number) => ((status = said), reply),
    type: () => reply,
    send: () => reply,
  };
  const request = { headers: notice.headers, rawBody: notice.body, log: { warn: () => undefined } };
  await sale.handlers.sellerNotice({ params: { number }, request, reply } as never);
  return status;
}
const shareOf = async ({ buyer, shareId }: { buyer: Actor; shareId: Id }) =>
  (await groupBuy.handlers.mine(callOf(buyer, {}))).items.find((one) => one.id === shareId)!;
const run = async (name: string) => await groupBuy.ticks.find((tick) => tick.name === name)!.run();
async function pass(at: string) {
  shop.clock.set(at);
  await run('group_buy.end_holds');
  await run('group_buy.settle');
}
const rowOf = async (groupId: Id) =>
  (await groupBuy.handlers.list(callOf(shop.actors['worker']!, {}))).items.find(
    (one) => one.id === groupId,
  )!;
const refundsOf = (shareId: Id) =>
  [...gateway.refunds].filter(([, one]) => one.order === orderNumberOf(shareId));
const balanceOf = async (id: Id) =>
  (await shop.database.read(shop.system, (tx) => balances(tx.sql, [id])))[0]?.balance ?? 0;

describe('a share paid into the seller’s own number', () => {
  test('is begun there and nowhere else, and paid once however often it is told of', async () => {
    const groupId = await openGroup();
    const one = await joined(groupId);
    expect(await shareOf(one)).toMatchObject({ isReal: true, toPayFen: 3_000 });
    expect(
      await refusalOf(
        groupBuy.handlers.payInSandbox(callOf(one.buyer, { params: { shareId: one.shareId } })),
      ),
    ).toBe('seller_channel_missing');
    const step = await begin(one);
    expect(step).toMatchObject({ kind: 'code', url: null, call: null });
    expect(step.qrSvg).toContain('<svg');
    expect(await begin(one, { scene: 'phone' })).toMatchObject({ kind: 'redirect' });
    const order = orderNumberOf(one.shareId);
    gateway.pay(order);
    const notice = gateway.noticeOf(order);
    expect(await Promise.all([notify(notice), notify(notice)])).toEqual([200, 200]);
    expect(await shareOf(one)).toMatchObject({ state: 'paid', paidFen: 3_000 });
    expect(await balanceOf(groupId)).toBe(3_000);
    expect(await refusalOf(begin(one))).toBe('group_share_paid');
    const other = await joined(groupId);
    expect(await refusalOf(begin({ ...one, shareId: other.shareId }))).toBe('not_found');
  });

  test('another sum than was asked for is not taken, and is kept for somebody to look at', async () => {
    const one = await joined(await openGroup());
    await begin(one);
    const order = orderNumberOf(one.shareId);
    gateway.pay(order);
    const change = { amount: { total: 1, payer_total: 1, currency: 'CNY' } };
    expect(await notify(gateway.noticeOf(order, change))).toBe(503);
    expect(await notify(gateway.noticeOf(order, change))).toBe(503);
    expect(await shareOf(one)).toMatchObject({ state: 'held' });
    const money = sale.sellerMoneyHandlers;
    const open = async () => (await money.list(callOf(shop.actors['accountant']!, {}))).strays;
    const [stray] = await open();
    expect(stray).toMatchObject({ seller: number, orderNumber: order, amountFen: 1, times: 2 });
    const clear = () =>
      money.clear(
        callOf(shop.actors['accountant']!, {
          params: { noticeId: stray!.id },
          body: { how: '商家已退回顾客' },
        }),
      );
    await clear();
    expect(await refusalOf(clear())).toBe('busy_elsewhere');
    expect(await open()).toMatchObject([{ cleared: { how: '商家已退回顾客' } }]);
  });

  test('whose notice is lost is asked about; one that came after its time goes back whole', async () => {
    const groupId = await openGroup({
      limitPieces: 1,
      minimumPieces: 1,
      steps: [{ fromPieces: 1, priceYuan: '30' }],
    });
    const first = await joined(groupId);
    await begin(first);
    shop.clock.set('2026-11-23T09:11:00+08:00');
    await run('group_buy.end_holds');
    expect(await shareOf(first)).toMatchObject({ state: 'lapsed' });
    const second = await paid(groupId);
    // Her code was still on her telephone: she pays for what somebody else has by now.
    gateway.pay(orderNumberOf(first.shareId));
    await run('group_buy.ask_sellers');
    expect(await shareOf(first)).toMatchObject({ state: 'returning', paidFen: 3_000 });
    await run('group_buy.settle');
    expect(refundsOf(first.shareId)).toMatchObject([[expect.anything(), { amountFen: 3_000 }]]);
    expect(await shareOf(second)).toMatchObject({ state: 'paid' });
  });
});

describe('the end of a group', () => {
  test('not reached: each payment goes back through the channel, counted until it says so', async () => {
    const groupId = await openGroup();
    const both = [await paid(groupId), await paid(groupId)];
    gateway.setDown(true);
    const underWay = { state: 'failed', refundsUnderWay: 2, refundsDone: 0 };
    shop.clock.set('2026-11-24T20:11:00+08:00');
    await run('group_buy.end_holds');
    expect(await rowOf(groupId)).toMatchObject(underWay);
    await run('group_buy.settle');
    expect(await rowOf(groupId)).toMatchObject(underWay);
    gateway.setDown(false);
    await run('group_buy.settle');
    expect(both.flatMap((one) => refundsOf(one.shareId))).toHaveLength(2);
    expect(await shareOf(both[0]!)).toMatchObject({ state: 'returning', backFen: 3_000 });
    // One is told of by a notice, the other is asked about.
    const [name, refund] = refundsOf(both[0]!.shareId)[0]!;
    const told = {
      mchid: number,
      out_trade_no: orderNumberOf(both[0]!.shareId),
      out_refund_no: name,
      refund_status: 'SUCCESS',
      success_time: shop.clock.now().toISOString(),
      amount: { refund: refund.amountFen, total: 3_000 },
    };
    expect(await notify(gateway.refundNotice(told))).toBe(200);
    for (const [, one] of refundsOf(both[1]!.shareId)) one.status = 'SUCCESS';
    await run('group_buy.settle');
    for (const one of both) expect(await shareOf(one)).toMatchObject({ state: 'returned' });
    expect(await rowOf(groupId)).toMatchObject({ refundsUnderWay: 0, refundsDone: 2 });
    expect(await balanceOf(groupId)).toBe(0);
    expect(both.flatMap((one) => refundsOf(one.shareId))).toHaveLength(2);
    expect(await shop.database.read(shop.system, (tx) => check(tx.sql))).toEqual([]);
  });

  test('not sent back: says why to who can see to it, and ends when the seller gave it back another way', async () => {
    const groupId = await openGroup();
    const [refused, other] = [await paid(groupId), await paid(groupId)];
    await pass('2026-11-24T20:11:00+08:00');
    for (const [, one] of refundsOf(refused!.shareId)) one.status = 'ABNORMAL';
    await run('group_buy.settle');
    const seenBy = async (role: string) =>
      (await groupBuy.handlers.refusedRefunds(callOf(shop.actors[role]!, {}))).items;
    const [waiting, ...rest] = await seenBy('accountant');
    expect(waiting).toMatchObject({ groupId, place: 1, amountFen: 3_000, refusal: 'ABNORMAL' });
    expect(rest).toEqual([]);
    expect(await seenBy('worker-elsewhere')).toEqual([]);
    const params = { groupId };
    const request = { protocol: 'https', host: 'warm.example' };
    const read = { actor: shop.actors['worker']!, params, request } as never;
    const record = await groupBuy.handlers.read(read);
    expect(record.refused).toEqual([waiting]);
    expect(await shareOf(refused!)).toMatchObject({ state: 'returning', isBackRefused: true });
    expect(await shareOf(other!)).toMatchObject({ state: 'returning', isBackRefused: false });
    // What was refused is not asked for again at once, but later it is.
    const tries = () =>
      shop.database.read(shop.system, (tx) =>
        tx.db.selectFrom('group_refund').select('tries').where('id', '=', waiting!.id).execute(),
      );
    const [before] = await tries();
    await run('group_buy.settle');
    expect(await tries()).toEqual([before]);
    shop.clock.advance({ hours: 1 });
    await run('group_buy.settle');
    expect(await tries()).toEqual([{ tries: before!.tries + 1 }]);
    const note = (refundId: Id) =>
      groupBuy.handlers.noteGiven(
        callOf(shop.actors['accountant']!, { params: { refundId }, body: { how: '转账退回' } }),
      );
    await note(waiting!.id);
    expect(await refusalOf(note(waiting!.id))).toBe('refund_not_refused');
    expect(await shareOf(refused!)).toMatchObject({ state: 'returned', isBackRefused: false });
    expect(await rowOf(groupId)).toMatchObject({ refundsUnderWay: 1, refundsDone: 1 });
  });

  test('reached: sold at the step, the difference back, and a later return out of the same payment', async () => {
    const groupId = await openGroup();
    const all = [await paid(groupId), await paid(groupId), await paid(groupId)];
    await pass('2026-11-24T20:11:00+08:00');
    expect(await rowOf(groupId)).toMatchObject({ state: 'reached' });
    expect(await balanceOf(groupId)).toBe(0);
    for (const one of all)
      expect(refundsOf(one.shareId)).toMatchObject([[expect.anything(), { amountFen: 500 }]]);
    const [order] = (await sale.handlers.mine(callOf(all[0]!.buyer, { query: { limit: 5 } })))
      .items;
    expect(order).toMatchObject({ channel: 'group_buy', goodsFen: 2_500, state: 'paid' });
    await shop.write((tx) =>
      sale.refund(tx, [
        {
          key: newId(),
          orderId: order!.id,
          lines: [{ lineId: order!.lines[0]!.id, quantity: 1 }],
          reason: '袋子破了',
          restock: false,
          at: tx.now,
        },
      ]),
    );
    await sale.ticks.find((tick) => tick.name === 'sale.sellers')!.run();
    expect(refundsOf(all[0]!.shareId).map(([, one]) => one.amountFen)).toEqual([500, 2_500]);
    // The seller’s number gave back exactly what it took.
    expect(await shop.database.read(shop.system, (tx) => check(tx.sql))).toEqual([]);
  });
});
