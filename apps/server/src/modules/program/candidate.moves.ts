import type { Id, PlainDate } from '@wennuan/basics';
import { compile, PLAN_SETTINGS } from '@wennuan/policy';
import type { Scoped } from '../../platform/database/database.ts';
import type { FigureRow } from './figure.store.ts';
import type { PolicyInForce } from './program.ts';

/** What one evaluation is about: programmes whose candidates are replaced, of everybody or of some people. */
export interface Evaluation {
  on: PlainDate;
  /** Programmes concerned, in force or not: who is not found any more stops being a candidate. */
  programIds: readonly Id[];
  policies: readonly PolicyInForce[];
  /** With everybody of their households already among them; null: everybody. */
  people: readonly Id[] | null;
}

/** What changed for a programme. */
export interface Moved {
  programId: Id;
  began: number;
  changed: number;
  ended: number;
}

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
 * Puts what the policies find in the place of what was found before; what did not change keeps its row. Says what changed
 * for each programme, and by how much its numbers differ by place.
 */
export async function replaceCandidates(
  tx: Scoped,
  evaluation: Evaluation,
): Promise<{ moved: Moved[]; differences: FigureRow[] }> {
  for (const statement of BESIDE) await tx.sql.query(statement);
  await findFresh(tx, evaluation);
  await findMoved(tx, evaluation);
  await writeMoved(tx, evaluation.on);
  return { moved: await countMoved(tx), differences: await differencesByPlace(tx) };
}

async function findFresh(tx: Scoped, { on, policies, people }: Evaluation): Promise<void> {
  const byCode = new Map(policies.map((one) => [one.policy.code, one]));
  const plan = compile(
    policies.map(({ policy }) => policy),
    on,
    people ?? undefined,
  );
  if (plan.policies.length === 0 || people?.length === 0) return;
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
  if (people === null) await tx.sql.query('analyze fresh_candidate');
}

/** The settings of an evaluation are for its own statement only. */
async function relax(tx: Scoped): Promise<void> {
  for (const setting of PLAN_SETTINGS) {
    const name = /^set local (\w+)/.exec(setting)![1]!;
    await tx.sql.query(`set local ${name} to default`);
  }
}

/** Stands for no household, so that a benefit of a person and of her household are compared by equality. */
const NOBODY = `'00000000-0000-0000-0000-000000000000'::uuid`;

/**
 * Lays old beside new and keeps what differs: only new, only old, or other values. A row is the same candidate by programme,
 * person and, where it comes once a household, household. Of some people, only their rows are read.
 */
async function findMoved(tx: Scoped, { programIds, people }: Evaluation): Promise<void> {
  const [ofPerson, ofCandidate] =
    people === null
      ? ['', '']
      : ['where id = any ($2::uuid[])', 'and person_id = any ($2::uuid[])'];
  await tx.sql.query(
    `insert into moved_candidate
    select c.id, coalesce(f.program_id, c.program_id), f.version_id, f.person_id, f.household_id, f.amount, f.held,
      f.area_id, f.account_id, f.department_id, c.area_id, c.amount
    from (
      select id, program_id, version_id, person_id, household_id, amount, held, area_id, account_id, department_id
      from candidate where ended_on is null and program_id = any ($1::uuid[]) ${ofCandidate}) c
    full join (
      select fresh.*, p.area_id, p.account_id, g.department_id
      from fresh_candidate fresh
      join (select id, area_id, account_id from person ${ofPerson}) p on p.id = fresh.person_id
      join program g on g.id = fresh.program_id) f
    on f.program_id = c.program_id and f.person_id = c.person_id
      and coalesce(f.household_id, ${NOBODY}) = coalesce(c.household_id, ${NOBODY})
    where c.id is null or f.person_id is null
      or (c.version_id, c.amount, c.held, c.area_id, c.account_id, c.department_id)
        is distinct from (f.version_id, f.amount, f.held, f.area_id, f.account_id, f.department_id)`,
    people === null ? [programIds] : [programIds, people],
  );
  if (people === null) await tx.sql.query('analyze moved_candidate');
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

async function differencesByPlace(tx: Scoped): Promise<FigureRow[]> {
  const rows = await tx.sql.query<FigureRow>(
    `select program_id as "programId", area_id as "areaId", sum(candidates)::int as candidates,
      sum(amount)::bigint as amount
    from (
      select program_id, area_id, 1 as candidates, amount from moved_candidate where person_id is not null
      union all
      select program_id, old_area_id, -1, -old_amount from moved_candidate where id is not null) told
    group by program_id, area_id having sum(candidates) <> 0 or sum(amount) <> 0`,
  );
  return rows.map((row) => ({ ...row, amount: Number(row.amount) }));
}
