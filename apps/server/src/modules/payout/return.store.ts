import type { Id, PlainDate } from '@wennuan/basics';
import { sql } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import { isChosen } from '../../platform/database/chosen.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Chosen } from './payout.ts';
import type { AgreedState, RefundState, ReturnGround } from './payout.ts';

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
  /** Under which its channel knows the refund; made of the return's own id by the database. */
  refundNumber: string;
  /** Null while its channel was not asked, or where there is none. */
  refundState: RefundState | null;
  refundFen: number | null;
  refundReason: string | null;
  refundAskedAt: Date | null;
  refundTries: number;
}

/** Returns, newest first; `lock` holds them in order of id. */
export async function listReturns(tx: Scoped, chosen: Chosen): Promise<ReturnRow[]> {
  let query = tx.db
    .selectFrom('gift_return')
    .selectAll()
    .where(isChosen({ id: chosen.ids, approval_id: chosen.approvalIds }));
  query = chosen.lock ? query.orderBy('id').forNoKeyUpdate() : query.orderBy('serial', 'desc');
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
    refundNumber: row.refund_number,
    refundState: row.refund_state as RefundState | null,
    refundFen: row.refund_fen === null ? null : Number(row.refund_fen),
    refundReason: row.refund_reason,
    refundAskedAt: row.refund_asked_at,
    refundTries: row.refund_tries,
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
  await tx.db.updateTable('gift_return').set({ state }).where('id', '=', anyOf(ids)).execute();
}

export async function endReturn(
  tx: Writing,
  id: Id,
  paid: { bankReference: string; paidOn: PlainDate; bookedOn?: PlainDate; transferIds: Id[] },
): Promise<void> {
  await tx.db
    .updateTable('gift_return')
    .set({
      state: 'done',
      bank_reference: paid.bankReference,
      paid_on: paid.paidOn,
      booked_on: paid.bookedOn ?? paid.paidOn,
      transfer_ids: paid.transferIds,
    })
    .where('id', '=', id)
    .execute();
}

/** Writes down that a channel is asked for a refund, once more when it failed before. */
export async function beginRefund(
  tx: Writing,
  refund: { id: Id; refundFen: number; accountId: Id },
): Promise<void> {
  await tx.db
    .updateTable('gift_return')
    .set({
      account_id: refund.accountId,
      refund_state: 'asked',
      refund_fen: refund.refundFen,
      refund_reason: null,
      refund_asked_at: tx.now,
      refund_followed_at: null,
      refund_tries: sql<number>`refund_tries + 1`,
    })
    .where('id', '=', refund.id)
    .execute();
}

/** Writes down what a channel said of a refund. */
export async function noteRefund(
  tx: Writing,
  id: Id,
  said: { state: RefundState; reason: string | null },
): Promise<void> {
  await tx.db
    .updateTable('gift_return')
    .set({ refund_state: said.state, refund_reason: said.reason, refund_followed_at: tx.now })
    .where('id', '=', id)
    .execute();
}

/**
 * Returns to ask channels about, oldest first: not asked about for a quarter of the time since they were
 * ordered, a quarter of a minute at least and six hours at most.
 */
export async function listToFollow(tx: Scoped, limit: number): Promise<Id[]> {
  const rows = await tx.db
    .selectFrom('gift_return')
    .select('id')
    .where('refund_state', 'in', ['asked', 'processing', 'unknown'])
    .where('state', '=', 'approved')
    .where(
      sql<boolean>`coalesce(refund_followed_at, refund_asked_at) <= ${tx.now}::timestamptz - least(interval '6 hours',
        greatest(interval '15 seconds', (${tx.now}::timestamptz - refund_asked_at) / 4))`,
    )
    .orderBy('refund_asked_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}
