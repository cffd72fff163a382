import { createHash } from 'node:crypto';
import { Refusal, yuanNumber, type Id } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import type { z } from 'zod';
import type { Writing } from '../../platform/database/database.ts';
import { postSales } from './post.service.ts';
import { priceBasket, readShelf } from './price.service.ts';
import { isFree, listOrders, type OrderRow } from './order.store.ts';
import { refund } from './refund.service.ts';
import type { PricedBasket } from './sale.ts';
import type { SaleNeeds } from './sale.needs.ts';
import {
  insertRefund,
  insertRows,
  lockOrder,
  ordersByKey,
  readInside,
  readPieces,
  updateOrder,
  updatePayment,
} from './sale.store.ts';
import { draftOf, writeOrders, type Draft } from './write.ts';

type OrderBody = z.output<typeof routes.sale.order.body>;

/** Minutes an order waits for its payment with its goods set aside. */
const PAY_MINUTES = 15;
const CODES_MOST = 1_000_000;
const CODE_TRIES = 20;

/**
 * Orders from the phone: one order for each merchant, as each is paid into its own number; goods are set aside
 * until the time to pay is over. The same key again answers the same orders. Refuses what cannot be sold,
 * `price_changed` (nobody is charged what she did not see), `stock_too_low`. System login; posts, call it last.
 */
export async function placeOrders(
  needs: SaleNeeds,
  tx: Writing,
  { accountId, body }: { accountId: Id; body: OrderBody },
): Promise<Id[]> {
  const basket = { placeId: body.placeId, accountId, lines: body.lines };
  const shelf = await readShelf(needs, tx, [basket]);
  const merchantIds = new Set(
    body.lines.flatMap((line) => shelf.variants.get(line.variantId)?.merchantId ?? []),
  );
  const known = await ordersByKey(
    tx,
    [...merchantIds].map((id) => keyFor(body.key, id)),
  );
  if (known.size > 0) return [...known.values()].map((row) => row.id);
  const priced = priceBasket(shelf, basket, tx.now);
  checkShown(priced, body);
  const deliverySealed = await sealDelivery(needs, tx, accountId, body);
  const drafts = priced.parts.map((part) =>
    draftOf(
      needs.newId,
      { ...priced, goodsFen: part.goodsFen, shareFen: part.shareFen, parts: [part] },
      {
        command: {
          key: keyFor(body.key, part.merchantId),
          channel: 'mall',
          kind: body.kind,
          payments: [{ means: 'sandbox', amountFen: part.goodsFen, reference: '' }],
          at: tx.now,
          handedOver: false,
          accountId,
        },
        waiting: { payUntil: new Date(tx.now.getTime() + PAY_MINUTES * 60_000), deliverySealed },
        pickUpCode: null,
      },
    ),
  );
  const numbers = await writeOrders(tx, drafts);
  if (numbers.size < drafts.length)
    throw Object.assign(new Error('order key race'), { code: '40001' });
  await setAside(needs, tx, drafts);
  return drafts.map((draft) => draft.id);
}

/** The key of one merchant's order of a cart: follows from both, so that the same cart is the same orders. */
function keyFor(key: Id, merchantId: Id): Id {
  const hex = createHash('sha256').update(`${key}:${merchantId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function checkShown(priced: PricedBasket, body: OrderBody): void {
  const shown = new Map(body.lines.map((line) => [line.variantId, line.shownPriceFen]));
  if (shown.size < body.lines.length) throw new Refusal('variant_twice', {}, 'lines');
  for (const line of priced.parts.flatMap((part) => part.lines))
    if (shown.get(line.variantId) !== line.priceFen)
      throw new Refusal('price_changed', { name: line.title, price: yuanNumber(line.priceFen) });
}

async function sealDelivery(needs: SaleNeeds, tx: Writing, accountId: Id, body: OrderBody) {
  if (body.kind !== 'delivery') return null;
  if (!body.delivery) throw new Refusal('input_invalid', {}, 'delivery');
  const telephone = needs.access.telephoneKey(body.delivery.telephone);
  const box = (await needs.vault.boxes(tx, [accountId])).get(accountId)!;
  return box.seal(JSON.stringify({ ...body.delivery, telephone }));
}

/** Sets the goods of orders aside, each lot in an account of its own, and notes them beside the lines. */
async function setAside(needs: SaleNeeds, tx: Writing, drafts: readonly Draft[]): Promise<void> {
  const lines = drafts.flatMap((draft) =>
    draft.parts.flatMap(({ part, lineIds }) =>
      part.lines.map((line, index) => ({ ...line, id: lineIds[index]! })),
    ),
  );
  const { placeId, areaId } = drafts[0]!.priced;
  await needs.goods.setAside(
    tx,
    {
      wants: lines.map((line) => ({ placeId, itemId: line.itemId, quantity: line.quantity })),
      label: '待付款订单',
      areaId,
      paper: { kind: 'sale_order', id: drafts[0]!.id },
    },
    async (pieces) => {
      // Pieces come in the order of the wants, and add up to each.
      const left = [...pieces];
      const rows = lines.flatMap((line) => {
        let missing = line.quantity;
        const mine = [];
        while (missing > 0) {
          const piece = left.shift()!;
          missing -= piece.quantity;
          mine.push({
            line_id: line.id,
            stock_id: piece.stockId,
            lot_id: piece.lotId,
            area_id: areaId,
            account_id: piece.accountId,
            quantity: piece.quantity,
          });
        }
        return mine;
      });
      await insertRows(tx, 'sale_piece', rows);
    },
  );
}

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
  const order = await lockOrder(tx, paid.orderId);
  if (!order) throw new Refusal('notice_altered');
  const inside = await readInside(tx, [order.id]);
  const [payment] = inside.payments;
  const rows = await needs.catalogue.merchantRows(tx, [payment!.merchant_id]);
  const isOurs =
    payment!.amount_fen === paid.amountFen &&
    rows.get(payment!.merchant_id)?.payment_number === paid.merchantNumber;
  if (!isOurs) throw new Refusal('notice_altered');
  if (payment!.state === 'paid') return;
  await updatePayment(tx, payment!.id, { state: 'paid', reference: paid.transaction });
  tx.touched('sale_order', order.id, 'paid');
  if (order.state !== 'waiting') {
    await payBackLate(needs, tx, order, payment!);
    return;
  }
  await updateOrder(tx, order.id, {
    state: 'paid',
    paid_at: paid.paidAt,
    pick_up_code: await freeCode(needs, tx, order.place_id),
  });
  const pieces = await readPieces(
    tx,
    inside.lines.map((line) => line.id),
  );
  const places = await needs.place.servicePoints(tx, [order.place_id]);
  const sellers = await needs.catalogue.sellers(
    tx,
    inside.parts.map((part) => part.merchant_id),
  );
  await postSales(needs, tx, {
    orders: [
      {
        orderId: order.id,
        placeId: order.place_id,
        areaId: order.area_id,
        parts: inside.parts.map((part) => ({
          id: part.id,
          merchantId: part.merchant_id,
          goodsFen: part.goods_fen,
          shareFen: part.promise_fen,
        })),
        lines: inside.lines.map((line) => ({
          id: line.id,
          itemId: line.item_id,
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
        vouchers: [],
        redemptions: [],
      },
    ],
    shelf: { places, sellers },
  });
}

async function freeCode(needs: SaleNeeds, tx: Writing, placeId: Id): Promise<string> {
  for (let tries = 0; tries < CODE_TRIES; tries += 1) {
    const code = String(needs.randomBelow(CODES_MOST)).padStart(6, '0');
    if (await isFree(tx, placeId, code)) return code;
  }
  throw new Error('no free pick-up code');
}

/** Money for an order that was cancelled meanwhile: asked back from the seller's number at once. */
async function payBackLate(
  needs: SaleNeeds,
  tx: Writing,
  order: OrderRow,
  payment: { id: Id; amount_fen: number },
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
    },
  ]);
  await updatePayment(tx, payment.id, { refunded_fen: payment.amount_fen });
}

/**
 * Cancels an order: one that waits lets its goods go; a paid one that nobody fetched gives everything back.
 * Refuses `order_not_now`. System login; posts, call it last.
 */
export async function cancelOrder(
  needs: SaleNeeds,
  tx: Writing,
  command: { orderId: Id; reason: string },
): Promise<void> {
  const order = await lockOrder(tx, command.orderId);
  if (!order) throw new Refusal('not_found');
  if (order.state === 'paid' || order.state === 'ready') {
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
  await updateOrder(tx, order.id, {
    state: 'cancelled',
    cancelled_at: tx.now,
    cancel_reason: command.reason,
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
}

/** Cancels what was not paid in time, an order at a time. Safe to run twice. System login. */
export async function overdueOrders(tx: Writing): Promise<Id[]> {
  return (await listOrders(tx, { overAt: tx.now, limit: 100 })).map((order) => order.id);
}

/** Hands an order over to who says its code. Refuses `pick_up_code_unknown`, `order_not_now`. System login. */
export async function handOverOrder(
  tx: Writing,
  command: { placeId: Id; pickUpCode: string },
): Promise<Id> {
  const [found] = await listOrders(tx, { ...command, limit: 1 });
  const order = found && (await lockOrder(tx, found.id));
  if (!order) throw new Refusal('pick_up_code_unknown', {}, 'pickUpCode');
  if (order.state !== 'paid' && order.state !== 'ready')
    throw new Refusal('order_not_now', { state: order.state });
  await updateOrder(tx, order.id, {
    state: 'collected',
    collected_at: tx.now,
    by_account_id: tx.actor.accountId,
  });
  tx.touched('sale_order', order.id, 'collected');
  return order.id;
}
