import type { Id } from '@wennuan/basics';
import { sql, type Insertable } from 'kysely';
import type { Scoped } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';

/** Notes exchanges; system login. */
export async function insertExchanges(
  tx: Scoped,
  rows: readonly Insertable<DB['data_exchange']>[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += 500)
    await tx.db
      .insertInto('data_exchange')
      .values(rows.slice(start, start + 500))
      .execute();
}

/** Exchanges that the caller may see, newest first: of one person, of an account, or a page of all. */
export function listExchanges(
  tx: Scoped,
  which: { personId: Id } | { accountId: Id } | { after?: Id | undefined; limit: number },
) {
  const query = tx.db
    .selectFrom('data_exchange')
    .select([
      'id',
      'at',
      'kind',
      'department_id as departmentId',
      'from_department_id as fromDepartmentId',
      'purpose',
      'legal_basis as legalBasis',
      'fields',
      'people',
      'by_account_id as byAccountId',
    ])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc');
  if ('personId' in which) return query.where('person_id', '=', which.personId).execute();
  if ('accountId' in which) return query.where('account_id', '=', which.accountId).execute();
  const from = which.after
    ? query.where(
        sql<boolean>`(at, id) < (select at, id from data_exchange where id = ${which.after})`,
      )
    : query;
  return from.limit(which.limit + 1).execute();
}

/** Adds a purpose of a department. */
export async function insertPurpose(
  tx: Scoped,
  row: Insertable<DB['department_purpose']>,
): Promise<void> {
  await tx.db.insertInto('department_purpose').values(row).execute();
}

/** Purposes that the caller may see, those that hold first. */
export function listPurposes(tx: Scoped) {
  return tx.db
    .selectFrom('department_purpose')
    .selectAll()
    .orderBy('ended_at', (order) => order.desc().nullsFirst())
    .orderBy('valid_until', 'desc')
    .orderBy('id')
    .execute();
}

/** A purpose the caller may see, or undefined. */
export function findPurpose(tx: Scoped, id: Id) {
  return tx.db.selectFrom('department_purpose').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Ends a purpose; false when it has ended or is not the caller's to end. */
export async function endPurposeRow(tx: Scoped, id: Id): Promise<boolean> {
  const result = await tx.db
    .updateTable('department_purpose')
    .set({ ended_at: tx.now, ended_by: tx.actor.accountId })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
