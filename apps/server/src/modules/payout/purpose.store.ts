import type { Id, PlainDate } from '@wennuan/basics';
import { anyOf } from '../../platform/database/any-of.ts';
import { isChosen } from '../../platform/database/chosen.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Chosen } from './payout.ts';
import type { AgreedState } from './payout.ts';

export interface PurposeRow {
  id: Id;
  serial: number;
  number: string;
  basis: 'donor_consent' | 'filing';
  giftId: Id | null;
  giftNumber: string | null;
  fromAccountId: Id;
  toAccountId: Id;
  amountFen: number;
  basisText: string;
  basisOn: PlainDate;
  reasonSealed: Buffer;
  state: AgreedState;
  approvalId: Id;
  proposedBy: Id;
  proposedAt: Date;
}

/** Changes of purpose, newest first; `lock` holds them in order of id. Federation and system logins. */
export async function listPurposeChanges(tx: Scoped, chosen: Chosen): Promise<PurposeRow[]> {
  let query = tx.db
    .selectFrom('purpose_change')
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
    basis: row.basis as PurposeRow['basis'],
    giftId: row.gift_id,
    giftNumber: row.gift_number,
    fromAccountId: row.from_account_id,
    toAccountId: row.to_account_id,
    amountFen: Number(row.amount_fen),
    basisText: row.basis_text,
    basisOn: row.basis_on,
    reasonSealed: row.reason_sealed,
    state: row.state as AgreedState,
    approvalId: row.approval_id,
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at,
  }));
}

/** Adds a change and answers its number. */
export async function insertPurposeChange(
  tx: Writing,
  row: Omit<PurposeRow, 'serial' | 'number' | 'state' | 'proposedBy' | 'proposedAt'>,
): Promise<string> {
  const { number } = await tx.db
    .insertInto('purpose_change')
    .values({
      id: row.id,
      basis: row.basis,
      gift_id: row.giftId,
      gift_number: row.giftNumber,
      from_account_id: row.fromAccountId,
      to_account_id: row.toAccountId,
      amount_fen: row.amountFen,
      basis_text: row.basisText,
      basis_on: row.basisOn,
      reason_sealed: row.reasonSealed,
      approval_id: row.approvalId,
      proposed_by: tx.actor.accountId!,
      proposed_at: tx.now,
    })
    .returning('number')
    .executeTakeFirstOrThrow();
  return number;
}

export async function refusePurposeChanges(tx: Writing, ids: readonly Id[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.db
    .updateTable('purpose_change')
    .set({ state: 'refused' })
    .where('id', '=', anyOf(ids))
    .execute();
}

export async function endPurposeChange(tx: Writing, id: Id, transferIds: Id[]): Promise<void> {
  await tx.db
    .updateTable('purpose_change')
    .set({ state: 'done', done_at: tx.now, transfer_ids: transferIds })
    .where('id', '=', id)
    .execute();
}
