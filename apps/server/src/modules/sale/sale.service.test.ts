import { newId, type Id } from '@wennuan/basics';
import { balances, check } from '@wennuan/ledger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callOf } from '../../../test-support/things.ts';
import { refusalOf } from '../../../test-support/loop-inputs.ts';
import { testShop, type TestShop } from '../../../test-support/shop.ts';
import { accountOf, type BasketLine, type SaleCommand } from './index.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await testShop();
});
afterAll(() => shop.close());

const station = () => shop.stations[0]!.id;
const sell = (lines: readonly BasketLine[], paidFen: number, change: Partial<SaleCommand> = {}) =>
  shop.write((tx) => shop.sale.record(tx, [command(lines, paidFen, change)]));
function command(
  lines: readonly BasketLine[],
  paidFen: number,
  change: Partial<SaleCommand> = {},
): SaleCommand {
  return {
    key: newId(),
    channel: 'till',
    kind: 'counter',
    basket: { placeId: station(), accountId: null, lines },
    payments: [{ means: 'cash', amountFen: paidFen, reference: '' }],
    at: shop.clock.now(),
    handedOver: true,
    ...change,
  };
}
const held = async (id: Id) =>
  (await shop.database.read(shop.system, (tx) => balances(tx.sql, [id])))[0]?.balance ?? 0;
const due = (merchant: number, placeId = station()) =>
  held(accountOf('due', shop.merchants[merchant]!, placeId));
const linesOf = (orderId: Id) =>
  shop.write((tx) =>
    tx.db
      .selectFrom('sale_line')
      .selectAll()
      .where('order_id', '=', orderId)
      .orderBy('position')
      .execute(),
  );
const orderIdOf = (outcomes: Awaited<ReturnType<typeof sell>>) => {
  const [outcome] = outcomes;
  if (outcome?.status !== 'recorded') throw new Error(JSON.stringify(outcome));
  return outcome.orderId;
};

describe('a sale', () => {
  it('posts pieces and each merchant’s 2 %, half up per merchant, and says it in words', async () => {
    const { rice, oil, milk, tofu } = shop.goods;
    const lines = [
      { variantId: rice.variantId, quantity: 3 },
      { variantId: oil.variantId, quantity: 1 },
      { variantId: milk.variantId, quantity: 2 },
      { variantId: tofu.variantId, quantity: 333 },
    ];
    const priced = await shop.database.read(shop.system, (tx) =>
      shop.sale.price(tx, { placeId: station(), accountId: null, lines }),
    );
    // 3 × 23.33 + 79.90 = 149.89 → 3.00 (2.9978); 2 × 12.50 + 2.66 = 27.66 → 0.55 (0.5532).
    expect(priced.parts.map((part) => [part.goodsFen, part.shareFen])).toEqual([
      [14_989, 300],
      [2_766, 55],
    ]);
    expect(priced.shareWords).toBe('商家因您的购买捐出 ¥3.55');
    const before = [await due(0), await due(1)];
    const stock = await held((await stockOf(rice.itemId))!);
    await sell(lines, priced.goodsFen);
    expect([await due(0), await due(1)]).toEqual([before[0]! + 55, before[1]! + 300]);
    expect(await held((await stockOf(rice.itemId))!)).toBe(stock - 3);
  });

  it('is what became of a lot: whoever recalls it sees how many were sold', async () => {
    const { oil } = shop.goods;
    const [made] = await shop.write((tx) =>
      shop.goodsModule.receive(tx, [
        {
          placeId: station(),
          itemId: oil.itemId,
          quantity: 5,
          batch: 'A7',
          expiresOn: '2026-12-31',
          unitValueFen: 7_000,
          origin: 'opening',
          originLabel: '启用系统前库存',
          sourceId: null,
          formId: newId(),
        },
      ]),
    );
    await sell([{ variantId: oil.variantId, quantity: 2 }], 15_980);
    await shop.events.settle();
    const lot = await shop.goodsModule.handlers.lotTrace(
      callOf(shop.actors.federation!, { params: { lotId: made!.id } }),
    );
    expect(lot).toMatchObject({ arrived: 5, sold: 2, resting: [{ quantity: 3 }] });
  });

  it('is recorded once by one key, also when it is sent twice at the same moment', async () => {
    const one = command([{ variantId: shop.goods.rice.variantId, quantity: 1 }], 2_333);
    const before = await due(1);
    const twice = await Promise.all([
      shop.write((tx) => shop.sale.record(tx, [one])),
      shop.write((tx) => shop.sale.record(tx, [one])),
    ]);
    expect(
      twice
        .flat()
        .map((outcome) => outcome.status)
        .toSorted(),
    ).toEqual(['already_recorded', 'recorded']);
    expect(await due(1)).toBe(before + 47);
  });

  it('is refused when what is paid differs from what is due, and of more than there is', async () => {
    const lines = [{ variantId: shop.goods.rice.variantId, quantity: 1 }];
    expect(await sell(lines, 2_332)).toMatchObject([
      { status: 'refused', code: 'payment_differs' },
    ]);
    const much = [{ variantId: shop.goods.rice.variantId, quantity: 200_000_000 }];
    expect(await refusalOf(sell(much, 200_000_000 * 2_333))).toBe('stock_too_low');
    const none = command([], 0);
    expect(await shop.write((tx) => shop.sale.record(tx, [none]))).toMatchObject([
      { code: 'basket_empty' },
    ]);
    const long = Array.from({ length: 10_000 }, () => lines[0]!);
    expect(await sell(long, 1)).toMatchObject([{ code: 'basket_too_long' }]);
  });
});

async function stockOf(itemId: Id): Promise<Id | undefined> {
  const rows = await shop.write((tx) =>
    tx.db
      .selectFrom('goods_stock')
      .select('id')
      .where('item_id', '=', itemId)
      .where('place_id', '=', station())
      .execute(),
  );
  return rows[0]?.id;
}

describe('C-06: nothing sells without what the law and the agreement ask', () => {
  const tryOut = async (merchantId: Id, change: object = {}) => {
    const goods = await shop.addGoods({ title: `试卖品${newId()}`, merchantId, ...change });
    // Draft goods are put on sale by hand here, so that the sale itself must refuse them.
    await shop.write((tx) =>
      tx.db
        .updateTable('product')
        .set({ state: 'on_sale' })
        .where('id', '=', goods.productId)
        .execute(),
    );
    const [outcome] = await sell([{ variantId: goods.variantId, quantity: 1 }], 1_000);
    return outcome?.status === 'refused' ? outcome.code : outcome?.status;
  };

  it('refuses a lapsed agreement, a lapsed licence, and imports without papers', async () => {
    const ended = await shop.openMerchant('示例过期协议商店');
    await shop.write((tx) =>
      tx.db
        .updateTable('merchant_agreement')
        .set({ ended_on: '2026-11-01' })
        .where('merchant_id', '=', ended)
        .execute(),
    );
    expect(await tryOut(ended)).toBe('agreement_missing');
    const lapsing = await shop.openMerchant('示例证照到期商店', { licenceUntil: '2026-11-23' });
    expect(await tryOut(lapsing)).toBe('recorded');
    shop.clock.set('2026-11-24T09:00:00+08:00');
    expect(await tryOut(lapsing)).toBe('licence_lapsed');
    shop.clock.set('2026-11-23T09:00:00+08:00');
    expect(await tryOut(shop.merchants[0]!, { imported: true })).toBe('import_papers_missing');
    expect(await tryOut(shop.merchants[0]!, { imported: true, papers: '报关单 1' })).toBe(
      'recorded',
    );
  });

  it('refuses a merchant nobody else agreed to', async () => {
    const suspended = await shop.openMerchant('示例暂停商店');
    await shop.write((tx) =>
      tx.db
        .updateTable('merchant')
        .set({ state: 'suspended' })
        .where('id', '=', suspended)
        .execute(),
    );
    expect(await tryOut(suspended)).toBe('merchant_not_active');
  });
});

describe('a refund', () => {
  const giveBack = (orderId: Id, lines: { lineId: Id; quantity: number }[], key = newId()) =>
    shop.write((tx) =>
      shop.sale.refund(tx, [
        { key, orderId, lines, reason: '不想要了', restock: true, at: shop.clock.now() },
      ]),
    );

  it('reckons what remains anew and posts the difference; the pieces are back', async () => {
    const { rice, oil } = shop.goods;
    const before = await due(1);
    const stock = await held((await stockOf(rice.itemId))!);
    const orderId = orderIdOf(
      await sell(
        [
          { variantId: rice.variantId, quantity: 3 },
          { variantId: oil.variantId, quantity: 1 },
        ],
        14_989,
      ),
    );
    const [riceLine, oilLine] = await linesOf(orderId);
    const [back] = await giveBack(orderId, [{ lineId: riceLine!.id, quantity: 1 }]);
    expect(back).toMatchObject({ amountFen: 2_333, back: [{ means: 'cash', amountFen: 2_333 }] });
    // 126.56 remain → 2.53.
    expect(await due(1)).toBe(before + 253);
    expect(await held((await stockOf(rice.itemId))!)).toBe(stock - 2);
    expect(await refusalOf(giveBack(orderId, [{ lineId: riceLine!.id, quantity: 3 }]))).toBe(
      'refund_too_high',
    );
    await giveBack(orderId, [
      { lineId: riceLine!.id, quantity: 2 },
      { lineId: oilLine!.id, quantity: 1 },
    ]);
    expect(await due(1)).toBe(before);
    expect(await refusalOf(giveBack(orderId, [{ lineId: oilLine!.id, quantity: 1 }]))).toBe(
      'order_not_now',
    );
  });

  it('happens once by one key', async () => {
    const orderId = orderIdOf(
      await sell([{ variantId: shop.goods.rice.variantId, quantity: 2 }], 4_666),
    );
    const [line] = await linesOf(orderId);
    const key = newId();
    const lines = [{ lineId: line!.id, quantity: 1 }];
    const [first] = await giveBack(orderId, lines, key);
    const [again] = await giveBack(orderId, lines, key);
    expect(again).toMatchObject({ status: 'already_refunded', refundId: first!.refundId });
  });

  it('leaves the ledger whole', async () => {
    expect(await shop.database.read(shop.system, (tx) => check(tx.sql))).toEqual([]);
  });
});
