import type { Id } from '@wennuan/basics';
import { statement, type StatementCursor } from '@wennuan/ledger';
import type { Scoped } from '../../platform/database/database.ts';

const DAYS = 30;
const DAY_MILLIS = 86_400_000;
const LINES_PER_READ = 500;
const READS_MOST = 10;

/**
 * What left an account a day in the last thirty days, in fen, from its own statement. Of a very busy account the
 * latest 5,000 lines are looked at, and the time they cover.
 */
export async function paceOf(tx: Scoped, accountId: Id): Promise<number> {
  const since = tx.now.getTime() - DAYS * DAY_MILLIS;
  let spentFen = 0;
  let before: StatementCursor | undefined;
  for (let read = 0; read < READS_MOST; read += 1) {
    const page = await statement(tx.sql, { accountId, limit: LINES_PER_READ, before });
    for (const line of page.lines) {
      if (line.at.getTime() < since) return Math.round(spentFen / DAYS);
      if (line.direction === 'out') spentFen += line.amount;
    }
    const oldest = page.lines.at(-1)?.at.getTime();
    if (!page.next || oldest === undefined) break;
    if (read === READS_MOST - 1)
      return Math.round((spentFen * DAY_MILLIS) / Math.max(DAY_MILLIS, tx.now.getTime() - oldest));
    before = page.next;
  }
  return Math.round(spentFen / DAYS);
}
