import type { Id } from '@wennuan/basics';
import type { Writing } from '../../platform/database/database.ts';
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
