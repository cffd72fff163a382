import { newId, type Id } from '@wennuan/basics';
import type { GoodsCategory } from '@wennuan/contract';
import { balances, check } from '@wennuan/ledger';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refusalOf } from '../../../test-support/loop-inputs.ts';
import { testShop, type TestShop } from '../../../test-support/shop.ts';
import { callOf } from '../../../test-support/things.ts';
import type { Actor } from '../../platform/actor.ts';

let shop: TestShop;
let buyer: Actor;
let personId: Id;
beforeAll(async () => {
  shop = await testShop();
  const person = await shop.person({ name: '和平', group: 'none', bound: true });
  buyer = person.account!;
  personId = person.personId;
});
afterAll(() => shop.close());
beforeEach(() => shop.clock.set('2026-11-23T09:00:00+08:00'));

const handlers = () => shop.sale.handlers;
const placeId = () => shop.stations[0]!.id;

/** A voucher of hers, or a coupon, with so much on it for these goods. */
async function issue(
  amount: number,
  change: { kind?: 'voucher' | 'coupon'; goods?: GoodsCategory[] } = {},
): Promise<Id> {
  const [issued] = await shop.write((tx) =>
    shop.benefit.issue(tx, [
      {
        kind: 'voucher',
        subject: { kind: 'test', id: newId() },
        personId,
        accountId: buyer.accountId,
        areaId: shop.areaId(),
        fundId: shop.fundId,
        amount,
        label: '冬季代金券',
        days: 60,
        ...change,
      },
    ]),
  );
  return issued!.entitlementId!;
}

const PRICES = { rice: 2_333, oil: 7_990, milk: 1_250 } as const;
type Wanted = Partial<Record<keyof typeof PRICES, number>>;
const linesOf = (wanted: Wanted) =>
  (Object.keys(wanted) as (keyof typeof PRICES)[]).map((goods) => ({
    variantId: shop.goods[goods].variantId,
    quantity: wanted[goods]!,
    shownPriceFen: PRICES[goods],
  }));
async function order(wanted: Wanted, vouchers: readonly Id[], change: object = {}) {
  const { orders } = await handlers().order(
    callOf(buyer, {
      body: {
        key: newId(),
        placeId: placeId(),
        kind: 'pick_up',
        delivery: null,
        lines: linesOf(wanted),
        vouchers: [...vouchers],
        ...change,
      },
    }),
  );
  return orders;
}
const plan = (wanted: Wanted, vouchers: readonly Id[], actor = buyer) =>
  handlers().plan(
    callOf(actor, {
      body: {
        placeId: placeId(),
        lines: linesOf(wanted).map(({ variantId, quantity }) => ({ variantId, quantity })),
        vouchers: [...vouchers],
      },
    }),
  );
async function pay(orderId: Id): Promise<void> {
  const { body, signature } = await shop.sale.sandboxNotice(orderId);
  await shop.sale.takeNotice(JSON.parse(body.toString('utf8')), { body, signature });
}
const one = (orderId: Id) => handlers().one(callOf(buyer, { params: { orderId } }));
const cancel = (orderId: Id) => handlers().cancel(callOf(buyer, { params: { orderId } }));
async function left(id: Id) {
  const [row] = await shop.database.read(shop.system, (tx) => balances(tx.sql, [id]));
  return { balance: row?.balance ?? 0, held: row?.held ?? 0 };
}

describe('a cart paid with vouchers, coupons and money', () => {
  it('is planned for the goods each covers, and says apart what stands against vouchers', async () => {
    const voucher = await issue(3_000);
    const coupon = await issue(2_000, { kind: 'coupon', goods: ['drink'] });
    const none = await plan({ rice: 1, milk: 1 }, []);
    expect(none).toMatchObject({ voucherFen: 0, moneyFen: 3_583, voucherShareFen: 0 });
    const both = await plan({ rice: 1, milk: 1 }, [voucher, coupon]);
    expect(both).toMatchObject({ voucherFen: 3_583, moneyFen: 0, voucherShareFen: 72 });
    const ofMine = (id: Id) => both.vouchers.find((each) => each.id === id);
    expect(ofMine(coupon)).toMatchObject({ payableFen: 1_250, paysFen: 1_250, kind: 'coupon' });
    const stranger = await shop.signUp('19900004101');
    expect(await refusalOf(plan({ rice: 1 }, [voucher], stranger))).toBe('voucher_over');
    expect((await plan({ rice: 1 }, [], stranger)).vouchers).toEqual([]);
    const oil = await plan({ oil: 1 }, [coupon]);
    expect(oil).toMatchObject({ voucherFen: 0, moneyFen: 7_990 });
  });

  it('holds the voucher for both merchants’ orders until they are paid, and pays each once', async () => {
    const voucher = await issue(4_000);
    const orders = await order({ milk: 1, rice: 2 }, [voucher], { shownMoneyFen: 1_916 });
    // The milk is covered whole and paid at once; the rice waits for the rest in money.
    const milk = orders.find((each) => each.goodsFen === 1_250)!;
    const rice = orders.find((each) => each.goodsFen === 4_666)!;
    expect(milk).toMatchObject({ state: 'paid', moneyFen: 0, shares: [{ voucherShareFen: 25 }] });
    expect(rice).toMatchObject({ state: 'waiting', voucherFen: 2_750, moneyFen: 1_916 });
    expect(await left(voucher)).toEqual({ balance: 2_750, held: 2_750 });
    expect(await refusalOf(order({ oil: 1 }, [voucher]))).toBe('voucher_in_order');
    expect(await refusalOf(scanAtTill(voucher))).toBe('voucher_in_order');
    const notice = await shop.sale.sandboxNotice(rice.id);
    expect(JSON.parse(notice.body.toString('utf8'))).toMatchObject({ amountFen: 1_916 });
    const send = () => shop.sale.takeNotice(JSON.parse(notice.body.toString()), notice);
    await Promise.all([send(), send()]);
    await send();
    expect(await one(rice.id)).toMatchObject({
      state: 'paid',
      payments: [
        { means: 'voucher', label: '冬季代金券', amountFen: 2_750 },
        { means: 'sandbox', label: null, amountFen: 1_916 },
      ],
      shares: [{ shareFen: 93, voucherShareFen: 55 }],
    });
    expect(await left(voucher)).toEqual({ balance: 0, held: 0 });
  });

  it('ends the holds once the last of two orders paid at the same moment is', async () => {
    const drink = await issue(500, { kind: 'coupon', goods: ['drink'] });
    const grain = await issue(500, { kind: 'coupon', goods: ['grain_oil'] });
    const orders = await order({ milk: 1, rice: 1 }, [drink, grain], { shownMoneyFen: 2_583 });
    await Promise.all(orders.map((each) => pay(each.id)));
    for (const orderId of orders.map((each) => each.id))
      expect(await one(orderId)).toMatchObject({ state: 'paid', voucherFen: 500 });
    expect(await Promise.all([left(drink), left(grain)])).toEqual([
      { balance: 0, held: 0 },
      { balance: 0, held: 0 },
    ]);
    const rest = await issue(5_000);
    const two = await order({ milk: 1, rice: 2 }, [rest]);
    expect(new Set(two.map((each) => each.moneyFen))).toEqual(new Set([0, 916]));
    expect(await left(rest)).toEqual({ balance: 3_750, held: 3_750 });
    await cancel(two.find((each) => each.moneyFen === 916)!.id);
    expect(await left(rest)).toEqual({ balance: 3_750, held: 0 });
  });

  it('is refused when something else is left to pay than was shown', async () => {
    const voucher = await issue(2_000);
    const wrong = order({ rice: 1 }, [voucher], { shownMoneyFen: 300 });
    expect(await refusalOf(wrong)).toBe('vouchers_pay_other');
    expect(await left(voucher)).toEqual({ balance: 2_000, held: 0 });
    const nobodys = order({ rice: 1 }, [newId()]);
    expect(await refusalOf(nobodys)).toBe('voucher_over');
  });

  it('lets the voucher go when the time to pay is over; money that comes later goes back, the voucher stays', async () => {
    const voucher = await issue(2_000);
    const [waiting] = await order({ rice: 1 }, [voucher]);
    const notice = await shop.sale.sandboxNotice(waiting!.id);
    shop.clock.set('2026-11-23T09:15:00+08:00');
    await shop.sale.ticks[0]!.run();
    expect(await left(voucher)).toEqual({ balance: 2_000, held: 0 });
    await shop.sale.takeNotice(JSON.parse(notice.body.toString()), notice);
    expect(await one(waiting!.id)).toMatchObject({
      state: 'cancelled',
      refunds: [{ amountFen: 333 }],
    });
    expect(await left(voucher)).toEqual({ balance: 2_000, held: 0 });
  });

  it('pays what the server went away from before it could', async () => {
    const voucher = await issue(2_333);
    const body = {
      key: newId(),
      placeId: placeId(),
      kind: 'pick_up' as const,
      delivery: null,
      lines: linesOf({ rice: 1 }),
      vouchers: [voucher],
    };
    const [orderId] = await shop.write((tx) =>
      shop.sale.placeOrders(tx, { accountId: buyer.accountId!, body }),
    );
    expect(await one(orderId!)).toMatchObject({ state: 'waiting', moneyFen: 0 });
    await shop.sale.ticks[0]!.run();
    expect(await one(orderId!)).toMatchObject({ state: 'paid' });
    expect(await left(voucher)).toEqual({ balance: 0, held: 0 });
  });

  it('gives back to the voucher first, so that none becomes money', async () => {
    const voucher = await issue(3_000);
    const [bought] = await order({ rice: 2 }, [voucher]);
    await pay(bought!.id);
    const back = await handlers().giveBack(
      callOf(buyer, {
        params: { orderId: bought!.id },
        body: {
          key: newId(),
          lines: [{ lineId: bought!.lines[0]!.id, quantity: 1 }],
          reason: '买多了',
        },
      }),
    );
    expect(back.payments).toMatchObject([{ refundedFen: 2_333 }, { refundedFen: 0 }]);
    expect(await left(voucher)).toEqual({ balance: 2_333, held: 0 });
    const whole = await cancel(bought!.id);
    expect(whole.payments).toMatchObject([{ refundedFen: 3_000 }, { refundedFen: 1_666 }]);
    expect(await left(voucher)).toEqual({ balance: 3_000, held: 0 });
  });

  it('goes back to its fund when it was ended while an order waited', async () => {
    const voucher = await issue(2_000);
    const [waiting] = await order({ rice: 1 }, [voucher]);
    await shop.write((tx) => shop.benefit.takeBack(tx, { ids: [voucher], as: 'cancelled' }));
    expect(await left(voucher)).toEqual({ balance: 2_000, held: 2_000 });
    await cancel(waiting!.id);
    expect(await left(voucher)).toEqual({ balance: 0, held: 0 });
  });

  it('looks like any other to the station', async () => {
    const voucher = await issue(2_000);
    const [bought] = await order({ rice: 1 }, [voucher]);
    await pay(bought!.id);
    const { items } = await handlers().orders(
      callOf(shop.actors.worker!, { query: { limit: 50, placeId: placeId() } }),
    );
    const seen = items.find((each) => each.id === bought!.id)!;
    expect(seen).toMatchObject({ voucherFen: null, moneyFen: null, payments: [] });
    expect(JSON.stringify(seen)).not.toMatch(/voucher"|代金券/);
  });
});

it('lets two meal cards pay for no more than the meals of a purchase, at a till too', async () => {
  const dinner = await shop.addGoods({
    title: '午餐',
    merchantId: shop.merchants[1]!,
    placeIds: [placeId()],
  });
  const variantId = dinner.variantId;
  await shop.ownerSql(`update product set category = 'meal' where id = '${dinner.productId}'`);
  const cards = [
    await issue(1_000, { kind: 'coupon', goods: ['meal'] }),
    await issue(1_000, { kind: 'coupon', goods: ['meal'] }),
  ];
  const tillId = newId();
  await shop.write((tx) =>
    shop.benefit.holdFor(tx, { entitlementIds: cards, placeId: placeId(), tillId }),
  );
  const rung = shop.write((tx) =>
    shop.sale.record(tx, [
      {
        key: newId(),
        channel: 'till',
        kind: 'counter',
        basket: {
          placeId: placeId(),
          accountId: null,
          lines: [
            { variantId, quantity: 1 },
            { variantId: shop.goods.rice.variantId, quantity: 1 },
          ],
        },
        payments: [
          ...cards.map((entitlementId) => ({
            means: 'coupon' as const,
            amountFen: 1_000,
            reference: '',
            entitlementId,
            proof: { tillId },
          })),
          { means: 'cash', amountFen: 1_333, reference: '' },
        ],
        at: shop.clock.now(),
        handedOver: true,
      },
    ]),
  );
  expect(await refusalOf(rung)).toBe('voucher_goods_wrong');
  expect(await left(cards[0]!)).toMatchObject({ balance: 1_000 });
});

it('leaves the ledger whole', async () => {
  expect(await shop.database.read(shop.system, (tx) => check(tx.sql))).toEqual([]);
});

/** Her code shown at a till of the station. */
async function scanAtTill(entitlementId: Id): Promise<unknown> {
  const { text } = await shop.benefit.handlers.myCode(callOf(buyer, { params: { entitlementId } }));
  return await shop.write((tx) =>
    shop.benefit.scan(tx, { text, proof: '', placeId: placeId(), tillId: newId() }),
  );
}
