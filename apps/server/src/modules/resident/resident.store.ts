import { isId, type Id } from '@wennuan/basics';
import { sql, type Insertable, type Selectable, type SelectQueryBuilder } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
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

/** Persons by id that the caller may see, locked in one order until the transaction ends. */
export async function lockPersons(tx: Scoped, ids: readonly Id[]): Promise<Map<Id, PersonRow>> {
  const rows = await persons(tx).where('id', '=', anyOf(ids)).orderBy('id').forUpdate().execute();
  return new Map(rows.map((row) => [row.id, row]));
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

/** Ends the current bindings of persons, as far as they have one. */
export async function endBindings(tx: Scoped, personIds: readonly Id[]): Promise<void> {
  await tx.db
    .updateTable('person_binding')
    .set({ ended_at: tx.now, ended_by: tx.actor.accountId })
    .where('person_id', '=', anyOf(personIds))
    .where('ended_at', 'is', null)
    .execute();
}

/** Adds bindings; false when one of the accounts has one already, also one the caller may not see. */
export async function insertBindings(
  tx: Scoped,
  rows: readonly Insertable<DB['person_binding']>[],
): Promise<boolean> {
  const result = await tx.db
    .insertInto('person_binding')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === BigInt(rows.length);
}

/** Whose account speaks for a person: none when null. */
export interface PersonAccount {
  readonly personId: Id;
  readonly accountId: Id | null;
}

function unnested(pairs: readonly PersonAccount[]) {
  return sql`unnest(${pairs.map(({ personId }) => personId)}::uuid[], ${pairs.map(({ accountId }) => accountId)}::uuid[])
    as bound(person_id, account_id)`;
}

/**
 * Puts an account (or none) beside everything noted about persons, so that each sees it herself.
 * What she agreed to through her own account stays that account's when a binding ends.
 */
export async function setAccountsOf(tx: Scoped, pairs: readonly PersonAccount[]): Promise<void> {
  const bound = unnested(pairs);
  await sql`update person set account_id = bound.account_id from ${bound} where person.id = bound.person_id`.execute(
    tx.db,
  );
  for (const table of ['visit', 'field_opening', 'person_share'])
    await sql`update ${sql.table(table)} as noted set account_id = bound.account_id from ${bound}
      where noted.person_id = bound.person_id`.execute(tx.db);
  await sql`update consent set account_id = bound.account_id from ${bound}
    where consent.person_id = bound.person_id and (bound.account_id is not null or consent.form <> 'own_account')`.execute(
    tx.db,
  );
}

/** Consents that accounts gave before they were bound become those of their persons. */
export async function claimConsents(tx: Scoped, pairs: readonly PersonAccount[]): Promise<void> {
  await sql`update consent set person_id = bound.person_id from ${unnested(pairs)}
    where consent.account_id = bound.account_id and consent.person_id is null`.execute(tx.db);
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
  await endBindings(tx, [personId]);
  await setAccountsOf(tx, [{ personId, accountId: null }]);
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
