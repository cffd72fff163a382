import { instantInShanghai as at } from '@wennuan/basics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isWorkingDay, workingTime } from './working-time.ts';

describe('the working-day calendar', () => {
  test('follows the State Council notice: holidays off, some weekends worked', () => {
    expect(isWorkingDay('2026-02-17')).toBe(false);
    expect(isWorkingDay('2026-02-14')).toBe(true);
    expect(isWorkingDay('2026-10-10')).toBe(true);
    expect(isWorkingDay('2026-11-21')).toBe(false);
    expect(isWorkingDay('2026-11-23')).toBe(true);
  });
  test('a year without a notice on file has weekends and fixed holidays off', () => {
    expect(isWorkingDay('2031-05-01')).toBe(false);
    expect(isWorkingDay('2031-05-05')).toBe(true);
  });
  test('skips lunch, night, weekend and holiday', () => {
    expect(workingTime.add(at('2026-11-20', '17:00'), 60)).toEqual(at('2026-11-23', '09:00'));
    expect(workingTime.add(at('2026-11-23', '11:30'), 60)).toEqual(at('2026-11-23', '13:30'));
    expect(workingTime.add(at('2026-09-30', '17:00'), 480)).toEqual(at('2026-10-08', '17:00'));
  });
  test('adding and measuring are inverse', () => {
    fc.assert(
      fc.property(
        fc.date({ min: at('2025-03-01'), max: at('2026-11-30'), noInvalidDate: true }),
        fc.integer({ min: 0, max: 20_000 }),
        (from, minutes) => {
          expect(workingTime.between(from, workingTime.add(from, minutes))).toBe(minutes);
        },
      ),
    );
  });
  test('going backwards is negative', () => {
    const from = at('2026-11-23', '10:00');
    expect(workingTime.between(workingTime.add(from, 90), from)).toBe(-90);
  });
});
