import { expect, test } from 'vitest';
import { digitsOf } from './code-field.tsx';

test('a code that was pasted with spaces, dashes or full-width digits loses none of them', () => {
  for (const text of ['123456', '123 456', ' 12 34 56 ', '123-456', '１２３４５６', '码：123 456'])
    expect(digitsOf(text, 6)).toBe('123456');
  expect(digitsOf('1234567', 6)).toBe('123456');
  expect(digitsOf('abc', 6)).toBe('');
});
