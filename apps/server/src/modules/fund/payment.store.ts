import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { AidCell, PayeeKind, SourceKind } from './fund.ts';

export interface PaymentRow {
  id: Id;
  proposalId: Id;
  lineId: Id;
  sourceKind: SourceKind;
  sourceId: Id;
  payeeKind: PayeeKind;
  payeeId: Id;
  payeeAccountId: Id;
  publicPayee: string | null;
  amountFen: number;
  transferIds: Id[];
  bankReference: string;
  paidOn: string;
  /** The day the books have it on. */
  bookedOn: string;
  bookedNote: string | null;
  areaId: number | null;
  streetId: number | null;
}

/** Adds payments and answers their numbers by id; a second one of a line is a unique violation. */
export async function insertPayments(
  tx: Writing,
  rows: readonly PaymentRow[],
): Promise<Map<Id, string>> {
  const added = await tx.db
    .insertInto('payment')
    .values(
      rows.map((row) => ({
        id: row.id,
        proposal_id: row.proposalId,
        line_id: row.lineId,
        source_kind: row.sourceKind,
        source_id: row.sourceId,
        payee_kind: row.payeeKind,
        payee_id: row.payeeId,
        payee_account_id: row.payeeAccountId,
        public_payee: row.publicPayee,
        amount_fen: row.amountFen,
        transfer_ids: row.transferIds,
        bank_reference: row.bankReference,
        paid_on: row.paidOn,
        booked_on: row.bookedOn,
        booked_note: row.bookedNote,
        at: tx.now,
        area_id: row.areaId,
        street_id: row.streetId,
      })),
    )
    .returning(['id', 'number'])
    .execute();
  return new Map(added.map((row) => [row.id, row.number]));
}

/** Numbers of payments that have a public page: those to organisations. */
export async function listPaymentNumbers(
  tx: Scoped,
  paymentIds: readonly Id[],
): Promise<Map<Id, string>> {
  if (paymentIds.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('payment')
    .select(['id', 'number'])
    .where('id', '=', anyOf(paymentIds))
    .where('payee_kind', '=', 'organization')
    .execute();
  return new Map(rows.map((row) => [row.id, row.number]));
}

/** A payment as its public page needs it; null for payments to persons, which have none. */
export async function findPublicPayment(tx: Scoped, number: string) {
  const row = await tx.db
    .selectFrom('payment')
    .select([
      'id',
      'number',
      'source_id',
      'public_payee',
      'amount_fen',
      'transfer_ids',
      'paid_on',
      'at',
    ])
    .where('number', '=', number)
    .where('payee_kind', '=', 'organization')
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      number: row.number,
      sourceId: row.source_id,
      payee: row.public_payee ?? '',
      amountFen: Number(row.amount_fen),
      transferIds: row.transfer_ids,
      at: row.at,
    }
  );
}

/** Payments of proposals, by the line they paid. */
export async function listPayments(
  tx: Scoped,
  proposalIds: readonly Id[],
): Promise<Map<Id, { number: string; paidOn: string; bankReference: string }>> {
  if (proposalIds.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('payment')
    .select(['line_id', 'number', 'paid_on', 'bank_reference'])
    .where('proposal_id', 'in', proposalIds)
    .execute();
  return new Map(
    rows.map((row) => [
      row.line_id,
      { number: row.number, paidOn: row.paid_on, bankReference: row.bank_reference },
    ]),
  );
}

/** Aid to persons out of accounts, by month and street. */
export async function listAidCells(tx: Scoped, sourceIds: readonly Id[]): Promise<AidCell[]> {
  if (sourceIds.length === 0) return [];
  const { rows } = await sql<{
    source_id: Id;
    month: string;
    street_id: number | null;
    enough: boolean;
    amount_fen: number;
    newest_id: Id;
  }>`select * from aid_cells(${[...new Set(sourceIds)]}::uuid[])`.execute(tx.db);
  return rows.map((row) => ({
    sourceId: row.source_id,
    month: row.month,
    streetId: row.street_id,
    enough: row.enough,
    amountFen: Number(row.amount_fen),
    newestId: row.newest_id,
  }));
}

/** Aid to persons out of an account in cells that at least five persons share, newest first. */
export async function listOpenAid(
  tx: Scoped,
  sourceId: Id,
): Promise<{ period: string; streetId: number | null; amountFen: number }[]> {
  const { rows } = await sql<{ period: string; street_id: number | null; amount_fen: number }>`
    select period, street_id, amount_fen from open_aid()
    where source_id = ${sourceId} and amount_fen is not null order by period desc, street_id`.execute(
    tx.db,
  );
  return rows.map((row) => ({
    period: row.period,
    streetId: row.street_id,
    amountFen: Number(row.amount_fen),
  }));
}
