import { parseYuan, Refusal, yuanNumber, type Id } from '@wennuan/basics';
import { trace, transfers, type Transfer } from '@wennuan/ledger';
import type { Scoped } from '../../platform/database/database.ts';
import type { PaymentToReturn } from '../payment/index.ts';
import type { PayoutNeeds } from './payout.needs.ts';

/**
 * What of a gift still lies where it was given to. The ledger has the last word when something is posted
 * out of it; this is what a form shows and checks before.
 */
export async function unspentOf(
  tx: Scoped,
  transferId: Id,
): Promise<{ entry: Transfer; amountFen: number }> {
  const [entry] = await transfers(tx.sql, [transferId]);
  if (!entry) throw new Refusal('gift_unknown');
  const traced = await trace(tx.sql, {
    start: { transferId },
    direction: 'forward',
    maxHops: 1,
  });
  const amountFen = traced.resting
    .filter((piece) => piece.hop === 0)
    .reduce((sum, piece) => sum + piece.amount, 0);
  return { entry, amountFen };
}

/** Where a gift's money lies now, how much of it is left there, and the payment that brought it. */
export interface GiftLies {
  accountId: Id;
  entryId: Id;
  restFen: number;
  payment: PaymentToReturn | undefined;
}

/**
 * Finds a gift's money: where it was given to, or, once the project it came under was attached to a campaign,
 * there. Refuses `gift_unknown`.
 */
export async function whereItLies(
  needs: Pick<PayoutNeeds, 'payment'>,
  tx: Scoped,
  gift: { id: Id; transferId: Id; targetId: Id },
): Promise<GiftLies> {
  const payment = (await needs.payment.paymentsToReturn(tx, [gift.id])).get(gift.id);
  const entryId = payment?.entryId ?? gift.transferId;
  const accountId = payment?.accountId ?? gift.targetId;
  const { amountFen } = await unspentOf(tx, entryId);
  return { accountId, entryId, restFen: amountFen, payment };
}

/**
 * Reads how much of what is left somebody means; nothing written means all of it. Refuses `amount_invalid`,
 * and `already_spent` with what is left.
 */
export function amountOf(amountYuan: string, leftFen: number): number {
  const amountFen = amountYuan.trim() === '' ? leftFen : parseYuan(amountYuan);
  if (!amountFen && leftFen > 0) throw new Refusal('amount_invalid', {}, 'amountYuan');
  if (!amountFen || amountFen > leftFen)
    throw new Refusal('already_spent', { left: yuanNumber(leftFen) }, 'amountYuan');
  return amountFen;
}
