import { z } from 'zod';
import { benefitKinds } from './benefit.ts';
import { charityLabel } from './catalogue.ts';
import { deliveryStates } from './delivery.ts';
import { areaRef, id, instant, plainDate, sumFen } from './values.ts';

export const saleChannels = ['mall', 'till', 'group_buy', 'charity_sale'] as const;
export const saleKinds = ['counter', 'pick_up', 'delivery'] as const;
export const saleStates = [
  'waiting',
  'paid',
  'ready',
  'collected',
  'cancelled',
  'refunded',
] as const;
export const saleMeans = ['cash', 'wechat', 'alipay', 'sandbox', 'voucher', 'coupon'] as const;

export const basketLine = z.object({
  variantId: id,
  /** Pieces of the item: bags, or grams. */
  quantity: z.int().min(1).max(1_000_000),
});
export const basket = z.object({
  placeId: id,
  lines: z.array(basketLine).min(1),
});
export const pricedLine = z.object({
  variantId: id,
  title: z.string(),
  unit: z.string(),
  quantity: z.int(),
  perQuantity: z.int(),
  normalPriceFen: sumFen,
  priceFen: sumFen,
  amountFen: sumFen,
  shareFen: sumFen,
  /** Free at the station; the order is refused when it is less than wanted. */
  available: z.int(),
});
export const pricedPart = z.object({
  merchantId: id,
  merchantName: z.string(),
  goodsFen: sumFen,
  /** What the merchant gives because of this buying. */
  shareFen: sumFen,
  /** Of a charity sale: all of it goes to what is named here. */
  charity: charityLabel.nullable(),
  lines: z.array(pricedLine),
});
/** A basket with today’s prices: one part for each merchant. */
export const pricedBasket = z.object({
  goodsFen: sumFen,
  shareFen: sumFen,
  /** The words to show before paying: “商家因您的购买捐出 ¥0.46”. */
  shareWords: z.string(),
  parts: z.array(pricedPart),
});

/** What of a cart vouchers can pay: one's own, with what each could pay alone, and the plan with those chosen. */
export const voucherPlan = z.object({
  vouchers: z.array(
    z.object({
      id,
      kind: z.enum(benefitKinds),
      label: z.string(),
      leftFen: sumFen,
      paysFor: z.array(z.string()),
      expiresOn: plainDate,
      /** What it could pay of this cart, were it alone. */
      payableFen: sumFen,
      /** What it pays among those chosen. */
      paysFen: sumFen,
      held: z.object({ place: z.string(), since: instant, forOrder: z.boolean() }).nullable(),
    }),
  ),
  voucherFen: sumFen,
  moneyFen: sumFen,
  /** Of the merchants’ shares, what stands against vouchers: shown apart, no new giving. */
  voucherShareFen: sumFen,
});

const saleLine = z.object({
  id,
  title: z.string(),
  unit: z.string(),
  quantity: z.int(),
  amountFen: sumFen,
  shareFen: sumFen,
  refundedQuantity: z.int(),
  refundedFen: sumFen,
});
/** Where the merchant’s share of an order is: promised, or given to the community’s fund with its trace. */
const shareState = z.object({
  merchantName: z.string(),
  shareFen: sumFen,
  /** Of it, what stands against what vouchers paid: no new giving. Null to others than the buyer. */
  voucherShareFen: sumFen.nullable(),
  state: z.enum(['waiting', 'due', 'given', 'returned']),
  /** The community’s fund it reached, and when. */
  fundName: z.string().nullable(),
  fundCode: z.string().nullable(),
  givenOn: plainDate.nullable(),
  charity: charityLabel.nullable(),
});
export const saleOrder = z.object({
  id,
  number: z.string(),
  channel: z.enum(saleChannels),
  kind: z.enum(saleKinds),
  state: z.enum(saleStates),
  placeName: z.string(),
  area: areaRef,
  merchantNames: z.array(z.string()),
  goodsFen: sumFen,
  shareFen: sumFen,
  shareWords: z.string(),
  /** What vouchers pay, what is left to pay in money, and each part; to the buyer only. */
  voucherFen: sumFen.nullable(),
  moneyFen: sumFen.nullable(),
  payments: z.array(
    z.object({
      means: z.enum(saleMeans),
      /** The voucher’s own name. */
      label: z.string().nullable(),
      amountFen: sumFen,
      refundedFen: sumFen,
    }),
  ),
  refundedFen: sumFen,
  placedAt: instant,
  payUntil: instant.nullable(),
  paidAt: instant.nullable(),
  collectedAt: instant.nullable(),
  pickUpCode: z.string().nullable(),
  /** How it is brought; where to is only the buyer’s to read here, and only until it is there. */
  delivery: z
    .object({
      address: z.string().nullable(),
      telephone: z.string().nullable(),
      note: z.string().nullable(),
      state: z.enum(deliveryStates).nullable(),
      carrierName: z.string().nullable(),
    })
    .nullable(),
  /** Who fetched or took it for the buyer; hers to read. */
  pickUpNote: z.string().nullable(),
  lines: z.array(saleLine),
  shares: z.array(shareState),
  refunds: z.array(
    z.object({ number: z.string(), at: instant, amountFen: sumFen, reason: z.string() }),
  ),
});

/** Where a buyer pays into a seller's own number. */
export const sellerPaying = z.object({
  scene: z.enum(['page', 'phone', 'wechat']),
  /** What WeChat sent the buyer back with, inside WeChat. */
  payerCode: z.string().max(256).optional(),
});
/** What she does next: go to an address, scan a code, let WeChat's own window open, or go where WeChat says who she is. */
export const sellerPayStep = z.object({
  kind: z.enum(['redirect', 'code', 'call', 'payer']),
  url: z.string().nullable(),
  qrSvg: z.string().nullable(),
  call: z.record(z.string(), z.string()).nullable(),
});

/** A signed notice that a payment arrived in a seller’s own number. */
export const saleNotice = z.object({
  orderId: id,
  merchantNumber: z.string().max(40),
  transaction: z.string().min(1).max(64),
  amountFen: z.int().min(1),
  paidAt: instant,
  sentAt: instant,
});
