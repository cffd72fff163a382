import { type BillLine, tradeBill } from './bill.wechat.ts';

export interface Order {
  out_trade_no: string;
  amountFen: number;
  state: 'NOTPAY' | 'SUCCESS' | 'CLOSED';
  transaction: string;
  paidAt: string;
  product: string;
  /** After that nobody can pay it. */
  expiresAt: string | null;
}

export interface Refund {
  order: string;
  amountFen: number;
  status: string;
  at: string;
}

interface Books {
  orders: ReadonlyMap<string, Order>;
  refunds: ReadonlyMap<string, Refund>;
}

/** Ends an order that nobody paid in time. */
export function closeExpired(order: Order, now: Date): void {
  const isOver = order.expiresAt !== null && new Date(order.expiresAt) <= now;
  if (order.state === 'NOTPAY' && isOver) order.state = 'CLOSED';
}

/** The bill of the orders paid and given back on a day; null for a day without any. */
export function billOf(day: string, books: Books): Buffer | null {
  const at = (instant: string) => instantWords(new Date(instant));
  const lines: BillLine[] = [];
  for (const order of books.orders.values())
    if (order.state === 'SUCCESS' && at(order.paidAt).startsWith(day))
      lines.push({
        order: order.out_trade_no,
        transaction: order.transaction,
        amount: (order.amountFen / 100).toFixed(2),
        at: at(order.paidAt),
        fee: '0.00000',
        product: order.product,
      });
  for (const [number, refund] of books.refunds)
    if (refund.status === 'SUCCESS' && at(refund.at).startsWith(day))
      lines.push({
        order: refund.order,
        transaction: books.orders.get(refund.order)!.transaction,
        at: at(refund.at),
        refund: { number, amount: (refund.amountFen / 100).toFixed(2) },
      });
  return lines.length === 0 ? null : Buffer.from(tradeBill(lines));
}

/** `2026-11-22 10:00:00` in the time of Zhengzhou. */
function instantWords(at: Date): string {
  return new Date(at.getTime() + SHANGHAI_MILLIS).toISOString().slice(0, 19).replace('T', ' ');
}

const SHANGHAI_MILLIS = 8 * 3_600_000;
