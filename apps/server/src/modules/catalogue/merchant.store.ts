import type { Id } from '@wennuan/basics';
import type { Insertable, Updateable } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';
import type { Agreement, Licence, LicenceKind, MerchantState, Seller } from './catalogue.ts';

/** Sellers by id (all without ids) with agreements and licences, as every login may know them. */
export async function readSellers(tx: Scoped, ids?: readonly Id[]): Promise<Map<Id, Seller>> {
  if (ids?.length === 0) return new Map();
  let query = tx.db
    .selectFrom('merchant')
    .innerJoin('organization', 'organization.id', 'merchant.id')
    .select([
      'merchant.id',
      'merchant.code',
      'merchant.state',
      'organization.public_name as name',
      'organization.kind',
    ])
    .orderBy('merchant.serial');
  if (ids) query = query.where('merchant.id', 'in', [...new Set(ids)]);
  const rows = await query.execute();
  const found = rows.map((row) => row.id);
  const agreements = Map.groupBy(await listAgreements(tx, found), (one) => one.merchantId);
  const licences = Map.groupBy(await listLicences(tx, found), (one) => one.merchantId);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        code: row.code,
        name: row.name,
        state: row.state as MerchantState,
        isFederation: row.kind === 'federation',
        agreements: agreements.get(row.id) ?? [],
        licences: licences.get(row.id) ?? [],
      },
    ]),
  );
}

async function listAgreements(tx: Scoped, merchantIds: readonly Id[]): Promise<Agreement[]> {
  if (merchantIds.length === 0) return [];
  return await tx.db
    .selectFrom('merchant_agreement')
    .select([
      'id',
      'merchant_id as merchantId',
      'share_basis_points as shareBasisPoints',
      'signed_on as signedOn',
      'valid_from as validFrom',
      'valid_until as validUntil',
      'ended_on as endedOn',
    ])
    .where('merchant_id', 'in', [...merchantIds])
    .orderBy('valid_from')
    .execute();
}

async function listLicences(tx: Scoped, merchantIds: readonly Id[]): Promise<Licence[]> {
  if (merchantIds.length === 0) return [];
  const rows = await tx.db
    .selectFrom('merchant_licence')
    .select(['id', 'merchant_id as merchantId', 'kind', 'valid_until as validUntil'])
    .where('merchant_id', 'in', [...merchantIds])
    .orderBy('valid_until')
    .execute();
  return rows.map((row) => ({ ...row, kind: row.kind as LicenceKind }));
}

/** The office's part of merchants: who put them on file, where their money goes. Staff, federation, system. */
export async function readMerchantRows(tx: Scoped, ids: readonly Id[]) {
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('merchant')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Locks a merchant for a decision; undefined when unknown. */
export async function lockMerchant(tx: Writing, id: Id) {
  return await tx.db
    .selectFrom('merchant')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** Adds a merchant; answers the constraint that refused it, else null. */
export async function insertMerchant(tx: Writing, row: Insertable<DB['merchant']>) {
  const added = await tx.db
    .insertInto('merchant')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** The merchant that a form made, or that has an id or payment number. */
export async function findMerchant(
  tx: Scoped,
  by: { formId: Id } | { id: Id } | { paymentNumber: string },
) {
  let query = tx.db.selectFrom('merchant').select('id');
  if ('formId' in by) query = query.where('form_id', '=', by.formId);
  else if ('id' in by) query = query.where('id', '=', by.id);
  else query = query.where('payment_number', '=', by.paymentNumber);
  return await query.executeTakeFirst();
}

export async function updateMerchant(
  tx: Writing,
  id: Id,
  change: Updateable<DB['merchant']>,
): Promise<void> {
  await tx.db.updateTable('merchant').set(change).where('id', '=', id).execute();
}

export async function insertAgreement(
  tx: Writing,
  row: Insertable<DB['merchant_agreement']>,
): Promise<void> {
  await tx.db.insertInto('merchant_agreement').values(row).execute();
}

/** Adds a licence; the same one again changes nothing. */
export async function insertLicence(
  tx: Writing,
  row: Insertable<DB['merchant_licence']>,
): Promise<void> {
  await tx.db
    .insertInto('merchant_licence')
    .values(row)
    .onConflict((conflict) => conflict.constraint('merchant_licence_once').doNothing())
    .execute();
}

/** Numbers of licences, for the office. */
export async function licenceNumbers(tx: Scoped, ids: readonly Id[]): Promise<Map<Id, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('merchant_licence')
    .select(['id', 'number'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row.number]));
}

/** How many products each merchant has. */
export async function countProducts(tx: Scoped): Promise<Map<Id, number>> {
  const rows = await tx.db
    .selectFrom('product')
    .select(['merchant_id as id', (build) => build.fn.countAll<number>().as('count')])
    .groupBy('merchant_id')
    .execute();
  return new Map(rows.map((row) => [row.id, Number(row.count)]));
}
