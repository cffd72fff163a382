import type { Id } from '@wennuan/basics';
import { releaseHolds } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import type { Award } from './award.ts';
import type { AwardNeeds } from './award.needs.ts';
import { listAwards } from './award.store.ts';

/** The name under which the first part of a list's line is set aside in its fund. */
export const holdNameOf = (listId: Id, awardId: Id): string => `${listId}:${awardId}`;

/**
 * Sets the first part of each line aside, in the fund's pot for persons first, so that nothing is promised twice.
 * Refuses more than fund and pot have (`balance_too_low`).
 */
export async function holdFirstParts(
  needs: AwardNeeds,
  tx: Writing,
  given: { listId: Id; fundId: Id; awards: readonly Award[] },
): Promise<void> {
  await needs.fund.holdAmounts(tx, {
    document: { kind: 'award_list', id: given.listId },
    sourceId: given.fundId,
    lines: given.awards
      .filter((award) => award.amount > 0)
      .map((award) => ({
        id: holdNameOf(given.listId, award.id),
        amountFen: award.amount,
        isPerson: true,
      })),
  });
}

/** Frees what is still set aside for a list: by line, and as one sum where it was held so before. */
export async function freeList(needs: AwardNeeds, tx: Writing, listId: Id): Promise<void> {
  const awards = await listAwards(tx, { listIds: [listId] });
  await releaseHolds(tx.sql, { keys: [listId], at: tx.now });
  await needs.fund.freeAmounts(
    tx,
    awards.map((award) => holdNameOf(listId, award.id)),
  );
}
