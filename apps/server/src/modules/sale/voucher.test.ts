import { newId, type Id } from '@wennuan/basics';
import { balances, check } from '@wennuan/ledger';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sales, type Sales } from '../../../test-support/sales.ts';
import { testShop, type TestShop } from '../../../test-support/shop.ts';
import { accountOf } from './index.ts';

let shop: TestShop;
let till: Sales;
let voucherId: Id;
const tillId = newId();

beforeAll(async () => {
  shop = await testShop();
  till = sales(shop);
  const { personId } = await shop.person({ name: '和平', group: 'none' });
  voucherId = await shop.write(async (tx) => {
    const [issued] = await shop.benefit.issue(tx, [
      {
        kind: 'voucher',
        subject: { kind: 'test', id: newId() },
        personId,
        accountId: null,
        areaId: shop.areaId(),
        fundId: shop.fundId,
        amount: 3_000,
        label: '生活代金券',
        days: 90,
      },
    ]);
    return issued!.entitlementId!;
  });
  await shop.write((tx) =>
    shop.benefit.holdFor(tx, {
      entitlementIds: [voucherId],
      placeId: shop.stations[0]!.id,
      tillId,
    }),
  );
});
afterAll(() => shop.close());

const held = async (id: Id) =>
  (await shop.database.read(shop.system, (tx) => balances(tx.sql, [id])))[0]?.balance ?? 0;

it('pays the merchant out of a voucher, reckons the 2 % on the whole price, and gives vouchers back before cash', async () => {
  const merchantId = shop.merchants[1]!;
  const payable = accountOf('payable', merchantId);
  const due = accountOf('due', merchantId, shop.stations[0]!.id);
  const order = await till.sell([{ goods: 'rice', quantity: 2 }], {
    payments: [
      {
        means: 'voucher',
        amountFen: 2_500,
        reference: '',
        entitlementId: voucherId,
        proof: { tillId },
      },
      { means: 'cash', amountFen: 2_166, reference: '' },
    ],
  });
  expect([await held(voucherId), await held(payable), await held(due)]).toEqual([500, 2_500, 93]);
  const [back] = await till.giveBack(order, 1);
  expect(back!.back).toEqual([{ means: 'voucher', amountFen: 2_333 }]);
  expect([await held(voucherId), await held(payable), await held(due)]).toEqual([2_833, 167, 47]);
  const [rest] = await till.giveBack(order, 1);
  expect(rest!.back).toEqual([
    { means: 'voucher', amountFen: 167 },
    { means: 'cash', amountFen: 2_166 },
  ]);
  expect([await held(voucherId), await held(payable), await held(due)]).toEqual([3_000, 0, 0]);
  expect(await shop.database.read(shop.system, (tx) => check(tx.sql))).toEqual([]);
});

it('asks for the merchant’s payment like for any other; what comes back afterwards it owes', async () => {
  const merchantId = shop.merchants[1]!;
  const order = await till.sell([{ goods: 'rice', quantity: 1 }], {
    payments: [
      {
        means: 'voucher',
        amountFen: 400,
        reference: '',
        entitlementId: voucherId,
        proof: { tillId },
      },
      { means: 'cash', amountFen: 1_933, reference: '' },
    ],
  });
  shop.clock.set('2026-12-03T09:00:00+08:00');
  const accountant = shop.actors.accountant!;
  const batchId = await shop.write((tx) => shop.settlement.freeze(tx, '2026-11'));
  const [row] = await shop.write((tx) => shop.settlement.list(tx, batchId));
  expect(row).toMatchObject({ voucher_fen: 400, voucher_state: 'open' });
  await shop.database.write(accountant, 'settlement.propose_vouchers', (tx) =>
    shop.settlement.proposeVouchers(tx, row!.id),
  );
  await till.giveBack(order, 1);
  // The payment asked for stands; what went back to the voucher is the merchant's debt until next month.
  expect(await held(accountOf('payable', merchantId))).toBe(400);
  expect(await held(voucherId)).toBe(3_000);
  expect(await shop.database.read(shop.system, (tx) => check(tx.sql))).toEqual([]);
});
