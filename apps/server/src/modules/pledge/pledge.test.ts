import { expect, test } from 'vitest';
import { asksNow, nextAskOn, standing } from './pledge.ts';

const parts = [
  { place: 1, dueOn: '2026-11-10', amountFen: 1_000 },
  { place: 2, dueOn: '2026-11-27', amountFen: 1_000 },
  { place: 3, dueOn: '2027-01-10', amountFen: 1_000 },
];

test('what was given fills the earliest instalment first', () => {
  const stand = standing(parts, 1_400, '2026-11-23');
  expect(stand.map((one) => [one.givenFen, one.state])).toEqual([
    [1_000, 'met'],
    [400, 'due'],
    [0, 'coming'],
  ]);
  expect(standing(parts, 0, '2026-11-23')[0]!.state).toBe('overdue');
  expect(standing(parts, 9_000, '2028-01-01').every((one) => one.state === 'met')).toBe(true);
});

test('a month is asked about from its day on, and not before the intention is that old', () => {
  const on = { dayOfMonth: 15, startedOn: '2026-11-10' };
  expect(asksNow(on, '2026-11-14')).toBe(false);
  expect(asksNow(on, '2026-11-15')).toBe(true);
  expect(asksNow(on, '2026-11-28')).toBe(true);
  expect(asksNow({ ...on, startedOn: '2026-11-20' }, '2026-11-28')).toBe(false);
});

test('the next day to ask is this month’s or the next one’s, also over the year’s end', () => {
  expect(nextAskOn(15, '2026-11-10')).toBe('2026-11-15');
  expect(nextAskOn(15, '2026-11-16')).toBe('2026-12-15');
  expect(nextAskOn(1, '2026-12-29')).toBe('2027-01-01');
});
