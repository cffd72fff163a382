import type { Id } from '@wennuan/basics';
import type { GoodsCategory } from '@wennuan/contract';

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
}

export interface PricedLine {
  position: number;
  variantId: Id;
  itemId: Id;
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
  /** What is given back with which means. */
  back: { means: Means; amountFen: number }[];
};

/** The words before and after paying; nothing is said of a share of zero. */
export function shareWords(shareFen: number): string {
  if (shareFen === 0) return '';
  const yuan = `${Math.trunc(shareFen / 100)}.${String(shareFen % 100).padStart(2, '0')}`;
  return `商家因您的购买捐出 ¥${yuan}`;
}
