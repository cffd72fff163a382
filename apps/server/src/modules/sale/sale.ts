import { yuanNumber, type Id } from '@wennuan/basics';
import type { GoodsCategory, Language } from '@wennuan/contract';
import { charityLabel, type CharitySale } from '../catalogue/index.ts';

export type SaleChannel = 'mall' | 'till' | 'group_buy' | 'charity_sale';
export type SaleKind = 'counter' | 'pick_up' | 'delivery';
export type SaleState = 'waiting' | 'paid' | 'ready' | 'collected' | 'cancelled' | 'refunded';
export type Means = 'cash' | 'wechat' | 'alipay' | 'sandbox' | 'voucher' | 'coupon';

/** Means that are entitlements: the federation pays the merchant for them. */
export const ENTITLEMENTS: ReadonlySet<Means> = new Set(['voucher', 'coupon']);

/** Something wanted, before it is priced. */
export interface BasketLine {
  variantId: Id;
  /** Pieces of the variant's item. */
  quantity: number;
  /** Taken off the line's amount, by somebody with a right to (a till's supervisor). */
  discountFen?: number;
  /** A price agreed elsewhere (a group-buy's step), instead of the variant's, for `perQuantity` pieces. */
  agreedPriceFen?: number;
  /** Where its pieces lie already, set aside for this sale; without it they leave the place's shelf. */
  pieces?: readonly SetAsidePiece[];
}

/** Pieces set aside earlier with `goods.setAside`. */
export interface SetAsidePiece {
  accountId: Id;
  stockId: Id;
  lotId: Id;
  quantity: number;
}

export interface Basket {
  placeId: Id;
  /** Who buys, where that is known; prices for members and hardship follow from it. */
  accountId: Id | null;
  lines: readonly BasketLine[];
  /** True when it is bought on the network: charity sales that are held at stations only are not sold to it. */
  isOnline?: boolean;
}

export interface PricedLine {
  position: number;
  variantId: Id;
  itemId: Id;
  /** Of a charity sale: the lot it is. */
  lotId: Id | null;
  title: string;
  category: GoodsCategory;
  unit: string;
  quantity: number;
  perQuantity: number;
  normalPriceFen: number;
  priceFen: number;
  priceKind: 'everyone' | 'member' | 'hardship' | 'set';
  discountFen: number;
  /** After discounts. */
  amountFen: number;
  shareFen: number;
  pieces: readonly SetAsidePiece[] | null;
}

/** One merchant's part of an order: what its share is reckoned on. */
export interface PricedPart {
  merchantId: Id;
  merchantName: string;
  shareBasisPoints: number;
  goodsFen: number;
  shareFen: number;
  /** The charity sale it is of: everything goes to its target, its share is the whole. */
  charity: CharitySale | null;
  lines: PricedLine[];
}

export interface PricedBasket {
  placeId: Id;
  areaId: number;
  goodsFen: number;
  shareFen: number;
  /** “商家因您的购买捐出 ¥0.46” */
  shareWords: string;
  parts: PricedPart[];
}

/** What is paid with: `reference` is the payment service's number; vouchers name their entitlement. */
export interface Payment {
  means: Means;
  amountFen: number;
  reference: string;
  /** What was paid under the reference, where this sale is a part of it only. */
  transactionFen?: number;
  entitlementId?: Id;
  /** For vouchers: the scan at the counter, or the till that took the entitlement along offline. */
  proof?: { scanId: Id } | { tillId: Id };
  /** Whose number it went into; without it spread over the order's merchants in their order. */
  merchantId?: Id;
}

/** A sale that happened: paid, handed over or to be fetched. */
export interface SaleCommand {
  /** Made by till or page; the same key is the same sale. */
  key: Id;
  channel: SaleChannel;
  kind: SaleKind;
  basket: Basket;
  payments: readonly Payment[];
  /** When it was rung up; a sale made offline carries its own time. */
  at: Date;
  /** True when it leaves with the buyer; else it waits to be fetched. */
  handedOver: boolean;
  /** Prices as they were rung up while offline: checked for what cannot be, not for what changed since. */
  rungUp?: readonly { variantId: Id; priceFen: number }[];
}

export type SaleOutcome =
  | { status: 'recorded' | 'already_recorded'; key: Id; orderId: Id; number: string }
  | {
      status: 'refused';
      key: Id;
      code: string;
      params: Record<string, string | number>;
    };

/** Lines to give back. */
export interface RefundCommand {
  key: Id;
  orderId: Id;
  lines: readonly { lineId: Id; quantity: number }[];
  reason: string;
  /** True when the pieces go back on the shelf. */
  restock: boolean;
  /** The supervisor whose code allowed it, at a till. */
  allowedBy?: Id | null;
  at: Date;
}

export type RefundOutcome = {
  status: 'refunded' | 'already_refunded';
  key: Id;
  refundId: Id;
  number: string;
  amountFen: number;
  /** What of it was a charity sale's. */
  charityFen: number;
  /** What merchants give less because of it. */
  shareFen: number;
  /** What is given back with which means. */
  back: { means: Means; amountFen: number }[];
};

/** The words before and after paying: what merchants give, and what of it is a charity sale's. */
export function shareWords(
  parts: readonly { shareFen: number; charity: CharitySale | null }[],
  language: Language,
): string {
  const merchantsFen = parts
    .filter((part) => part.charity === null)
    .reduce((sum, part) => sum + part.shareFen, 0);
  const said = merchantsFen === 0 ? [] : [`商家因您的购买捐出 ¥${yuanNumber(merchantsFen)}`];
  const sales = new Map(parts.flatMap((part) => (part.charity ? [[part.charity.id, part]] : [])));
  for (const { charity } of sales.values()) said.push(charityLabel(charity!, language).words);
  return said.join('；');
}

/** Lines as vouchers may pay for them: nothing of a charity sale, which is charity's already. */
export function payableLines(priced: Pick<PricedBasket, 'parts'>): PricedLine[] {
  return priced.parts.flatMap((part) =>
    part.charity ? part.lines.map((line) => ({ ...line, amountFen: 0 })) : part.lines,
  );
}
