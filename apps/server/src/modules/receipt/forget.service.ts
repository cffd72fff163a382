import { dateInShanghai, formatYuan, type Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { ReceiptNeeds } from './receipt.needs.ts';

/**
 * Forgets a giver at her request: the salts that open her entries in the public log (itself a logged entry), the keys
 * of what was sealed with her gifts (names, confirmations, payers of fiscal receipts), the links to her account and
 * the names she let be shown. Amounts, days and uses stay, as the books must. Answers how many gifts. System login.
 */
export async function forgetGiver(
  needs: ReceiptNeeds,
  tx: Writing,
  { accountId, reason }: { accountId: Id; reason: string },
): Promise<number> {
  const gifts = await needs.donation.giftFacts(tx, { accountId });
  if (gifts.length === 0) return 0;
  const ids = gifts.map((gift) => gift.id);
  await needs.donation.unlinkGiver(tx, { accountId, giftIds: ids });
  await needs.vault.destroy(tx, ids);
  // Last, as it takes the log's lock.
  await needs.publication.forget(tx, {
    transferIds: gifts.map((gift) => gift.transferId),
    reason,
  });
  return gifts.length;
}

/** The same, in words for her; null when she gave nothing. */
export async function forgetOwn(
  needs: ReceiptNeeds,
  tx: Writing,
  asked: { accountId: Id; reason: string },
): Promise<string | null> {
  const count = await forgetGiver(needs, tx, asked);
  if (count === 0) return null;
  return (
    `您的 ${count} 笔捐赠已与您断开：留名、捐赠确认、票据抬头和公开账本里能打开这些条目的钥匙都已销毁。` +
    '金额、日期和用途依法保存，账本照样完整。'
  );
}

const OWN_MOST = 2_000;
const WORDS = {
  zh: { gifts: '捐赠记录', number: '编号', day: '日期', amount: '金额', target: '捐给' },
  en: { gifts: 'Gifts', number: 'Number', day: 'Date', amount: 'Amount', target: 'Given to' },
} as const;

/** The caller's gifts as rows of her my-data page. Resident login. */
export async function ownSections(
  needs: ReceiptNeeds,
  tx: Scoped,
): Promise<{ title: string; rows: Record<string, string>[] }[]> {
  const accountId = tx.actor.accountId!;
  const gifts = await needs.donation.giftFacts(tx, { accountId, limit: OWN_MOST });
  const say = WORDS[tx.actor.language];
  return [
    {
      title: say.gifts,
      rows: gifts.map((gift) => ({
        [say.number]: gift.number,
        [say.day]: dateInShanghai(gift.at),
        [say.amount]: formatYuan(gift.amountFen),
        [say.target]: gift.targetLabel,
      })),
    },
  ];
}
