import type { Id } from '@wennuan/basics';
import { balances, check } from '@wennuan/ledger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf } from '../../../test-support/loop-inputs.ts';
import { sales, type Sales } from '../../../test-support/sales.ts';
import { testShop, type TestShop } from '../../../test-support/shop.ts';
import { callOf } from '../../../test-support/things.ts';
import { accountOf } from '../sale/index.ts';

let shop: TestShop;
let till: Sales;
beforeAll(async () => {
  shop = await testShop();
  till = sales(shop);
});
afterAll(() => shop.close());

const settle = () => shop.settlement.handlers;
const accountant = () => shop.actors.accountant!;
const freeze = (month: string) => settle().freeze(callOf(accountant(), { body: { month } }));
const pay = (settlementId: Id, actor = accountant()) =>
  settle().pay(
    callOf(actor, {
      params: { settlementId },
      body: { bankReference: `回单${settlementId}`, paidOn: '2026-11-23' },
    }),
  );
const fundOf = async (place: number) => {
  const funds = await shop.write((tx) =>
    shop.fund.listFunds(tx, { kind: 'mutual_aid', areaIds: [shop.stations[place]!.areaId] }),
  );
  const [row] = await shop.write((tx) =>
    balances(
      tx.sql,
      funds.map((fund) => fund.id),
    ),
  );
  return row?.balance ?? 0;
};
const due = async (merchant: number, place = 0) => {
  const id = accountOf('due', shop.merchants[merchant]!, shop.stations[place]!.id);
  return (await shop.write((tx) => balances(tx.sql, [id])))[0]?.balance ?? 0;
};

describe('a settled month', () => {
  it('is due, then paid, then in the community’s fund; what is given back later is the next month’s', async () => {
    shop.clock.set('2026-09-10T10:00:00+08:00');
    const rice = await till.sell([{ goods: 'rice', quantity: 10 }]);
    await till.sell([{ goods: 'milk', quantity: 8 }], { place: 1 });
    await till.giveBack(rice, 1);
    // 9 × 23.33 = 209.97 → 4.20; 8 × 12.50 = 100 → 2.00.
    expect([await due(1), await due(0, 1)]).toEqual([420, 200]);
    expect(await refusalOf(freeze('2026-09'))).toBe('period_not_over');
    shop.clock.set('2026-10-02T09:00:00+08:00');
    await till.giveBack(rice, 1);
    const { items } = await freeze('2026-09');
    expect(items.map((one) => [one.shareFen, one.shareState])).toEqual([
      [373, 'due'],
      [200, 'due'],
    ]);
    expect(await refusalOf(freeze('2026-09'))).toBe('settled_already');
    // Given back after the month was closed: the fund still gets what the month says.
    await till.giveBack(rice, 1);
    expect(await due(1)).toBe(373);
    shop.clock.set('2026-11-23T09:00:00+08:00');
    const [first, second] = items;
    const before = await fundOf(0);
    await pay(first!.id);
    expect(await refusalOf(pay(first!.id))).toBe('settled_already');
    expect((await fundOf(0)) - before).toBe(373);
    expect(await due(1)).toBe(0);
    await pay(second!.id);
    expect(await fundOf(1)).toBe(200);
  });

  it('is less by what was given back after the month before; what it cannot take waits on', async () => {
    shop.clock.set('2026-10-20T09:00:00+08:00');
    await till.sell([{ goods: 'rice', quantity: 1 }]);
    shop.clock.set('2026-11-01T00:00:00+08:00');
    const { items } = await freeze('2026-10');
    // 0.47 sold, 0.46 given back of September (7 × 23.33 = 163.31 → 3.27, was 3.73).
    expect(items).toMatchObject([{ shareFen: 1 }]);
    expect(items[0]!.places).toMatchObject([{ grossFen: 47, carriedFen: 46, netFen: 1 }]);
    shop.clock.set('2026-11-23T09:00:00+08:00');
    const before = await fundOf(0);
    await pay(items[0]!.id);
    expect((await fundOf(0)) - before).toBe(1);
    expect(await due(1)).toBe(0);
  });

  it('is not settled by who put the merchant on file', async () => {
    const row = { merchantId: shop.merchants[0]! };
    shop.clock.set('2026-11-05T09:00:00+08:00');
    await till.sell([{ goods: 'milk', quantity: 4 }]);
    await shop.ownerSql(
      `update merchant set proposed_by = '${accountant().accountId}', decided_by = null where id = '${row.merchantId}'`,
    );
    shop.clock.set('2026-12-01T09:00:00+08:00');
    const { items } = await freeze('2026-11');
    const mine = items.find((one) => one.merchantId === row.merchantId)!;
    expect(mine.mayPay).toBe(false);
    expect(await refusalOf(pay(mine.id))).toBe('onboarder_may_not_settle');
  });

  it('is put on the accountant’s desk when it is late', async () => {
    shop.clock.set('2026-12-11T09:00:00+08:00');
    expect(await shop.write((tx) => shop.settlement.tellLate(tx))).toBe(1);
    const { items } = await shop.desk.handlers.tasks(
      callOf(accountant(), { query: { view: 'open', limit: 50 } }),
    );
    expect(items.filter((task) => task.kind === 'share_late')).toHaveLength(1);
  });
});

describe('a refund and the closing of a month at the same moment', () => {
  it('wait for one another: nothing is in two batches or none, and the ledger is whole', async () => {
    shop.clock.set('2026-12-15T10:00:00+08:00');
    const orders: Awaited<ReturnType<Sales['sell']>>[] = [];
    for (let count = 0; count < 6; count += 1)
      orders.push(await till.sell([{ goods: 'rice', quantity: 2 }]));
    shop.clock.set('2027-01-02T09:00:00+08:00');
    const [frozen] = await Promise.all([
      freeze('2026-12'),
      ...orders.map((order) => till.giveBack(order, 1)),
    ]);
    for (const settlement of frozen.items.filter((one) => one.merchantId === shop.merchants[1]!)) {
      const open = await shop.write((tx) =>
        tx.db.selectFrom('sale_posting').selectAll().where('batch_id', 'is', null).execute(),
      );
      const late = open.reduce((sum, row) => sum + row.amount_fen, 0);
      // 6 × 2 × 23.33 → 6 × 0.93; each refund takes 0.46 of it, before or after.
      expect(settlement.shareFen + late).toBe(6 * 93 - 6 * 46);
    }
    expect(await shop.database.read(shop.system, (tx) => check(tx.sql))).toEqual([]);
  });
});

describe('the books', () => {
  it('have a share on the day it was at the bank, though it was noted in the next month', async () => {
    shop.clock.set('2027-03-10T10:00:00+08:00');
    await till.sell([{ goods: 'rice', quantity: 10 }]);
    shop.clock.set('2027-04-01T09:00:00+08:00');
    const { items } = await freeze('2027-03');
    const bank = async (month: string) => {
      const { rows: all } = await shop.write((tx) => shop.book.trialBalance(tx, month));
      const rows = all.filter((one) => one.code === '1002' && one.detail === null);
      return rows.reduce((sum, one) => sum + one.debitFen - one.creditFen, 0);
    };
    const before = [await bank('2027-03'), await bank('2027-04')];
    const one = items.find((item) => item.shareState === 'due')!;
    await settle().pay(
      callOf(accountant(), {
        params: { settlementId: one.id },
        body: { bankReference: '月底到账', paidOn: '2027-03-31' },
      }),
    );
    expect([await bank('2027-03'), await bank('2027-04')]).toEqual([
      before[0]! + one.shareFen,
      before[1]!,
    ]);
  });
});
