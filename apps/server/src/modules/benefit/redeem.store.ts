import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';

/** What an entitlement paid for. */
export interface Use {
  id: Id;
  key: string;
  entitlementId: Id;
  accountId: Id | null;
  areaId: number;
  amountFen: number;
  givenBackFen: number;
  merchantId: Id;
  payableId: Id;
  placeId: Id;
  scanId: Id | null;
  holdId: Id | null;
  goods: string[];
  at: Date;
}

/** Uses by their keys, locked where `lock` says so. */
export async function usesByKey(
  tx: Scoped,
  keys: readonly string[],
  lock = false,
): Promise<Map<string, Use>> {
  if (keys.length === 0) return new Map();
  let query = tx.db
    .selectFrom('entitlement_use')
    .selectAll()
    .where('key', '=', sql<string>`any(${[...new Set(keys)]}::text[])`)
    .orderBy('id');
  if (lock) query = query.forUpdate();
  const rows = await query.execute();
  return new Map(
    rows.map((row) => [
      row.key,
      {
        id: row.id,
        key: row.key,
        entitlementId: row.entitlement_id,
        accountId: row.account_id,
        areaId: row.area_id,
        amountFen: row.amount_fen,
        givenBackFen: row.given_back_fen,
        merchantId: row.merchant_id,
        payableId: row.payable_id,
        placeId: row.place_id,
        scanId: row.scan_id,
        holdId: row.hold_id,
        goods: row.goods,
        at: row.at,
      },
    ]),
  );
}

/** What an entitlement of the reader's paid for, newest first. */
export async function usesOf(
  tx: Scoped,
  entitlementId: Id,
): Promise<Pick<Use, 'id' | 'amountFen' | 'givenBackFen' | 'placeId' | 'goods' | 'at'>[]> {
  return await tx.db
    .selectFrom('entitlement_use')
    .select([
      'id',
      'amount_fen as amountFen',
      'given_back_fen as givenBackFen',
      'place_id as placeId',
      'goods',
      'at',
    ])
    .where('entitlement_id', '=', entitlementId)
    .orderBy('at', 'desc')
    .limit(100)
    .execute();
}

/** What uses bought, by category; the database tells any login this and no more. */
export async function readGoods(tx: Scoped, useIds: readonly Id[]): Promise<Map<Id, string[]>> {
  const { rows } = await sql<{
    use_id: Id;
    goods: string[];
  }>`select use_id, goods from redeemed_goods(${[...useIds]}::uuid[])`.execute(tx.db);
  return new Map(rows.map((row) => [row.use_id, row.goods]));
}

/** The entitlements among these that got something back of what they had paid. */
export async function givenBackTo(tx: Scoped, entitlementIds: readonly Id[]): Promise<Set<Id>> {
  if (entitlementIds.length === 0) return new Set();
  const rows = await tx.db
    .selectFrom('entitlement_use')
    .select('entitlement_id')
    .where('entitlement_id', '=', anyOf(entitlementIds))
    .where('given_back_fen', '>', 0)
    .execute();
  return new Set(rows.map((row) => row.entitlement_id));
}

/** Writes uses down. */
export async function insertUses(tx: Writing, uses: readonly Use[]): Promise<void> {
  if (uses.length === 0) return;
  await tx.db
    .insertInto('entitlement_use')
    .values(
      uses.map((use) => ({
        id: use.id,
        key: use.key,
        entitlement_id: use.entitlementId,
        account_id: use.accountId,
        area_id: use.areaId,
        amount_fen: use.amountFen,
        merchant_id: use.merchantId,
        payable_id: use.payableId,
        place_id: use.placeId,
        scan_id: use.scanId,
        hold_id: use.holdId,
        goods: use.goods,
        at: use.at,
        posted_at: tx.now,
        by_account_id: tx.actor.accountId,
      })),
    )
    .execute();
}

/** Notes what was given back of a use; the table refuses more than was used. */
export async function addGivenBack(tx: Writing, useId: Id, amountFen: number): Promise<void> {
  await tx.db
    .updateTable('entitlement_use')
    .set((row) => ({ given_back_fen: row('given_back_fen', '+', amountFen) }))
    .where('id', '=', useId)
    .execute();
}

/** A code that was shown at a counter. */
export interface Scan {
  id: Id;
  entitlementId: Id;
  step: number | null;
  paperId: Id | null;
  placeId: Id;
  tillId: Id;
  at: Date;
  usedAt: Date | null;
}

const scanColumns = [
  'id',
  'entitlement_id as entitlementId',
  'step',
  'paper_id as paperId',
  'place_id as placeId',
  'till_id as tillId',
  'at',
  'used_at as usedAt',
] as const;

/** Scans by id, locked. */
export async function lockScans(tx: Writing, ids: readonly Id[]): Promise<Map<Id, Scan>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('entitlement_scan')
    .select(scanColumns)
    .where('id', '=', anyOf(ids))
    .orderBy('id')
    .forUpdate()
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Adds a scan; false when this code was shown before. THE place where a photographed code is refused: one row for each
 * entitlement and step, in the whole district.
 */
export async function insertScan(tx: Writing, scan: Scan): Promise<boolean> {
  const rows = await tx.db
    .insertInto('entitlement_scan')
    .values({
      id: scan.id,
      entitlement_id: scan.entitlementId,
      step: scan.step,
      paper_id: scan.paperId,
      place_id: scan.placeId,
      till_id: scan.tillId,
      at: scan.at,
      by_account_id: tx.actor.accountId,
    })
    .onConflict((conflict) => conflict.constraint('entitlement_scan_once').doNothing())
    .returning('id')
    .execute();
  return rows.length > 0;
}

/** Scans that paid. */
export async function useScans(tx: Writing, ids: readonly Id[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.db
    .updateTable('entitlement_scan')
    .set({ used_at: tx.now })
    .where('id', '=', anyOf(ids))
    .execute();
}

/** The scan of a code that was shown before. */
export async function scanOfStep(
  tx: Scoped,
  entitlementId: Id,
  step: number,
): Promise<Scan | undefined> {
  return await tx.db
    .selectFrom('entitlement_scan')
    .select(scanColumns)
    .where('entitlement_id', '=', entitlementId)
    .where('step', '=', step)
    .executeTakeFirst();
}
