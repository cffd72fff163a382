import type { Id } from '@wennuan/basics';
import type { FindingKind } from '@wennuan/contract';
import { sql, type Selectable } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';
import type { Found } from './supervision.look.ts';

export type FindingRow = Selectable<DB['finding']>;

const AT_ONCE = 1_000;

/** Adds what is new; answers only those. What was found before keeps its case. */
export async function insertFound(
  tx: Writing,
  found: readonly (Found & { id: Id })[],
): Promise<FindingRow[]> {
  const added: FindingRow[] = [];
  for (let start = 0; start < found.length; start += AT_ONCE)
    added.push(
      ...(await tx.db
        .insertInto('finding')
        .values(
          found.slice(start, start + AT_ONCE).map((one) => ({
            id: one.id,
            kind: one.kind,
            subject_key: one.subjectKey,
            person_id: one.personId,
            area_id: one.areaId,
            department_id: one.departmentId,
            evidence: JSON.stringify(one.evidence),
            found_at: tx.now,
          })),
        )
        .onConflict((conflict) => conflict.constraint('finding_once').doNothing())
        .returningAll()
        .execute()),
    );
  return added;
}

/** Marks open cases that the data no longer show, and those they show again; answers both. */
export async function markGone(
  tx: Writing,
  found: readonly Found[],
): Promise<{ id: Id; areaId: number; isGone: boolean }[]> {
  const { rows } = await sql<{ id: Id; area_id: number; is_gone: boolean }>`
    update finding set gone_at = case when seen.kind is null then ${tx.now}::timestamptz end
    from finding old left join unnest(${found.map((one) => one.kind)}::text[], ${found.map((one) => one.subjectKey)}::text[])
      as seen(kind, subject_key) on seen.kind = old.kind and seen.subject_key = old.subject_key
    where finding.id = old.id and old.ended_at is null and (seen.kind is null) = (old.gone_at is null)
    returning finding.id, finding.area_id, finding.gone_at is not null as is_gone`.execute(tx.db);
  return rows.map((row) => ({ id: row.id, areaId: row.area_id, isGone: row.is_gone }));
}

/** A page of cases the caller may see, newest number first. */
export async function listFindings(
  tx: Scoped,
  search: {
    kind?: FindingKind | undefined;
    open?: boolean | undefined;
    after?: number;
    limit: number;
  },
): Promise<FindingRow[]> {
  let query = tx.db.selectFrom('finding').selectAll().orderBy('serial', 'desc').limit(search.limit);
  if (search.kind) query = query.where('kind', '=', search.kind);
  if (search.open !== undefined)
    query = query.where('ended_at', search.open ? 'is' : 'is not', null);
  if (search.after) query = query.where('serial', '<', search.after);
  return await query.execute();
}

/** One case the caller may see, or undefined. */
export function findFinding(tx: Scoped, id: Id): Promise<FindingRow | undefined> {
  return tx.db.selectFrom('finding').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Ends a case; false when somebody ended it before. */
export async function endFinding(
  tx: Writing,
  id: Id,
  end: { outcome: string; referredTo: string | null; recoveredFen: number | null },
): Promise<boolean> {
  const result = await tx.db
    .updateTable('finding')
    .set({
      outcome: end.outcome,
      referred_to: end.referredTo,
      recovered_fen: end.recoveredFen,
      ended_at: tx.now,
      ended_by: tx.actor.accountId,
    })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

interface Step {
  id: Id;
  findingId: Id;
  areaId: number;
  move: string;
  noteSealed: Buffer | null;
}

/** Adds what was done. */
export async function insertSteps(tx: Writing, steps: readonly Step[]): Promise<void> {
  for (let start = 0; start < steps.length; start += AT_ONCE)
    await tx.db
      .insertInto('finding_step')
      .values(
        steps.slice(start, start + AT_ONCE).map((step) => ({
          id: step.id,
          finding_id: step.findingId,
          area_id: step.areaId,
          at: tx.now,
          move: step.move,
          by_account_id: tx.actor.accountId,
          note_sealed: step.noteSealed,
        })),
      )
      .execute();
}

/** What was done about a case, oldest first. */
export function listSteps(tx: Scoped, findingId: Id) {
  return tx.db
    .selectFrom('finding_step')
    .selectAll()
    .where('finding_id', '=', findingId)
    .orderBy('at')
    .orderBy('id')
    .execute();
}

/** Cases by kind, and when it was looked last. */
export async function readSummary(tx: Scoped) {
  const rows = await tx.db
    .selectFrom('finding')
    .select((get) => [
      'kind',
      'outcome',
      get.fn.countAll<number>().as('cases'),
      get.fn.sum<number>('recovered_fen').as('recovered'),
    ])
    .groupBy(['kind', 'outcome'])
    .execute();
  const looked = await tx.db
    .selectFrom('setting')
    .select('value')
    .where('name', '=', 'supervision_looked_at')
    .executeTakeFirst();
  return { rows, lookedAt: looked?.value ?? null };
}

/** Remembers when it was looked. System login. */
export async function noteLooked(tx: Writing): Promise<void> {
  const value = tx.now.toISOString();
  await tx.db
    .insertInto('setting')
    .values({ name: 'supervision_looked_at', value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}
