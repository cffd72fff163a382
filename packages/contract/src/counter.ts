import { z } from 'zod';
import { goodsCategories, benefitKinds } from './benefit.ts';
import { charityLabel } from './catalogue.ts';
import { route } from './route.ts';
import { done, id, instant, line, plainDate, sumFen, yuanText } from './values.ts';

/** What a till takes money with. Other entitlements than coupons count as vouchers. */
export const tillMeans = ['cash', 'wechat', 'voucher', 'coupon'] as const;
export const codePaymentStates = ['unknown', 'paying', 'paid', 'reversed', 'failed'] as const;
/** Lines of one sale at a till. */
export const TILL_LINES_MOST = 200;

const tillId = z.object({ tillId: id });
export const till = z.object({ id, name: z.string(), placeId: id, placeName: z.string() });
export const tillShift = z.object({
  id,
  cashier: z.string(),
  openedAt: instant,
  floatFen: sumFen,
});
/** Goods as a till needs them, also without network. */
export const tillGoods = z.object({
  variantId: id,
  itemId: id,
  merchantId: id,
  merchantName: z.string(),
  title: z.string(),
  label: z.string(),
  unit: z.string(),
  perQuantity: z.int(),
  priceFen: sumFen,
  category: z.enum(goodsCategories),
  barCode: z.string().nullable(),
  available: z.int(),
  shareBasisPoints: z.int(),
  /** Of a charity sale: sold only with network, and never for vouchers. */
  charity: charityLabel.nullable(),
});
/** A voucher that was shown at the till: never whose. */
export const tillVoucher = z.object({
  entitlementId: id,
  scanId: id.nullable(),
  kind: z.enum(benefitKinds),
  label: z.string(),
  leftFen: sumFen,
  goods: z.array(z.string()),
  paysFor: z.array(z.string()),
  expiresOn: plainDate,
});
/** A voucher held for this till, with the key that checks its codes where there is no network. */
const heldVoucher = tillVoucher.omit({ scanId: true }).extend({ serial: z.int(), key: z.string() });
const tillSale = z.object({
  /** Made by the till; the same key is the same sale, however often it is sent. */
  key: id,
  at: instant,
  lines: z
    .array(
      z.object({
        variantId: id,
        quantity: z.int().min(1).max(1_000_000),
        priceFen: sumFen,
        discountFen: sumFen.default(0),
      }),
    )
    .min(1)
    .max(TILL_LINES_MOST),
  payments: z
    .array(
      z.object({
        means: z.enum(tillMeans),
        amountFen: z.int().min(1),
        /** Of a payment by code. */
        codePaymentId: id.nullable().default(null),
        entitlementId: id.nullable().default(null),
        /** Null when the till holds the voucher itself. */
        scanId: id.nullable().default(null),
      }),
    )
    .max(20),
  isOffline: z.boolean(),
  memberCode: z.string().max(40).nullable().default(null),
  /** Only with a discount: the supervisor’s code and why. */
  supervisorCode: z.string().max(12).nullable().default(null),
  reason: z.string().trim().max(200).default(''),
});
const tillOutcome = z.object({
  key: id,
  state: z.enum(['recorded', 'refused']),
  number: z.string().nullable(),
  refusal: z.string().nullable(),
  /** The refusal in words. */
  sentence: z.string().nullable(),
});
const sums = z.array(
  z.object({ means: z.enum(tillMeans), expectedFen: sumFen, countedFen: sumFen.nullable() }),
);
export const shiftReport = tillShift.extend({
  tillName: z.string(),
  placeName: z.string(),
  closedAt: instant.nullable(),
  sales: z.int(),
  refunds: z.int(),
  offline: z.int(),
  goodsFen: sumFen,
  /** What of it was donated goods, all of it for a charity sale’s fund. */
  charityFen: sumFen,
  /** Two percent and more that merchants give because of these sales. */
  shareFen: sumFen,
  sums,
  /** Sales that were sent and refused: somebody must look at them. */
  refused: z.array(z.object({ key: id, at: instant, amountFen: sumFen, sentence: z.string() })),
});
/** A slip to print again: goods and what was paid, never with what. */
export const tillSlip = z.object({
  number: z.string(),
  placeName: z.string(),
  at: instant,
  lines: z.array(
    z.object({ title: z.string(), unit: z.string(), quantity: z.int(), amountFen: sumFen }),
  ),
  goodsFen: sumFen,
  /** Given back since, if anything was. */
  refundedFen: sumFen,
  shareWords: z.string(),
});
const supervisorCode = z.string().regex(/^\d{6}$/);
/** Money that goes back with one means: what goes through a payment service may take its time, or be refused. */
const moneyBack = z.object({
  means: z.string(),
  amountFen: sumFen,
  state: z.enum(['asked', 'done', 'refused', 'in_cash']),
  /** Why the payment service will not give it back. */
  refusal: z.string().nullable(),
});
const tillRefund = z.object({
  number: z.string(),
  amountFen: sumFen,
  back: z.array(moneyBack),
});
const refundNumber = tillId.extend({ number: z.string().max(20) });

export const counterRoutes = {
  places: route({
    method: 'GET',
    path: '/api/counter/places',
    permission: 'till.act',
    summary: 'Stations one may sell at, with their tills.',
    output: z.object({
      items: z.array(z.object({ id, name: z.string(), tills: z.array(till) })),
    }),
    refusals: [],
  }),
  addTill: route({
    method: 'POST',
    path: '/api/counter/tills',
    permission: 'till.act',
    summary: 'Puts a till up at a station.',
    body: z.object({ placeId: id, name: line }),
    output: till,
    refusals: ['place_unknown', 'place_not_yours', 'not_a_selling_place', 'till_name_taken'],
  }),
  load: route({
    method: 'GET',
    path: '/api/counter/tills/:tillId',
    permission: 'till.act',
    summary:
      'All a till needs, also to go on without network: goods and prices, its shift, what it took along.',
    params: tillId,
    output: z.object({
      till,
      shift: tillShift.nullable(),
      serverTime: instant,
      goods: z.array(tillGoods),
      reserve: z.array(z.object({ itemId: id, left: z.int() })),
      vouchers: z.array(heldVoucher),
      awaySince: instant.nullable(),
    }),
    refusals: ['till_unknown'],
  }),
  openShift: route({
    method: 'POST',
    path: '/api/counter/tills/:tillId/shifts',
    permission: 'till.act',
    summary: 'Opens a shift with what lies in the drawer.',
    params: tillId,
    body: z.object({ floatYuan: yuanText }),
    output: tillShift,
    refusals: ['till_unknown', 'shift_open_already', 'amount_invalid'],
  }),
  shift: route({
    method: 'GET',
    path: '/api/counter/tills/:tillId/shift',
    permission: 'till.act',
    summary: 'The open shift so far: by means, with the two percent and what was refused.',
    params: tillId,
    output: shiftReport,
    refusals: ['till_unknown', 'shift_not_open'],
  }),
  slips: route({
    method: 'GET',
    path: '/api/counter/tills/:tillId/slips',
    permission: 'till.act',
    summary:
      'The sales of the open shift as slips, newest first; or one slip of this station by its number.',
    params: tillId,
    query: z.object({ number: z.string().trim().max(20).optional() }),
    output: z.object({ items: z.array(tillSlip) }),
    refusals: ['till_unknown'],
  }),
  closeShift: route({
    method: 'POST',
    path: '/api/counter/tills/:tillId/shift/close',
    permission: 'till.act',
    summary: 'Closes the shift: what was counted beside what was rung up, and the difference.',
    params: tillId,
    body: z.object({
      counted: z.array(z.object({ means: z.enum(tillMeans), yuan: yuanText })),
      note: z.string().trim().max(300).default(''),
    }),
    output: shiftReport,
    refusals: ['till_unknown', 'shift_not_open', 'till_away', 'amount_invalid'],
  }),
  price: route({
    method: 'POST',
    path: '/api/counter/tills/:tillId/price',
    permission: 'till.act',
    summary: 'Prices for who shows a membership code; never says why a price is what it is.',
    params: tillId,
    body: z.object({
      memberCode: z.string().max(40),
      lines: z.array(z.object({ variantId: id, quantity: z.int().min(1) })).min(1),
    }),
    output: z.object({ lines: z.array(z.object({ variantId: id, priceFen: sumFen })) }),
    refusals: ['till_unknown', 'not_found', 'product_unknown', 'product_off_sale'],
  }),
  sell: route({
    method: 'POST',
    path: '/api/counter/tills/:tillId/sales',
    permission: 'till.act',
    summary:
      'Takes what the till rang up, in order; each is recorded once, and a refused one says why without holding up the others.',
    params: tillId,
    body: z.object({ sales: z.array(tillSale).min(1).max(50) }),
    output: z.object({ outcomes: z.array(tillOutcome) }),
    refusals: [
      'till_unknown',
      'shift_not_open',
      'supervisor_code_wrong',
      'supervisor_code_locked',
      'supervisor_same_person',
    ],
  }),
  scan: route({
    method: 'POST',
    path: '/api/counter/tills/:tillId/scans',
    permission: 'till.act',
    summary: 'Takes a voucher or meal card that was shown, as a changing code or on paper.',
    params: tillId,
    body: z.object({ text: z.string().min(4).max(60), proof: z.string().max(20).default('') }),
    output: tillVoucher,
    refusals: [
      'till_unknown',
      'voucher_unknown',
      'voucher_code_old',
      'voucher_code_used',
      'voucher_held',
      'voucher_over',
      'voucher_not_goods',
      'paper_proof_wrong',
      'paper_closed',
    ],
  }),
  replacePaper: route({
    method: 'POST',
    path: '/api/counter/tills/:tillId/papers',
    permission: 'till.act',
    summary:
      'Prints a lost paper voucher anew: its number and the last four digits of her ID number.',
    params: tillId,
    body: z.object({
      number: z.string().trim().min(1).max(20),
      lastDigits: z.string().trim().length(4),
      word: z.string().trim().min(2).max(12),
    }),
    output: z.object({
      number: z.string(),
      label: z.string(),
      left: z.string(),
      text: z.string(),
      qrSvg: z.string(),
    }),
    refusals: ['till_unknown', 'voucher_unknown', 'voucher_over', 'paper_proof_wrong'],
  }),
  payByCode: route({
    method: 'POST',
    path: '/api/counter/tills/:tillId/code-payments',
    permission: 'till.act',
    summary:
      'Takes a payment with the code on the buyer’s telephone; the same id is the same payment.',
    params: tillId,
    body: z.object({
      id,
      amountFen: z.int().min(1),
      merchantId: id,
      authCode: z.string().max(40),
    }),
    output: z.object({ id, state: z.enum(codePaymentStates) }),
    refusals: ['till_unknown', 'shift_not_open', 'pay_code_invalid', 'pay_code_failed'],
  }),
  askCodePayment: route({
    method: 'POST',
    path: '/api/counter/tills/:tillId/code-payments/:paymentId/query',
    permission: 'till.act',
    summary: 'Asks what became of a payment by code.',
    params: tillId.extend({ paymentId: id }),
    output: z.object({ id, state: z.enum(codePaymentStates) }),
    refusals: ['till_unknown', 'not_found'],
  }),
  reverseCodePayment: route({
    method: 'POST',
    path: '/api/counter/tills/:tillId/code-payments/:paymentId/reversal',
    permission: 'till.act',
    summary: 'Reverses a payment by code that nobody knows the end of; what was taken goes back.',
    params: tillId.extend({ paymentId: id }),
    output: z.object({ id, state: z.enum(codePaymentStates) }),
    refusals: ['till_unknown', 'not_found', 'code_payment_differs', 'code_payment_early'],
  }),
  refund: route({
    method: 'POST',
    path: '/api/counter/tills/:tillId/refunds',
    permission: 'till.act',
    summary: 'Gives lines of an order back, with a supervisor’s code and a reason.',
    params: tillId,
    body: z.object({
      key: id,
      orderId: id,
      lines: z
        .array(z.object({ lineId: id, quantity: z.int().min(1) }))
        .min(1)
        .max(TILL_LINES_MOST),
      restock: z.boolean(),
      reason: line,
      supervisorCode: z.string().max(12),
    }),
    output: tillRefund,
    refusals: [
      'till_unknown',
      'shift_not_open',
      'not_found',
      'order_not_now',
      'refund_too_high',
      'charity_sale_settled',
      'supervisor_code_wrong',
      'supervisor_code_locked',
      'supervisor_same_person',
    ],
  }),
  refunds: route({
    method: 'GET',
    path: '/api/counter/tills/:tillId/refunds',
    permission: 'till.act',
    summary: 'Refunds of this station whose money has not reached the buyer yet, or was refused.',
    params: tillId,
    output: z.object({
      items: z.array(tillRefund.extend({ orderNumber: z.string(), at: instant })),
    }),
    refusals: ['till_unknown'],
  }),
  askRefund: route({
    method: 'POST',
    path: '/api/counter/tills/:tillId/refunds/:number/query',
    permission: 'till.act',
    summary:
      'Asks the payment service what became of a refund, under the same refund number; what was refused is asked for anew.',
    params: refundNumber,
    output: tillRefund,
    refusals: ['till_unknown', 'not_found'],
  }),
  refundInCash: route({
    method: 'POST',
    path: '/api/counter/tills/:tillId/refunds/:number/cash',
    permission: 'till.act',
    summary:
      'Gives back in cash what the payment service refused, with a supervisor’s code; never while nobody knows its end.',
    params: refundNumber,
    body: z.object({ key: id, reason: line, supervisorCode: z.string().max(12) }),
    output: tillRefund,
    refusals: [
      'till_unknown',
      'shift_not_open',
      'not_found',
      'refund_not_refused',
      'supervisor_code_wrong',
      'supervisor_code_locked',
      'supervisor_same_person',
    ],
  }),
  takeAlong: route({
    method: 'POST',
    path: '/api/counter/tills/:tillId/reserve',
    permission: 'till.act',
    summary:
      'Sets goods aside for this till and holds vouchers of its community for it, so that it can sell without network.',
    params: tillId,
    body: z.object({
      lines: z.array(z.object({ itemId: id, quantity: z.int().min(1) })).max(200),
      vouchers: z.boolean(),
    }),
    output: z.object({ pieces: z.int(), vouchers: z.int(), heldElsewhere: z.int() }),
    refusals: ['till_unknown', 'stock_too_low'],
  }),
  giveBack: route({
    method: 'POST',
    path: '/api/counter/tills/:tillId/reserve/end',
    permission: 'till.act',
    summary: 'Gives back what the till took along, after all it rang up was sent.',
    params: tillId,
    body: z.object({ unsent: z.literal(0) }),
    output: done,
    refusals: ['till_unknown'],
  }),
  writeOff: route({
    method: 'POST',
    path: '/api/counter/tills/:tillId/reserve/write-off',
    permission: 'till.supervise',
    summary:
      'Writes off what a till holds that will not come back: a person, a reason; its goods count as missing.',
    params: tillId,
    body: z.object({ reason: line }),
    output: done,
    refusals: ['till_unknown', 'input_invalid'],
  }),
  setSupervisorCode: route({
    method: 'POST',
    path: '/api/counter/supervisor-code',
    permission: 'till.supervise',
    summary: 'Sets one’s own code of six digits for refunds and prices at tills.',
    body: z.object({ code: supervisorCode }),
    output: done,
    refusals: [],
  }),
};
