import { Refusal, type Id } from '@wennuan/basics';
import type { Writing } from '../../platform/database/database.ts';
import { lockOrder, ordersByKey, updateOrder } from './sale.store.ts';

/**
 * Notes that the goods of a sale were fetched where another module hands them over; one that is not recorded yet is told so
 * when it is. The same again changes nothing. Refuses `order_not_now` when its money went back. System login.
 */
export async function collectSale(tx: Writing, key: Id): Promise<void> {
  const known = (await ordersByKey(tx, [key])).get(key);
  const order = known && (await lockOrder(tx, known.id));
  if (!order || order.state === 'collected') return;
  if (order.state !== 'paid' && order.state !== 'ready')
    throw new Refusal('order_not_now', { state: order.state });
  await updateOrder(tx, order.id, {
    state: 'collected',
    collected_at: tx.now,
    by_account_id: tx.actor.accountId,
  });
  tx.touched('sale_order', order.id, 'collected');
}

/** True, and locked, while an order still waits for its payment. System login. */
export async function isWaiting(tx: Writing, orderId: Id): Promise<boolean> {
  return (await lockOrder(tx, orderId))?.state === 'waiting';
}
