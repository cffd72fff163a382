import type { Id, PlainDate } from '@wennuan/basics';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';

export interface PurchaseRow {
  id: Id;
  serial: number;
  number: string;
  proposalId: Id;
  organizationId: Id;
  committedFen: number;
  invoicedFen: number;
  receivedOn: PlainDate | null;
  receivedBy: Id | null;
  receivedNote: string;
}

interface Chosen {
  ids?: readonly Id[];
  proposalIds?: readonly Id[];
  before?: number;
  limit?: number;
  lock?: boolean;
}

/** Purchases, newest first. */
export async function listPurchases(tx: Scoped, chosen: Chosen): Promise<PurchaseRow[]> {
  let query = tx.db.selectFrom('purchase').selectAll().orderBy('serial', 'desc');
  if (chosen.ids) query = query.where('id', '=', anyOf(chosen.ids));
  if (chosen.proposalIds) query = query.where('proposal_id', '=', anyOf(chosen.proposalIds));
  if (chosen.before !== undefined) query = query.where('serial', '<', chosen.before);
  if (chosen.limit) query = query.limit(chosen.limit);
  if (chosen.lock) query = query.forNoKeyUpdate();
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    serial: row.serial,
    number: row.number,
    proposalId: row.proposal_id,
    organizationId: row.organization_id,
    committedFen: Number(row.committed_fen),
    invoicedFen: Number(row.invoiced_fen),
    receivedOn: row.received_on,
    receivedBy: row.received_by,
    receivedNote: row.received_note ?? '',
  }));
}

/** Opens a purchase; false when its proposal has one. */
export async function insertPurchase(
  tx: Writing,
  row: Pick<PurchaseRow, 'id' | 'proposalId' | 'organizationId' | 'committedFen'>,
): Promise<boolean> {
  const result = await tx.db
    .insertInto('purchase')
    .values({
      id: row.id,
      proposal_id: row.proposalId,
      organization_id: row.organizationId,
      committed_fen: row.committedFen,
      opened_at: tx.now,
      opened_by: tx.actor.accountId!,
    })
    .onConflict((conflict) => conflict.column('proposal_id').doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function addInvoiced(tx: Writing, id: Id, amountFen: number): Promise<void> {
  await tx.db
    .updateTable('purchase')
    .set((build) => ({ invoiced_fen: build('invoiced_fen', '+', amountFen) }))
    .where('id', '=', id)
    .execute();
}

export async function setReceived(
  tx: Writing,
  row: { purchaseId: Id; receivedOn: PlainDate; note: string },
): Promise<void> {
  await tx.db
    .updateTable('purchase')
    .set({
      received_on: row.receivedOn,
      received_by: tx.actor.accountId,
      received_note: row.note,
    })
    .where('id', '=', row.purchaseId)
    .execute();
}

export interface InvoiceRow {
  id: Id;
  purchaseId: Id;
  organizationId: Id;
  number: string;
  issuedOn: PlainDate;
  amountFen: number;
}

/** Adds an invoice; false when its supplier has one of this number on file. */
export async function insertInvoice(tx: Writing, row: InvoiceRow): Promise<boolean> {
  const result = await tx.db
    .insertInto('invoice')
    .values({
      id: row.id,
      purchase_id: row.purchaseId,
      organization_id: row.organizationId,
      number: row.number,
      issued_on: row.issuedOn,
      amount_fen: row.amountFen,
      recorded_at: tx.now,
      recorded_by: tx.actor.accountId!,
    })
    .onConflict((conflict) => conflict.columns(['organization_id', 'number']).doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Invoices of purchases, in the order they were added. */
export async function listInvoices(tx: Scoped, purchaseIds: readonly Id[]): Promise<InvoiceRow[]> {
  if (purchaseIds.length === 0) return [];
  const rows = await tx.db
    .selectFrom('invoice')
    .selectAll()
    .where('purchase_id', '=', anyOf(purchaseIds))
    .orderBy('recorded_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    purchaseId: row.purchase_id,
    organizationId: row.organization_id,
    number: row.number,
    issuedOn: row.issued_on,
    amountFen: Number(row.amount_fen),
  }));
}
