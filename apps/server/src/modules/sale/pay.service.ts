import { Refusal, type Id } from '@wennuan/basics';
import type { TransferCommand } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import { accountOf } from './accounts.ts';
import { closeOrder } from './cancel.service.ts';
import { openDelivery } from './delivery.service.ts';
import type { OrderRow } from './order.store.ts';
import { freeCode } from './pick-up-code.ts';
import { postSales } from './post.service.ts';
import { useKeyOf } from './record.service.ts';
import type { SaleNeeds } from './sale.needs.ts';
import {
  insertRefund,
  insertRows,
  readInside,
  readPieces,
  updateOrder,
  updatePayment,
  type Inside,
  type PaymentRow,
} from './sale.store.ts';
import { endCart, lockCart } from './voucher.service.ts';

/** A payment that a seller's channel has proved. */
export interface PaidNotice {
  orderId: Id;
  merchantNumber: string;
  transaction: string;
  amountFen: number;
  paidAt: Date;
}

/**
 * Takes a payment: the order is paid, its pieces, share and vouchers are posted. Hearing it again changes
 * nothing. One that comes after the order was cancelled goes back. Refuses `notice_altered`. System login.
 */
export async function takePayment(needs: SaleNeeds, tx: Writing, paid: PaidNotice): Promise<void> {
  const order = await lockCart(tx, paid.orderId);
  if (!order) throw new Refusal('notice_altered');
  const inside = await readInside(tx, [order.id]);
  const payment = inside.payments.find((one) => one.entitlement_id === null);
  if (!payment) throw new Refusal('notice_altered');
  const rows = await needs.catalogue.merchantRows(tx, [payment.merchant_id]);
  const isOurs =
    payment.amount_fen === paid.amountFen &&
    rows.get(payment.merchant_id)?.payment_number === paid.merchantNumber;
  if (!isOurs) throw new Refusal('notice_altered');
  if (payment.state === 'paid') return;
  await updatePayment(tx, payment.id, { state: 'paid', reference: paid.transaction });
  tx.touched('sale_order', order.id, 'paid');
  const isTaken =
    order.state === 'waiting' && (await settle(needs, tx, { order, inside, at: paid.paidAt }));
  if (!isTaken) await payBackLate(needs, tx, order, payment);
}

/**
 * Pays an order that vouchers cover whole: no money is waited for. One that waits for money, or was paid or cancelled
 * meanwhile, stays as it is. System login; posts, call it last.
 */
export async function takeCovered(needs: SaleNeeds, tx: Writing, orderId: Id): Promise<void> {
  const order = await lockCart(tx, orderId);
  if (order?.state !== 'waiting') return;
  const inside = await readInside(tx, [order.id]);
  if (inside.payments.some((one) => one.entitlement_id === null)) return;
  await settle(needs, tx, { order, inside, at: tx.now });
  tx.touched('sale_order', order.id, 'paid');
}

/** Makes an order paid; false when its vouchers would not pay any more, and it was cancelled instead. */
async function settle(
  needs: SaleNeeds,
  tx: Writing,
  { order, inside, at }: { order: OrderRow; inside: Inside; at: Date },
): Promise<boolean> {
  const redemptions = await redeemHeld(needs, tx, { order, inside, at });
  if (!redemptions) {
    await closeOrder(needs, tx, order, '券已不能用');
    return false;
  }
  for (const one of inside.payments)
    if (one.entitlement_id !== null) await updatePayment(tx, one.id, { state: 'paid' });
  await updateOrder(tx, order.id, {
    state: 'paid',
    paid_at: at,
    pick_up_code: await freeCode(needs, tx, order.place_id),
  });
  if (order.kind === 'delivery') await openDelivery(needs, tx, order);
  await postPaid(needs, tx, { order, inside, redemptions });
  await endCart(needs, tx, order);
  return true;
}

/** Lets the vouchers kept for an order pay; null when one would not. */
async function redeemHeld(
  needs: SaleNeeds,
  tx: Writing,
  { order, inside, at }: { order: OrderRow; inside: Inside; at: Date },
): Promise<TransferCommand[] | null> {
  const vouchers = inside.payments.filter((one) => one.entitlement_id !== null);
  if (vouchers.length === 0) return [];
  const variants = await needs.catalogue.variants(tx, {
    ids: inside.lines.map((line) => line.variant_id),
  });
  const categories = new Map(variants.map((one) => [one.id, one.category]));
  const goods = inside.lines.map((line) => ({
    category: categories.get(line.variant_id) ?? 'other',
    amountFen: line.amount_fen,
  }));
  const { outcomes, movements } = await needs.benefit.redeem(
    tx,
    vouchers.map((payment) => ({
      key: useKeyOf(payment.id),
      entitlementId: payment.entitlement_id!,
      amountFen: payment.amount_fen,
      merchantId: payment.merchant_id,
      payableId: accountOf('payable', payment.merchant_id),
      placeId: order.place_id,
      goods,
      purchase: order.id,
      proof: { tillId: order.held_for! },
      at,
    })),
  );
  return outcomes.some((one) => one.status === 'refused') ? null : movements;
}

async function postPaid(
  needs: SaleNeeds,
  tx: Writing,
  {
    order,
    inside,
    redemptions,
  }: { order: OrderRow; inside: Inside; redemptions: TransferCommand[] },
): Promise<void> {
  const pieces = await readPieces(
    tx,
    inside.lines.map((line) => line.id),
  );
  const places = await needs.place.servicePoints(tx, [order.place_id]);
  const sellers = await needs.catalogue.sellers(
    tx,
    inside.parts.map((part) => part.merchant_id),
  );
  const charity = await needs.catalogue.charitySales(
    tx,
    inside.parts.flatMap((part) => part.charity_sale_id ?? []),
  );
  const paid = {
    orderId: order.id,
    placeId: order.place_id,
    areaId: order.area_id,
    parts: inside.parts.map((part) => ({
      id: part.id,
      merchantId: part.merchant_id,
      goodsFen: part.goods_fen,
      shareFen: part.promise_fen,
      charity: (part.charity_sale_id && charity.get(part.charity_sale_id)) || null,
    })),
    lines: inside.lines.map((line) => ({
      id: line.id,
      itemId: line.item_id,
      // Its pieces were set aside when it was ordered.
      lotId: null,
      title: line.title,
      merchantId: inside.parts.find((part) => part.id === line.part_id)!.merchant_id,
      quantity: line.quantity,
      pieces: pieces
        .filter((piece) => piece.line_id === line.id)
        .map((piece) => ({
          accountId: piece.account_id,
          stockId: piece.stock_id,
          lotId: piece.lot_id,
          quantity: piece.quantity,
        })),
    })),
    vouchers: inside.payments.flatMap(({ merchant_id, amount_fen, entitlement_id }) =>
      entitlement_id === null
        ? []
        : [{ merchantId: merchant_id, amountFen: amount_fen, entitlementId: entitlement_id }],
    ),
    redemptions,
  };
  await postSales(needs, tx, { orders: [paid], shelf: { places, sellers } });
}

/** Money for an order that was cancelled meanwhile: asked back from the seller's number at once. */
async function payBackLate(
  needs: SaleNeeds,
  tx: Writing,
  order: OrderRow,
  payment: Pick<PaymentRow, 'id' | 'amount_fen'>,
): Promise<void> {
  const refundId = needs.newId();
  const owned = { area_id: order.area_id, account_id: order.account_id };
  await insertRefund(tx, {
    ...owned,
    id: refundId,
    key: needs.newId(),
    order_id: order.id,
    amount_fen: payment.amount_fen,
    promise_fen: 0,
    reason: '付款时订单已取消',
    at: tx.now,
    by_account_id: null,
  });
  await insertRows(tx, 'sale_refund_payment', [
    {
      ...owned,
      refund_id: refundId,
      payment_id: payment.id,
      amount_fen: payment.amount_fen,
      state: 'asked',
      ask_id: needs.newId(),
    },
  ]);
  await updatePayment(tx, payment.id, { refunded_fen: payment.amount_fen });
}
