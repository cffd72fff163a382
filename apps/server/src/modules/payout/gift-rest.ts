import { Refusal, type Id } from '@wennuan/basics';
import { trace, transfers, type Transfer } from '@wennuan/ledger';
import type { Scoped } from '../../platform/database/database.ts';

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
