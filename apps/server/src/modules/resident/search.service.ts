import { dateInShanghai, type Id } from '@wennuan/basics';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import { openIdentity } from './identity.ts';
import { viewPersons, type PersonView } from './person.service.ts';
import type { ResidentNeeds } from './resident.needs.ts';
import { listPersons, readPersons, type PersonRow } from './resident.store.ts';
import { readSearch, type Plan } from './search.ts';
import { findByTerms } from './search.store.ts';
import { termNumber } from './terms.ts';

/** Persons that one way of understanding opens at most: whoever gets more than that types more. */
const OPENED_AT_MOST = 200;

/** Persons of the caller's areas or rosters: the newest files, or whom a typed text means. */
export async function findPersons(
  needs: ResidentNeeds,
  actor: Actor,
  search: { text?: string | undefined; after?: string | undefined; limit: number },
): Promise<{ items: PersonView[]; next: Id | null; isCut: boolean }> {
  return await needs.database.read(actor, async (tx) => {
    if (search.text) {
      const { rows, isCut } = await findMatches(needs, tx, {
        text: search.text,
        limit: search.limit,
      });
      return { items: await viewPersons(needs, tx, rows), next: null, isCut };
    }
    const rows = await listPersons(tx, search);
    const shown = rows.slice(0, search.limit);
    const hasMore = rows.length > search.limit;
    return {
      items: await viewPersons(needs, tx, shown),
      next: hasMore ? shown.at(-1)!.id : null,
      isCut: false,
    };
  });
}

/**
 * Whom a typed text means, likeliest reading first: terms find her by equality, and what was typed is compared with what
 * her opened file says, as a hash may be another's. `isCut` when there may be more than were looked at.
 */
export async function findMatches(
  needs: ResidentNeeds,
  tx: Scoped,
  search: { text: string; limit: number },
): Promise<{ rows: PersonRow[]; isCut: boolean }> {
  const found = new Map<Id, PersonRow>();
  let isCut = false;
  for (const plan of readSearch(search.text, dateInShanghai(tx.now))) {
    const { rows, isFull } = await findByPlan(needs, tx, plan);
    for (const row of rows) found.set(row.id, row);
    isCut ||= isFull;
    if (found.size >= search.limit) break;
  }
  return {
    rows: [...found.values()].slice(0, search.limit),
    isCut: isCut || found.size > search.limit,
  };
}

async function findByPlan(
  needs: ResidentNeeds,
  tx: Scoped,
  plan: Plan,
): Promise<{ rows: PersonRow[]; isFull: boolean }> {
  const terms = plan.terms.map((term) => termNumber(needs.vault, term));
  const ids = await findByTerms(tx, terms, OPENED_AT_MOST);
  const rows = await readPersons(tx, ids);
  const boxes = await needs.vault.findBoxes(
    tx,
    rows.map((row) => row.id),
  );
  const fitting = rows.filter((row) => {
    const box = boxes.get(row.id);
    return box !== undefined && row.merged_into === null && plan.fits(openIdentity(row, box));
  });
  return { rows: fitting, isFull: ids.length === OPENED_AT_MOST };
}
