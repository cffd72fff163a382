import type { Scoped, Writing } from '../../platform/database/database.ts';
import { priceBasket, readShelf } from './price.service.ts';
import { record } from './record.service.ts';
import { refund } from './refund.service.ts';
import type { Basket, PricedBasket, RefundCommand, SaleCommand } from './sale.ts';
import type { SaleNeeds } from './sale.needs.ts';

export { accountOf } from './accounts.ts';
export { amountOf, shareOf, spread } from './money.ts';
export type {
  Basket,
  BasketLine,
  Means,
  Payment,
  PricedBasket,
  PricedLine,
  PricedPart,
  RefundCommand,
  RefundOutcome,
  SaleCommand,
  SaleOutcome,
  SetAsidePiece,
} from './sale.ts';
export type { SaleNeeds } from './sale.needs.ts';
export type Sale = ReturnType<typeof createSale>;

/**
 * Buying: prices, orders, the merchant's share, refunds. The seller's money never enters the ledger; what does are the
 * pieces, the share (receivable → due) and what vouchers paid (entitlement → payable).
 */
export function createSale(needs: SaleNeeds) {
  return {
    /** Prices a basket with the share in words; refuses what cannot be sold. System login (`clerk`). */
    price: async (tx: Scoped, basket: Basket): Promise<PricedBasket> =>
      priceBasket(await readShelf(needs, tx, [basket]), basket, tx.now),
    /** Records sales; one posting. System login (`clerk`); call it last in a transaction. */
    record: (tx: Writing, commands: readonly SaleCommand[]) => record(needs, tx, commands),
    /** Gives lines of orders back in part; one posting. System login (`clerk`); call it last. */
    refund: (tx: Writing, commands: readonly RefundCommand[]) => refund(needs, tx, commands),
  };
}
