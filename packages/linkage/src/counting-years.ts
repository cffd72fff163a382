import type { RowFacts } from './row.ts';

const AGES_SEEN = 200;

/** For each roster that has ages beside ID numbers: the year from which most of them count. */
export function countingYears(rows: Iterable<RowFacts>): Map<string, number> {
  const seen = new Map<string, Map<number, number>>();
  const total = new Map<string, number>();
  for (const { source, age, birthYear } of rows) {
    if (age === null || birthYear === null || (total.get(source) ?? 0) >= AGES_SEEN) continue;
    const years = seen.get(source) ?? new Map<number, number>();
    years.set(birthYear + age, (years.get(birthYear + age) ?? 0) + 1);
    seen.set(source, years);
    total.set(source, (total.get(source) ?? 0) + 1);
  }
  return new Map(
    [...seen].map(([source, years]) => {
      const [year] = [...years].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])[0]!;
      return [source, year];
    }),
  );
}

/** A row of which only the age is known, with the year of birth it leads to in a roster that counts from such a year. */
export function withBirthYear(row: RowFacts, years: ReadonlyMap<string, number>): RowFacts {
  if (row.birthYear !== null || row.age === null) return row;
  const year = years.get(row.source);
  return year === undefined ? row : { ...row, birthYear: year - row.age };
}
