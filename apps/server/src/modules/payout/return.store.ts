import type { Id, PlainDate } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { AgreedState, ReturnGround } from './payout.ts';

export interface ReturnRow {
  id: Id;
  serial: number;
  number: string;
  giftId: Id;
  giftNumber: string;
  accountId: Id;
  amountFen: number;
  ground: ReturnGround;
  noteSealed: Buffer;
  state: AgreedState;
  approvalId: Id;
  proposedBy: Id;
  proposedAt: Date;
  bankReference: string | null;
  paidOn: PlainDate | null;
}

interface Chosen {
  ids?: readonly Id[];
  approvalIds?: readonly Id[];
  before?: number;
  limit?: number;
  lock?: boolean;
}

/** Returns, newest first; `lock` holds them in order of id. */
export async function listReturns(tx: Scoped, chosen: Chosen): Promise<ReturnRow[]> {
  let query = tx.db.selectFrom('gift_return').selectAll();
  query = chosen.lock ? query.orderBy('id').forNoKeyUpdate() : query.orderBy('serial', 'desc');
  if (chosen.ids) query = query.where('id', '=', sql<Id>`any(${chosen.ids}::uuid[])`);
  if (chosen.approvalIds)
    query = query.where('approval_id', '=', sql<Id>`any(${chosen.approvalIds}::uuid[])`);
  if (chosen.before !== undefined) query = query.where('serial', '<', chosen.before);
  if (chosen.limit) query = query.limit(chosen.limit);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    serial: row.serial,
    number: row.number,
    giftId: row.gift_id,
    giftNumber: row.gift_number,
    accountId: row.account_id,
    amountFen: Number(row.amount_fen),
    ground: row.ground as ReturnGround,
    noteSealed: row.note_sealed,
    state: row.state as AgreedState,
    approvalId: row.approval_id,
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at,
    bankReference: row.bank_reference,
    paidOn: row.paid_on,
  }));
}

/** Adds a return and answers its number; null when one of the gift is under way. */
export async function insertReturn(
  tx: Writing,
  row: Pick<
    ReturnRow,
    | 'id'
    | 'giftId'
    | 'giftNumber'
    | 'accountId'
    | 'amountFen'
    | 'ground'
    | 'noteSealed'
    | 'approvalId'
  >,
): Promise<string | null> {
  const added = await tx.db
    .insertInto('gift_return')
    .values({
      id: row.id,
      gift_id: row.giftId,
      gift_number: row.giftNumber,
      account_id: row.accountId,
      amount_fen: row.amountFen,
      ground: row.ground,
      note_sealed: row.noteSealed,
      approval_id: row.approvalId,
      proposed_by: tx.actor.accountId!,
      proposed_at: tx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('number')
    .executeTakeFirst();
  return added?.number ?? null;
}

export async function moveReturns(
  tx: Writing,
  ids: readonly Id[],
  state: 'approved' | 'refused',
): Promise<void> {
  if (ids.length === 0) return;
  await tx.db
    .updateTable('gift_return')
    .set({ state })
    .where('id', '=', sql<Id>`any(${ids}::uuid[])`)
    .execute();
}

export async function endReturn(
  tx: Writing,
  id: Id,
  paid: { bankReference: string; paidOn: PlainDate; transferIds: Id[] },
): Promise<void> {
  await tx.db
    .updateTable('gift_return')
    .set({
      state: 'done',
      bank_reference: paid.bankReference,
      paid_on: paid.paidOn,
      booked_on: paid.paidOn,
      transfer_ids: paid.transferIds,
    })
    .where('id', '=', id)
    .execute();
}
