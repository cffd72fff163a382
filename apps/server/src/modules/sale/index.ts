import type { Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { systemActor } from '../../platform/actor.ts';
import type { Tick } from '../../platform/tick.ts';
import { cancelOrder, overdueOrders } from './cancel.service.ts';
import { deliveryHandlers } from './delivery.routes.ts';
import { handOverOrder, placeOrders } from './order.service.ts';
import { coveredOrders } from './order.store.ts';
import { forgetOwn, ownSections } from './own.service.ts';
import { takeCovered, takePayment } from './pay.service.ts';
import { collectSale, isWaiting } from './collect.service.ts';
import { priceBasket, readShelf } from './price.service.ts';
import { record } from './record.service.ts';
import { refund } from './refund.service.ts';
import type { Basket, PricedBasket, RefundCommand, SaleCommand } from './sale.ts';
import type { SaleNeeds } from './sale.needs.ts';
import { saleHandlers } from './sale.routes.ts';
import { slipsOf } from './slip.view.ts';
import { askPaid, askSellers, closeAtSellers } from './seller.channel.ts';
import { askRefund, finishPlayedRefunds, refundAtSellers } from './seller.refund.ts';
import { sellerMoneyHandlers } from './seller-money.routes.ts';
import { giveInCash, listMoneyBack } from './seller-refund.store.ts';
import { sandboxNotice, takeNotice } from './seller.sandbox.ts';

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
export type { GroupPayments, SaleNeeds, SellerChannels, SellerSandbox } from './sale.needs.ts';
export { beginWith, type SellerPaying, type SellerPayStep } from './seller.begin.ts';
export type { MoneyBack } from './seller-refund.store.ts';
export type Sale = ReturnType<typeof createSale>;
type DropFirst<T extends unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never;

/**
 * Buying: prices, orders, the merchant's share, refunds. The seller's money never enters the ledger; what does are the
 * pieces, the share (receivable → due) and what vouchers paid (entitlement → payable).
 */
export function createSale(needs: SaleNeeds) {
  const write = <T>(name: string, work: (tx: Writing) => Promise<T>) =>
    needs.database.write(systemActor(name), null, work);
  const ticks: Tick[] = [
    {
      name: 'sale.cancel_unpaid',
      everySeconds: 30,
      async run() {
        for (const orderId of await write('sale.pay_covered', coveredOrders))
          await write('sale.pay_covered', (tx) => takeCovered(needs, tx, orderId));
        for (const orderId of await write('sale.cancel_unpaid', overdueOrders))
          await write('sale.cancel_unpaid', async (tx) => {
            // One that was paid at the last moment stays.
            if (await isWaiting(tx, orderId))
              await cancelOrder(needs, tx, { orderId, reason: '超过付款时间' });
          });
      },
    },
    {
      name: 'sale.sellers',
      everySeconds: 20,
      async run() {
        await askSellers(needs);
        await closeAtSellers(needs);
        await refundAtSellers(needs);
      },
    },
    {
      name: 'sale.refunds',
      everySeconds: 10,
      // Numbers that are played, also at tills, move no real money: giving it back always succeeds.
      run: () => finishPlayedRefunds(needs),
    },
  ];
  return {
    handlers: saleHandlers(needs),
    ticks,
    /** Orders from the phone, goods set aside; system login, posts, call it last. */
    placeOrders: (tx: Writing, command: Parameters<typeof placeOrders>[2]) =>
      placeOrders(needs, tx, command),
    /** Takes a payment that a seller's channel has proved; posts, call it last. */
    takePayment: (tx: Writing, paid: Parameters<typeof takePayment>[2]) =>
      takePayment(needs, tx, paid),
    /** Pays an order that vouchers cover whole; posts, call it last. */
    takeCovered: (tx: Writing, orderId: Id) => takeCovered(needs, tx, orderId),
    cancelOrder: (tx: Writing, command: Parameters<typeof cancelOrder>[2]) =>
      cancelOrder(needs, tx, command),
    /** Notes that a sale's goods were fetched where another module hands them over. */
    collect: collectSale,
    deliveryHandlers: deliveryHandlers(needs),
    sellerMoneyHandlers: sellerMoneyHandlers(needs),
    /** The caller's orders and where she brings orders, for her my-data page. Resident login. */
    ownSections: (tx: Scoped) => ownSections(needs, tx),
    /** Forgets where an account brought orders. System login. */
    forgetOwn,
    /** Hands an order over by its code, or to who will bring it. System login (`clerk`). */
    handOverOrder: (tx: Writing, command: Parameters<typeof handOverOrder>[2]) =>
      handOverOrder(needs, tx, command),
    /** Slips of orders of a place, newest first; never with what they were paid. System login (`clerk`). */
    slips: (tx: Scoped, asked: Parameters<typeof slipsOf>[2]) => slipsOf(needs, tx, asked),
    /** The sandbox's signed notice of a payment, and how notices are taken. */
    sandboxNotice: (orderId: Id) => sandboxNotice(needs, orderId),
    takeNotice: (...given: DropFirst<Parameters<typeof takeNotice>>) => takeNotice(needs, ...given),
    /** Prices a basket with the share in words; refuses what cannot be sold. System login (`clerk`). */
    price: async (tx: Scoped, basket: Basket): Promise<PricedBasket> =>
      priceBasket(await readShelf(needs, tx, [basket]), basket, tx.now),
    /** Records sales; one posting. System login (`clerk`); call it last in a transaction. */
    record: (tx: Writing, commands: readonly SaleCommand[]) => record(needs, tx, commands),
    /** Gives lines of orders back in part; one posting. System login (`clerk`); call it last. */
    refund: (tx: Writing, commands: readonly RefundCommand[]) => refund(needs, tx, commands),
    /** Asks a seller's channel whether something of ours was paid, also a share of a group-buy. */
    askPaid: (asked: { id: Id; number: string }) => askPaid(needs, asked),
    /** How far money is that goes back. System login (`clerk`). */
    listMoneyBack,
    /** Asks at once what becomes of a refund's money; in transactions of its own. */
    askRefund: (refundId: Id) => askRefund(needs, refundId),
    /** Notes that what the payment service refused was given back in cash. System login (`clerk`). */
    giveInCash,
  };
}
