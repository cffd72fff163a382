import type { Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';

/** Somebody's question to end a charity sale before its last day. */
export interface EndRow {
  id: Id;
  saleId: Id;
  reason: string;
  askedAt: Date;
  askedBy: Id;
  approvalId: Id;
  state: 'proposed' | 'agreed' | 'refused';
}

/** The question that is open or was agreed to. Federation and system login. */
export async function findEnd(tx: Scoped, saleId: Id): Promise<EndRow | undefined> {
  const row = await tx.db
    .selectFrom('charity_sale_end')
    .select([
      'id',
      'sale_id as saleId',
      'reason',
      'asked_at as askedAt',
      'asked_by as askedBy',
      'approval_id as approvalId',
      'state',
    ])
    .where('sale_id', '=', saleId)
    .where('state', 'in', ['proposed', 'agreed'])
    .executeTakeFirst();
  return row && { ...row, state: row.state as EndRow['state'] };
}

export async function insertEnd(
  tx: Writing,
  end: Pick<EndRow, 'id' | 'saleId' | 'reason' | 'askedBy' | 'approvalId'>,
): Promise<void> {
  await tx.db
    .insertInto('charity_sale_end')
    .values({
      id: end.id,
      sale_id: end.saleId,
      reason: end.reason,
      asked_at: tx.now,
      asked_by: end.askedBy,
      approval_id: end.approvalId,
    })
    .execute();
}

export async function setEnd(tx: Writing, id: Id, state: 'agreed' | 'refused'): Promise<void> {
  await tx.db.updateTable('charity_sale_end').set({ state }).where('id', '=', id).execute();
}
