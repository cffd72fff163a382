import { Refusal, type Id } from '@wennuan/basics';
import type { Writing } from '../../platform/database/database.ts';
import { checkAtStation } from './delivery.service.ts';
import { listOrders, type OrderRow } from './order.store.ts';
import { refund } from './refund.service.ts';
import type { SaleNeeds } from './sale.needs.ts';
import { readInside, readPieces, updateOrder } from './sale.store.ts';
import { endCart, lockCart } from './voucher.service.ts';

/**
 * Cancels an order: one that waits lets its goods and vouchers go; a paid one that nobody fetched gives everything back.
 * Refuses `order_not_now`, `order_on_its_way`. System login; posts, call it last.
 */
export async function cancelOrder(
  needs: SaleNeeds,
  tx: Writing,
  command: { orderId: Id; reason: string },
): Promise<void> {
  const order = await lockCart(tx, command.orderId);
  if (!order) throw new Refusal('not_found');
  if (order.state === 'paid' || order.state === 'ready') {
    await checkAtStation(tx, order);
    const { lines } = await readInside(tx, [order.id]);
    await refund(needs, tx, [
      {
        key: needs.newId(),
        orderId: order.id,
        lines: lines
          .filter((line) => line.quantity > line.refunded_quantity)
          .map((line) => ({ lineId: line.id, quantity: line.quantity - line.refunded_quantity })),
        reason: command.reason,
        restock: true,
        at: tx.now,
      },
    ]);
    return;
  }
  if (order.state !== 'waiting') throw new Refusal('order_not_now', { state: order.state });
  await closeOrder(needs, tx, order, command.reason);
}

/** Closes an order that waits, which the caller has locked with its cart. System login; posts, call it last. */
export async function closeOrder(
  needs: SaleNeeds,
  tx: Writing,
  order: OrderRow,
  reason: string,
): Promise<void> {
  await updateOrder(tx, order.id, {
    state: 'cancelled',
    cancelled_at: tx.now,
    cancel_reason: reason,
  });
  tx.touched('sale_order', order.id, 'cancelled');
  const { lines } = await readInside(tx, [order.id]);
  const pieces = await readPieces(
    tx,
    lines.map((line) => line.id),
  );
  await needs.goods.giveBack(tx, {
    lines: pieces.map((piece) => ({
      accountId: piece.account_id!,
      stockId: piece.stock_id,
      itemId: lines.find((line) => line.id === piece.line_id)!.item_id,
      returned: piece.quantity,
      missing: 0,
    })),
    paper: { kind: 'sale_order', id: order.id },
  });
  await endCart(needs, tx, order);
}

/** Orders that were not paid in time, oldest of a hundred first. System login. */
export async function overdueOrders(tx: Writing): Promise<Id[]> {
  return (await listOrders(tx, { overAt: tx.now, limit: 100 })).map((order) => order.id);
}
