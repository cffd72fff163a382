import type { Id } from '@wennuan/basics';
import type { Writing } from '../../platform/database/database.ts';
import { ENTITLEMENTS, type Payment, type PricedBasket, type SaleCommand } from './sale.ts';
import { insertOrders, insertRows } from './sale.store.ts';

/** An order about to be written, its ids chosen. */
export interface Draft {
  id: Id;
  command: Omit<SaleCommand, 'basket' | 'rungUp'> & { accountId: Id | null };
  priced: PricedBasket;
  parts: { id: Id; part: PricedBasket['parts'][number]; lineIds: Id[] }[];
  payments: (Payment & { id: Id; merchantId: Id })[];
  /** What only orders that wait have. */
  waiting?: { payUntil: Date; deliverySealed: Buffer | null; heldFor: Id | null };
  pickUpCode: string | null;
}

/** Chooses the ids of an order and spreads its payments over its merchants. */
export function draftOf(
  newId: () => Id,
  priced: PricedBasket,
  rest: Pick<Draft, 'command' | 'waiting' | 'pickUpCode'>,
): Draft {
  const parts = priced.parts.map((part) => ({
    id: newId(),
    part,
    lineIds: part.lines.map(() => newId()),
  }));
  return {
    ...rest,
    id: newId(),
    priced,
    parts,
    payments: splitPayments(newId, priced, rest.command.payments),
  };
}

/** One payment for each merchant it reaches, in the order of both; what names its merchant stays whole. */
function splitPayments(newId: () => Id, priced: PricedBasket, payments: readonly Payment[]) {
  const open = priced.parts.map((part) => ({ merchantId: part.merchantId, fen: part.goodsFen }));
  const named = payments.filter((payment) => payment.merchantId !== undefined);
  for (const payment of named) {
    const part = open.find((one) => one.merchantId === payment.merchantId);
    if (part) part.fen -= payment.amountFen;
  }
  return payments.flatMap((payment) => {
    if (payment.merchantId !== undefined)
      return [{ ...payment, id: newId(), merchantId: payment.merchantId }];
    let left = payment.amountFen;
    return open.flatMap((part) => {
      const fen = Math.min(left, part.fen);
      if (fen <= 0) return [];
      part.fen -= fen;
      left -= fen;
      return [{ ...payment, id: newId(), merchantId: part.merchantId, amountFen: fen }];
    });
  });
}

/** Writes orders with parts, lines and payments; answers the numbers of those that were not there yet. */
export async function writeOrders(tx: Writing, drafts: readonly Draft[]): Promise<Map<Id, string>> {
  const numbers = await insertOrders(
    tx,
    drafts.map((draft) => orderRow(tx, draft)),
  );
  const fresh = drafts.filter((draft) => numbers.has(draft.id));
  await insertRows(tx, 'sale_part', fresh.flatMap(partRows));
  await insertRows(tx, 'sale_line', fresh.flatMap(lineRows));
  await insertRows(tx, 'sale_payment', fresh.flatMap(paymentRows));
  for (const draft of fresh) tx.touched('sale_order', draft.id);
  return numbers;
}

function orderRow(tx: Writing, { id, command, priced, payments, waiting, pickUpCode }: Draft) {
  const voucherFen = payments
    .filter((one) => ENTITLEMENTS.has(one.means))
    .reduce((sum, one) => sum + one.amountFen, 0);
  return {
    id,
    key: command.key,
    channel: priced.parts.every((part) => part.charity) ? 'charity_sale' : command.channel,
    kind: command.kind,
    state: waiting ? 'waiting' : command.handedOver ? 'collected' : 'paid',
    place_id: priced.placeId,
    area_id: priced.areaId,
    account_id: command.accountId,
    by_account_id: waiting || command.channel === 'mall' ? null : tx.actor.accountId,
    goods_fen: priced.goodsFen,
    promise_fen: priced.shareFen,
    voucher_fen: voucherFen,
    placed_at: command.at,
    pay_until: waiting?.payUntil ?? null,
    paid_at: waiting ? null : command.at,
    collected_at: !waiting && command.handedOver ? command.at : null,
    pick_up_code: pickUpCode,
    delivery_sealed: waiting?.deliverySealed ?? null,
    held_for: waiting?.heldFor ?? null,
  };
}

function partRows({ id, command, priced, parts }: Draft) {
  return parts.map(({ id: partId, part }) => ({
    id: partId,
    order_id: id,
    merchant_id: part.merchantId,
    place_id: priced.placeId,
    area_id: priced.areaId,
    account_id: command.accountId,
    charity_sale_id: part.charity?.id ?? null,
    share_basis_points: part.shareBasisPoints,
    goods_fen: part.goodsFen,
    promise_fen: part.shareFen,
  }));
}

function lineRows({ id, command, priced, parts }: Draft) {
  return parts.flatMap(({ id: partId, part, lineIds }) =>
    part.lines.map((line, index) => ({
      id: lineIds[index]!,
      order_id: id,
      part_id: partId,
      area_id: priced.areaId,
      account_id: command.accountId,
      position: line.position,
      variant_id: line.variantId,
      item_id: line.itemId,
      title: line.title,
      unit: line.unit,
      quantity: line.quantity,
      per_quantity: line.perQuantity,
      price_fen: line.priceFen,
      price_kind: line.priceKind,
      discount_fen: line.discountFen,
      amount_fen: line.amountFen,
      promise_fen: line.shareFen,
      promise_left_fen: line.shareFen,
    })),
  );
}

function paymentRows({ id, command, priced, payments, waiting }: Draft) {
  return payments.map((payment, position) => ({
    id: payment.id,
    order_id: id,
    area_id: priced.areaId,
    account_id: command.accountId,
    position,
    means: payment.means,
    merchant_id: payment.merchantId,
    amount_fen: payment.amountFen,
    state: waiting ? 'waiting' : 'paid',
    reference: payment.reference,
    transaction_fen: payment.transactionFen ?? null,
    entitlement_id: payment.entitlementId ?? null,
  }));
}
