import { ageOf, readRow, type RosterRow } from './row.ts';

const AGES_SEEN = 200;

/** For each roster that has ages beside ID numbers: the year from which most of them count. */
export function countingYears(rows: readonly RosterRow[]): Map<string, number> {
  const seen = new Map<string, Map<number, number>>();
  const total = new Map<string, number>();
  for (const row of rows) {
    const age = row.age === undefined ? null : ageOf(row.age);
    if (age === null || (total.get(row.source) ?? 0) >= AGES_SEEN) continue;
    const { birthYear } = readRow({ ...row, age: undefined }, null);
    if (birthYear === null) continue;
    const years = seen.get(row.source) ?? new Map<number, number>();
    years.set(birthYear + age, (years.get(birthYear + age) ?? 0) + 1);
    seen.set(row.source, years);
    total.set(row.source, (total.get(row.source) ?? 0) + 1);
  }
  return new Map(
    [...seen].map(([source, years]) => {
      const [year] = [...years].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])[0]!;
      return [source, year];
    }),
  );
}
