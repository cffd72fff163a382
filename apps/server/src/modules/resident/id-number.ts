import { isPlainDate, type PlainDate } from '@wennuan/basics';

export type Gender = 'female' | 'male' | 'unknown';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

/** What a citizen's ID number says of its holder. */
export interface IdNumberFacts {
  readonly birthDate: PlainDate;
  readonly gender: 'female' | 'male';
}

/** An ID number as it is kept: half-width, without blanks, capital X; null when nothing was typed. */
export function normaliseIdNumber(typed: string | null): string | null {
  return typed?.normalize('NFKC').replace(/\s/g, '').toUpperCase() || null;
}

/**
 * What an 18-digit ID number (GB 11643) says, or null when it is none: form, a birth date that exists,
 * and the check character (ISO 7064 mod 11-2) must fit. The old 15 digits are not accepted.
 */
export function readIdNumber(number: string): IdNumberFacts | null {
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return null;
  const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (!isPlainDate(birthDate)) return null;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  if (CHECKS[sum % 11] !== number[17]) return null;
  return { birthDate, gender: Number(number[16]) % 2 ? 'male' : 'female' };
}
