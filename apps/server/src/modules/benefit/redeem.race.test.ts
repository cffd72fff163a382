import { expect, test } from 'vitest';
import { voucherRace } from '../../../test-support/voucher-race.ts';

test('500 vouchers, fifty tries each at sixteen counters, some away: each spent exactly to its value', async () => {
  const told = await voucherRace({ vouchers: 500, tries: 50, counters: 16 });
  expect(told.wrong).toEqual([]);
  expect(told.broken).toEqual([]);
  expect(told.spentFen).toBe(told.expectedFen);
  expect(told.payableFen).toBe(told.spentFen);
}, 60_000);
