import type { Id } from '@wennuan/basics';
import type { TransferCommand } from '@wennuan/ledger';
import { CHANNEL_FEES, PLATFORM_MATCHING, REFUNDS_OWED, WECHAT_CHANNEL } from '../fund/index.ts';
import type { PaymentChange, PostingKind, RefundToPost } from '../payment/index.ts';
import { channelAccount } from './books.ts';

/** A posting of money that leaves, and what to note of it. */
export interface Leaving {
  command: TransferCommand;
  paymentId: Id | null;
  refundId: Id | null;
  kind: PostingKind;
}

/** Where a gift's money lies: what goes back goes back from there. */
export interface Entry {
  accountId: Id;
  entryId: Id;
  matchEntryId: Id | null;
}

/** All that leaves because of what is newly known of a payment: its fee first, then what went back. */
export function leavingOf(change: PaymentChange, entry: Entry): Leaving[] {
  const { paymentId } = change;
  const legs: Leaving[] = [];
  if (change.feeFen > 0)
    legs.push(
      leg({ kind: 'fee', paymentId, refundId: null }, entry, {
        key: `fee:${paymentId}`,
        to: CHANNEL_FEES,
        amount: change.feeFen,
        reason: 'channel_fee',
      }),
    );
  for (const refund of change.refunds)
    legs.push(...refundLegs(refund, { paymentId, channel: change.channel, entry }));
  for (const { refundId, amountFen } of change.madeGood)
    legs.push(
      leg({ kind: 'made_good', paymentId, refundId }, entry, {
        key: `made-good:${refundId}`,
        to: REFUNDS_OWED,
        amount: amountFen,
        reason: 'made_good',
      }),
    );
  if (change.isWhollyRefunded && change.totalMatchedFen > 0 && entry.matchEntryId)
    legs.push(
      leg(
        { kind: 'match_returned', paymentId, refundId: null },
        { ...entry, entryId: entry.matchEntryId },
        {
          key: `match-returned:${paymentId}`,
          to: PLATFORM_MATCHING,
          amount: change.totalMatchedFen,
          reason: 'matching_returned',
        },
      ),
    );
  return legs;
}

/**
 * A refund: what the gift gives back, and what the channel gives back of its fee. Of an order nobody knows
 * the money comes from the receivable, until its gift is told of.
 */
export function refundLegs(
  refund: RefundToPost,
  gift: { paymentId: Id; channel: PaymentChange['channel']; entry: Entry } | null,
): Leaving[] {
  const { refundId, key, amountFen, feeReturnedFen } = refund;
  const named = { paymentId: gift?.paymentId ?? null, refundId };
  const to = gift ? channelAccount[gift.channel] : WECHAT_CHANNEL;
  if (refund.isFeeOnly)
    return [
      leg({ ...named, kind: 'fee_made_good' }, CHANNEL_FEES, {
        key: `fee-returned:${key}`,
        to: REFUNDS_OWED,
        amount: feeReturnedFen,
        reason: 'fee_returned',
      }),
    ];
  const own = { key: `refund:${key}`, to, amount: amountFen - feeReturnedFen, reason: 'refund' };
  const fee = { key: `fee-returned:${key}`, to, amount: feeReturnedFen, reason: 'fee_returned' };
  const legs: Leaving[] = [];
  if (own.amount > 0)
    legs.push(leg({ ...named, kind: 'refund' }, gift?.entry ?? REFUNDS_OWED, own));
  if (fee.amount > 0) legs.push(leg({ ...named, kind: 'fee_returned' }, CHANNEL_FEES, fee));
  return legs;
}

/** A posting out of a gift's entry, or out of an account at the edge of the books. */
function leg(
  named: Omit<Leaving, 'command'>,
  from: Entry | Id,
  what: Pick<TransferCommand, 'key' | 'to' | 'amount' | 'reason'>,
): Leaving {
  const document = { kind: what.reason, id: named.refundId ?? named.paymentId! };
  const source = typeof from === 'string' ? { from } : { from: from.accountId, of: from.entryId };
  return { ...named, command: { ...what, ...source, document, actor: null } };
}
