import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';

/** What a seller's channel has proved and no order fits. */
export interface StrayNotice {
  id: Id;
  seller: string;
  kind: 'paid' | 'refunded';
  orderNumber: string;
  transaction: string;
  amountFen: number;
  /** Of ours, where it names one, and what that was for. */
  orderId: Id | null;
  expectedFen: number | null;
}

export interface KeptStray extends StrayNotice {
  /** The order it names, as people know it. */
  number: string | null;
  receivedAt: Date;
  times: number;
  clearedAt: Date | null;
  clearedBy: Id | null;
  clearedHow: string | null;
}

/** Keeps one; hearing it again is counted. System login. */
export async function keepStray(tx: Writing, stray: StrayNotice): Promise<void> {
  await sql`insert into seller_notice (id, seller, kind, order_number, transaction, amount_fen, order_id, expected_fen,
      received_at, last_at)
    values (${stray.id}, ${stray.seller}, ${stray.kind}, ${stray.orderNumber}, ${stray.transaction}, ${stray.amountFen},
      ${stray.orderId}, ${stray.expectedFen}, ${tx.now}, ${tx.now})
    on conflict on constraint seller_notice_once
      do update set last_at = excluded.last_at, times = seller_notice.times + 1`.execute(tx.db);
}

/** Those nobody has cleared yet, oldest first, then the last ones that were. System login. */
export async function listStrays(tx: Scoped, limit: number): Promise<KeptStray[]> {
  const { rows } = await sql<KeptStray>`
    select n.id, n.seller, n.kind, n.order_number as "orderNumber", n.transaction, n.amount_fen as "amountFen",
      n.order_id as "orderId", n.expected_fen as "expectedFen", o.number, n.received_at as "receivedAt", n.times,
      n.cleared_at as "clearedAt", n.cleared_by as "clearedBy", n.cleared_how as "clearedHow"
    from seller_notice n left join sale_order o on o.id = n.order_id
    order by n.cleared_at desc nulls first, n.received_at limit ${limit}`.execute(tx.db);
  return rows;
}

/** Notes what one was; false when somebody did before. System login. */
export async function clearStray(tx: Writing, id: Id, how: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('seller_notice')
    .set({ cleared_at: tx.now, cleared_by: tx.actor.accountId, cleared_how: how })
    .where('id', '=', id)
    .where('cleared_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
