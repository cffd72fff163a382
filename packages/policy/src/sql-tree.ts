import type { Normal } from './criteria.ts';

/** A test of one bit of a mask column: that it is set, or not. */
export interface BitTest {
  column: string;
  bit: bigint;
  isSet: boolean;
}

/** What must hold for a literal: bits of masks, or a condition as SQL. */
export type Test = readonly BitTest[] | string;

/** A test as SQL. */
export function testSql(test: Test): string {
  return typeof test === 'string' ? test : allBits(test).join(' and ');
}

/**
 * Criteria as SQL over the tests of their literals. Bits of one column that must all hold, or of which one must, are one
 * comparison: a policy has a dozen, and thousands of masks are asked.
 */
export function treeSql(tree: Normal, tests: readonly Test[]): string {
  if (tree.kind === 'literal') return inBrackets([testSql(tests[tree.index]!)], 'and');
  const isAll = tree.least === tree.of.length;
  if (!isAll && tree.least > 1) {
    return `(${tree.of.map((part) => `(${treeSql(part, tests)})::int`).join(' + ')} >= ${tree.least})`;
  }
  const bits: BitTest[] = [];
  const rest: string[] = [];
  for (const part of tree.of) {
    const test = part.kind === 'literal' ? tests[part.index]! : treeSql(part, tests);
    if (typeof test !== 'string' && (isAll || isOneSet(test))) bits.push(...test);
    else rest.push(typeof test === 'string' ? test : inBrackets(allBits(test), 'and'));
  }
  return isAll
    ? inBrackets([...allBits(bits), ...rest], 'and')
    : inBrackets([...anyBit(bits), ...rest], 'or');
}

/**
 * Bits of which one at least is set wherever the criteria hold, so that most people can be passed over before anything is
 * looked up; null where they can hold with none set.
 */
export function leastBits(tree: Normal, tests: readonly Test[]): readonly BitTest[] | null {
  if (tree.kind === 'literal') {
    const test = tests[tree.index]!;
    const set = typeof test === 'string' ? [] : test.filter(({ isSet }) => isSet);
    return set.length === 0 ? null : set.slice(0, 1);
  }
  const each = tree.of.map((part) => leastBits(part, tests));
  const known = each.filter((bits) => bits !== null);
  if (tree.least === tree.of.length) {
    return known.toSorted((a, b) => a.length - b.length)[0] ?? null;
  }
  return known.length === each.length ? known.flat() : null;
}

/** That one of these bits is set, as SQL. */
export function anyBitSql(tests: readonly BitTest[]): string {
  return inBrackets(anyBit(tests), 'or');
}

function isOneSet(test: readonly BitTest[]): boolean {
  return test.length === 1 && test[0]!.isSet;
}

function inBrackets(conditions: readonly string[], word: 'and' | 'or'): string {
  return `(${conditions.join(` ${word} `)})`;
}

function allBits(tests: readonly BitTest[]): string[] {
  return [...byColumn(tests)].map(([column, some]) => {
    const [set, unset] = [true, false].map((wanted) =>
      sum(some.filter(({ isSet }) => isSet === wanted)),
    ) as [bigint, bigint];
    // What must be so and not so never is.
    if ((set & unset) !== 0n) return 'false';
    return `(${column} & ${set | unset}::bigint) = ${set}::bigint`;
  });
}

function anyBit(tests: readonly BitTest[]): string[] {
  return [...byColumn(tests)].map(([column, some]) => `(${column} & ${sum(some)}::bigint) <> 0`);
}

function byColumn(tests: readonly BitTest[]): Map<string, BitTest[]> {
  return Map.groupBy(tests, ({ column }) => column);
}

function sum(tests: readonly BitTest[]): bigint {
  return tests.reduce((bits, { bit }) => bits | bit, 0n);
}
