import type { PlainDate } from '@wennuan/basics';
import { type Policy, readPolicy } from './definition.ts';
import type { Problem } from './problems.ts';
import { compile, type Statement } from './sql.ts';

/** A step to a value inside a definition: `['criteria', 'all', 0, 'value']`. */
export type Path = readonly (string | number)[];

/** What moving a threshold would do, on one day. */
export interface Difference {
  before: number;
  after: number;
  /** People who would newly meet it, and who no longer would. */
  gained: number;
  lost: number;
  /** For one payment to everybody, in the benefit's unit. */
  amountBefore: number;
  amountAfter: number;
  /** `amountAfter − amountBefore` over a year of its cadence; once and on change count once. */
  yearlyDifference: number;
}

/** How often a year something is given, for the cost of a year; once and on change count once. */
export const TIMES_A_YEAR: Readonly<Record<Policy['cadence'], number>> = {
  once: 1,
  on_change: 1,
  yearly: 1,
  monthly: 12,
  weekly: 52,
};

/** The definition with one value put in place of another; refused like any definition, and where the path leads nowhere. */
export function withValue(
  policy: Policy,
  path: Path,
  value: unknown,
): { policy: Policy; problems: [] } | { policy: null; problems: Problem[] } {
  const copy: unknown = structuredClone(policy);
  const owner = path.slice(0, -1).reduce(stepInto, copy);
  const last = path.at(-1);
  if (last === undefined || stepInto(owner, last) === undefined) {
    const words = { zh: '没有这个位置', en: 'There is no such place' };
    return { policy: null, problems: [{ path: path.join('.'), ...words }] };
  }
  (owner as Record<string | number, unknown>)[last] = value;
  return readPolicy(copy);
}

function stepInto(owner: unknown, step: string | number): unknown {
  if (typeof owner !== 'object' || owner === null) return undefined;
  return Object.hasOwn(owner, step) ? (owner as Record<string | number, unknown>)[step] : undefined;
}

/** One statement that evaluates both and compares; its only row goes to `readDifference`. */
export function compileWhatIf(before: Policy, after: Policy, on: PlainDate): Statement {
  const plan = compile([before, after], on);
  const place = (policy: Policy) => plan.policies.indexOf(policy);
  const [old, changed] = [place(before), place(after)];
  const text = `with result as materialized (${plan.text})
select count(*) filter (where policy = ${old})::int as before,
  count(*) filter (where policy = ${changed})::int as after,
  count(*) filter (where policy = ${changed} and not had)::int as gained,
  count(*) filter (where policy = ${old} and not has)::int as lost,
  coalesce(sum(amount) filter (where policy = ${old}), 0)::bigint as amount_before,
  coalesce(sum(amount) filter (where policy = ${changed}), 0)::bigint as amount_after
from (
  select policy, amount, bool_or(policy = ${old}) over who as had, bool_or(policy = ${changed}) over who as has
  from result window who as (partition by coalesce(household_id, person_id))) compared`;
  return { text, values: plan.values };
}

export interface DifferenceRow {
  before: number;
  after: number;
  gained: number;
  lost: number;
  amount_before: string | number;
  amount_after: string | number;
}

/** The row of `compileWhatIf` in numbers, with the cost of a year. */
export function readDifference(row: DifferenceRow, before: Policy, after: Policy): Difference {
  const { amount_before, amount_after, ...counts } = row;
  const [amountBefore, amountAfter] = [Number(amount_before), Number(amount_after)];
  const yearlyDifference =
    amountAfter * TIMES_A_YEAR[after.cadence] - amountBefore * TIMES_A_YEAR[before.cadence];
  return { ...counts, amountBefore, amountAfter, yearlyDifference };
}
