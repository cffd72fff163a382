import type { Id, PlainDate } from '@wennuan/basics';
import { PLAN_SETTINGS, type Plan } from '@wennuan/policy';
import type { Scoped } from '../../platform/database/database.ts';

/** One evaluation at a time, whichever process runs it. System login. */
export async function lockEvaluation(tx: Scoped): Promise<void> {
  await tx.sql.query('select id from program_evaluation for update');
}

/** Whether anybody is noted as changed. System login. */
export async function isAnybodyChanged(tx: Scoped): Promise<boolean> {
  return (await tx.sql.query('select from changed_person limit 1')).length > 0;
}

/** Notes again that people changed; system login. */
export async function noteChanged(tx: Scoped, personIds: readonly Id[]): Promise<void> {
  if (personIds.length === 0) return;
  await tx.sql.query('insert into changed_person (person_id) select unnest($1::uuid[])', [
    personIds,
  ]);
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
