import type { Id } from '@wennuan/basics';
import { sql, type Selectable } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { SandboxOrder as Row } from '../../platform/database/types.ts';

export type SandboxOrder = ReturnType<typeof orderOf>;

function orderOf(row: Selectable<Row>) {
  return {
    id: row.id,
    projectCode: row.project_code,
    projectName: row.project_name,
    amountFen: Number(row.amount_fen),
    giverName: row.giver_name,
    state: row.state as 'waiting' | 'paid' | 'cancelled',
    platformOrder: row.platform_order,
    createdAt: row.created_at,
    paidAt: row.paid_at,
    tries: row.tries,
  };
}

/** Adds an order; the same one again changes nothing. */
export async function insertSandboxOrder(
  tx: Writing,
  order: { id: Id; projectCode: string; projectName: string; amountFen: number },
): Promise<void> {
  await tx.db
    .insertInto('sandbox_order')
    .values({
      id: order.id,
      project_code: order.projectCode,
      project_name: order.projectName,
      amount_fen: order.amountFen,
      created_at: tx.now,
    })
    .execute();
}

interface Chosen {
  ids?: readonly Id[];
  /** Paid ones whose notice is not acknowledged and due. */
  dueAt?: Date;
  /** Paid on that day in Zhengzhou. */
  paidOn?: string;
  limit?: number;
  lock?: boolean;
}

export async function listSandboxOrders(tx: Scoped, chosen: Chosen): Promise<SandboxOrder[]> {
  let query = tx.db.selectFrom('sandbox_order').selectAll().orderBy('id');
  if (chosen.ids) query = query.where('id', '=', anyOf(chosen.ids));
  if (chosen.dueAt)
    query = query
      .where('state', '=', 'paid')
      .where('acknowledged_at', 'is', null)
      .where('next_try_at', '<=', chosen.dueAt);
  if (chosen.paidOn)
    query = query
      .where('state', '=', 'paid')
      .where(sql<boolean>`(paid_at at time zone 'Asia/Shanghai')::date = ${chosen.paidOn}::date`);
  if (chosen.limit) query = query.limit(chosen.limit);
  if (chosen.lock) query = query.forNoKeyUpdate();
  return (await query.execute()).map(orderOf);
}

export async function markSandboxPaid(
  tx: Writing,
  order: { id: Id; platformOrder: string; nextTryAt: Date },
): Promise<void> {
  await tx.db
    .updateTable('sandbox_order')
    .set({
      state: 'paid',
      paid_at: tx.now,
      platform_order: order.platformOrder,
      next_try_at: order.nextTryAt,
    })
    .where('id', '=', order.id)
    .execute();
}

/** Notes a try to deliver a notice: acknowledged, or when to try again. */
export async function noteTry(
  tx: Writing,
  id: Id,
  result: { acknowledged: boolean; nextTryAt: Date },
): Promise<void> {
  await tx.db
    .updateTable('sandbox_order')
    .set((row) => ({
      tries: row('tries', '+', 1),
      acknowledged_at: result.acknowledged ? tx.now : null,
      next_try_at: result.acknowledged ? null : result.nextTryAt,
    }))
    .where('id', '=', id)
    .where('acknowledged_at', 'is', null)
    .execute();
}

/** Cancels orders nobody paid in time. */
export async function cancelSandboxOrders(tx: Writing, before: Date): Promise<void> {
  await tx.db
    .updateTable('sandbox_order')
    .set({ state: 'cancelled' })
    .where('state', '=', 'waiting')
    .where('created_at', '<', before)
    .execute();
}
