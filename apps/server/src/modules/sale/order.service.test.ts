import { newId, type Id } from '@wennuan/basics';
import { check } from '@wennuan/ledger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf } from '../../../test-support/loop-inputs.ts';
import { testShop, type TestShop } from '../../../test-support/shop.ts';
import { callOf } from '../../../test-support/things.ts';
import { systemActor, type Actor } from '../../platform/actor.ts';

let shop: TestShop;
let buyer: Actor;
beforeAll(async () => {
  shop = await testShop();
  buyer = await shop.signUp('19900004001');
});
afterAll(() => shop.close());

const handlers = () => shop.sale.handlers;
const station = () => shop.stations[0]!.id;
type Wanted = { goods: keyof TestShop['goods']; quantity: number; shownPriceFen: number };

const order = (wanted: readonly Wanted[], change: object = {}, actor = buyer) =>
  handlers().order(
    callOf(actor, {
      body: {
        key: newId(),
        placeId: station(),
        kind: 'pick_up',
        delivery: null,
        lines: wanted.map(({ goods, ...line }) => ({
          ...line,
          variantId: shop.goods[goods].variantId,
        })),
        ...change,
      },
    }),
  );
/** What the sandbox of the seller's number does, without HTTP. */
async function pay(orderId: Id, change: (text: string) => string = (text) => text): Promise<void> {
  const { body, signature } = await shop.sale.sandboxNotice(orderId);
  const text = change(body.toString('utf8'));
  await shop.sale.takeNotice(JSON.parse(text), { body: Buffer.from(text), signature });
}
const one = (orderId: Id, actor = buyer) => handlers().one(callOf(actor, { params: { orderId } }));
const free = async (goods: keyof TestShop['goods']) =>
  (
    await shop.write((tx) => shop.goodsModule.available(tx, station(), [shop.goods[goods].itemId]))
  ).get(shop.goods[goods].itemId);

describe('an order from the phone', () => {
  it('is one for each merchant, sets goods aside, is paid by a signed notice, and fetched by its code', async () => {
    const before = (await free('rice'))!;
    const { orders } = await order([
      { goods: 'rice', quantity: 2, shownPriceFen: 2_333 },
      { goods: 'milk', quantity: 1, shownPriceFen: 1_250 },
    ]);
    expect(orders.map((each) => each.shareWords).toSorted()).toEqual([
      '商家因您的购买捐出 ¥0.25',
      '商家因您的购买捐出 ¥0.93',
    ]);
    expect(await free('rice')).toBe(before - 2);
    const rice = orders.find((each) => each.goodsFen === 4_666)!;
    await pay(rice.id);
    const paid = await one(rice.id);
    expect(paid).toMatchObject({ state: 'paid', shares: [{ state: 'due', shareFen: 93 }] });
    expect(paid.pickUpCode).toMatch(/^\d{6}$/);
    const fetched = (pickUpCode: string, actor = shop.actors.worker!) =>
      handlers().handOver(callOf(actor, { body: { placeId: station(), pickUpCode } }));
    expect(await refusalOf(fetched(paid.pickUpCode!, shop.actors['worker-elsewhere']))).toBe(
      'place_not_yours',
    );
    expect(await fetched(paid.pickUpCode!)).toMatchObject({ state: 'collected', pickUpCode: null });
    expect(await refusalOf(fetched(paid.pickUpCode!))).toBe('pick_up_code_unknown');
  });

  it('is not paid by an altered, unsigned or repeated notice more than once', async () => {
    const { orders } = await order([{ goods: 'oil', quantity: 1, shownPriceFen: 7_990 }]);
    const { id } = orders[0]!;
    expect(await refusalOf(pay(id, (text) => text.replace('7990', '79')))).toBe(
      'signature_invalid',
    );
    const { body, signature } = await shop.sale.sandboxNotice(id);
    const send = () => shop.sale.takeNotice(JSON.parse(body.toString()), { body, signature });
    await Promise.all([send(), send()]);
    await send();
    expect((await one(id)).state).toBe('paid');
    expect(await refusalOf(pay(id))).toBe('order_already_paid');
  });

  it('charges nobody what she did not see, and sells nothing that is not there', async () => {
    const wrong = order([{ goods: 'rice', quantity: 1, shownPriceFen: 2_000 }]);
    expect(await refusalOf(wrong)).toBe('price_changed');
    const much = order([{ goods: 'rice', quantity: 200_000_000, shownPriceFen: 2_333 }]);
    expect(await refusalOf(much)).toBe('stock_too_low');
  });

  it('lets its goods go when it is not paid in time; money that comes later goes back', async () => {
    const before = await free('oil');
    const { orders } = await order([{ goods: 'oil', quantity: 3, shownPriceFen: 7_990 }]);
    const notice = await shop.sale.sandboxNotice(orders[0]!.id);
    shop.clock.set('2026-11-23T09:14:59+08:00');
    await shop.sale.ticks[0]!.run();
    expect(await free('oil')).toBe(before! - 3);
    shop.clock.set('2026-11-23T09:15:00+08:00');
    await shop.sale.ticks[0]!.run();
    await shop.sale.ticks[0]!.run();
    expect(await free('oil')).toBe(before);
    await shop.sale.takeNotice(JSON.parse(notice.body.toString()), notice);
    const late = await one(orders[0]!.id);
    expect(late).toMatchObject({ state: 'cancelled', refunds: [{ amountFen: 23_970 }] });
    shop.clock.set('2026-11-23T09:00:00+08:00');
  });

  it('is given back in part and whole before it is fetched, and by nobody else', async () => {
    const before = await free('rice');
    const { orders } = await order([{ goods: 'rice', quantity: 3, shownPriceFen: 2_333 }]);
    const { id, lines } = orders[0]!;
    await pay(id);
    const body = { key: newId(), lines: [{ lineId: lines[0]!.id, quantity: 1 }], reason: '买多了' };
    const stranger = await shop.signUp('19900004002');
    const giveBack = (actor: Actor) =>
      handlers().giveBack(callOf(actor, { params: { orderId: id }, body }));
    expect(await refusalOf(giveBack(stranger))).toBe('not_found');
    expect(await giveBack(buyer)).toMatchObject({ refundedFen: 2_333, shares: [{ shareFen: 93 }] });
    const cancelled = await handlers().cancel(callOf(buyer, { params: { orderId: id } }));
    expect(cancelled).toMatchObject({ state: 'refunded', shares: [{ state: 'returned' }] });
    expect(await free('rice')).toBe(before);
    expect(await refusalOf(handlers().cancel(callOf(buyer, { params: { orderId: id } })))).toBe(
      'order_not_now',
    );
  });

  it('tells whoever brings it where to, and nobody after that', async () => {
    const { orders } = await order([{ goods: 'milk', quantity: 1, shownPriceFen: 1_250 }], {
      kind: 'delivery',
      delivery: { address: '绿云路 2 号院 3 号楼', telephone: '19900004001', note: '' },
    });
    await pay(orders[0]!.id);
    const orderId = orders[0]!.id;
    const listed = async () => {
      const query = { limit: 50, placeId: station() };
      const seen = await handlers().orders(callOf(shop.actors.worker!, { query }));
      return seen.items.find((each) => each.id === orderId)!;
    };
    const mine = await listed();
    expect(mine.delivery).toMatchObject({ address: null, telephone: null, state: 'open' });
    const bring = shop.sale.deliveryHandlers;
    const params = { orderId };
    const taken = await bring.takeAtStation(callOf(shop.actors.worker!, { params }));
    expect(taken.to).toMatchObject({ address: '绿云路 2 号院 3 号楼' });
    expect((await listed()).delivery).toMatchObject({ address: null });
    const { pickUpCode } = await one(orderId);
    const body = { code: pickUpCode!, proxy: '' };
    const handed = await bring.handAtStation(callOf(shop.actors.worker!, { params, body }));
    expect(handed.to).toBeNull();
    expect(mine.pickUpCode).toBeNull();
    const elsewhere = await handlers().orders(
      callOf(shop.actors['worker-elsewhere']!, { query: { limit: 50 } }),
    );
    expect(elsewhere.items.some((each) => each.id === orders[0]!.id)).toBe(false);
  });
});

describe('the price for people in hardship', () => {
  it('is taken silently for the account bound to such a person, and for nobody else', async () => {
    const poor = await shop.person({ name: '和平', group: 'minimum_living', bound: true });
    const price = async (actor: Actor) => {
      const priced = await handlers().price(
        callOf(actor, {
          body: {
            placeId: station(),
            lines: [{ variantId: shop.goods.milk.variantId, quantity: 1 }],
          },
        }),
      );
      return priced.parts[0]!.lines[0]!.priceFen;
    };
    expect(await price(poor.account!)).toBe(990);
    expect(await price(buyer)).toBe(1_250);
    await shop.catalogue.handlers.join(callOf(buyer));
    expect(await price(buyer)).toBe(1_150);
    expect(await price(systemActor('nobody'))).toBe(1_250);
  });
});

it('leaves the ledger whole', async () => {
  expect(await shop.database.read(shop.system, (tx) => check(tx.sql))).toEqual([]);
});
