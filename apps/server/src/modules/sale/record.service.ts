import { isRefusal, Refusal, yuanNumber, type Id } from '@wennuan/basics';
import type { TransferCommand } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import { accountOf } from './accounts.ts';
import { postSales, type ToPost } from './post.service.ts';
import { lockShelf, priceBasket } from './price.service.ts';
import { ENTITLEMENTS, type PricedBasket, type SaleCommand, type SaleOutcome } from './sale.ts';
import type { SaleNeeds } from './sale.needs.ts';
import { insertRows, ordersByKey } from './sale.store.ts';
import { draftOf, writeOrders, type Draft } from './write.ts';

/**
 * Records sales that happened: orders with their lines, and in one posting their pieces, each merchant's share
 * and what vouchers paid. The same key again is `already_recorded`. What cannot be sold and payments that do
 * not add up are outcomes; what only the posting finds out (`stock_too_low`, a second voucher of one order
 * refused) is thrown and leaves nothing. System login (`clerk`); call it last in a transaction.
 */
export async function record(
  needs: SaleNeeds,
  tx: Writing,
  commands: readonly SaleCommand[],
): Promise<SaleOutcome[]> {
  const outcomes = new Map<Id, SaleOutcome>();
  const fresh = await unknownOnes(tx, commands, outcomes);
  const shelf = await lockShelf(
    needs,
    tx,
    fresh.map((command) => command.basket),
  );
  const drafts: Draft[] = [];
  for (const command of fresh) {
    const draft = attempt(outcomes, command.key, () => {
      const { basket, rungUp: _rungUp, ...rest } = command;
      const priced = priceBasket(shelf, withRungUp(command), command.at);
      checkPaid(priced, command);
      const draft = draftOf(needs.newId, priced, {
        command: { ...rest, accountId: basket.accountId },
        pickUpCode: null,
      });
      checkMeans(draft);
      return draft;
    });
    if (draft) drafts.push(draft);
  }
  const redeemed = await redeemAll(needs, tx, drafts, outcomes);
  const numbers = await writeOrders(
    tx,
    redeemed.map((one) => one.draft),
  );
  // Somebody wrote the same key at the same moment: everything here is undone and tried again.
  if (numbers.size < redeemed.length)
    throw Object.assign(new Error('sale key race'), { code: '40001' });
  await writeKnownPieces(
    tx,
    redeemed.map((one) => one.draft),
  );
  await postSales(needs, tx, {
    orders: redeemed.map(({ draft, movements }) => toPost(draft, movements)),
    shelf,
  });
  for (const { draft } of redeemed) {
    const number = numbers.get(draft.id)!;
    outcomes.set(draft.command.key, {
      status: 'recorded',
      key: draft.command.key,
      orderId: draft.id,
      number,
    });
  }
  return commands.map((command) => outcomes.get(command.key)!);
}

/** Commands not recorded yet, each key once; the others have their outcome. */
async function unknownOnes(
  tx: Writing,
  commands: readonly SaleCommand[],
  outcomes: Map<Id, SaleOutcome>,
): Promise<SaleCommand[]> {
  const known = await ordersByKey(
    tx,
    commands.map((command) => command.key),
  );
  const fresh = new Map<Id, SaleCommand>();
  for (const command of commands) {
    const before = known.get(command.key);
    if (!before) fresh.set(command.key, command);
    else
      outcomes.set(command.key, {
        status: 'already_recorded',
        key: command.key,
        orderId: before.id,
        number: before.number,
      });
  }
  return [...fresh.values()];
}

/** What was rung up while offline is charged as it was rung up. */
function withRungUp({ basket, rungUp }: SaleCommand) {
  if (!rungUp) return basket;
  const prices = new Map(rungUp.map((one) => [one.variantId, one.priceFen]));
  return {
    ...basket,
    lines: basket.lines.map((line) => {
      const agreedPriceFen = line.agreedPriceFen ?? prices.get(line.variantId);
      return agreedPriceFen === undefined ? line : { ...line, agreedPriceFen };
    }),
  };
}

function checkPaid(priced: PricedBasket, { payments }: SaleCommand): void {
  const paid = payments.reduce((sum, payment) => sum + payment.amountFen, 0);
  const whole = payments.every(
    (payment) => Number.isSafeInteger(payment.amountFen) && payment.amountFen > 0,
  );
  if (paid !== priced.goodsFen || !whole)
    throw new Refusal('payment_differs', {
      paid: yuanNumber(paid),
      due: yuanNumber(priced.goodsFen),
    });
}

/** A voucher is charity money already: it buys nothing of a charity sale. */
function checkMeans({ priced, payments }: Draft): void {
  const charity = new Set(
    priced.parts.filter((part) => part.charity).map((part) => part.merchantId),
  );
  if (payments.some((one) => ENTITLEMENTS.has(one.means) && charity.has(one.merchantId)))
    throw new Refusal('charity_sale_no_voucher', {}, 'payments');
}

function attempt<T>(outcomes: Map<Id, SaleOutcome>, key: Id, work: () => T): T | null {
  try {
    return work();
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    outcomes.set(key, { status: 'refused', key, code: thrown.code, params: thrown.params });
    return null;
  }
}

/** Lets vouchers pay; a refused one refuses its sale, or everything when another of the sale was written. */
async function redeemAll(
  needs: SaleNeeds,
  tx: Writing,
  drafts: readonly Draft[],
  outcomes: Map<Id, SaleOutcome>,
): Promise<{ draft: Draft; movements: TransferCommand[] }[]> {
  const done: { draft: Draft; movements: TransferCommand[] }[] = [];
  for (const draft of drafts) {
    const vouchers = draft.payments.filter((payment) => ENTITLEMENTS.has(payment.means));
    if (vouchers.length === 0) {
      done.push({ draft, movements: [] });
      continue;
    }
    const { movements, refused } = await redeemOf(needs, tx, draft, vouchers);
    if (!refused) done.push({ draft, movements });
    else if (vouchers.length > 1) throw new Refusal(refused.refusal, refused.params);
    else {
      const { key } = draft.command;
      outcomes.set(key, { status: 'refused', key, code: refused.refusal, params: refused.params });
    }
  }
  return done;
}

/** The key of a voucher's use: the payment it was. */
export function useKeyOf(paymentId: Id): string {
  return `sale:${paymentId}`;
}

async function redeemOf(needs: SaleNeeds, tx: Writing, draft: Draft, vouchers: Draft['payments']) {
  const { outcomes, movements } = await needs.benefit.redeem(
    tx,
    vouchers.map((payment) => {
      const part = draft.priced.parts.find((one) => one.merchantId === payment.merchantId)!;
      return {
        key: useKeyOf(payment.id),
        entitlementId: payment.entitlementId!,
        amountFen: payment.amountFen,
        merchantId: payment.merchantId,
        payableId: accountOf('payable', payment.merchantId),
        placeId: draft.priced.placeId,
        goods: part.lines.map(({ category, amountFen }) => ({ category, amountFen })),
        purchase: `${draft.id}:${payment.merchantId}`,
        proof: payment.proof ?? { scanId: draft.command.key },
        at: draft.command.at,
      };
    }),
  );
  const refused = outcomes.find((outcome) => outcome.status === 'refused');
  return { movements, refused };
}

/** Notes the pieces of lines that were set aside before. */
async function writeKnownPieces(tx: Writing, drafts: readonly Draft[]): Promise<void> {
  await insertRows(
    tx,
    'sale_piece',
    drafts.flatMap((draft) =>
      draft.parts.flatMap(({ part, lineIds }) =>
        part.lines.flatMap((line, index) =>
          (line.pieces ?? []).map((piece) => ({
            line_id: lineIds[index]!,
            stock_id: piece.stockId,
            lot_id: piece.lotId,
            area_id: draft.priced.areaId,
            account_id: piece.accountId,
            quantity: piece.quantity,
          })),
        ),
      ),
    ),
  );
}

function toPost(draft: Draft, redemptions: TransferCommand[]): ToPost {
  return {
    orderId: draft.id,
    placeId: draft.priced.placeId,
    areaId: draft.priced.areaId,
    parts: draft.parts.map(({ id, part }) => ({ ...part, id })),
    lines: draft.parts.flatMap(({ part, lineIds }) =>
      part.lines.map((line, index) => ({
        ...line,
        id: lineIds[index]!,
        merchantId: part.merchantId,
      })),
    ),
    vouchers: draft.payments.flatMap((payment) =>
      payment.entitlementId === undefined
        ? []
        : [{ ...payment, entitlementId: payment.entitlementId }],
    ),
    redemptions,
  };
}
