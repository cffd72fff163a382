import type { Id, PlainDate } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';

export interface RateRow {
  accountId: Id;
  sinceOn: PlainDate;
  rateBasisPoints: number;
  filingNumber: string;
}

/** Every rate that was ever filed, the newest of each account first. */
export async function listRates(tx: Scoped): Promise<RateRow[]> {
  const rows = await tx.db
    .selectFrom('management_rate')
    .selectAll()
    .orderBy('account_id')
    .orderBy('since_on', 'desc')
    .execute();
  return rows.map((row) => ({
    accountId: row.account_id,
    sinceOn: row.since_on,
    rateBasisPoints: row.rate_basis_points,
    filingNumber: row.filing_number,
  }));
}

export async function insertRate(tx: Writing, row: RateRow): Promise<void> {
  await tx.db
    .insertInto('management_rate')
    .values({
      account_id: row.accountId,
      since_on: row.sinceOn,
      rate_basis_points: row.rateBasisPoints,
      filing_number: row.filingNumber,
      filed_by: tx.actor.accountId!,
      filed_at: tx.now,
    })
    .execute();
}

export interface GiftToSplit {
  giftId: Id;
  accountId: Id;
  transferId: Id;
  amountFen: number;
  rateBasisPoints: number;
}

/** Gifts to accounts with a rate that have not been split, the oldest first. System login. */
export async function listToSplit(tx: Scoped, limit: number): Promise<GiftToSplit[]> {
  const { rows } = await sql<{
    gift_id: Id;
    account_id: Id;
    transfer_id: Id;
    amount_fen: number;
    rate_basis_points: number;
  }>`select * from gifts_to_split(${limit})`.execute(tx.db);
  return rows.map((row) => ({
    giftId: row.gift_id,
    accountId: row.account_id,
    transferId: row.transfer_id,
    amountFen: Number(row.amount_fen),
    rateBasisPoints: row.rate_basis_points,
  }));
}

export async function insertSplits(
  tx: Writing,
  rows: readonly {
    giftId: Id;
    accountId: Id;
    amountFen: number;
    rateBasisPoints: number;
    transferIds: Id[];
  }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.db
    .insertInto('management_split')
    .values(
      rows.map((row) => ({
        gift_id: row.giftId,
        account_id: row.accountId,
        amount_fen: row.amountFen,
        rate_basis_points: row.rateBasisPoints,
        transfer_ids: row.transferIds,
        at: tx.now,
      })),
    )
    .execute();
}

/** What was split off so far, by the account the gifts went to. Federation and system logins. */
export async function sumSplits(tx: Scoped): Promise<Map<Id, number>> {
  const { rows } = await sql<{ account_id: Id; amount: number }>`
    select account_id, sum(amount_fen)::bigint as amount from management_split group by 1`.execute(
    tx.db,
  );
  return new Map(rows.map((row) => [row.account_id, Number(row.amount)]));
}
