import { newId, type Id } from '@wennuan/basics';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refusalOf } from '../../../test-support/loop-inputs.ts';
import { testShop, type TestShop } from '../../../test-support/shop.ts';
import { callOf } from '../../../test-support/things.ts';
import type { Actor } from '../../platform/actor.ts';

let shop: TestShop;
let buyer: Actor;
let helper: Actor;
let areaCode: string;
beforeAll(async () => {
  shop = await testShop();
  buyer = await shop.signUp('19900004201');
  helper = await volunteer('19900004202', '王热心');
  areaCode = shop.place.area(shop.areaId()).code;
});
afterAll(() => shop.close());
beforeEach(() => shop.clock.set('2026-11-23T09:00:00+08:00'));

const bring = () => shop.sale.deliveryHandlers;
const station = () => shop.actors['worker']!;
const placeId = () => shop.stations[0]!.id;
const ADDRESS = '绿云路 2 号院 3 号楼 401';

/** Somebody who asked to bring orders and whom the station accepted. */
async function volunteer(telephone: string, name: string): Promise<Actor> {
  const actor = await shop.signUp(telephone);
  await bring().volunteer(callOf(actor, { body: { placeId: placeId(), name } }));
  await accept(actor, true);
  return actor;
}
const accept = (actor: Actor, isAccepted: boolean) =>
  bring().decide(
    callOf(station(), {
      params: { accountId: actor.accountId! },
      body: { areaCode: shop.place.area(shop.areaId()).code, accept: isAccepted },
    }),
  );

/** An order to be brought, paid. */
async function paidOrder(who = buyer): Promise<Id> {
  const { orders } = await shop.sale.handlers.order(
    callOf(who, {
      body: {
        key: newId(),
        placeId: placeId(),
        kind: 'delivery',
        delivery: { address: ADDRESS, telephone: '19900004201', note: '' },
        lines: [{ variantId: shop.goods.rice.variantId, quantity: 1, shownPriceFen: 2_333 }],
      },
    }),
  );
  const { body, signature } = await shop.sale.sandboxNotice(orders[0]!.id);
  await shop.sale.takeNotice(JSON.parse(body.toString('utf8')), { body, signature });
  return orders[0]!.id;
}
const take = (orderId: Id, actor = helper) => bring().take(callOf(actor, { params: { orderId } }));
const hand = (orderId: Id, body: { code?: string; proxy?: string }, actor = helper) =>
  bring().hand(callOf(actor, { params: { orderId }, body: { code: '', proxy: '', ...body } }));
const giveUp = (orderId: Id, actor = helper) =>
  bring().giveUp(callOf(actor, { params: { orderId }, body: { reason: '家里有事' } }));
const mine = (actor = helper) => bring().mine(callOf(actor));
const order = (orderId: Id) => shop.sale.handlers.one(callOf(buyer, { params: { orderId } }));
/** The station gives out what the code stands for. */
const atStation = (pickUpCode: string, note = '') =>
  shop.sale.handlers.handOver(
    callOf(station(), { body: { placeId: placeId(), pickUpCode, note } }),
  );
const openTasks = (orderId: Id) =>
  shop.write(async (tx) =>
    (
      await tx.db
        .selectFrom('task')
        .select('kind')
        .where('subject_id', '=', orderId)
        .where('closed_at', 'is', null)
        .execute()
    ).map((row) => row.kind),
  );

describe('an order to the door', () => {
  it('is taken, fetched with a code, handed over with the buyer’s, and where she lives is seen by who carries it only', async () => {
    const orderId = await paidOrder();
    expect(await openTasks(orderId)).toEqual(['find_carrier']);
    expect((await mine()).waiting.map((one) => one.orderId)).toContain(orderId);
    const taken = await take(orderId);
    expect(taken).toMatchObject({ state: 'taken', carrierName: '王热心', to: null });
    expect(await openTasks(orderId)).toEqual(['bring_order']);
    expect((await order(orderId)).delivery).toMatchObject({
      state: 'taken',
      carrierName: '王热心',
      address: ADDRESS,
    });
    await atStation(taken.fetchCode!);
    const carrying = (await mine()).carrying.find((one) => one.orderId === orderId)!;
    expect(carrying).toMatchObject({ state: 'fetched', to: { address: ADDRESS }, fetchCode: null });
    const everybodyElse = JSON.stringify([
      await bring().list(callOf(station())),
      await shop.sale.handlers.orders(callOf(station(), { query: { limit: 50 } })),
      await mine(await volunteer('19900004203', '李热心')),
    ]);
    expect(everybodyElse).toContain(orderId);
    expect(everybodyElse).not.toContain(ADDRESS);
    const { pickUpCode } = await order(orderId);
    const handed = await hand(orderId, { code: pickUpCode! });
    expect(handed).toMatchObject({ state: 'delivered', to: null });
    expect(JSON.stringify(await mine())).not.toContain(ADDRESS);
    expect(await order(orderId)).toMatchObject({
      state: 'collected',
      delivery: { state: 'delivered', address: null },
    });
    expect(await openTasks(orderId)).toEqual([]);
    expect(await hand(orderId, { code: pickUpCode! })).toMatchObject({ state: 'delivered' });
  });

  it('goes to one of several who take it at the same moment, and to no stranger', async () => {
    const orderId = await paidOrder();
    const others = await Promise.all(
      ['19900004211', '19900004212', '19900004213'].map((telephone) =>
        volunteer(telephone, '邻居'),
      ),
    );
    const tried = await Promise.all(others.map((one) => refusalOf(take(orderId, one))));
    expect(tried.filter((code) => code === 'delivery_taken')).toHaveLength(2);
    const stranger = await shop.signUp('19900004214');
    await bring().volunteer(callOf(stranger, { body: { placeId: placeId(), name: '路人' } }));
    const second = await paidOrder();
    expect(await refusalOf(take(second, stranger))).toBe('delivery_not_yours');
    expect((await mine(stranger)).waiting).toEqual([]);
    const own = await paidOrder(helper);
    expect(await refusalOf(take(own, helper))).toBe('delivery_not_yours');
  });

  it('is handed to somebody for her, who is noted and told to her; wrong codes are counted', async () => {
    const orderId = await paidOrder();
    const { fetchCode } = await take(orderId);
    await atStation(fetchCode!);
    const { pickUpCode } = await order(orderId);
    const wrong = pickUpCode === '000000' ? '000001' : '000000';
    for (let tries = 0; tries < 5; tries += 1)
      expect(await refusalOf(hand(orderId, { code: wrong }))).toBe('delivery_code_wrong');
    expect(await refusalOf(hand(orderId, { code: pickUpCode! }))).toBe('delivery_code_wrong');
    expect(await refusalOf(hand(orderId, {}))).toBe('delivery_proxy_missing');
    await hand(orderId, { proxy: '对门邻居' });
    expect(await order(orderId)).toMatchObject({ state: 'collected', pickUpNote: '对门邻居' });
  });

  it('waits again when it is given back, and can be neither cancelled nor fetched on its way', async () => {
    const orderId = await paidOrder();
    await take(orderId);
    await giveUp(orderId);
    expect(await openTasks(orderId)).toEqual(['find_carrier']);
    const { fetchCode } = await take(orderId);
    await atStation(fetchCode!);
    const cancel = () => shop.sale.handlers.cancel(callOf(buyer, { params: { orderId } }));
    expect(await refusalOf(cancel())).toBe('order_on_its_way');
    const { pickUpCode, lines } = await order(orderId);
    expect(await refusalOf(atStation(pickUpCode!))).toBe('order_on_its_way');
    const body = { key: newId(), lines: [{ lineId: lines[0]!.id, quantity: 1 }], reason: '不要了' };
    const back = shop.sale.handlers.giveBack(callOf(buyer, { params: { orderId }, body }));
    expect(await refusalOf(back)).toBe('order_on_its_way');
    await giveUp(orderId);
    expect(await cancel()).toMatchObject({ state: 'refunded', delivery: { state: 'ended' } });
    expect(await openTasks(orderId)).toEqual([]);
    expect(await refusalOf(take(orderId))).toBe('delivery_taken');
  });

  it('is brought by somebody of the station, or fetched by its buyer; who fetched it is noted', async () => {
    const orderId = await paidOrder();
    const away = shop.actors['worker-elsewhere']!;
    const byStation = (actor: Actor) =>
      bring().takeAtStation(callOf(actor, { params: { orderId } }));
    expect(await refusalOf(byStation(away))).toBe('place_not_yours');
    expect(await byStation(station())).toMatchObject({
      state: 'fetched',
      to: { address: ADDRESS },
    });
    expect(await refusalOf(giveUp(orderId))).toBe('delivery_not_yours');
    await bring().giveUpAtStation(
      callOf(station(), { params: { orderId }, body: { reason: '下雨' } }),
    );
    const { pickUpCode } = await order(orderId);
    await atStation(pickUpCode!, '女儿代取');
    expect(await order(orderId)).toMatchObject({ state: 'collected', pickUpNote: '女儿代取' });
    expect((await mine()).waiting.some((one) => one.orderId === orderId)).toBe(false);
  });

  it('reaches the station when nobody takes it in time', async () => {
    const orderId = await paidOrder();
    shop.clock.set('2026-11-23T11:00:00+08:00');
    for (const tick of shop.desk.ticks) await tick.run();
    const { items } = await shop.message.handlers.inbox(
      callOf(station(), { query: { limit: 20 } }),
    );
    expect(items.some((one) => one.body.includes('时限已过半'))).toBe(true);
    expect(await openTasks(orderId)).toEqual(['find_carrier']);
  });

  it('is brought by nobody who was ended, once her hands are empty', async () => {
    const orderId = await paidOrder();
    await take(orderId);
    const stop = () => bring().stop(callOf(helper, { body: { areaCode } }));
    expect(await refusalOf(stop())).toBe('delivery_in_hand');
    await giveUp(orderId);
    await stop();
    expect(await refusalOf(take(orderId))).toBe('delivery_not_yours');
    expect((await mine()).volunteering).toEqual([]);
  });
});

describe('what is kept of who brings orders', () => {
  it('stands in her own data, in her language, and goes when she asks, but not with an order in her hand', async () => {
    const carrier = await volunteer('19900004299', '李邻居');
    const orderId = await paidOrder();
    const sections = async (language: 'zh' | 'en' = 'zh', who = carrier) =>
      (await shop.resident.handlers.myData(callOf({ ...who, language }))).sections;
    expect(await sections()).toContainEqual({
      title: '送货志愿者',
      rows: [{ 社区: '绿云社区', 称呼: '李邻居', 日期: '2026-11-23', 状态: '可以送货' }],
    });
    expect((await sections('en')).map((one) => one.title)).toContain('Bringing orders');
    expect(await sections('zh', buyer)).toContainEqual({
      title: '商城订单',
      rows: expect.arrayContaining([
        expect.objectContaining({ 商品: '五常大米 × 1', 已付: '¥23.33', 已退: '¥0.00' }),
      ]),
    });
    const forget = () =>
      shop.write((tx) => shop.sale.forgetOwn(tx, { accountId: carrier.accountId! }));
    await take(orderId, carrier);
    expect(await refusalOf(forget())).toBe('delivery_in_hand');
    await giveUp(orderId, carrier);
    expect(await forget()).toContain('已经删除');
    expect(await forget()).toBe(null);
    expect((await sections()).map((one) => one.title)).not.toContain('送货志愿者');
    expect(await refusalOf(take(orderId, carrier))).not.toBe('done');
  });
});
