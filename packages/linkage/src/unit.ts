import type { Sex } from './citizen-id.ts';
import type { RowFacts } from './row.ts';

/**
 * What is linked: all rows with one sure ID number and fitting names, or one row without such a number.
 * The lists hold every different value its rows know.
 */
export interface Unit {
  rows: RowFacts[];
  /** The sure number, null for a single doubtful row. */
  number: string | null;
  names: string[];
  sexes: Sex[];
  birthDates: string[];
  birthYears: number[];
  telephones: string[];
  areas: string[];
  streets: string[];
  houses: string[];
  households: string[];
  sources: string[];
}

/** Makes a unit of rows. */
export function unitOf(rows: RowFacts[], number: string | null): Unit {
  const single = rows.length === 1;
  const all = <T>(read: (facts: RowFacts) => T | null): T[] => {
    if (single) {
      const value = read(rows[0]!);
      return value === null || value === '' ? NONE : [value];
    }
    const values = new Set<T>();
    for (const facts of rows) {
      const value = read(facts);
      if (value !== null && value !== '') values.add(value);
    }
    return [...values];
  };
  return {
    rows,
    number,
    names: all((facts) => facts.name),
    sexes: all((facts) => facts.sex),
    birthDates: all((facts) => facts.birthDate),
    birthYears: all((facts) => facts.birthYear),
    telephones: all((facts) => facts.telephone),
    areas: single ? rows[0]!.areas : [...new Set(rows.flatMap((facts) => facts.areas))],
    streets: all((facts) => facts.street),
    houses: all((facts) => facts.house),
    households: all((facts) => facts.household),
    sources: all((facts) => facts.source),
  };
}

const NONE: never[] = [];
