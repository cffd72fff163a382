import type { PlainDate } from '@wennuan/basics';
import {
  type Compare,
  type Criteria,
  type HouseholdMembers,
  type HouseholdTotal,
  isLeaf,
  type Leaf,
  parts,
  rangeOf,
  type Value,
} from './criteria.ts';
import type { Policy } from './definition.ts';
import { ageOn, areaRange, type Fact, holdsOn, valueNumber } from './facts.ts';
import { getField } from './fields.ts';
import { amountOf } from './formula.ts';

/** Somebody of a household. */
export interface Member {
  personId: string;
  isHead: boolean;
  facts: readonly Fact[];
}

/** A person as policies see her. */
export interface Person {
  personId: string;
  facts: readonly Fact[];
  /** Everybody of her household on the day, herself too; null: she is her own. */
  household: readonly Member[] | null;
}

/** `unknown`: nothing is on file that would say. */
export type State = 'met' | 'unmet' | 'unknown';

/** What one policy comes to for one person on one day. */
export interface Verdict {
  code: string;
  /** Meets everything asked of her. */
  isCandidate: boolean;
  isInForce: boolean;
  /** Who of the household gets it, when once a household; else herself. Null: nobody does. */
  recipientId: string | null;
  /** In the benefit's unit; 0 where she is no candidate. */
  amount: number;
  /** States of the literals of `normalise(askedOf(policy))`, in their order. A negated one is met when its leaf is known not to hold. */
  states: readonly State[];
}

/** Everything a policy asks: its criteria, being alive, and no benefit that it excludes. */
export function askedOf(policy: Policy): Criteria {
  const dead: Criteria = { field: 'died_on', operator: 'at_most', value: '9999-12-31' };
  const excluded: Criteria[] =
    policy.exclusiveWith.length === 0
      ? []
      : [{ not: { field: 'benefit', operator: 'one_of', value: policy.exclusiveWith } }];
  return { all: [policy.criteria, { not: dead }, ...excluded] };
}

/** True on the days from `validFrom` up to, not including, `validUntil`. */
export function isInForce(policy: Policy, on: PlainDate): boolean {
  return policy.validFrom <= on && (policy.validUntil === null || on < policy.validUntil);
}

/** The policy for this person on that day: the same answer as the SQL of `compile`, found another way. */
export function evaluate(policy: Policy, person: Person, on: PlainDate): Verdict {
  const asked = askedOf(policy);
  const inForce = isInForce(policy, on);
  const meets = (one: Person) => isKnown(one, on) && stateOf(asked, one, on) === 'met';
  const isCandidate = inForce && meets(person);
  const recipientId = inForce ? recipientOf(policy, person, meets) : null;
  const states: State[] = [];
  collectStates({ node: asked, negated: false, person, on, states });
  const amount = isCandidate ? amountFor(policy, person, on) : 0;
  return { code: policy.code, isCandidate, isInForce: inForce, recipientId, amount, states };
}

/** Somebody of whom no fact holds on the day is nobody's candidate, whatever a policy does not ask. */
function isKnown(person: Person, on: PlainDate): boolean {
  return person.facts.some((fact) => holdsOn(fact, on));
}

function recipientOf(policy: Policy, person: Person, meets: (one: Person) => boolean) {
  if (policy.unit === 'person') return meets(person) ? person.personId : null;
  const { household } = person;
  const fits = membersOf(person).filter((member) =>
    meets({ personId: member.personId, facts: member.facts, household }),
  );
  fits.sort((a, b) =>
    a.isHead === b.isHead ? (a.personId < b.personId ? -1 : 1) : a.isHead ? -1 : 1,
  );
  return fits[0]?.personId ?? null;
}

function membersOf(person: Person): readonly Member[] {
  return person.household ?? [{ personId: person.personId, isHead: true, facts: person.facts }];
}

/** Kleene's three values: `unknown` stays unknown under `not`, so that ignorance never makes anybody fit. */
function stateOf(node: Criteria, person: Person, on: PlainDate): State {
  if (isLeaf(node)) return leafState(node, person, on);
  if ('not' in node) return opposite(stateOf(node.not, person, on));
  const of = parts(node).map((part) => stateOf(part, person, on));
  const least = 'all' in node ? of.length : 'any' in node ? 1 : node.atLeast;
  if (of.filter((state) => state === 'met').length >= least) return 'met';
  return of.filter((state) => state !== 'unmet').length >= least ? 'unknown' : 'unmet';
}

function opposite(state: State): State {
  return state === 'met' ? 'unmet' : state === 'unmet' ? 'met' : 'unknown';
}

interface Walk {
  node: Criteria;
  negated: boolean;
  person: Person;
  on: PlainDate;
  states: State[];
}

function collectStates(walk: Walk): void {
  const { node, negated, person, on, states } = walk;
  if ('not' in node) return collectStates({ ...walk, node: node.not, negated: !negated });
  if (isLeaf(node)) {
    const state = leafState(node, person, on);
    states.push(negated ? opposite(state) : state);
    return;
  }
  for (const part of parts(node)) collectStates({ ...walk, node: part });
}

function leafState(leaf: Leaf, person: Person, on: PlainDate): State {
  if ('household' in leaf) {
    return leaf.household === 'members'
      ? membersState(leaf, person, on)
      : totalState(leaf, person, on);
  }
  return compareState(leaf, person, on);
}

function compareState(leaf: Compare, person: Person, on: PlainDate): State {
  const field = getField(leaf.field);
  const seen = valuesSeen(leaf.field, person.facts, on);
  const early = leaf.forMonths === undefined ? null : monthsBefore(on, leaf.forMonths);
  const isLong = (since: PlainDate | null) => early === null || since === null || since <= early;
  if (seen.some(({ value, since }) => fits(leaf, value) && isLong(since))) return 'met';
  return seen.length > 0 || field.isSet ? 'unmet' : 'unknown';
}

/** Values of a field that hold on the day (ages for `age`), each with the day since when. */
export function valuesSeen(fieldCode: string, facts: readonly Fact[], on: PlainDate) {
  const field = getField(fieldCode);
  return facts
    .filter((fact) => fact.field === field.readFrom && holdsOn(fact, on))
    .flatMap(({ value, since }) => {
      const shown = field.type === 'age' ? ageOn(value, on) : value;
      return shown === null ? [] : [{ value: shown, since }];
    });
}

function fits(leaf: Compare, value: number): boolean {
  const field = getField(leaf.field);
  const wanted = Array.isArray(leaf.value) ? (leaf.value as readonly Value[]) : [leaf.value];
  if (leaf.operator === 'within') {
    return wanted.some((code) => {
      const range = areaRange(String(code));
      return range !== null && range[0] <= value && value <= range[1];
    });
  }
  const numbers = wanted.map((one) => valueNumber(field, one as Value) ?? Number.NaN);
  if (leaf.operator === 'is' || leaf.operator === 'one_of') return numbers.includes(value);
  const [from, to] = rangeOf(leaf.operator, numbers);
  return from <= value && value <= to;
}

/** The same day so many months earlier, or the last of that month where it has no such day. */
export function monthsBefore(on: PlainDate, months: number): PlainDate {
  const [year = 0, month = 1, day = 1] = on.split('-').map(Number);
  const count = year * 12 + (month - 1) - months;
  const last = new Date(Date.UTC(Math.floor(count / 12), (count % 12) + 1, 0)).getUTCDate();
  const parts = [Math.floor(count / 12), (count % 12) + 1, Math.min(day, last)];
  return parts.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0')).join('-');
}

function membersState(leaf: HouseholdMembers, person: Person, on: PlainDate): State {
  const { where } = leaf;
  const counted = membersOf(person).filter(
    ({ personId, facts }) =>
      where === undefined || stateOf(where, { personId, facts, household: null }, on) === 'met',
  );
  return inRange(leaf, counted.length);
}

function totalState(leaf: HouseholdTotal, person: Person, on: PlainDate): State {
  const amounts = membersOf(person).flatMap(({ facts }) => largestOf(leaf.field, facts, on) ?? []);
  if (amounts.length === 0) return 'unknown';
  return inRange(
    leaf,
    amounts.reduce((sum, amount) => sum + amount, 0),
  );
}

function inRange(leaf: HouseholdMembers | HouseholdTotal, value: number): State {
  const ends = Array.isArray(leaf.value) ? (leaf.value as number[]) : [leaf.value as number];
  const [from, to] = rangeOf(leaf.operator, ends);
  return from <= value && value <= to ? 'met' : 'unmet';
}

/** The largest value that holds on the day, never below zero; null: none is on file. */
function largestOf(field: string, facts: readonly Fact[], on: PlainDate): number | null {
  const values = valuesSeen(field, facts, on).map(({ value }) => value);
  return values.length === 0 ? null : Math.max(0, ...values);
}

function amountFor(policy: Policy, person: Person, on: PlainDate): number {
  return amountOf(policy.benefit.formula, {
    largest: (field) => largestOf(field, person.facts, on),
    codes: (field) =>
      valuesSeen(field, person.facts, on).flatMap(
        ({ value }) => getField(field).values?.find(({ number }) => number === value)?.code ?? [],
      ),
    members: membersOf(person).length,
  });
}
