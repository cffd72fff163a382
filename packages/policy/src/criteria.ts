import type { Operator } from './fields.ts';

/** A value as a definition writes it: a code, a date, a division code, or a whole number (fen, years). */
export type Value = string | number;

/** One condition about the person: a field, compared. `forMonths`: has held for that long. */
export interface Compare {
  field: string;
  operator: Operator;
  /** One value; a list for `one_of` and `within`; the two ends, both included, for `between`. */
  value: Value | readonly Value[];
  forMonths?: number;
}

/** How many members of the household (all, or those that meet `where`), compared with a number. */
export interface HouseholdMembers {
  household: 'members';
  where?: Criteria;
  operator: Operator;
  value: number | readonly number[];
}

/** The sum of an amount over the household's members, compared. */
export interface HouseholdTotal {
  household: 'total';
  field: string;
  operator: Operator;
  value: number | readonly number[];
}

export type Leaf = Compare | HouseholdMembers | HouseholdTotal;

export type Criteria =
  | { all: readonly Criteria[] }
  | { any: readonly Criteria[] }
  | { atLeast: number; of: readonly Criteria[] }
  | { not: Criteria }
  | Leaf;

/** A leaf and whether it is asked for or must be known not to hold. */
export interface Literal {
  leaf: Leaf;
  negated: boolean;
  /** Two literals of one key say the same. */
  key: string;
}

/** Criteria with every `not` pushed down to the leaves; literals are numbered in the order in which they are written. */
export type Normal =
  | { kind: 'literal'; index: number }
  | { kind: 'count'; least: number; of: readonly Normal[] };

/** A normal tree and its literals. */
export interface NormalCriteria {
  tree: Normal;
  literals: readonly Literal[];
}

/** True for a condition, false for a connective. */
export function isLeaf(criteria: Criteria): criteria is Leaf {
  return 'field' in criteria || 'household' in criteria;
}

/** The parts of a connective; none of a leaf. */
export function parts(criteria: Criteria): readonly Criteria[] {
  if ('all' in criteria) return criteria.all;
  if ('any' in criteria) return criteria.any;
  if ('atLeast' in criteria) return criteria.of;
  return 'not' in criteria ? [criteria.not] : [];
}

/** Pushes every `not` to the leaves: not at least n of m is at least m − n + 1 of the negated. */
export function normalise(criteria: Criteria): NormalCriteria {
  const literals: Literal[] = [];
  const walk = (node: Criteria, negated: boolean): Normal => {
    if ('not' in node) return walk(node.not, !negated);
    if (isLeaf(node)) {
      const key = `${negated ? 'not ' : ''}${JSON.stringify(node)}`;
      literals.push({ leaf: node, negated, key });
      return { kind: 'literal', index: literals.length - 1 };
    }
    const of = parts(node).map((part) => walk(part, negated));
    const least = leastOf(node);
    return { kind: 'count', least: negated ? of.length - least + 1 : least, of };
  };
  const tree = walk(criteria, false);
  return { tree, literals };
}

function leastOf(node: Exclude<Criteria, Leaf | { not: Criteria }>): number {
  if ('all' in node) return node.all.length;
  return 'any' in node ? 1 : node.atLeast;
}

/** Whether a normal tree holds when its literals hold or not. */
export function holdsWith(tree: Normal, holds: (literal: number) => boolean): boolean {
  if (tree.kind === 'literal') return holds(tree.index);
  let met = 0;
  for (const part of tree.of) if (holdsWith(part, holds)) met += 1;
  return met >= tree.least;
}

/** The inclusive range of numbers that an ordered comparison allows; the ends are infinite where it has none. */
export function rangeOf(operator: Operator, values: readonly number[]): readonly [number, number] {
  const [first = 0, second = first] = values;
  switch (operator) {
    case 'at_least':
      return [first, Infinity];
    case 'more_than':
      return [first + 1, Infinity];
    case 'at_most':
      return [-Infinity, first];
    case 'less_than':
      return [-Infinity, first - 1];
    case 'between':
      return [first, second];
    default:
      return [first, first];
  }
}
