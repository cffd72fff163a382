import type { Id, PlainDate } from '@wennuan/basics';
import { compile, PLAN_SETTINGS, type Plan } from '@wennuan/policy';
import type { Scoped } from '../../platform/database/database.ts';
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

/** Where a new evaluation is put beside the old one; it lives as long as the transaction. */
const FRESH = `create temp table if not exists fresh_candidate (
  program_id uuid, version_id uuid, person_id uuid, household_id uuid, amount bigint, held bigint) on commit drop`;

/** One evaluation at a time, whichever process runs it. System login. */
export async function lockEvaluation(tx: Scoped): Promise<void> {
  await tx.sql.query('select id from program_evaluation for update');
}

/** Takes noted changes, oldest first. */
export async function takeChanged(tx: Scoped, limit: number): Promise<Id[]> {
  const rows = await tx.sql.query<{ person_id: Id }>(
    `delete from changed_person where id in (select id from changed_person order by id limit $1)
    returning person_id`,
    [limit],
  );
  return [...new Set(rows.map((row) => row.person_id))];
}

/** Notes again that people changed; system login. */
export async function noteChanged(tx: Scoped, personIds: readonly Id[]): Promise<void> {
  if (personIds.length === 0) return;
  await tx.sql.query('insert into changed_person (person_id) select unnest($1::uuid[])', [
    personIds,
  ]);
}

/**
 * These people, all who are or were with them in a household, and the households they are candidates for: whatever
 * changed for one of them can change who of the household gets something.
 */
export async function withHouseholds(tx: Scoped, personIds: readonly Id[]): Promise<Id[]> {
  const rows = await tx.sql.query<{ person_id: Id }>(
    `with recursive who(person_id) as (
      select unnest($1::uuid[])
      union
      select other.person_id from candidate c join household_member other on other.household_id = c.household_id
      where c.person_id = any ($1::uuid[]) and c.ended_on is null
      union
      select other.person_id
      from who join household_member mine on mine.person_id = who.person_id
      join household_member other on other.household_id = mine.household_id)
    select person_id from who`,
    [personIds],
  );
  return rows.map((row) => row.person_id);
}

/** Puts what the policies find in the place of what was found before; what did not change keeps its row. */
export async function replaceCandidates(tx: Scoped, evaluation: Evaluation): Promise<Moved[]> {
  await tx.sql.query(FRESH);
  await tx.sql.query('truncate fresh_candidate');
  await findFresh(tx, evaluation);
  const ended = await endStale(tx, evaluation);
  const changed = await updateKept(tx, evaluation);
  const began = await insertNew(tx, evaluation);
  return evaluation.programIds.map((programId) => ({
    programId,
    began: began.get(programId) ?? 0,
    changed: changed.get(programId) ?? 0,
    ended: ended.get(programId) ?? 0,
  }));
}

async function findFresh(tx: Scoped, { on, policies, people }: Evaluation): Promise<void> {
  const byCode = new Map(policies.map((one) => [one.policy.code, one]));
  const plan = compile(
    policies.map(({ policy }) => policy),
    on,
    people ?? undefined,
  );
  if (plan.policies.length === 0 || people?.length === 0) return;
  if (people === null) for (const setting of PLAN_SETTINGS) await tx.sql.query(setting);
  const found = plan.policies.map(({ code }) => byCode.get(code)!);
  await tx.sql.query(
    `insert into fresh_candidate
    select named.program_id, named.version_id, result.person_id, result.household_id, result.amount, result.held
    from (${plan.text}) result
    join unnest($${plan.values.length + 1}::uuid[], $${plan.values.length + 2}::uuid[])
      with ordinality named(program_id, version_id, place) on named.place - 1 = result.policy`,
    [...plan.values, found.map((one) => one.programId), found.map((one) => one.versionId)],
  );
  if (people === null) await relax(tx);
  await tx.sql.query('analyze fresh_candidate');
}

/** The settings of a full evaluation are for its own statement only. */
async function relax(tx: Scoped): Promise<void> {
  for (const setting of PLAN_SETTINGS) {
    const name = /^set local (\w+)/.exec(setting)![1]!;
    await tx.sql.query(`set local ${name} to default`);
  }
}

/** The same candidate: of the programme, the person, and where it comes once a household, the household. */
const SAME = `f.program_id = c.program_id and f.person_id = c.person_id
  and f.household_id is not distinct from c.household_id`;

async function endStale(tx: Scoped, { on, programIds, people }: Evaluation) {
  return await counted(
    tx,
    `update candidate c set ended_on = $1, evaluated_on = $1
    where c.ended_on is null and c.program_id = any ($2::uuid[]) and ($3::uuid[] is null or c.person_id = any ($3::uuid[]))
      and not exists (select from fresh_candidate f where ${SAME})
    returning c.program_id`,
    [on, programIds, people],
  );
}

async function updateKept(tx: Scoped, { on }: Evaluation) {
  return await counted(
    tx,
    `update candidate c set version_id = f.version_id, amount = f.amount, held = f.held, area_id = p.area_id,
      account_id = p.account_id, department_id = g.department_id, evaluated_on = $1
    from fresh_candidate f join person p on p.id = f.person_id join program g on g.id = f.program_id
    where c.ended_on is null and ${SAME}
      and (c.version_id, c.amount, c.held, c.area_id, c.account_id, c.department_id)
        is distinct from (f.version_id, f.amount, f.held, p.area_id, p.account_id, g.department_id)
    returning c.program_id`,
    [on],
  );
}

async function insertNew(tx: Scoped, { on }: Evaluation) {
  return await counted(
    tx,
    `insert into candidate (program_id, version_id, person_id, household_id, area_id, department_id, account_id,
      amount, held, since, evaluated_on)
    select f.program_id, f.version_id, f.person_id, f.household_id, p.area_id, g.department_id, p.account_id,
      f.amount, f.held, $1, $1
    from fresh_candidate f join person p on p.id = f.person_id join program g on g.id = f.program_id
    where not exists (select from candidate c where c.ended_on is null and ${SAME})
    returning program_id`,
    [on],
  );
}

/** Runs a statement that returns programme ids; says how many rows of each. */
async function counted(
  tx: Scoped,
  text: string,
  values: readonly unknown[],
): Promise<Map<Id, number>> {
  const rows = await tx.sql.query<{ program_id: Id; count: number }>(
    `with moved as (${text}) select program_id, count(*)::int as count from moved group by program_id`,
    values,
  );
  return new Map(rows.map((row) => [row.program_id, row.count]));
}

/** Notes by which version and for which day programmes were evaluated. */
export async function markEvaluated(
  tx: Scoped,
  on: PlainDate,
  programs: readonly { programId: Id; versionId: Id | null }[],
): Promise<void> {
  await tx.sql.query(
    `update program set evaluated_on = $1, evaluated_version_id = found.version_id
    from unnest($2::uuid[], $3::uuid[]) as found(program_id, version_id) where program.id = found.program_id`,
    [on, programs.map((one) => one.programId), programs.map((one) => one.versionId)],
  );
}

/** A row of what a plan finds where it is only looked at: with where its person lives. */
export interface PlaceRow {
  policy: number;
  area_id: number;
  candidates: number;
  amount: number;
  gained: number;
}

/**
 * What a plan over everybody comes to by place, and of two policies how many the other one does not find. Read only.
 * System login.
 */
export async function countByPlace(tx: Scoped, plan: Plan): Promise<PlaceRow[]> {
  if (plan.policies.length === 0) return [];
  for (const setting of PLAN_SETTINGS) await tx.sql.query(setting);
  return await tx.sql.query<PlaceRow>(
    `with result as materialized (${plan.text})
    select policy, person.area_id, count(*)::int as candidates, sum(amount)::bigint as amount,
      count(*) filter (where others = 1)::int as gained
    from (select policy, person_id, amount, count(*) over (partition by coalesce(household_id, person_id)) as others
      from result) compared
    join person on person.id = compared.person_id
    group by policy, person.area_id`,
    plan.values,
  );
}
