import { z } from 'zod';
import { goodsCategories, benefitKinds } from './benefit.ts';
import { charityLabel } from './catalogue.ts';
import { id, instant, plainDate, sumFen } from './values.ts';

/** What a till takes money with. Other entitlements than coupons count as vouchers. */
export const tillMeans = ['cash', 'wechat', 'voucher', 'coupon'] as const;
export const codePaymentStates = ['unknown', 'paying', 'paid', 'reversed', 'failed'] as const;
/** Lines of one sale at a till. */
export const TILL_LINES_MOST = 200;

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
export const heldVoucher = tillVoucher
  .omit({ scanId: true })
  .extend({ serial: z.int(), key: z.string() });
export const tillSale = z.object({
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
export const tillOutcome = z.object({
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
/** Money that goes back with one means: what goes through a payment service may take its time, or be refused. */
const moneyBack = z.object({
  means: z.string(),
  amountFen: sumFen,
  state: z.enum(['asked', 'done', 'refused', 'in_cash']),
  /** Why the payment service will not give it back. */
  refusal: z.string().nullable(),
});
export const tillRefund = z.object({
  number: z.string(),
  amountFen: sumFen,
  back: z.array(moneyBack),
});
