import { expect, it } from 'vitest';
import { randomOrders } from '../../../test-support/random-orders.ts';

it('gives funds exactly 2 % of what stays bought, over random orders, vouchers, refunds and closed months', async () => {
  const told = await randomOrders({ orders: 700, seed: 20_261_122 });
  expect(told.broken).toEqual([]);
  expect(told.refunds).toBeGreaterThan(30);
  expect(told.fundFen).toBe(told.expectedFen);
  expect(told.sold).toBe(told.expectedSold);
  expect(told.voucherFen).toBe(told.expectedVoucherFen);
});
