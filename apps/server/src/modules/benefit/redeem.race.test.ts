import { expect, test } from 'vitest';
import { voucherRace } from '../../../test-support/voucher-race.ts';

/** The soak runs the same with ten thousand (`npm run soak -- benefit`). */
const VOUCHERS = Number(process.env['RACE_VOUCHERS'] ?? 500);

test('fifty tries for each voucher at sixteen counters, some away: each spent exactly to its value', async () => {
  const told = await voucherRace({ vouchers: VOUCHERS, tries: 50, counters: 16 });
  expect(told.wrong).toEqual([]);
  expect(told.broken).toEqual([]);
  expect(told.spentFen).toBe(told.expectedFen);
  expect(told.payableFen).toBe(told.spentFen);
}, 1_800_000);
