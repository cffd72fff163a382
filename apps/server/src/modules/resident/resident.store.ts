import { isId, type Id } from '@wennuan/basics';
import { sql, type Insertable, type Selectable, type SelectQueryBuilder } from 'kysely';
import type { Scoped } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';

const ROWS_AT_ONCE = 500;

type Row = Selectable<DB['person']>;

/** What every login that sees a person may read of her. */
const PLAIN = [
  'id',
  'area_id',
  'account_id',
  'gender',
  'born_year',
  'name_sealed',
  'department_ids',
  'erased_at',
  'merged_into',
  'created_at',
] as const satisfies readonly (keyof Row)[];
/** What a department is not shown from here: it knows these from its own rosters. */
const MORE = [
  'telephone_sealed',
  'id_number_sealed',
  'address_sealed',
  'birth_date_sealed',
] as const satisfies readonly (keyof Row)[];

/** A person as far as the caller's login reads her: what it may not is absent. */
export type PersonRow = Pick<Row, (typeof PLAIN)[number]> &
  Partial<Pick<Row, (typeof MORE)[number]>>;

function persons(tx: Scoped) {
  const more = tx.actor.login === 'department' ? [] : MORE;
  return tx.db.selectFrom('person').select([...PLAIN, ...more]) as SelectQueryBuilder<
    DB,
    'person',
    PersonRow
  >;
}

/** Adds persons. */
export async function insertPersons(
  tx: Scoped,
  rows: readonly Insertable<DB['person']>[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE)
    await tx.db
      .insertInto('person')
      .values(rows.slice(start, start + ROWS_AT_ONCE))
      .execute();
}

/** Persons the caller may see, newest first, one row more than asked when there are more. */
export async function listPersons(
  tx: Scoped,
  search: { after?: string | undefined; limit: number },
): Promise<PersonRow[]> {
  let query = persons(tx)
    .where('erased_at', 'is', null)
    .where('merged_into', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(search.limit + 1);
  if (search.after && isId(search.after))
    query = query.where(
      sql<boolean>`(created_at, id) < (select created_at, id from person where id = ${search.after})`,
    );
  return await query.execute();
}

/** A person the caller may see, or undefined. */
export function findPerson(tx: Scoped, id: Id): Promise<PersonRow | undefined> {
  return persons(tx).where('id', '=', id).executeTakeFirst();
}

/** The same, locked until the transaction ends. */
export function lockPerson(tx: Scoped, id: Id): Promise<PersonRow | undefined> {
  return persons(tx).where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Persons by id, as far as the caller may see them. */
export async function readPersons(tx: Scoped, ids: readonly Id[]): Promise<PersonRow[]> {
  if (ids.length === 0) return [];
  return await persons(tx)
    .where('id', 'in', [...new Set(ids)])
    .execute();
}

/** Which persons are bound to accounts, as far as the caller may see them. */
export async function readBound(tx: Scoped, accountIds: readonly Id[]): Promise<Map<Id, Id>> {
  if (accountIds.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('person')
    .select(['id', 'account_id'])
    .where('account_id', 'in', [...new Set(accountIds)])
    .execute();
  return new Map(rows.map((row) => [row.account_id!, row.id]));
}

/** Ends the current binding of a person, if there is one. */
export async function endBinding(tx: Scoped, personId: Id): Promise<void> {
  await tx.db
    .updateTable('person_binding')
    .set({ ended_at: tx.now, ended_by: tx.actor.accountId })
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .execute();
}

/** Adds a binding; false when the account has one already, also one the caller may not see. */
export async function insertBinding(
  tx: Scoped,
  row: Insertable<DB['person_binding']>,
): Promise<boolean> {
  const result = await tx.db
    .insertInto('person_binding')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/**
 * Puts an account (or none) beside everything noted about a person, so that she sees it herself.
 * What she agreed to through her own account stays that account's when a binding ends.
 */
export async function setAccountOf(tx: Scoped, personId: Id, accountId: Id | null): Promise<void> {
  const set = { account_id: accountId };
  await tx.db.updateTable('person').set(set).where('id', '=', personId).execute();
  for (const table of ['visit', 'field_opening', 'person_share'] as const)
    await tx.db.updateTable(table).set(set).where('person_id', '=', personId).execute();
  const consents = tx.db.updateTable('consent').set(set).where('person_id', '=', personId);
  await (accountId === null ? consents.where('form', '<>', 'own_account') : consents).execute();
}

/** Consents an account gave before it was bound become those of its person. */
export async function claimConsents(tx: Scoped, personId: Id, accountId: Id): Promise<void> {
  await tx.db
    .updateTable('consent')
    .set({ person_id: personId })
    .where('account_id', '=', accountId)
    .where('person_id', 'is', null)
    .execute();
}

/** Notes why the federation may see persons, and shows them to it. */
export async function insertShares(
  tx: Scoped,
  rows: readonly Insertable<DB['person_share']>[],
): Promise<void> {
  await tx.db
    .insertInto('person_share')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['person_id', 'basis']).doUpdateSet({ ended_at: null }),
    )
    .execute();
  await tx.db
    .updateTable('person')
    .set({ shared_with_federation: true })
    .where(
      'id',
      'in',
      rows.map((row) => row.person_id),
    )
    .execute();
}

/** Ends what rests on a person's consent; the federation goes on seeing her only where a proposal is on file. */
export async function endConsentedShare(tx: Scoped, personId: Id): Promise<void> {
  await tx.db
    .updateTable('person_share')
    .set({ ended_at: tx.now })
    .where('person_id', '=', personId)
    .where('basis', '=', 'consent')
    .where('ended_at', 'is', null)
    .execute();
  const others = await tx.db
    .selectFrom('person_share')
    .select('basis')
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  if (others) return;
  await tx.db
    .updateTable('person')
    .set({ shared_with_federation: false })
    .where('id', '=', personId)
    .execute();
}

/** Puts another address on file; system login. */
export async function setAddress(tx: Scoped, personId: Id, sealed: Buffer | null): Promise<void> {
  await tx.db
    .updateTable('person')
    .set({ address_sealed: sealed })
    .where('id', '=', personId)
    .execute();
}

/** Takes away what only she gave or a worker wrote of her, and leaves who she is; `blank` stands for a text. System login. */
export async function eraseNotes(tx: Scoped, personId: Id, blank: Buffer): Promise<void> {
  await tx.db
    .updateTable('person')
    .set({ telephone_sealed: null, address_sealed: null, stated_sealed: null, derived_hash: null })
    .where('id', '=', personId)
    .execute();
  await tx.db
    .updateTable('visit')
    .set({ note_sealed: blank })
    .where('person_id', '=', personId)
    .execute();
  await tx.db
    .updateTable('consent')
    .set({ note_sealed: null })
    .where('person_id', '=', personId)
    .where('form', '<>', 'not_possible')
    .execute();
}

/** Leaves of a person what says nothing of her: the row that others point to. System login. */
export async function eraseIdentity(tx: Scoped, personId: Id): Promise<void> {
  await endBinding(tx, personId);
  await setAccountOf(tx, personId, null);
  await tx.db
    .updateTable('person')
    .set({
      erased_at: tx.now,
      stated_sealed: null,
      derived_hash: null,
      gender: 'unknown',
      born_year: null,
      telephone_sealed: null,
      id_number_sealed: null,
      address_sealed: null,
      birth_date_sealed: null,
      shared_with_federation: false,
    })
    .where('id', '=', personId)
    .execute();
}
