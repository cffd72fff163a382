import type { Id, PlainDate } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';

/** Accounts whose opening balance was taken over. */
export async function listOpened(tx: Scoped): Promise<Set<Id>> {
  const rows = await tx.db.selectFrom('opening_balance').select('account_id').execute();
  return new Set(rows.map((row) => row.account_id));
}

export async function insertOpenings(
  tx: Writing,
  rows: readonly { accountId: Id; amountFen: number; transferId: Id; asOf: PlainDate }[],
): Promise<void> {
  await tx.db
    .insertInto('opening_balance')
    .values(
      rows.map((row) => ({
        account_id: row.accountId,
        amount_fen: row.amountFen,
        transfer_id: row.transferId,
        as_of: row.asOf,
        at: tx.now,
        by: tx.actor.accountId!,
      })),
    )
    .execute();
}

export interface EarlierYear {
  year: number;
  accountId: Id;
  incomeFen: number;
  spentFen: number;
  managementFen: number;
}

/** Years before the record, by account. */
export async function listYears(tx: Scoped): Promise<EarlierYear[]> {
  const rows = await tx.db.selectFrom('earlier_year').selectAll().execute();
  return rows.map((row) => ({
    year: row.year,
    accountId: row.account_id,
    incomeFen: Number(row.income_fen),
    spentFen: Number(row.spent_fen),
    managementFen: Number(row.management_fen),
  }));
}

export async function insertYears(
  tx: Writing,
  rows: readonly {
    year: number;
    accountId: Id;
    amountFen: number;
    spentFen: number;
    managementFen: number;
  }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.db
    .insertInto('earlier_year')
    .values(
      rows.map((row) => ({
        year: row.year,
        account_id: row.accountId,
        income_fen: row.amountFen,
        spent_fen: row.spentFen,
        management_fen: row.managementFen,
      })),
    )
    .execute();
}
