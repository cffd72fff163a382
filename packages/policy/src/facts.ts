import { isPlainDate, type PlainDate } from '@wennuan/basics';
import { type Field, fieldOfNumber, findField, getField } from './fields.ts';

/** One row of `person_fact` about one person. It holds on days from `since` (null: always) up to, not including, `until`. */
export interface Fact {
  field: string;
  value: number;
  since: PlainDate | null;
  until: PlainDate | null;
}

/** Numbers by which a row is stored. */
export interface StoredFact {
  field: number;
  value: number;
}

const BENEFIT_CODE = /^[A-Z][A-Z0-9]{0,9}$/;

/** 2026-11-01 as 20261101. */
export function dateNumber(date: PlainDate): number {
  return Number(date.replaceAll('-', ''));
}

/** 20261101 as 2026-11-01; of a number that is no date, its digits. */
export function dateOfNumber(value: number): string {
  const text = String(value).padStart(8, '0');
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

/** A programme's code (a letter, then at most nine letters or digits) as the number that stands for it, or null. */
export function benefitNumber(code: string): number | null {
  return BENEFIT_CODE.test(code) ? Number.parseInt(code, 36) : null;
}

/** The range of 12-digit codes that a division code of 6, 9 or 12 digits covers, or null. */
export function areaRange(code: string): readonly [number, number] | null {
  if (!/^(\d{6}|\d{9}|\d{12})$/.test(code)) return null;
  return [Number(code.padEnd(12, '0')), Number(code.padEnd(12, '9'))];
}

/**
 * The number that stores a value of a field, or null where the field cannot have it. Coded values are understood by
 * code, Chinese or English name; what a source wrote and the list lacks is yours to store as `other`.
 */
export function valueNumber(field: Field, value: string | number): number | null {
  const text = String(value).trim();
  switch (field.type) {
    case 'code': {
      const same = (one: { code: string; zh: string; en: string }) =>
        one.code === text || one.zh === text || one.en === text;
      return field.values?.find(same)?.number ?? null;
    }
    case 'date':
      return isPlainDate(text) ? dateNumber(text) : null;
    case 'area':
      return areaRange(text)?.[0] ?? null;
    case 'benefit':
      return benefitNumber(text);
    default:
      return Number.isSafeInteger(value) ? Number(value) : null;
  }
}

/** A value as it is stored: `encodeFact('group', 'destitute')` → `{ field: 1, value: 2 }`; null as in `valueNumber`. */
export function encodeFact(fieldCode: string, value: string | number): StoredFact | null {
  const field = findField(fieldCode);
  if (!field || field.number === null) return null;
  const number = valueNumber(field, value);
  return number === null ? null : { field: field.number, value: number };
}

/** Stored rows of one person as facts; rows of fields that this catalogue does not know are left out. */
export function readFacts(
  rows: readonly (StoredFact & { since: PlainDate | null; until: PlainDate | null })[],
): Fact[] {
  return rows.flatMap(({ field, value, since, until }) => {
    const code = fieldOfNumber(field)?.code;
    return code === undefined ? [] : [{ field: code, value: Number(value), since, until }];
  });
}

/** True when a row says something about that day. */
export function holdsOn(row: { since: PlainDate | null; until: PlainDate | null }, on: PlainDate) {
  return (row.since === null || row.since <= on) && (row.until === null || on < row.until);
}

/** Whole years on a date of somebody born on a stored date; null for a birth after it. A 29 February counts from 1 March. */
export function ageOn(born: number, on: PlainDate): number | null {
  const today = dateNumber(on);
  return born > today ? null : Math.floor((today - born) / 10_000);
}

/** A field's code must be known; see `getField`. Gives the stored number of the rows that hold it. */
export function storedNumber(fieldCode: string): number {
  const { number } = getField(getField(fieldCode).readFrom);
  if (number === null) throw new Error(`${fieldCode} is not stored`);
  return number;
}
