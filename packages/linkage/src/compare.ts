import { houseNumbers } from './addresses.ts';
import { type SoundOf, usualSound } from './characters.ts';
import { nameLikeness, NAME_LIKENESSES, type NameLikeness } from './names.ts';
import type { Unit } from './unit.ts';

/** How the fields of two units relate; `unknown` where one side says nothing. */
export interface Comparison {
  name: NameLikeness;
  birth: 'same' | 'near' | 'differs' | 'unknown';
  /** Years of birth, where one side knows no more than that. */
  birthYear: 'same' | 'differs' | 'unknown';
  sex: 'same' | 'differs' | 'unknown';
  telephone: 'same' | 'near' | 'differs' | 'unknown';
  place: 'same' | 'street' | 'differs' | 'unknown';
  house: 'same' | 'differs' | 'unknown';
  household: 'same' | 'unknown';
  source: 'same' | 'other';
}

/** Compares what two units know; the best agreement of any two values counts. Symmetric. */
export function compareUnits(a: Unit, b: Unit, soundOf: SoundOf = usualSound): Comparison {
  return {
    name: bestName(a.names, b.names, soundOf),
    birth: compareBirths(a, b),
    birthYear: compareBirthYears(a, b),
    sex: shared(a.sexes, b.sexes) === null ? differsIf(a.sexes, b.sexes) : 'same',
    telephone: compareTelephones(a.telephones, b.telephones),
    place: comparePlaces(a, b),
    house: compareHouses(a.houses, b.houses),
    household: shared(a.households, b.households) === null ? 'unknown' : 'same',
    source: shared(a.sources, b.sources) === null ? 'other' : 'same',
  };
}

/** The first value both lists hold, null for none. */
export function shared<T>(a: readonly T[], b: readonly T[]): T | null {
  for (const value of a) if (b.includes(value)) return value;
  return null;
}

function differsIf(a: readonly unknown[], b: readonly unknown[]): 'differs' | 'unknown' {
  return a.length > 0 && b.length > 0 ? 'differs' : 'unknown';
}

function bestName(a: readonly string[], b: readonly string[], soundOf: SoundOf): NameLikeness {
  let best = NAME_LIKENESSES.length - 1;
  for (const left of a) {
    for (const right of b) {
      if (left === right && !left.includes('?')) return 'same';
      best = Math.min(best, NAME_LIKENESSES.indexOf(nameLikeness(left, right, soundOf)));
    }
  }
  return NAME_LIKENESSES[best]!;
}

function compareBirths(a: Unit, b: Unit): Comparison['birth'] {
  if (shared(a.birthDates, b.birthDates) !== null) return 'same';
  if (a.birthDates.length > 0 && b.birthDates.length > 0) {
    const near = a.birthDates.some((left) => b.birthDates.some((right) => nearDates(left, right)));
    return near ? 'near' : 'differs';
  }
  return 'unknown';
}

function compareBirthYears(a: Unit, b: Unit): Comparison['birthYear'] {
  if (a.birthDates.length > 0 && b.birthDates.length > 0) return 'unknown';
  if (a.birthYears.length === 0 || b.birthYears.length === 0) return 'unknown';
  // Ages are counted in two ways, one year apart.
  const close = a.birthYears.some((left) =>
    b.birthYears.some((right) => Math.abs(left - right) <= 1),
  );
  return close ? 'same' : 'differs';
}

/** One slip of a clerk apart: a digit, two parts equal, month and day changed round. */
function nearDates(a: string, b: string): boolean {
  const [year, month, day] = [a.slice(0, 4), a.slice(5, 7), a.slice(8)];
  const [otherYear, otherMonth, otherDay] = [b.slice(0, 4), b.slice(5, 7), b.slice(8)];
  const equal =
    Number(year === otherYear) + Number(month === otherMonth) + Number(day === otherDay);
  if (equal >= 2) return true;
  if (year === otherYear && month === otherDay && day === otherMonth) return true;
  return differingPlaces(a, b) <= 1;
}

function differingPlaces(a: string, b: string): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let count = 0;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) count++;
  return count;
}

/** True for equal lengths with one place differing or two neighbours changed round. */
function oneSlipApart(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const places: number[] = [];
  for (let at = 0; at < a.length && places.length < 3; at++) if (a[at] !== b[at]) places.push(at);
  if (places.length === 1) return true;
  const [first, second] = places;
  return (
    places.length === 2 &&
    second === first! + 1 &&
    a[first!] === b[second] &&
    a[second] === b[first!]
  );
}

function compareTelephones(a: readonly string[], b: readonly string[]): Comparison['telephone'] {
  if (shared(a, b) !== null) return 'same';
  if (a.length === 0 || b.length === 0) return 'unknown';
  return a.some((left) => b.some((right) => oneSlipApart(left, right))) ? 'near' : 'differs';
}

function comparePlaces(a: Unit, b: Unit): Comparison['place'] {
  if (shared(a.areas, b.areas) !== null) return 'same';
  const bothAreas = a.areas.length > 0 && b.areas.length > 0;
  if (a.streets.length === 0 || b.streets.length === 0) return bothAreas ? 'differs' : 'unknown';
  if (shared(a.streets, b.streets) !== null) return 'street';
  return 'differs';
}

function compareHouses(a: readonly string[], b: readonly string[]): Comparison['house'] {
  if (a.length === 0 || b.length === 0) return 'unknown';
  const same = a.some((left) =>
    b.some((right) => left === right || houseNumbers(left) === houseNumbers(right)),
  );
  return same ? 'same' : 'differs';
}
