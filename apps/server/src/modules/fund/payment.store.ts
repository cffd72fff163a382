import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { AidCell, PayeeKind, SourceKind } from './fund.ts';

export interface PaymentRow {
  id: Id;
  proposalId: Id;
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
  areaId: number | null;
  streetId: number | null;
}

/** Adds a payment and answers its number; a second one of the same proposal is a unique violation. */
export async function insertPayment(tx: Writing, row: PaymentRow): Promise<string> {
  const { number } = await tx.db
    .insertInto('payment')
    .values({
      id: row.id,
      proposal_id: row.proposalId,
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
      at: tx.now,
      area_id: row.areaId,
      street_id: row.streetId,
    })
    .returning('number')
    .executeTakeFirstOrThrow();
  return number;
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
    .where('id', '=', sql<Id>`any(${[...new Set(paymentIds)]}::uuid[])`)
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

/** Payments of proposals, by the proposal. */
export async function listPayments(
  tx: Scoped,
  proposalIds: readonly Id[],
): Promise<Map<Id, { number: string; paidOn: string; bankReference: string }>> {
  if (proposalIds.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('payment')
    .select(['proposal_id', 'number', 'paid_on', 'bank_reference'])
    .where('proposal_id', 'in', proposalIds)
    .execute();
  return new Map(
    rows.map((row) => [
      row.proposal_id,
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
