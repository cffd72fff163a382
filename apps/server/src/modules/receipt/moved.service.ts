import { formatYuan, type Id } from '@wennuan/basics';
import type { SequencedEvent } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import type { PaidOut } from '../fund/index.ts';
import type { ReceiptNeeds } from './receipt.needs.ts';

/** Of one payment; those who gave the most of it are told first. */
const GIFTS_MOST = 20_000;

/**
 * Tells givers with an account that their gifts were used: one message for each payment and person, however many of
 * her gifts are in it and however many hops they took. Who switched such messages off is not told; none comes by text
 * at night. Each event is consumed once, so each payment is told once. System login.
 */
export async function tellMoved(
  needs: ReceiptNeeds,
  tx: Writing,
  events: readonly SequencedEvent[],
): Promise<void> {
  const numbers = events.flatMap((event) => (event.body as { number?: string }).number ?? []);
  const messages = [];
  for (const payment of await needs.fund.paidByNumber(tx, numbers))
    messages.push(...(await messagesOf(needs, tx, payment)));
  await needs.message.send(tx, messages);
}

async function messagesOf(needs: ReceiptNeeds, tx: Writing, payment: PaidOut) {
  const shares = await needs.fund.payersOf(tx, payment.transferIds, GIFTS_MOST);
  if (shares.size === 0) return [];
  const gifts = await needs.donation.giftFacts(tx, { ids: [...shares.keys()] });
  const byAccount = Map.groupBy(
    gifts.filter((gift) => gift.accountId !== null),
    (gift) => gift.accountId!,
  );
  if (byAccount.size === 0) return [];
  const source = (await needs.fund.purposes(tx, [payment.sourceId])).get(payment.sourceId);
  return [...byAccount].map(([accountId, own]) => {
    const amountFen = own.reduce((sum, gift) => sum + (shares.get(gift.id) ?? 0), 0);
    return {
      accountId,
      topic: 'gift_moved' as const,
      title: '您的捐款有了新去向',
      body: movedWords(payment, { amountFen, label: source?.label ?? '' }),
      link: linkOf(own),
    };
  });
}

/** A person who was helped is never named, nor her day or street. */
function movedWords(
  payment: PaidOut,
  { amountFen, label }: { amountFen: number; label: string },
): string {
  const amount = formatYuan(amountFen);
  if (payment.payeeKind === 'person')
    return `您捐款中的 ${amount} 从“${label}”帮到了一位困难居民。点开可以看全部去向。`;
  return `您捐款中的 ${amount} 用于“${label}”，付给了${payment.publicPayee ?? '供应单位'}。点开可以看全部去向。`;
}

function linkOf(own: readonly { token: string; id: Id }[]): string {
  return own.length === 1 ? `/gifts/${own[0]!.token}` : '/my/gifts';
}
