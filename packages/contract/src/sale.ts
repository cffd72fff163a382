import { z } from 'zod';
import { route } from './route.ts';
import {
  basket,
  basketLine,
  pricedBasket,
  saleNotice,
  saleOrder,
  saleStates,
  sellerPaying,
  sellerPayStep,
  voucherPlan,
} from './sale.shapes.ts';
import { id, line, listOf, page, sumFen } from './values.ts';

/** A line of an order at most; a longer one is several orders. */
export const SALE_LINES_MOST = 200;
/** Vouchers of one order at most. */
const VOUCHERS_MOST = 20;
const orderLine = basketLine.extend({
  /** The price the buyer saw; another one now is refused, not charged. */
  shownPriceFen: sumFen,
});
const refundLines = z
  .array(z.object({ lineId: id, quantity: z.int().min(1) }))
  .min(1)
  .max(SALE_LINES_MOST);

/** Why a basket has no price here and now. */
const basketRefusals = [
  'basket_empty',
  'basket_too_long',
  'place_unknown',
  'not_a_selling_place',
  'product_unknown',
  'product_off_sale',
  'merchant_not_active',
  'agreement_missing',
  'licence_lapsed',
  'import_papers_missing',
] as const;
/** Why a thing of a charity sale is not sold here and now. */
const charityRefusals = [
  'charity_sale_over',
  'charity_sale_elsewhere',
  'charity_sale_alone',
  'charity_sale_not_online',
] as const;
const voucherRefusals = ['voucher_over', 'voucher_held', 'voucher_in_order'] as const;

export const saleRoutes = {
  price: route({
    method: 'POST',
    path: '/api/mall/price',
    permission: 'public',
    summary: 'Prices a basket for whoever asks, with the merchant’s share in words.',
    body: basket,
    output: pricedBasket,
    refusals: [...basketRefusals, ...charityRefusals],
  }),
  plan: route({
    method: 'POST',
    path: '/api/my/mall/plan',
    permission: 'order.own',
    summary: 'One’s own vouchers beside a cart: what each can pay, and what is left in money.',
    body: basket.extend({ vouchers: z.array(id).max(VOUCHERS_MOST) }),
    output: voucherPlan,
    refusals: [...basketRefusals, ...voucherRefusals],
  }),
  order: route({
    method: 'POST',
    path: '/api/mall/orders',
    permission: 'order.own',
    summary:
      'Orders: one order for each merchant, its goods set aside until the time to pay is over.',
    body: z.object({
      key: id,
      placeId: id,
      kind: z.enum(['pick_up', 'delivery']),
      lines: z.array(orderLine).min(1),
      /** One’s own vouchers and coupons that pay; those for the fewest kinds of goods pay first. */
      vouchers: z.array(id).max(VOUCHERS_MOST).optional(),
      /** What the buyer saw is left to pay in money; another sum now is refused, not charged. */
      shownMoneyFen: sumFen.optional(),
      delivery: z
        .object({
          address: line,
          telephone: z.string().min(5).max(24),
          note: z.string().max(200).default(''),
        })
        .nullable(),
    }),
    output: z.object({ orders: z.array(saleOrder) }),
    refusals: [
      ...basketRefusals,
      ...charityRefusals,
      'price_changed',
      'stock_too_low',
      'telephone_invalid',
      'vouchers_pay_other',
      ...voucherRefusals,
    ],
  }),
  mine: route({
    method: 'GET',
    path: '/api/my/orders',
    permission: 'order.own',
    summary: 'One’s own orders, newest first.',
    query: page,
    output: listOf(saleOrder),
    refusals: [],
  }),
  one: route({
    method: 'GET',
    path: '/api/my/orders/:orderId',
    permission: 'order.own',
    summary: 'One of one’s own orders with the way of the merchant’s share.',
    params: z.object({ orderId: id }),
    output: saleOrder,
    refusals: ['not_found'],
  }),
  cancel: route({
    method: 'POST',
    path: '/api/my/orders/:orderId/cancellation',
    permission: 'order.own',
    summary: 'Cancels an order: unpaid at once; paid and not yet fetched with all its money back.',
    params: z.object({ orderId: id }),
    output: saleOrder,
    refusals: [
      'not_found',
      'order_not_now',
      'charity_sale_settled',
      'group_share_paid',
      'order_on_its_way',
    ],
  }),
  giveBack: route({
    method: 'POST',
    path: '/api/my/orders/:orderId/refunds',
    permission: 'order.own',
    summary: 'Takes lines of a paid order that was not fetched yet back in part.',
    params: z.object({ orderId: id }),
    body: z.object({ key: id, lines: refundLines, reason: line }),
    output: saleOrder,
    refusals: [
      'not_found',
      'order_not_now',
      'refund_too_high',
      'charity_sale_settled',
      'group_share_paid',
      'order_on_its_way',
    ],
  }),
  payInSandbox: route({
    method: 'POST',
    path: '/api/sandbox/orders/:orderId/payment',
    permission: 'order.own',
    summary: 'Pays at the sandbox’s cashier, which tells us by a signed notice.',
    params: z.object({ orderId: id }),
    output: saleOrder,
    refusals: ['not_found', 'order_not_now', 'order_already_paid', 'payment_time_over'],
  }),
  pay: route({
    method: 'POST',
    path: '/api/my/orders/:orderId/payment',
    permission: 'order.own',
    summary:
      'Begins the payment into the seller’s own number: an address to go to, or a code to scan.',
    params: z.object({ orderId: id }),
    body: sellerPaying,
    output: sellerPayStep,
    refusals: [
      'not_found',
      'order_already_paid',
      'payment_time_over',
      'channel_unknown',
      'channel_refused',
      'channel_away',
    ],
  }),
  sellerNotice: route({
    method: 'POST',
    path: '/api/mall/sellers/:number/notices',
    permission: 'signed_notice',
    summary:
      'A signed notice of a seller’s own number, believed with that seller’s keys only and acknowledged once it is durable.',
    params: z.object({ number: z.string().max(20) }),
    output: z.unknown(),
    answers: 'file',
    refusals: ['channel_unknown'],
  }),
  notice: route({
    method: 'POST',
    path: '/api/mall/notices',
    permission: 'signed_notice',
    summary: 'Takes the signed notice of a payment into a seller’s own number.',
    body: saleNotice,
    output: z.object({ ok: z.literal(true) }),
    refusals: ['signature_invalid', 'notice_altered', 'notice_too_old', 'amount_invalid'],
  }),
  orders: route({
    method: 'GET',
    path: '/api/shop/orders',
    permission: 'sale.read',
    summary: 'Orders at places of one’s area, newest first.',
    query: page.extend({
      placeId: id.optional(),
      state: z.enum(saleStates).optional(),
      text: z.string().max(20).optional(),
    }),
    output: listOf(saleOrder),
    refusals: [],
  }),
  handOver: route({
    method: 'POST',
    path: '/api/shop/orders/handover',
    permission: 'sale.act',
    summary: 'Hands an order over to who says its pick-up code, or the code of who will bring it.',
    body: z.object({
      placeId: id,
      pickUpCode: z.string().regex(/^\d{6}$/),
      /** Who fetches it for whom. */
      note: z.string().trim().max(100).default(''),
    }),
    output: saleOrder,
    refusals: ['pick_up_code_unknown', 'place_not_yours', 'order_not_now', 'order_on_its_way'],
  }),
  refund: route({
    method: 'POST',
    path: '/api/shop/orders/:orderId/refunds',
    permission: 'sale.refund',
    summary: 'Gives lines of an order back in part, with a reason.',
    params: z.object({ orderId: id }),
    body: z.object({ key: id, lines: refundLines, restock: z.boolean(), reason: line }),
    output: saleOrder,
    refusals: [
      'not_found',
      'order_not_now',
      'refund_too_high',
      'place_not_yours',
      'charity_sale_settled',
    ],
  }),
};
