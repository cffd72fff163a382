import { formatYuan, Refusal, type Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Owned } from '../benefit/index.ts';
import type { OrderRow } from './order.store.ts';
import { shareApart } from './money.ts';
import { payableLines, type Payment, type PricedBasket } from './sale.ts';
import type { SaleNeeds } from './sale.needs.ts';
import { lockOrders, readCart } from './sale.store.ts';

/** How a cart is paid: what each voucher pays to each merchant, and what is left to pay in money. */
export interface VoucherPlan {
  parts: { merchantId: Id; vouchers: { one: Owned; amountFen: number }[]; moneyFen: number }[];
  voucherFen: number;
  moneyFen: number;
  /** Of the merchants' shares, what stands against vouchers: shown apart, no new giving. */
  voucherShareFen: number;
}

/** What chosen entitlements pay of a priced cart, in their order, each for what it covers only. */
export function planVouchers(
  needs: Pick<SaleNeeds, 'benefit'>,
  priced: PricedBasket,
  chosen: readonly Owned[],
): VoucherPlan {
  const goods = payableLines(priced);
  const paid = needs.benefit.planOf(chosen, goods);
  const parts = priced.parts.map((part) => {
    const vouchers = chosen.flatMap((one, index) => {
      const amountFen = goods.reduce(
        (sum, line, at) => sum + (part.lines.includes(line) ? paid[index]![at]! : 0),
        0,
      );
      return amountFen > 0 ? [{ one, amountFen }] : [];
    });
    const voucherFen = vouchers.reduce((sum, { amountFen }) => sum + amountFen, 0);
    return {
      merchantId: part.merchantId,
      vouchers,
      moneyFen: part.goodsFen - voucherFen,
      voucherShareFen: shareApart(part.shareFen, { voucherFen, goodsFen: part.goodsFen }),
    };
  });
  const moneyFen = parts.reduce((sum, part) => sum + part.moneyFen, 0);
  return {
    parts,
    moneyFen,
    voucherFen: priced.goodsFen - moneyFen,
    voucherShareFen: parts.reduce((sum, part) => sum + part.voucherShareFen, 0),
  };
}

/**
 * Plans the vouchers of an order, and keeps them for it until it is paid or cancelled (the cart's key holds them). Refuses
 * what cannot be used, and `vouchers_pay_other` when less or more is left to pay than the buyer saw. System login.
 */
export async function holdVouchers(
  needs: SaleNeeds,
  tx: Writing,
  command: {
    accountId: Id;
    cartKey: Id;
    priced: PricedBasket;
    ids: readonly Id[];
    shownMoneyFen: number | undefined;
  },
): Promise<VoucherPlan> {
  const { accountId, cartKey, priced, ids } = command;
  const owned = ids.length > 0 ? await needs.benefit.ownedBy(tx, { accountId, lock: true }) : [];
  const plan = planVouchers(needs, priced, needs.benefit.chooseOwned(owned, ids));
  if (command.shownMoneyFen !== undefined && command.shownMoneyFen !== plan.moneyFen)
    throw new Refusal('vouchers_pay_other', {
      voucher: formatYuan(plan.voucherFen),
      money: formatYuan(plan.moneyFen),
    });
  const paying = new Set(plan.parts.flatMap((part) => part.vouchers.map(({ one }) => one.id)));
  const outcomes = await needs.benefit.holdFor(tx, {
    entitlementIds: [...paying].toSorted(),
    placeId: priced.placeId,
    tillId: cartKey,
    forOrder: true,
  });
  if (outcomes.some((one) => one.status !== 'held' && one.status !== 'already_held'))
    throw new Refusal('voucher_over', {}, 'vouchers');
  return plan;
}

/** The payments of one merchant's order: its vouchers first, then money into its own number. */
export function paymentsOf(
  plan: VoucherPlan,
  { merchantId, cartKey, means }: { merchantId: Id; cartKey: Id; means: 'wechat' | 'sandbox' },
): Payment[] {
  const part = plan.parts.find((one) => one.merchantId === merchantId)!;
  const vouchers = part.vouchers.map(({ one, amountFen }): Payment => ({
    means: one.kind === 'coupon' ? 'coupon' : 'voucher',
    amountFen,
    reference: '',
    entitlementId: one.id,
    proof: { tillId: cartKey },
    merchantId,
  }));
  if (part.moneyFen === 0) return vouchers;
  return [...vouchers, { means, amountFen: part.moneyFen, reference: '', merchantId }];
}

/** Locks an order, and with it every order of the same cart: they share what is held for them. */
export async function lockCart(tx: Writing, orderId: Id): Promise<OrderRow | undefined> {
  const ids = await readCart(tx, orderId);
  return (await lockOrders(tx, ids)).find((order) => order.id === orderId);
}

/** Ends what was held for a cart once no other order of it waits. Its orders are locked. System login; call it last. */
export async function endCart(needs: SaleNeeds, tx: Writing, order: OrderRow): Promise<void> {
  if (!order.held_for) return;
  const cart = await lockOrders(tx, await readCart(tx, order.id));
  if (cart.some((one) => one.id !== order.id && one.state === 'waiting')) return;
  await needs.benefit.endHolds(tx, { tillId: order.held_for, how: 'sync', reason: null });
}

/** The vouchers an account may choose from for a priced cart, with what each could pay of it alone. System login. */
export async function choices(
  needs: Pick<SaleNeeds, 'benefit'>,
  tx: Scoped,
  { accountId, priced }: { accountId: Id; priced: PricedBasket },
): Promise<{ one: Owned; payableFen: number }[]> {
  const goods = payableLines(priced);
  return (await needs.benefit.ownedBy(tx, { accountId })).map((one) => ({
    one,
    payableFen: needs.benefit.planOf([one], goods)[0]!.reduce((sum, fen) => sum + fen, 0),
  }));
}
