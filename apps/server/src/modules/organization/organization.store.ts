import { isId, type Id } from '@wennuan/basics';
import type { Insertable } from 'kysely';
import type { Scoped } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';
import type { NamingConsent, Organization, OrganizationKind } from './organization.ts';

const columns = [
  'id',
  'kind',
  'name',
  'public_name as publicName',
  'credit_code as creditCode',
] as const;

/** Puts an organisation on file; false when its name or credit code is on file already. */
export async function insertOrganization(
  tx: Scoped,
  row: Insertable<DB['organization']>,
): Promise<boolean> {
  const result = await tx.db
    .insertInto('organization')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** True when an organisation has this name. */
export async function nameExists(tx: Scoped, name: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('organization')
    .select('id')
    .where('name', '=', name)
    .executeTakeFirst();
  return row !== undefined;
}

/** Organisations with one of these names. Not for residents and visitors. */
export async function findByNames(tx: Scoped, names: readonly string[]): Promise<Organization[]> {
  if (names.length === 0) return [];
  const query = tx.db
    .selectFrom('organization')
    .select(columns)
    .where('name', 'in', [...names]);
  return (await query.execute()) as Organization[];
}

/** A page by name, one row more than asked when there are more. Not for residents and visitors. */
export async function listOrganizations(
  tx: Scoped,
  search: {
    kind?: OrganizationKind | undefined;
    text?: string | undefined;
    after?: string | undefined;
    limit: number;
  },
): Promise<Organization[]> {
  let query = tx.db
    .selectFrom('organization')
    .select(columns)
    .orderBy('name')
    .limit(search.limit + 1);
  if (search.kind) query = query.where('kind', '=', search.kind);
  if (search.text)
    query = query.where('name', 'like', `%${search.text.replace(/[\\%_]/g, '\\$&')}%`);
  if (search.after && isId(search.after))
    query = query.where('name', '>', (build) =>
      build.selectFrom('organization').select('name').where('id', '=', search.after!),
    );
  return (await query.execute()) as Organization[];
}

/** Organisations by id. Not for residents and visitors. */
export async function readOrganizations(
  tx: Scoped,
  ids: readonly Id[],
): Promise<Map<Id, Organization>> {
  if (ids.length === 0) return new Map();
  const rows = (await tx.db
    .selectFrom('organization')
    .select(columns)
    .where('id', 'in', [...new Set(ids)])
    .execute()) as Organization[];
  return new Map(rows.map((row) => [row.id, row]));
}

/** Public names by id, for everybody. */
export async function readPublicNames(tx: Scoped, ids: readonly Id[]): Promise<Map<Id, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('organization')
    .select(['id', 'public_name'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row.public_name]));
}

/** Names of organisations that agreed to be named as givers, for everybody; the others are absent. */
export async function readGiverNames(tx: Scoped, ids: readonly Id[]): Promise<Map<Id, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('organization')
    .select(['id', 'public_name'])
    .where('id', 'in', [...new Set(ids)])
    .where('naming_consented_on', 'is not', null)
    .execute();
  return new Map(rows.map((row) => [row.id, row.public_name]));
}

/** The consents to be named, by organisation. Federation and system only. */
export async function readConsents(
  tx: Scoped,
  ids: readonly Id[],
): Promise<Map<Id, NamingConsent>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('organization')
    .select(['id', 'naming_paper', 'naming_consented_on'])
    .where('id', 'in', [...new Set(ids)])
    .where('naming_consented_on', 'is not', null)
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      { paper: row.naming_paper!, consentedOn: row.naming_consented_on! },
    ]),
  );
}

/** Notes or takes back a consent; false when there is no such organisation. */
export async function updateConsent(
  tx: Scoped,
  id: Id,
  consent: NamingConsent | null,
): Promise<boolean> {
  const done = await tx.db
    .updateTable('organization')
    .set({
      naming_paper: consent?.paper ?? null,
      naming_consented_on: consent?.consentedOn ?? null,
    })
    .where('id', '=', id)
    .executeTakeFirst();
  return Number(done.numUpdatedRows) === 1;
}

/** Sealed bank accounts by id. Federation and system only. */
export async function readBankAccounts(tx: Scoped, ids: readonly Id[]): Promise<Map<Id, Buffer>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('organization')
    .select(['id', 'bank_account_sealed'])
    .where('id', 'in', [...new Set(ids)])
    .where('bank_account_sealed', 'is not', null)
    .execute();
  return new Map(rows.map((row) => [row.id, row.bank_account_sealed!]));
}
