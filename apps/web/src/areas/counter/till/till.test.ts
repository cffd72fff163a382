import { expect, test } from 'vitest';
import {
  addLine,
  amountOf,
  type Good,
  payableBy,
  readEntry,
  type TillData,
  totalsOf,
} from './basket.ts';
import { afterSent, missingOffline, reserveLeft, voucherLeft } from './left.ts';
import { checkCode } from './voucher-code.ts';

const good = (change: Partial<Good>): Good => ({
  variantId: 'v-rice',
  itemId: 'i-rice',
  merchantId: 'm1',
  merchantName: '示例粮油店',
  title: '五常大米',
  label: '5 公斤',
  unit: '袋',
  perQuantity: 1,
  priceFen: 2_333,
  category: 'grain_oil',
  barCode: '6901234567892',
  available: 10,
  shareBasisPoints: 200,
  charity: null,
  ...change,
});
const goods = [
  good({}),
  good({
    variantId: 'v-tofu',
    itemId: 'i-tofu',
    title: '鲜豆腐',
    label: '',
    unit: '克',
    perQuantity: 500,
    priceFen: 399,
    category: 'fresh',
    barCode: '2200017000003',
  }),
  good({
    variantId: 'v-wine',
    itemId: 'i-wine',
    title: '黄酒',
    category: 'alcohol',
    barCode: '6901234567908',
    merchantId: 'm2',
  }),
];

test('bar codes, three of them, scale labels, words, vouchers, payment codes, and what nobody knows', () => {
  expect(readEntry('6901234567892', goods)).toMatchObject({ kind: 'good', quantity: 1 });
  expect(readEntry('3*6901234567892', goods)).toMatchObject({ kind: 'good', quantity: 3 });
  expect(readEntry('五常大米 5 公斤', goods)).toMatchObject({ kind: 'good', quantity: 1 });
  expect(readEntry('2200017012348', goods)).toMatchObject({
    kind: 'good',
    quantity: 1_234,
    good: { title: '鲜豆腐' },
  });
  expect(readEntry('豆腐', goods)).toMatchObject({ kind: 'good', quantity: 500 });
  expect(readEntry('wn12-ABCDEFGH', goods)).toEqual({ kind: 'voucher', text: 'WN12-ABCDEFGH' });
  expect(readEntry('134567890123456789', goods)).toMatchObject({ kind: 'pay_code' });
  expect(readEntry('6900000000000', goods)).toEqual({ kind: 'unknown', text: '6900000000000' });
  expect(readEntry('', goods)).toMatchObject({ kind: 'unknown' });
});

test('reckons as the server does: half up, the share once for each merchant', () => {
  expect(amountOf(1_234, 399, 500)).toBe(985);
  let lines = addLine([], goods[0]!, 2);
  lines = addLine(lines, goods[0]!, 1);
  expect(lines).toHaveLength(1);
  lines = addLine(lines, goods[1]!, 1_234);
  expect(totalsOf(lines, goods)).toEqual({
    goodsFen: 7_984,
    shareFen: 160,
    charityFen: 0,
    charityWords: null,
  });
});

test('a voucher pays for its own goods only, never for alcohol', () => {
  const lines = [...addLine([], goods[0]!, 1), ...addLine([], goods[2]!, 1)];
  expect(payableBy([], lines, goods)).toBe(2_333);
  expect(payableBy(['fresh'], lines, goods)).toBe(0);
});

const held = {
  entitlementId: '01a202b1-7905-7000-8ece-39b7f5b48a38',
  serial: 7,
  kind: 'voucher' as const,
  label: '券',
  leftFen: 5_000,
  goods: [],
  paysFor: [],
  expiresOn: '2027-01-01',
  key: '00'.repeat(32),
};
const data: TillData = {
  till: { id: 't', name: '1 号台', placeId: 'p', placeName: '绿云驿站' },
  shift: null,
  serverTime: '2026-11-23T01:00:00Z',
  goods,
  reserve: [{ itemId: 'i-rice', left: 5 }],
  vouchers: [held],
  awaySince: '2026-11-23T01:00:00Z',
};
const entry = (quantity: number, voucherFen: number) => ({
  key: `k${quantity}`,
  steps: [],
  sale: {
    key: `k${quantity}`,
    at: '2026-11-23T01:00:00Z',
    isOffline: true,
    lines: [{ variantId: 'v-rice', quantity, priceFen: 2_333 }],
    payments: [
      { means: 'voucher' as const, amountFen: voucherFen, entitlementId: held.entitlementId },
    ],
  },
});

test('without network it sells what it took along, less what waits to be sent, and no more', () => {
  const journal = [entry(2, 3_000), entry(3, 1_500)];
  expect(reserveLeft(data, journal, 'i-rice')).toBe(0);
  expect(voucherLeft(data, journal, held.entitlementId)).toBe(500);
  expect(missingOffline(data, journal.slice(0, 1), addLine([], goods[0]!, 3))).toBeNull();
  expect(missingOffline(data, journal, addLine([], goods[0]!, 1))).toEqual({
    title: '五常大米',
    left: 0,
  });
  expect(missingOffline(data, [], addLine([], goods[1]!, 500))).toEqual({
    title: '鲜豆腐',
    left: 0,
  });
  expect(afterSent(data, journal)).toMatchObject({
    reserve: [{ left: 0 }],
    vouchers: [{ leftFen: 500 }],
  });
});

test('a code is checked where there is no network, one step late at most; others are refused by name', async () => {
  const at = 30_000 * 59_000_000;
  // Made by the server's function for this key, entitlement and step.
  const code = await import('node:crypto').then(({ createHmac }) =>
    [
      ...createHmac('sha256', Buffer.alloc(32))
        .update(`${held.entitlementId}:59000000`)
        .digest()
        .subarray(0, 8),
    ]
      .map((byte) => 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'[byte & 31])
      .join(''),
  );
  expect(await checkCode(`WN7-${code}`, [held], at)).toMatchObject({ step: 59_000_000 });
  expect(await checkCode(`WN7-${code}`, [held], at + 59_999)).toMatchObject({ step: 59_000_000 });
  expect(await checkCode(`WN7-${code}`, [held], at + 60_000)).toEqual({ refused: 'code_old' });
  expect(await checkCode(`WN8-${code}`, [held], at)).toEqual({ refused: 'not_held' });
  expect(await checkCode('WPABCDEFGHJKLM', [held], at)).toEqual({ refused: 'paper_offline' });
});
