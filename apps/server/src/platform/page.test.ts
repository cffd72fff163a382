import { expect, test } from 'vitest';
import { cutPage } from './page.ts';

test('one row too many says that there is a next page, after the last one shown', () => {
  expect(cutPage([7, 8, 9], 2, (last) => last)).toEqual({ shown: [7, 8], next: '8' });
});

test('no more rows than asked for, or none, is the last page', () => {
  expect(cutPage([7, 8], 2, (last) => last)).toEqual({ shown: [7, 8], next: null });
  expect(cutPage([], 2, String)).toEqual({ shown: [], next: null });
  expect(cutPage([7], 0, String)).toEqual({ shown: [], next: null });
});
