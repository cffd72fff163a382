import type { RouteOutput, routes } from '@wennuan/contract';
import type { Scoped } from '../../platform/database/database.ts';
import { listBankLines, listOpenEntries, readBankBalance, sumMatched } from './bank.store.ts';
import { bankLineViews } from './bank.service.ts';
import { readMonth, readTrialBalance } from './book.service.ts';
import type { BookNeeds } from './book.needs.ts';
import { firstDay, nextMonth } from './months.ts';

/**
 * Bank and books at the end of a month: the balance of each, corrected by what only the other side knows, must
 * be one sum to the fen. What is unmatched stands on both sides.
 */
export async function readReconciliation(
  needs: BookNeeds,
  tx: Scoped,
  month: string,
): Promise<RouteOutput<typeof routes.book.reconciliation>> {
  const until = firstDay(nextMonth(month));
  const { rows } = await readTrialBalance(needs, tx, month);
  const bank = rows.find((row) => row.code === '1002' && row.detail === null);
  const bookFen = (bank?.closingDebitFen ?? 0) - (bank?.closingCreditFen ?? 0);
  const bankFen = await readBankBalance(tx, until);
  const bankOnly = (await listBankLines(tx, { until, unmatched: true })).reverse();
  const bookOnly = await listOpenEntries(tx, until);
  const net = (list: readonly { inFen: number; outFen: number }[]) =>
    list.reduce((sum, one) => sum + one.inFen - one.outFen, 0);
  // Cash on its way is no money of the bank's in the books before a line of the bank meets it.
  const overBank = bookOnly.filter((entry) => entry.kind !== 'deposit');
  const bankAdjustedFen = bankFen === null ? null : bankFen + net(overBank);
  const bookAdjustedFen = bookFen + net(bankOnly);
  const matched = await sumMatched(tx, firstDay(month), until);
  return {
    month: await readMonth(needs, tx, month),
    bankFen,
    bookFen,
    bankAdjustedFen,
    bookAdjustedFen,
    agrees: bankAdjustedFen === bookAdjustedFen,
    bankOnly: await bankLineViews(needs, tx, bankOnly),
    bookOnly,
    matchedCount: matched.count,
    matchedInFen: matched.inFen,
    matchedOutFen: matched.outFen,
  };
}
