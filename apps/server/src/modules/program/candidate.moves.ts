import type { Id, PlainDate } from '@wennuan/basics';
import { compile, PLAN_SETTINGS } from '@wennuan/policy';
import type { Scoped } from '../../platform/database/database.ts';
import type { PolicyInForce } from './program.ts';

/** What one evaluation of everybody is about. */
export interface Evaluation {
  on: PlainDate;
  /** Programmes concerned, in force or not: who is not found any more stops being a candidate. */
  programIds: readonly Id[];
  policies: readonly PolicyInForce[];
}

/** What changed for a programme. */
export interface Moved {
  programId: Id;
  began: number;
  changed: number;
  ended: number;
}

/** A million people's candidates written for the first time take longer than a request may. */
const WITHOUT_HASTE = 'set local statement_timeout = 0';

/** Where a new evaluation, and what it changes, are put beside the old one; both live as long as the transaction. */
const BESIDE = [
  `create temp table if not exists fresh_candidate (
    program_id uuid, version_id uuid, person_id uuid, household_id uuid, amount bigint, held bigint) on commit drop`,
  `create temp table if not exists moved_candidate (
    id uuid, program_id uuid, version_id uuid, person_id uuid, household_id uuid, amount bigint, held bigint, area_id int,
    account_id uuid, department_id uuid, old_area_id int, old_amount bigint) on commit drop`,
  'truncate fresh_candidate, moved_candidate',
];

/**
 * Puts what the policies find of everybody in the place of what was found before; what did not change keeps its row. Says
 * what changed for each programme.
 */
export async function replaceCandidates(tx: Scoped, evaluation: Evaluation): Promise<Moved[]> {
  for (const statement of [WITHOUT_HASTE, ...BESIDE]) await tx.sql.query(statement);
  await findFresh(tx, evaluation);
  await findMoved(tx, evaluation.programIds);
  await writeMoved(tx, evaluation.on);
  return await countMoved(tx);
}

async function findFresh(tx: Scoped, { on, policies }: Evaluation): Promise<void> {
  const byCode = new Map(policies.map((one) => [one.policy.code, one]));
  const plan = compile(
    policies.map(({ policy }) => policy),
    on,
  );
  if (plan.policies.length === 0) return;
  for (const setting of PLAN_SETTINGS) await tx.sql.query(setting);
  const found = plan.policies.map(({ code }) => byCode.get(code)!);
  await tx.sql.query(
    `insert into fresh_candidate
    select named.program_id, named.version_id, result.person_id, result.household_id, result.amount, result.held
    from (${plan.text}) result
    join unnest($${plan.values.length + 1}::uuid[], $${plan.values.length + 2}::uuid[])
      with ordinality named(program_id, version_id, place) on named.place - 1 = result.policy`,
    [...plan.values, found.map((one) => one.programId), found.map((one) => one.versionId)],
  );
  await relax(tx);
  await tx.sql.query('analyze fresh_candidate');
}

/** The settings of an evaluation are for its own statement only. */
async function relax(tx: Scoped): Promise<void> {
  for (const setting of PLAN_SETTINGS) {
    const name = /^set local (\w+)/.exec(setting)![1]!;
    await tx.sql.query(`set local ${name} to default`);
  }
}

/** What is compared and kept of an open candidate. */
export const OLD_COLUMNS =
  'id, program_id, version_id, person_id, household_id, amount, held, area_id, account_id, department_id';

/** Stands for no household, so that a benefit of a person and of her household are compared by equality. */
const NOBODY = `'00000000-0000-0000-0000-000000000000'::uuid`;

/**
 * Old beside new, and of both what differs: only new, only old, or other values; as SQL over open candidates and over what was
 * found, with the `id, area_id, account_id` of people. A row is the same candidate by programme, person and, where it comes
 * once a household, household.
 */
export function movedRows(from: {
  old: string;
  fresh: string;
  people: string;
  /** Further columns of the old, each with a comma after it. */
  more?: string;
}): string {
  return `select ${from.more ?? ''} c.id, coalesce(f.program_id, c.program_id) as program_id, f.version_id, f.person_id, f.household_id, f.amount,
      f.held, f.area_id, f.account_id, f.department_id, c.area_id as old_area_id, c.amount as old_amount
    from (${from.old}) c
    full join (
      select fresh.*, p.area_id, p.account_id, g.department_id
      from ${from.fresh} fresh
      join ${from.people} p on p.id = fresh.person_id
      join program g on g.id = fresh.program_id) f
    on f.program_id = c.program_id and f.person_id = c.person_id
      and coalesce(f.household_id, ${NOBODY}) = coalesce(c.household_id, ${NOBODY})
    where c.id is null or f.person_id is null
      or (c.version_id, c.amount, c.held, c.area_id, c.account_id, c.department_id)
        is distinct from (f.version_id, f.amount, f.held, f.area_id, f.account_id, f.department_id)`;
}

async function findMoved(tx: Scoped, programIds: readonly Id[]): Promise<void> {
  const old = `select ${OLD_COLUMNS} from candidate where ended_on is null and program_id = any ($1::uuid[])`;
  const rows = movedRows({ old, fresh: 'fresh_candidate', people: 'person' });
  await tx.sql.query(`insert into moved_candidate ${rows}`, [programIds]);
  await tx.sql.query('analyze moved_candidate');
}

async function writeMoved(tx: Scoped, on: PlainDate): Promise<void> {
  await tx.sql.query(
    `update candidate c set ended_on = $1, evaluated_on = $1 from moved_candidate m
    where c.id = m.id and m.person_id is null`,
    [on],
  );
  await tx.sql.query(
    `update candidate c set version_id = m.version_id, amount = m.amount, held = m.held, area_id = m.area_id,
      account_id = m.account_id, department_id = m.department_id, evaluated_on = $1
    from moved_candidate m where c.id = m.id and m.person_id is not null`,
    [on],
  );
  await tx.sql.query(
    `insert into candidate (program_id, version_id, person_id, household_id, area_id, department_id, account_id,
      amount, held, since, evaluated_on)
    select program_id, version_id, person_id, household_id, area_id, department_id, account_id, amount, held, $1, $1
    from moved_candidate where id is null`,
    [on],
  );
}

async function countMoved(tx: Scoped): Promise<Moved[]> {
  return await tx.sql.query<Moved>(
    `select program_id as "programId", count(*) filter (where id is null)::int as began,
      count(*) filter (where id is not null and person_id is not null)::int as changed,
      count(*) filter (where person_id is null)::int as ended
    from moved_candidate group by program_id`,
  );
}
