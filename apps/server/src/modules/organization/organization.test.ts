import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bankAccountTail, isCreditCode } from './organization.ts';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** The check character as the standard words it: C18 = 31 − Σ Ci·Wi mod 31, Wi = 3^(i−1) mod 31. */
function checkCharacter(first: string): string {
  const sum = [...first].reduce(
    (total, character, index) =>
      total + ALPHABET.indexOf(character) * Number(3n ** BigInt(index) % 31n),
    0,
  );
  return ALPHABET[(31 - (sum % 31)) % 31]!;
}

describe('credit codes (GB 32100-2015)', () => {
  const first17 = fc
    .array(fc.constantFrom(...ALPHABET), { minLength: 17, maxLength: 17 })
    .map((characters) => characters.join(''));

  test('one character in 31 fits', () => {
    fc.assert(
      fc.property(first17, (first) => {
        const fitting = [...ALPHABET].filter((last) => isCreditCode(first + last));
        expect(fitting).toEqual([checkCharacter(first)]);
      }),
    );
  });

  test('a changed character is found', () => {
    fc.assert(
      fc.property(first17, fc.nat(16), fc.constantFrom(...ALPHABET), (first, at, other) => {
        fc.pre(first[at] !== other);
        const changed = first.slice(0, at) + other + first.slice(at + 1);
        expect(isCreditCode(changed + checkCharacter(first))).toBe(false);
      }),
    );
  });

  test.each([
    '',
    '9199000000000000',
    '91990000MA0000001I',
    '91990000ma00000017',
    '９1990000MA0000001',
  ])('what has not the form is none: %j', (code) => expect(isCreditCode(code)).toBe(false));
});

test('the tail of a bank account is its last four digits', () => {
  expect(bankAccountTail('6222 0000 0000 1234')).toBe('1234');
  expect(bankAccountTail('12')).toBe('12');
});
