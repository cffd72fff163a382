import type { PlainDate } from '@wennuan/basics';
import { Atoms, Parameters } from './atoms.ts';
import { holdsWith, normalise } from './criteria.ts';
import type { Policy } from './definition.ts';
import { askedOf, isInForce } from './evaluate.ts';
import { withoutUnasked } from './field-tree.ts';
import { getField } from './fields.ts';
import { Amounts } from './sql-amount.ts';
import { Households } from './sql-household.ts';
import { results, verdictOf, verdicts } from './sql-verdict.ts';
import { AREA_FACTS, AREA_FIELDS, TOLD_FACTS } from './tables.ts';

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

/**
 * Whom a statement is about: people, with all of their households where a policy looks at those; or common table expressions of
 * these names that stand around the statement: `people` with rows `person_id` that are whole households already, and `seats`
 * with all rows of `household_member` about them.
 */
export type Whom = readonly string[] | { people: string; seats: string };

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

/**
 * For the statement that evaluates: memory for the pivot, and hash joins only. The planner cannot know how many masks meet a
 * policy, and guesses a thousandth of the candidates. Where households are looked up one by one, the text says so.
 */
export const PLAN_SETTINGS = [
  'set local work_mem = 262144',
  'set local enable_mergejoin = off',
  'set local enable_nestloop = off',
];

/**
 * One set-based statement that evaluates all policies in force on a day: over everyone, or over some and, where a policy
 * looks at households, all of theirs (`affectedPeople`). Its text does not hang on who they are.
 *
 * The fact rows are read once: one mask of bits a person. People with the same mask are the same to every policy, and
 * there are a few thousand different masks among a million people: the criteria are evaluated once a mask.
 */
export function compile(policies: readonly Policy[], on: PlainDate, people?: Whom): Plan {
  const inForce = policies.filter((policy) => isInForce(policy, on));
  const parameters = new Parameters();
  const day = parameters.add(on, 'date');
  const atoms = new Atoms(on);
  const households = new Households({ atoms, parameters, day });
  const amounts = new Amounts({ atoms, parameters, households });
  const columns = inForce.map((policy) => verdictOf({ policy, atoms, households, amounts }));
  const isOnce = (policy: Policy) => policy.unit === 'household';
  const needsHome = households.isUsed || inForce.some(isOnce);
  const numbers = households.numberColumns;
  const asked = new Set([...atoms.fields, ...households.numberFields]);
  const among = people === undefined ? '' : AMONG_WANTED;
  const parts = [
    ...(people === undefined ? [] : wanted(people, { needsHome, day, parameters })),
    `pivot as materialized (
  select person_id, ${[...atoms.aggregates(parameters), ...numbers].join(',\n    ')}
  from (${factRows({ asked, all: inForce.some(fitsUnknown), day, more: among })}) fact
  group by person_id)`,
    ...(needsHome ? households.home(people === undefined) : []),
    ...households.everyone(),
  ];
  const text = `with ${[...parts, ...verdicts(columns, atoms, households)].join(',\n')}
${results(inForce, columns, { amounts, households })}`;
  return { text, values: parameters.values, policies: inForce };
}

/** Who has to be evaluated again, and whose stored results to replace, when facts of these people changed. */
export function affectedPeople(people: readonly string[], on: PlainDate): Statement {
  const parameters = new Parameters();
  const day = parameters.add(on, 'date');
  const found = wanted(people, { needsHome: true, day, parameters });
  const text = `with ${found.join(',\n')} select person_id from wanted`;
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

/** Whether somebody of whom nothing is on file that it asks for could meet a policy: then every row counts. */
function fitsUnknown(policy: Policy): boolean {
  const { tree, literals } = normalise(askedOf(policy));
  return holdsWith(tree, (literal) => {
    const { leaf, negated } = literals[literal]!;
    return 'household' in leaf || (negated && getField(leaf.field).isSet);
  });
}

/** Rows that say something about a day; one expression, which is cheaper than conditions one by one. */
function validOn(table: string, day: string): string {
  return `case when ${table}.since is null or ${table}.since <= ${day} then ${table}.until is null or ${table}.until > ${day} else false end`;
}

interface FactNeeds {
  /** Stored numbers of the fields that policies ask for. */
  asked: ReadonlySet<number>;
  /** Whether every row counts, asked for or not. */
  all: boolean;
  day: string;
  /** A further condition, as SQL that follows another. */
  more: string;
}

/**
 * The fact rows of a day as SQL. Each of the two parts has an index of its own whose condition is said in the same words;
 * where no policy asks for an area, a third of all rows is never read.
 */
function factRows({ asked, all, day, more }: FactNeeds): string {
  const rows = (
    part: string,
    gaps: string,
  ) => `select person_id, field, value, since from person_fact
    where ${part} and ${validOn('person_fact', day)}${gaps}${more}`;
  if (!all && !AREA_FIELDS.some((field) => asked.has(field))) {
    return rows(TOLD_FACTS, withoutUnasked(new Set([...asked, ...AREA_FIELDS])));
  }
  const gaps = all ? '' : withoutUnasked(asked);
  return `${rows(TOLD_FACTS, gaps)}
    union all
    ${rows(AREA_FACTS, gaps)}`;
}

const AMONG_WANTED = ' and person_id = any (array(select person_id from wanted))';

interface WantedNeeds {
  needsHome: boolean;
  day: string;
  parameters: Parameters;
}

/**
 * Whom the statement is about as `wanted`, and where a policy looks at households, what households they are in as
 * `membership`. Rows found on the way from the people asked for to the others are kept: nobody is looked up twice.
 */
function wanted(whom: Whom, { needsHome, day, parameters }: WantedNeeds): string[] {
  const member = `select person_id, household_id, is_head from household_member where ${validOn('household_member', day)}`;
  if ('people' in whom) {
    const { people, seats } = whom;
    const all = `wanted as not materialized (select person_id from ${people})`;
    const theirs = `select person_id, household_id, is_head from ${seats} where ${validOn(seats, day)}`;
    return needsHome ? [all, `membership as materialized (${theirs})`] : [all];
  }
  const ids = parameters.add([...whom], 'uuid[]');
  const asked = `select unnest(${ids}) as person_id`;
  if (!needsHome) return [`wanted as not materialized (${asked})`];
  return [
    `mine as materialized (${member} and person_id = any (${ids}))`,
    // Whoever of those asked for is in a household is in `mine`: nobody is found twice.
    `others as materialized (
  select distinct person_id from household_member
  where household_id = any (array(select household_id from mine)) and ${validOn('household_member', day)}
    and person_id not in (select person_id from mine))`,
    `wanted as not materialized (${asked} union all select person_id from others)`,
    `membership as materialized (
  select person_id, household_id, is_head from mine
  union all
  ${member} and person_id = any (array(select person_id from others)))`,
  ];
}
