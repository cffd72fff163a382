import type { Id } from '@wennuan/basics';
import type { Actor } from '../../../apps/server/src/platform/actor.ts';

/** A thing on sale, as the model knows it: so many fen for so many pieces. */
export interface Thing {
  variantId: Id;
  itemId: Id;
  merchantId: Id;
  fen: number;
  per: number;
}

/** A line of an order with what of it is still bought. */
export interface KnownLine {
  thing: Thing;
  quantity: number;
  left: number;
  amountFen: number;
}
/** What was paid to one merchant with one thing, and what of it went back. */
export interface KnownPayment {
  merchantId: Id;
  means: 'cash' | 'wechat' | 'voucher' | 'seller';
  voucher: KnownVoucher | null;
  fen: number;
  back: number;
}
export interface KnownOrder {
  /** The key it was rung up with, or its own id. */
  key: Id;
  station: number;
  lines: KnownLine[];
  payments: KnownPayment[];
  /** Pieces leave the shelf only with goods that are in stock. */
  fromShelf: boolean;
}
export interface KnownVoucher {
  id: Id;
  valueFen: number;
  station: number;
  /** Whose telephone shows its code. */
  actor: Actor;
  /** What is used of it, less what came back. */
  usedFen: number;
}

/** What was asked for at a till. */
export interface Sold {
  key: Id;
  station: number;
  lines: readonly { thing: Thing; quantity: number; discountFen: number }[];
  payments: readonly { means: KnownPayment['means']; voucher: KnownVoucher | null; fen: number }[];
  fromShelf?: boolean;
}

/** Half up by adding a half and cutting off. */
const halfUp = (over: number, under: number) => Math.floor(over / under + 0.5);

export const priceOf = ({ fen, per }: Thing, quantity: number) => halfUp(quantity * fen, per);
const remaining = (line: KnownLine, left = line.left) =>
  halfUp(line.amountFen * left, line.quantity);

/**
 * What should have happened, by multiplying and adding only: orders with what of them is still bought, vouchers with what of
 * them is spent, shelves, drawers. It takes the product's word for what was sold, for nothing else.
 */
export class Model {
  readonly orders: KnownOrder[] = [];
  readonly vouchers: KnownVoucher[] = [];
  /** Pieces that are gone without being sold, by station and item. */
  readonly gone = new Map<string, number>();
  /** Pieces taken in, by station and item. */
  readonly stocked = new Map<string, number>();
  /** What went in and out at each till, by means. */
  readonly drawers = new Map<Id, Map<string, number>>();
  readonly counts = { orders: 0, refunds: 0, groups: 0, failedGroups: 0, writeOffs: 0 };
  readonly refusals = new Map<string, number>();

  refused(code: string): void {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
  }

  /** An order that was taken, its payments spread over its merchants in their order. */
  sold(sold: Sold, tillId: Id | null = null): KnownOrder {
    const lines = sold.lines.map(({ thing, quantity, discountFen }) => ({
      thing,
      quantity,
      left: quantity,
      amountFen: priceOf(thing, quantity) - discountFen,
    }));
    const open = [...Map.groupBy(lines, (line) => line.thing.merchantId)].map(
      ([merchantId, mine]) => ({
        merchantId,
        fen: mine.reduce((sum, line) => sum + line.amountFen, 0),
      }),
    );
    const payments = sold.payments.flatMap(({ means, voucher, fen }) => {
      let left = fen;
      return open.flatMap((part) => {
        const taken = Math.min(left, part.fen);
        if (taken === 0) return [];
        part.fen -= taken;
        left -= taken;
        return [{ merchantId: part.merchantId, means, voucher, fen: taken, back: 0 }];
      });
    });
    const { key, station, fromShelf = true } = sold;
    const order: KnownOrder = { key, station, lines, payments, fromShelf };
    for (const payment of payments) {
      if (payment.voucher) payment.voucher.usedFen += payment.fen;
      if (tillId) this.#drawer(tillId, payment.means, payment.fen);
    }
    this.orders.push(order);
    this.counts.orders += 1;
    return order;
  }

  /** How much goes back when so many pieces of lines come back. */
  backFen(order: KnownOrder, back: readonly { line: number; quantity: number }[]): number {
    return back.reduce((sum, { line: index, quantity }) => {
      const line = order.lines[index]!;
      return sum + remaining(line) - remaining(line, line.left - quantity);
    }, 0);
  }

  /** Lines given back; answers how much went back in all. */
  givenBack(
    order: KnownOrder,
    back: { line: number; quantity: number; restock: boolean }[],
    tillId: Id | null = null,
  ): number {
    let total = 0;
    const byMerchant = new Map<Id, number>();
    for (const { line: index, quantity, restock } of back) {
      const line = order.lines[index]!;
      const fen = remaining(line) - remaining(line, line.left - quantity);
      line.left -= quantity;
      total += fen;
      const { merchantId } = line.thing;
      byMerchant.set(merchantId, (byMerchant.get(merchantId) ?? 0) + fen);
      if (!restock && order.fromShelf) this.lost(order.station, line.thing.itemId, quantity);
    }
    for (const [merchantId, fen] of byMerchant) this.#payBack(order, { merchantId, fen, tillId });
    this.counts.refunds += 1;
    return total;
  }

  lost(station: number, itemId: Id, quantity: number): void {
    add(this.gone, `${station} ${itemId}`, quantity);
  }

  /** Vouchers get theirs back before money does, the last payment before the earlier. */
  #payBack(
    order: KnownOrder,
    { merchantId, fen, tillId }: { merchantId: Id; fen: number; tillId: Id | null },
  ): void {
    const mine = order.payments.filter((one) => one.merchantId === merchantId).toReversed();
    let left = fen;
    for (const payment of [
      ...mine.filter((one) => one.voucher),
      ...mine.filter((one) => !one.voucher),
    ]) {
      const taken = Math.min(left, payment.fen - payment.back);
      left -= taken;
      payment.back += taken;
      if (payment.voucher) payment.voucher.usedFen -= taken;
      if (tillId) this.#drawer(tillId, payment.means, -taken);
    }
  }

  #drawer(tillId: Id, means: string, fen: number): void {
    const drawer = this.drawers.get(tillId) ?? new Map<string, number>();
    this.drawers.set(tillId, add(drawer, means, fen));
  }

  /** 2 % of what stays bought, half up for each order and merchant, by station. */
  shareFen(station: number): number {
    let sum = 0;
    for (const order of this.orders) {
      if (order.station !== station) continue;
      for (const lines of Map.groupBy(order.lines, (line) => line.thing.merchantId).values()) {
        const goodsFen = lines.reduce((total, line) => total + remaining(line), 0);
        sum += halfUp(goodsFen * 2, 100);
      }
    }
    return sum;
  }

  /** What lies on a station's shelf of an item. */
  onShelf(station: number, itemId: Id): number {
    const key = `${station} ${itemId}`;
    let left = (this.stocked.get(key) ?? 0) - (this.gone.get(key) ?? 0);
    for (const order of this.orders)
      if (order.station === station && order.fromShelf)
        for (const line of order.lines) if (line.thing.itemId === itemId) left -= line.left;
    return left;
  }

  /** What stays paid by order, to hold against what each order says of itself. */
  leftFen(order: KnownOrder): number {
    return order.lines.reduce((sum, line) => sum + remaining(line), 0);
  }
}

function add<Key>(map: Map<Key, number>, key: Key, amount: number): Map<Key, number> {
  return map.set(key, (map.get(key) ?? 0) + amount);
}
