import type { Id } from '@wennuan/basics';
import type { Scoped } from '../../platform/database/database.ts';
import type { AwardNeeds } from './award.needs.ts';

/**
 * The fund that a definition names: by the fund's code, or by the word the federation has given to a fund
 * (`award_fund`), so that a definition written elsewhere need not know our codes. Null when there is none.
 */
export async function fundOf(
  needs: Pick<AwardNeeds, 'fund'>,
  tx: Scoped,
  named: string | null,
): Promise<{ id: Id; name: string } | null> {
  if (named === null) return null;
  const [byCode] = await needs.fund.listFunds(tx, { code: named });
  if (byCode) return byCode;
  const given = await tx.db
    .selectFrom('award_fund')
    .select('fund_id')
    .where('word', '=', named)
    .executeTakeFirst();
  if (!given) return null;
  const [fund] = await needs.fund.listFunds(tx, { ids: [given.fund_id] });
  return fund ?? null;
}

/** Says which fund a word of definitions means; federation or system login. */
export async function nameFund(tx: Scoped, word: string, fundId: Id): Promise<void> {
  await tx.db
    .insertInto('award_fund')
    .values({ word, fund_id: fundId })
    .onConflict((conflict) => conflict.column('word').doUpdateSet({ fund_id: fundId }))
    .execute();
}
