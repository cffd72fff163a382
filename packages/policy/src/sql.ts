import type { PlainDate } from '@wennuan/basics';
import { Atoms, Parameters } from './atoms.ts';
import { type Criteria, type Literal, type Normal, normalise } from './criteria.ts';
import type { Policy } from './definition.ts';
import { askedOf, isInForce } from './evaluate.ts';
import { Amounts } from './sql-amount.ts';
import { Households } from './sql-household.ts';

/** One statement and its values. The text holds numbers and names of the catalogue only; every value of a definition is a parameter. */
export interface Statement {
  text: string;
  values: unknown[];
}

/** A compiled set of policies. */
export interface Plan extends Statement {
  /** Policies in force on the day, in the order of the numbers in the result. */
  policies: readonly Policy[];
}

/** A row of the result; drivers give `bigint` as text, so read it with `readRow`. */
export interface ResultRow {
  policy: number;
  person_id: string;
  household_id: string | null;
  amount: string | number;
  held: string | number;
}

/** Somebody who meets what a policy asks. */
export interface Candidate {
  code: string;
  personId: string;
  /** Of a benefit that comes once a household: the household, or the person where she has none. */
  householdId: string | null;
  /** In the unit of the policy's benefit. */
  amount: number;
  /** Bit i: literal i of `normalise(askedOf(policy))` holds. */
  held: number;
}

/** For the transaction that runs a full evaluation: memory for the pivot, and hash joins only, which suit it. */
export const PLAN_SETTINGS = ['set local work_mem = 262144', 'set local enable_mergejoin = off'];

/**
 * One set-based statement that evaluates all policies in force on a day: over everyone, or over the people given and, where
 * a policy looks at households, all of theirs (`affectedPeople`).
 *
 * The fact rows are read once: one mask of bits a person. People with the same mask are the same to every policy, and
 * there are a few thousand different masks among a million people: the criteria are evaluated once a mask.
 */
export function compile(
  policies: readonly Policy[],
  on: PlainDate,
  people?: readonly string[],
): Plan {
  const inForce = policies.filter((policy) => isInForce(policy, on));
  const parameters = new Parameters();
  const day = parameters.add(on, 'date');
  const atoms = new Atoms(on);
  const households = new Households({ atoms, parameters, day });
  const amounts = new Amounts({ atoms, parameters, households });
  const rows = inForce.map((policy, index) =>
    verdictRow({ policy, index, atoms, households, amounts }),
  );
  const ids = people === undefined ? null : parameters.add([...people], 'uuid[]');
  const isOnce = (policy: Policy) => policy.unit === 'household';
  const needsHome = households.isUsed || inForce.some(isOnce);
  const numbers = households.numberColumns;
  const parts = [
    ...(ids === null ? [] : [wanted(ids, needsHome, day)]),
    `pivot as materialized (
  select person_id, ${[...atoms.aggregates(parameters), ...numbers].join(',\n    ')}
  from (
    select person_id, field, value, since from person_fact
    where ${validOn('person_fact', day)}${among(ids, 'person_id')}
    order by person_id offset 0
  ) fact
  group by person_id)`,
    ...(needsHome ? [households.home(among(ids, 'person_id'))] : []),
    ...households.everyone(),
  ];
  const text = `with ${[...parts, ...verdicts(rows, atoms, households)].join(',\n')}
${results(inForce, amounts, households)}`;
  return { text, values: parameters.values, policies: inForce };
}

/** Who has to be evaluated again, and whose stored results to replace, when facts of these people changed. */
export function affectedPeople(people: readonly string[], on: PlainDate): Statement {
  const parameters = new Parameters();
  const day = parameters.add(on, 'date');
  const ids = parameters.add([...people], 'uuid[]');
  const text = `with ${wanted(ids, true, day)} select person_id from wanted`;
  return { text, values: parameters.values };
}

/** The plan's result as counts and sums: `policy, candidates, amount`. */
export function summarise(plan: Plan): Statement {
  const text = `select policy, count(*)::int as candidates, sum(amount)::bigint as amount
from (${plan.text}) result group by policy order by policy`;
  return { text, values: plan.values };
}

/** A row as the plan's policies name it. */
export function readRow(plan: Plan, row: ResultRow): Candidate {
  const policy = plan.policies[row.policy];
  if (!policy) throw new Error(`the plan has no policy ${row.policy}`);
  const { person_id: personId, household_id: householdId } = row;
  return {
    code: policy.code,
    personId,
    householdId,
    amount: Number(row.amount),
    held: Number(row.held),
  };
}

/** Rows that say something about a day. */
function validOn(table: string, day: string): string {
  return `(${table}.since is null or ${table}.since <= ${day}) and (${table}.until is null or ${table}.until > ${day})`;
}

function among(ids: string | null, column: string): string {
  return ids === null ? '' : ` and ${column} = any (array(select person_id from wanted))`;
}

function wanted(ids: string, withHouseholds: boolean, day: string): string {
  const asked = `select unnest(${ids}) as person_id`;
  if (!withHouseholds) return `wanted as materialized (${asked})`;
  return `wanted as materialized (
  ${asked}
  union
  select other.person_id
  from household_member mine join household_member other on other.household_id = mine.household_id
  where mine.person_id = any (${ids}) and ${validOn('mine', day)} and ${validOn('other', day)})`;
}

interface RowNeeds {
  policy: Policy;
  index: number;
  atoms: Atoms;
  households: Households;
  amounts: Amounts;
}

/** `(number, holds, held, amount)` of one policy over a mask. */
function verdictRow({ policy, index, atoms, households, amounts }: RowNeeds): string {
  const { tree, literals } = normalise(askedOf(policy));
  const tests = literals.map((literal) => literalSql(literal, atoms, households));
  const held = tests.map(
    (test, place) => `case when ${test} then ${2 ** place}::bigint else 0 end`,
  );
  return `(${index}, ${treeSql(tree, tests)}, ${held.join(' + ')}, ${amounts.ofMask(policy.benefit.formula)})`;
}

function literalSql({ leaf, negated }: Literal, atoms: Atoms, households: Households): string {
  if ('household' in leaf) return households.test({ leaf, negated }, 'kind', criteriaSql);
  return negated ? atoms.fails(leaf, 'kind') : atoms.holds(leaf, 'kind');
}

/** Criteria about one person as SQL over the mask columns of `alias`; for members of a household. */
function criteriaSql(criteria: Criteria, atoms: Atoms, alias: string): string {
  const { tree, literals } = normalise(criteria);
  const tests = literals.map(({ leaf, negated }) => {
    if ('household' in leaf) throw new Error('a household condition inside another');
    return negated ? atoms.fails(leaf, alias) : atoms.holds(leaf, alias);
  });
  return treeSql(tree, tests);
}

function treeSql(tree: Normal, tests: readonly string[]): string {
  if (tree.kind === 'literal') return tests[tree.index]!;
  const of = tree.of.map((part) => treeSql(part, tests));
  if (tree.least === of.length) return `(${of.join(' and ')})`;
  if (tree.least === 1) return `(${of.join(' or ')})`;
  return `(${of.map((part) => `${part}::int`).join(' + ')} >= ${tree.least})`;
}

function verdicts(rows: readonly string[], atoms: Atoms, households: Households): string[] {
  const keys = keysOf(atoms, households).join(', ');
  const values = rows.length === 0 ? '(0, false, 0::bigint, 0::bigint)' : rows.join(',\n    ');
  return [
    `kind as materialized (select ${keys} from ${households.source} group by ${keys})`,
    `verdict as materialized (
  select kind.*, answer.policy, answer.held, answer.amount
  from kind cross join lateral (values
    ${values}) answer(policy, holds, held, amount)
  where answer.holds)`,
  ];
}

function keysOf(atoms: Atoms, households: Households): string[] {
  const masks = Array.from({ length: atoms.columns }, (_, column) => `m${column}`);
  return [...masks, ...households.maskColumns];
}

function results(policies: readonly Policy[], amounts: Amounts, households: Households): string {
  const numbersOf = (unit: Policy['unit']) =>
    policies.flatMap((policy, index) => (policy.unit === unit ? [index] : []));
  const [single, shared] = [numbersOf('person'), numbersOf('household')];
  const keys = keysOf(amounts.atoms, households).join(', ');
  const amount = amounts.ofPerson(policies);
  const found = `from ${households.source} everyone join verdict using (${keys})`;
  const alone = `select policy, person_id, null::uuid as household_id, ${amount} as amount, held
${found}${shared.length === 0 ? '' : ` where policy = any (array[${single.join(', ')}]::int[])`}`;
  if (shared.length === 0) return alone;
  const together = `(select distinct on (policy, household_id) policy, person_id, household_id, amount, held
from (
  select policy, everyone.person_id, coalesce(membership.household_id, everyone.person_id) as household_id,
    ${amount} as amount, held, coalesce(membership.is_head, true) as is_head
  ${found} left join membership on membership.person_id = everyone.person_id
  where policy = any (array[${shared.join(', ')}]::int[])) fits
order by policy, household_id, is_head desc, person_id)`;
  return single.length === 0 ? together : `${alone}\nunion all\n${together}`;
}
