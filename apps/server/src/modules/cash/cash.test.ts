import { Refusal } from '@wennuan/basics';
import { describe, expect, test } from 'vitest';
import { countedFen, mustBeAnother, plainCount, plainSeal } from './cash.ts';

describe('counted cash', () => {
  test('is the worth of every note and coin', () => {
    expect(countedFen({ '10000': 2, '500': 3, '10': 7 })).toBe(21_570);
    expect(countedFen({})).toBe(0);
  });
  test.each([{ '300': 1 }, { '100': -1 }, { '100': 1.5 }, { '10000': Number.MAX_SAFE_INTEGER }])(
    'knows no %j',
    (counted) => expect(() => countedFen(counted)).toThrow(Refusal),
  );
  test('keeps what is there', () =>
    expect(plainCount({ '100': 0, '500': 2 })).toEqual({ '500': 2 }));
});

test('nobody is her own second person', () => {
  expect(() => mustBeAnother('a', 'a')).toThrow(Refusal);
  expect(() => mustBeAnother('a', null)).toThrow(Refusal);
  expect(mustBeAnother('a', 'b')).toBeUndefined();
});

test('a seal is the same however it is written', () => {
  expect(plainSeal(' ｆ 001 ')).toBe(plainSeal('F001'));
});
