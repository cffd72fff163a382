import type { Id } from '@wennuan/basics';
import type { Insertable } from 'kysely';
import { type Scoped, writeUnhurried } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';

/** Whose notes: of a person, or of an account (its own and those of the person bound to it). */
export type Whose = { personId: Id } | { accountId: Id };

/** Notes consents. */
export async function insertConsents(
  tx: Scoped,
  rows: readonly Insertable<DB['consent']>[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += 500)
    await writeUnhurried(tx, tx.db.insertInto('consent').values(rows.slice(start, start + 500)));
}

/** Consents, oldest first, withdrawn ones included. */
export function listConsents(tx: Scoped, whose: Whose) {
  const query = tx.db.selectFrom('consent').selectAll().orderBy('given_at').orderBy('id');
  return 'personId' in whose
    ? query.where('person_id', '=', whose.personId).execute()
    : query.where('account_id', '=', whose.accountId).execute();
}

/** Withdraws a consent of an account; answers what it was for, or undefined when there is none to withdraw. */
export async function withdrawConsentRow(tx: Scoped, id: Id, accountId: Id) {
  const row = await tx.db
    .selectFrom('consent')
    .select(['purpose', 'person_id as personId', 'area_id as areaId'])
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('withdrawn_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (row)
    await tx.db.updateTable('consent').set({ withdrawn_at: tx.now }).where('id', '=', id).execute();
  return row;
}

/** Ends a consent of a person; answers what it was for, or undefined when there is none to end. */
export async function endConsentRow(tx: Scoped, consent: { personId: Id; consentId: Id }) {
  const row = await tx.db
    .selectFrom('consent')
    .select(['purpose', 'person_id as personId', 'area_id as areaId'])
    .where('id', '=', consent.consentId)
    .where('person_id', '=', consent.personId)
    .where('withdrawn_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (row)
    await tx.db
      .updateTable('consent')
      .set({ withdrawn_at: tx.now })
      .where('id', '=', consent.consentId)
      .execute();
  return row;
}

/** Notes a visit. */
export async function insertVisit(tx: Scoped, row: Insertable<DB['visit']>): Promise<void> {
  await tx.db.insertInto('visit').values(row).execute();
}

/** Visits, oldest first. */
export function listVisits(tx: Scoped, whose: Whose) {
  const query = tx.db.selectFrom('visit').selectAll().orderBy('visited_at').orderBy('id');
  return 'personId' in whose
    ? query.where('person_id', '=', whose.personId).execute()
    : query.where('account_id', '=', whose.accountId).execute();
}

/** Notes that a field was opened. */
export async function insertOpening(
  tx: Scoped,
  row: Insertable<DB['field_opening']>,
): Promise<void> {
  await tx.db.insertInto('field_opening').values(row).execute();
}

/** Openings of fields, oldest first. */
export function listOpenings(tx: Scoped, whose: Whose) {
  const query = tx.db.selectFrom('field_opening').selectAll().orderBy('at').orderBy('id');
  return 'personId' in whose
    ? query.where('person_id', '=', whose.personId).execute()
    : query.where('account_id', '=', whose.accountId).execute();
}

/** Declares a relative; once is enough. */
export async function insertRelative(
  tx: Scoped,
  row: Insertable<DB['relative_declaration']>,
): Promise<void> {
  await tx.db
    .insertInto('relative_declaration')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Declared ties between accounts and persons. */
export async function listTies(tx: Scoped, accountIds: readonly Id[], personIds: readonly Id[]) {
  return await tx.db
    .selectFrom('relative_declaration')
    .select(['account_id as accountId', 'person_id as personId'])
    .where('account_id', 'in', accountIds)
    .where('person_id', 'in', personIds)
    .execute();
}

/** Who declared that a person is her relative; what the tie is stays sealed. */
export async function listDeclared(tx: Scoped, personId: Id) {
  return await tx.db
    .selectFrom('relative_declaration')
    .select(['account_id as accountId', 'declared_at as declaredAt'])
    .where('person_id', '=', personId)
    .orderBy('declared_at')
    .execute();
}
