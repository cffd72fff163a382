import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  AMOUNT_FEN_MAX,
  dateInShanghai,
  formatYuan,
  instantInShanghai,
  isId,
  isPlainDate,
  newId,
  parseYuan,
  seededRandom,
  yuanNumber,
} from './index.ts';

describe('ids', () => {
  test('ten thousand of one millisecond are different, well formed and in order', () => {
    const ids = Array.from({ length: 10_000 }, () => newId(1_795_000_000_000));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every(isId)).toBe(true);
    expect([...ids].sort()).toEqual(ids);
  });
  test('a clock that jumps back does not put later ids before earlier ones', () => {
    // No time to come: other tests of this process would make their ids after it, and other processes theirs before.
    const first = newId();
    expect(newId(Date.now() - 60_000) > first).toBe(true);
  });
});

describe('amounts', () => {
  test.each([
    ['150', 15_000],
    ['1.5', 150],
    ['１５０', 15_000],
    ['¥1,234.50', 123_450],
    ['0', 0],
    [' 0.01 ', 1],
  ])('%s is %d fen', (text, fen) => expect(parseYuan(text)).toBe(fen));

  test.each([
    '-1',
    '1.555',
    '1e3',
    '',
    '一百',
    '1,23',
    '+5',
    '0x10',
    'NaN',
    '1..2',
    '９'.repeat(20),
    '90071992547409.93',
    '1 000',
    '００１',
  ])('%s is no amount', (text) => expect(parseYuan(text)).toBeNull());

  test('what is written is read back, up to the most one command may carry', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: AMOUNT_FEN_MAX }), (fen) => {
        expect(parseYuan(formatYuan(fen))).toBe(fen);
      }),
    );
    expect(formatYuan(-150)).toBe('−¥1.50');
    expect(yuanNumber(123_456_789)).toBe('1,234,567.89');
  });
});

describe('dates', () => {
  test('a day begins at midnight in Zhengzhou', () => {
    expect(dateInShanghai(new Date('2026-11-22T15:59:59Z'))).toBe('2026-11-22');
    expect(dateInShanghai(new Date('2026-11-22T16:00:00Z'))).toBe('2026-11-23');
    expect(instantInShanghai('2026-11-23', '08:30').toISOString()).toBe('2026-11-23T00:30:00.000Z');
  });
  test('only dates of the calendar are dates', () => {
    expect(isPlainDate('2024-02-29')).toBe(true);
    for (const text of ['2025-02-29', '2025-13-01', '2025-1-1', '20250101'])
      expect(isPlainDate(text)).toBe(false);
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
  });
});

test('the same seed gives the same history', () => {
  const [a, b] = [seededRandom(7), seededRandom(7)];
  expect(Array.from({ length: 50 }, a)).toEqual(Array.from({ length: 50 }, b));
});
