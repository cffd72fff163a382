import { createHash } from 'node:crypto';
import { Refusal, yuanNumber, type Id } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import type { z } from 'zod';
import type { Writing } from '../../platform/database/database.ts';
import { lockShelf, priceBasket } from './price.service.ts';
import { checkAtStation, collect, endDelivery, giveToCarrier } from './delivery.service.ts';
import { listOrders } from './order.store.ts';
import type { PricedBasket } from './sale.ts';
import type { SaleNeeds } from './sale.needs.ts';
import { insertRows, lockOrder, ordersByKey } from './sale.store.ts';
import { holdVouchers, paymentsOf } from './voucher.service.ts';
import { draftOf, writeOrders, type Draft } from './write.ts';

type OrderBody = z.output<typeof routes.sale.order.body>;

/** Minutes an order waits for its payment with its goods set aside. */
const PAY_MINUTES = 15;

/**
 * Orders from the phone: one order for each merchant, as each is paid into its own number; goods are set aside
 * until the time to pay is over. The same key again answers the same orders. Refuses what cannot be sold,
 * `price_changed`, `vouchers_pay_other` (nobody is charged what she did not see), `stock_too_low`, and vouchers that
 * cannot be used. What vouchers cover whole is paid by `takeCovered` afterwards. System login; posts, call it last.
 */
export async function placeOrders(
  needs: SaleNeeds,
  tx: Writing,
  { accountId, body }: { accountId: Id; body: OrderBody },
): Promise<Id[]> {
  const basket = { placeId: body.placeId, accountId, lines: body.lines, isOnline: true };
  const shelf = await lockShelf(needs, tx, [basket]);
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
  const plan = await holdVouchers(needs, tx, {
    accountId,
    cartKey: body.key,
    priced,
    ids: body.vouchers ?? [],
    shownMoneyFen: body.shownMoneyFen,
  });
  const deliverySealed = await sealDelivery(needs, tx, accountId, body);
  const rows = await needs.catalogue.merchantRows(tx, [...merchantIds]);
  const payUntil = new Date(tx.now.getTime() + PAY_MINUTES * 60_000);
  const drafts = priced.parts.map((part) => {
    const { merchantId } = part;
    const number = rows.get(merchantId)!.payment_number as string;
    const means = needs.sellers?.of(number) ? 'wechat' : 'sandbox';
    const payments = paymentsOf(plan, { merchantId, cartKey: body.key, means });
    const heldFor = payments.some((one) => one.entitlementId) ? body.key : null;
    return draftOf(
      needs.newId,
      { ...priced, goodsFen: part.goodsFen, shareFen: part.shareFen, parts: [part] },
      {
        command: {
          key: keyFor(body.key, part.merchantId),
          channel: 'mall',
          kind: body.kind,
          payments,
          at: tx.now,
          handedOver: false,
          accountId,
        },
        waiting: { payUntil, deliverySealed, heldFor },
        pickUpCode: null,
      },
    );
  });
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
      wants: lines.map(({ itemId, lotId, quantity }) => ({ placeId, itemId, lotId, quantity })),
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

/**
 * Hands an order over to who says its code, with a note of who fetches it for whom; one that is to be brought to who will
 * bring it, by the code for that. Refuses `pick_up_code_unknown`, `order_not_now`, `order_on_its_way`. System login.
 */
export async function handOverOrder(
  needs: SaleNeeds,
  tx: Writing,
  command: { placeId: Id; pickUpCode: string; note?: string | undefined },
): Promise<Id> {
  const { placeId, pickUpCode } = command;
  const [found] = await listOrders(tx, { placeId, pickUpCode, limit: 1 });
  const order = found && (await lockOrder(tx, found.id));
  if (!order) {
    const given = await giveToCarrier(needs, tx, { placeId, code: pickUpCode });
    if (given) return given;
    throw new Refusal('pick_up_code_unknown', {}, 'pickUpCode');
  }
  if (order.state !== 'paid' && order.state !== 'ready')
    throw new Refusal('order_not_now', { state: order.state });
  await checkAtStation(tx, order);
  await endDelivery(needs, tx, order);
  await collect(needs, tx, order, command.note ?? '');
  return order.id;
}
