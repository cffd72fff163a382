import type { Sex } from './citizen-id.ts';
import type { RowFacts } from './row.ts';

/**
 * What is linked: all rows with one sure ID number and fitting names, or one row without such a number. Its lists
 * hold every different value its rows know; they are made when asked for, since a million units that each
 * kept theirs would be most of the memory.
 */
export class Unit {
  readonly rows: readonly RowFacts[];
  /** The sure number, null for a single doubtful row. */
  readonly number: string | null;

  constructor(rows: readonly RowFacts[], number: string | null) {
    this.rows = rows;
    this.number = number;
  }

  get names(): readonly string[] {
    return this.#values(({ name }) => name);
  }

  get sexes(): readonly Sex[] {
    return this.#values(({ sex }) => sex);
  }

  get birthDates(): readonly string[] {
    return this.#values(({ birthDate }) => birthDate);
  }

  get birthYears(): readonly number[] {
    return this.#values(({ birthYear }) => birthYear);
  }

  get telephones(): readonly string[] {
    return this.#values(({ telephone }) => telephone);
  }

  get areas(): readonly string[] {
    if (this.rows.length === 1) return this.rows[0]!.areas;
    return [...new Set(this.rows.flatMap(({ areas }) => areas))];
  }

  get streets(): readonly string[] {
    return this.#values(({ street }) => street);
  }

  get houses(): readonly string[] {
    return this.#values(({ house }) => house);
  }

  get households(): readonly string[] {
    return this.#values(({ household }) => household);
  }

  get sources(): readonly string[] {
    return this.#values(({ source }) => source);
  }

  #values<T>(read: (facts: RowFacts) => T | null): readonly T[] {
    if (this.rows.length === 1) {
      const value = read(this.rows[0]!);
      return value === null || value === '' ? NONE : [value];
    }
    const values: T[] = [];
    for (const facts of this.rows) {
      const value = read(facts);
      if (value !== null && value !== '' && !values.includes(value)) values.push(value);
    }
    return values;
  }
}

const NONE: readonly never[] = [];
