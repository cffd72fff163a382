import { addDays } from '@wennuan/basics';
import { describe, expect, test } from 'vitest';
import { nextPeriod, partsDue, partsUntilReview, periodOf, type Cadence } from './award.periods.ts';

const DAY = '2026-11-23';

describe('a period has a name that depends on the cadence and the calendar only', () => {
  test.each([
    ['once', '2026-11-23', 'once'],
    ['yearly', '2026-11-23', '2026'],
    ['monthly', '2026-11-23', '2026-11'],
    ['weekly', '2026-11-23', '2026-W48'],
    // ISO weeks: the year of their Thursday.
    ['weekly', '2027-01-01', '2026-W53'],
    ['weekly', '2027-01-04', '2027-W01'],
    ['weekly', '2024-12-30', '2025-W01'],
    ['on_change', '2027-01-04', DAY],
  ] as const)('%s on %s is %s', (cadence, on, period) => {
    expect(periodOf(cadence, on, DAY)).toBe(period);
  });

  test('every day is in one period, and the next begins where it ends', () => {
    for (const cadence of ['yearly', 'monthly', 'weekly'] as const)
      for (let day = '2024-01-01'; day < '2028-01-01'; day = addDays(day, 1)) {
        const next = nextPeriod(cadence, day)!;
        expect(periodOf(cadence, addDays(next, -1), DAY)).toBe(periodOf(cadence, day, DAY));
        expect(periodOf(cadence, next, DAY)).not.toBe(periodOf(cadence, day, DAY));
      }
  });
});

describe('parts that have fallen due', () => {
  const plan = (cadence: Cadence, makesUp = true) => ({
    cadence,
    makesUp,
    grantedOn: DAY,
    reviewOn: '2027-11-23',
  });

  test('a machine that slept for three months makes up for money', () => {
    const { parts, nextOn } = partsDue(plan('monthly'), DAY, '2027-02-10');
    expect(parts.map((part) => part.period)).toEqual(['2026-11', '2026-12', '2027-01', '2027-02']);
    expect(nextOn).toBe('2027-03-01');
  });

  test('but not for visits that nobody made', () => {
    expect(partsDue(plan('weekly', false), DAY, '2027-02-10').parts).toHaveLength(1);
  });

  test('none falls due after the review', () => {
    const { parts } = partsDue(plan('monthly'), DAY, '2028-05-01');
    expect(parts.at(-1)!.period).toBe('2027-11');
    expect(parts).toHaveLength(partsUntilReview('monthly', DAY, '2027-11-23'));
  });

  test('once comes once', () => {
    expect(partsDue(plan('once'), DAY, '2027-05-01')).toEqual({
      parts: [{ period: 'once', dueOn: DAY }],
      nextOn: null,
    });
    expect(partsUntilReview('once', DAY, '2027-11-23')).toBe(1);
  });
});
