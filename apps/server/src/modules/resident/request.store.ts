import type { Id, PlainDate } from '@wennuan/basics';
import { sql, type Insertable } from 'kysely';
import type { Scoped } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';

/** Notes a request about one's own data. */
export async function insertRequest(
  tx: Scoped,
  row: Insertable<DB['data_request']>,
): Promise<void> {
  await tx.db.insertInto('data_request').values(row).execute();
}

/** Requests of an account, oldest first. */
export function listRequests(tx: Scoped, accountId: Id) {
  return tx.db
    .selectFrom('data_request')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('asked_at')
    .orderBy('id')
    .execute();
}

/** A request the caller may see, or undefined. */
export function findRequest(tx: Scoped, id: Id) {
  return tx.db.selectFrom('data_request').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The same, locked until the transaction ends. */
export function lockRequest(tx: Scoped, id: Id) {
  return tx.db
    .selectFrom('data_request')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** Notes the answer to a request. */
export async function answerRequestRow(tx: Scoped, id: Id, answerSealed: Buffer): Promise<void> {
  await tx.db
    .updateTable('data_request')
    .set({ answer_sealed: answerSealed, answered_at: tx.now, answered_by: tx.actor.accountId })
    .where('id', '=', id)
    .execute();
}

/** Adds an impact assessment, to be kept for three years from its date. */
export async function insertAssessment(
  tx: Scoped,
  row: { id: Id; title: string; conclusion: string; assessedOn: PlainDate },
): Promise<void> {
  await tx.db
    .insertInto('impact_assessment')
    .values({
      id: row.id,
      title: row.title,
      conclusion: row.conclusion,
      assessed_on: row.assessedOn,
      keep_until: sql<string>`(${row.assessedOn}::date + interval '3 years')::date`,
      added_by: tx.actor.accountId,
      added_at: tx.now,
    })
    .execute();
}

/** The register of impact assessments, newest first. */
export function listAssessments(tx: Scoped) {
  return tx.db
    .selectFrom('impact_assessment')
    .select(['id', 'title', 'conclusion', 'assessed_on as assessedOn', 'keep_until as keepUntil'])
    .orderBy('assessed_on', 'desc')
    .orderBy('id', 'desc')
    .execute();
}
