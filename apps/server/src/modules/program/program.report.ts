import type { Id, PlainDate } from '@wennuan/basics';
import { compile, PLAN_SETTINGS, type Plan, type Policy } from '@wennuan/policy';
import { systemActor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import { reasons } from './program.candidates.ts';
import { policiesOn } from './program.evaluate.ts';
import type { ProgramNeeds } from './program.needs.ts';
import { fieldNumber, swayOf, type Sway } from './program.sway.ts';

/** One programme on one day. */
export interface ReportRow {
  code: string;
  name: Policy['name'];
  candidates: number;
  /** One payment to everybody, in `unit`. */
  amount: number;
  unit: Policy['benefit']['unit'];
}

export interface Report {
  rows: ReportRow[];
  /** People with a registered death who still stand in a roster of a group. */
  deadInRosters: number;
  /** Links that wait for a person's word. */
  openQuestions: number;
  /** What their answers, and what is missing on files, could still change; null when it was not asked for. */
  sway: ReadonlyMap<string, Sway> | null;
}

/** A candidate as a line of the report. */
export interface ReportLine {
  code: string;
  personId: Id;
  amount: number;
  unit: Policy['benefit']['unit'];
  reason: string;
}

const LINES_AT_ONCE = 10_000;

/**
 * What the decided programmes come to on a day, over everybody in one statement: nothing that is kept is changed. Lines go
 * out in the order of code and person, a few thousand at a time, so that a million of them fit.
 */
export async function reportOn(
  needs: ProgramNeeds,
  on: PlainDate,
  how: { write: (lines: readonly ReportLine[]) => Promise<void>; withSway: boolean },
): Promise<Report> {
  return await needs.database.write(systemActor('program.report'), null, async (tx) => {
    const policies = (await policiesOn(tx, on)).map(({ policy }) => policy);
    const plan = compile(policies, on);
    await keep(tx, plan);
    await sendLines(needs, tx, { plan, on, write: how.write });
    const questions = await needs.openQuestions(tx);
    return {
      rows: await countRows(tx, plan),
      deadInRosters: await countDead(tx, on),
      openQuestions: questions.length,
      sway: how.withSway ? await swayOf(tx, { policies, on, questions }) : null,
    };
  });
}

async function keep(tx: Scoped, plan: Plan): Promise<void> {
  await tx.sql.query(
    `create temp table report_line (policy int, person_id uuid, household_id uuid, amount bigint, held bigint)
    on commit drop`,
  );
  if (plan.policies.length === 0) return;
  for (const setting of PLAN_SETTINGS) await tx.sql.query(setting);
  await tx.sql.query(
    `insert into report_line select policy, person_id, household_id, amount, held from (${plan.text}) result`,
    plan.values,
  );
}

interface Sending {
  plan: Plan;
  on: PlainDate;
  write: (lines: readonly ReportLine[]) => Promise<void>;
}

interface Kept {
  policy: number;
  person_id: Id;
  amount: number;
  held: number;
}

async function sendLines(
  needs: ProgramNeeds,
  tx: Scoped,
  { plan, on, write }: Sending,
): Promise<void> {
  const reasonOf = reasons(needs, on);
  await tx.sql.query(
    `declare line no scroll cursor for select policy, person_id, amount, held from report_line
    order by policy, person_id, household_id`,
  );
  for (;;) {
    const rows = await tx.sql.query<Kept>(`fetch ${LINES_AT_ONCE} from line`);
    if (rows.length === 0) return;
    await write(
      rows.map((row) => {
        const policy = plan.policies[row.policy]!;
        return {
          code: policy.code,
          personId: row.person_id,
          amount: Number(row.amount),
          unit: policy.benefit.unit,
          reason: reasonOf(policy, Number(row.held)).zh,
        };
      }),
    );
  }
}

async function countRows(tx: Scoped, plan: Plan): Promise<ReportRow[]> {
  const rows = await tx.sql.query<{ policy: number; candidates: number; amount: number }>(
    'select policy, count(*)::int as candidates, sum(amount)::bigint as amount from report_line group by policy',
  );
  const found = new Map(rows.map((row) => [row.policy, row]));
  return plan.policies.map((policy, place) => ({
    code: policy.code,
    name: policy.name,
    candidates: found.get(place)?.candidates ?? 0,
    amount: Number(found.get(place)?.amount ?? 0),
    unit: policy.benefit.unit,
  }));
}

async function countDead(tx: Scoped, on: PlainDate): Promise<number> {
  const [died, group] = [fieldNumber('died_on', on), fieldNumber('group', 'minimum_living')];
  const valid = '(since is null or since <= $1) and (until is null or until > $1)';
  const rows = await tx.sql.query<{ count: number }>(
    `select count(*)::int as count from (select person_id from person_fact where field = $2 and ${valid}
      intersect select person_id from person_fact where field = $3 and ${valid}) dead`,
    [on, died, group],
  );
  return rows[0]!.count;
}
