import type { Id, PlainDate } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import { compile, PLAN_SETTINGS, type Plan, type Policy } from '@wennuan/policy';
import { type Actor, systemActor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import { reasons } from './program.candidates.ts';
import { policiesOn } from './program.evaluate.ts';
import type { ProgramNeeds } from './program.needs.ts';
import { pendingOf } from './program.ts';
import { listPrograms, listVersions } from './program.store.ts';
import { DEAD, fieldNumber, swayOf, type Sway } from './program.sway.ts';

/** One programme on one day. */
export interface ReportRow {
  code: string;
  name: Policy['name'];
  candidates: number;
  /** One payment to everybody, in `unit`. */
  amount: number;
  unit: Policy['benefit']['unit'];
  /** Who is counted. */
  of: Policy['unit'];
  isDraft: boolean;
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
  how: {
    write: ((lines: readonly ReportLine[]) => Promise<void>) | null;
    withSway: boolean;
    withDrafts?: boolean;
  },
): Promise<Report> {
  return await needs.database.write(systemActor('program.report'), null, async (tx) => {
    const decided = (await policiesOn(tx, on)).map(({ policy }) => policy);
    const drafts = how.withDrafts ? await draftsBeside(tx, decided, on) : [];
    const policies = [...decided, ...drafts].toSorted((a, b) => (a.code < b.code ? -1 : 1));
    const plan = compile(policies, on);
    await keep(tx, plan);
    if (how.write) await sendLines(needs, tx, { plan, on, write: how.write });
    const questions = await needs.openQuestions(tx);
    return {
      rows: await countRows(tx, plan, new Set(drafts.map(({ code }) => code))),
      deadInRosters: await countDead(tx, on),
      openQuestions: await needs.countQuestions(tx),
      sway: how.withSway ? await swayOf(tx, { policies, on, questions }) : null,
    };
  });
}

/** Drafts of programmes that nothing decided holds for on the day, as if they were in force. */
async function draftsBeside(
  tx: Scoped,
  decided: readonly Policy[],
  on: PlainDate,
): Promise<Policy[]> {
  const known = new Set(decided.map(({ code }) => code));
  const programs = (await listPrograms(tx)).filter(({ code }) => !known.has(code));
  const versions = await listVersions(tx, { programIds: programs.map(({ id }) => id) });
  return programs.flatMap(({ id }) => {
    const draft = pendingOf(versions.filter(({ programId }) => programId === id));
    return draft ? [{ ...draft.policy, validFrom: on, validUntil: null }] : [];
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

async function countRows(
  tx: Scoped,
  plan: Plan,
  drafts: ReadonlySet<string>,
): Promise<ReportRow[]> {
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
    of: policy.unit,
    isDraft: drafts.has(policy.code),
  }));
}

type Trial = RouteOutput<typeof routes.program.report>;

/** Fewer than these are told only to who sees every area. */
const SMALL = 5;

/** The same as a page shows it, drafts among them; departments hear of no handful of people. */
export async function trialOn(
  needs: ProgramNeeds,
  actor: Actor,
  { on, explain }: { on: PlainDate; explain: boolean },
): Promise<Trial> {
  const report = await reportOn(needs, on, { write: null, withSway: explain, withDrafts: true });
  const told = <Row extends { candidates: number; amount: number }>(row: Row) =>
    actor.login !== 'department' || row.candidates === 0 || row.candidates >= SMALL
      ? row
      : { ...row, candidates: null, amount: null };
  const explained = (code: string) => {
    const sway = report.sway?.get(code);
    if (!sway) return null;
    const { questions, gaps, least, most } = sway;
    return { questions: questions.length, gaps, least, most };
  };
  return {
    on,
    openQuestions: report.openQuestions,
    dead: { count: report.deadInRosters, explained: explained(DEAD) },
    rows: report.rows.map(({ of, unit, ...row }) => ({
      ...told(row),
      unit: of,
      amountUnit: unit,
      explained: explained(row.code),
    })),
  };
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
