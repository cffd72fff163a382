import type { PlainDate } from '@wennuan/basics';
import { type Compare, rangeOf, type Value } from './criteria.ts';
import { areaRange, dateNumber, storedNumber, valueNumber } from './facts.ts';
import { monthsBefore } from './evaluate.ts';
import { fieldTree, type FieldBits } from './field-tree.ts';
import { getField } from './fields.ts';
import { type BitTest, testSql } from './sql-tree.ts';

/** Bits of one mask column: `bigint` has a sign, and its 63rd bit is left alone. */
const BITS = 62;

/** Values of the statement, in the order of their numbers. */
export class Parameters {
  readonly values: unknown[] = [];
  private readonly places = new Map<string, string>();

  /** The place of a value, `$3::bigint`; one value of one type has one place. */
  add(value: unknown, type: 'bigint' | 'date' | 'uuid[]'): string {
    const key = `${type} ${JSON.stringify(value)}`;
    const known = this.places.get(key);
    if (known !== undefined) return known;
    this.values.push(value);
    const place = `$${this.values.length}::${type}`;
    this.places.set(key, place);
    return place;
  }
}

type Range = readonly [from: number, to: number];

/** Something one fact row shows or not: one bit of the person's masks. */
interface Atom {
  field: number;
  ranges: readonly Range[];
  /** The row must have held since that day. */
  sinceAtMost: PlainDate | null;
}

/**
 * The atoms that a set of policies asks for, each once however many policies share it. A person's bit is set when any
 * of her rows shows it, so one `bit_or` over her rows answers all atoms, and her rows are read once.
 */
export class Atoms {
  private readonly atoms: Atom[] = [];
  private readonly indexes = new Map<string, number>();
  private readonly on: PlainDate;

  constructor(on: PlainDate) {
    this.on = on;
  }

  /** Mask columns needed. */
  get columns(): number {
    return Math.max(1, Math.ceil(this.atoms.length / BITS));
  }

  /** Whether a comparison holds: bits of the mask columns of `alias`. */
  holds(leaf: Compare, alias: string): readonly BitTest[] {
    const field = getField(leaf.field);
    const early = leaf.forMonths === undefined ? null : monthsBefore(this.on, leaf.forMonths);
    const atom = { field: storedNumber(field.code), ranges: this.ranges(leaf), sinceAtMost: early };
    return [this.test(atom, alias)];
  }

  /** Whether a comparison is known not to hold. */
  fails(leaf: Compare, alias: string): readonly BitTest[] {
    const field = getField(leaf.field);
    const holdsNot = this.holds(leaf, alias).map((test) => ({ ...test, isSet: false }));
    if (field.isSet) return holdsNot;
    const ranges: Range[] = [[-Infinity, field.type === 'age' ? dateNumber(this.on) : Infinity]];
    const known = { field: storedNumber(field.code), ranges, sinceAtMost: null };
    return [this.test(known, alias), ...holdsNot];
  }

  /** Whether a coded field has that value, as SQL. */
  hasCode(fieldCode: string, code: string, alias: string): string {
    return testSql(this.holds({ field: fieldCode, operator: 'is', value: code }, alias));
  }

  /** Stored numbers of the fields asked for. Ask when all atoms are known. */
  get fields(): ReadonlySet<number> {
    return new Set(this.atoms.map(({ field }) => field));
  }

  /** The aggregates that make the mask columns `m0`, `m1` … from rows `field, value, since`. Ask when all atoms are known. */
  aggregates(parameters: Parameters): string[] {
    return Array.from({ length: this.columns }, (_, column) => {
      const fields = new Map<number, number[]>();
      for (const [index, atom] of this.atoms.entries()) {
        if (Math.floor(index / BITS) !== column) continue;
        fields.set(atom.field, [...(fields.get(atom.field) ?? []), index]);
      }
      const bits = [...fields].map(([field, indexes]): FieldBits => ({
        field,
        bits: this.bitsOf(indexes, parameters),
      }));
      return `bit_or(${fieldTree(bits)}) as m${column}`;
    });
  }

  private test(atom: Atom, alias: string): BitTest {
    const key = JSON.stringify([atom.field, atom.ranges.map(String), atom.sinceAtMost]);
    const index = this.indexes.get(key) ?? this.atoms.push(atom) - 1;
    this.indexes.set(key, index);
    const bit = 1n << BigInt(index % BITS);
    return { column: `${alias}.m${Math.floor(index / BITS)}`, bit, isSet: true };
  }

  /** The bits that one row of a field sets. */
  private bitsOf(indexes: readonly number[], parameters: Parameters): string {
    const bySince = new Map<PlainDate | null, number[]>();
    for (const index of indexes) {
      const since = this.atoms[index]!.sinceAtMost;
      bySince.set(since, [...(bySince.get(since) ?? []), index]);
    }
    const terms = [...bySince].map(([since, some]) => {
      const tree = this.treeOf(some, parameters);
      if (since === null) return tree;
      const day = parameters.add(since, 'date');
      return `case when since is null or since <= ${day} then ${tree} else 0 end`;
    });
    return terms.length === 1 ? terms[0]! : `(${terms.map((term) => `(${term})`).join(' | ')})`;
  }

  /**
   * A search tree over the places where the bits change: the thresholds of all policies on a field are met by one row
   * with four or five comparisons, not with one for each policy.
   */
  private treeOf(indexes: readonly number[], parameters: Parameters): string {
    const ranges = indexes.flatMap((index) => this.atoms[index]!.ranges);
    const ends = ranges.flatMap(([from, to]) => [from, to + 1]).filter(Number.isFinite);
    const bitsAt = (value: number) =>
      indexes
        .filter((index) =>
          this.atoms[index]!.ranges.some(([from, to]) => from <= value && value <= to),
        )
        .reduce((sum, index) => sum + (1n << BigInt(index % BITS)), 0n);
    const cuts = [...new Set(ends)]
      .toSorted((a, b) => a - b)
      .filter((cut) => bitsAt(cut - 1) !== bitsAt(cut));
    const build = (low: number, high: number): string => {
      if (low === high) {
        const inside = low === 0 ? (cuts[0] ?? 0) - 1 : cuts[low - 1]!;
        return `${bitsAt(inside)}::bigint`;
      }
      const middle = (low + high) >> 1;
      const cut = parameters.add(cuts[middle], 'bigint');
      return `case when value < ${cut} then ${build(low, middle)} else ${build(middle + 1, high)} end`;
    };
    return build(0, cuts.length);
  }

  private ranges(leaf: Compare): Range[] {
    const field = getField(leaf.field);
    const values = Array.isArray(leaf.value)
      ? (leaf.value as readonly Value[])
      : [leaf.value as Value];
    if (leaf.operator === 'within') {
      return values.flatMap((code) => [areaRange(String(code)) ?? []].filter(isRange));
    }
    const numbers = values.map((value) => valueNumber(field, value) ?? Number.NaN);
    if (leaf.operator === 'one_of') return numbers.map((number) => [number, number]);
    const range = rangeOf(leaf.operator, numbers);
    return [field.type === 'age' ? bornRange(range, dateNumber(this.on)) : range];
  }
}

function isRange(range: readonly number[]): range is Range {
  return range.length === 2;
}

/** Days of birth of those who are so old on a day: born by it, and a day late counts a whole year. */
function bornRange([youngest, oldest]: Range, today: number): Range {
  const from = oldest === Infinity ? -Infinity : today - (oldest + 1) * 10_000 + 1;
  return [from, today - Math.max(0, youngest) * 10_000];
}
