import type { Id } from '@wennuan/basics';
import type { Award } from './award.ts';
import type { PersonTie, Recusal, RecusalRole } from './list.store.ts';

export interface Partition {
  /** Lines of nobody's relatives. */
  clear: Award[];
  /** Lines with a tie, by who has it: each on a list that these do not decide. */
  aside: { awards: Award[]; accountIds: Id[] }[];
  /** Lines that this proposer may not propose. */
  others: Award[];
  recusals: Omit<Recusal, 'listId'>[];
}

/**
 * Parts awards by whose relatives are among them (Charity Law 14, 40, 59). A line with a tie to somebody who decides
 * goes on a list of its own, where that one stands aside and others decide; a line with a tie to its proposer waits for
 * another proposer. A tie to anybody else who works here, or speaks for an enterprise that gives, is written down too, and
 * such a line is decided by itself, where it is seen.
 */
export function partByTies(
  awards: readonly Award[],
  ties: readonly PersonTie[],
  proposerId: Id,
): Partition {
  const partition: Partition = { clear: [], aside: [], others: [], recusals: [] };
  const groups = new Map<string, { awards: Award[]; accountIds: Id[] }>();
  for (const award of awards) {
    const mine = ties.flatMap((tie) => {
      const role = tie.personId === award.personId ? roleOf(tie, proposerId) : null;
      return role ? [{ ...tie, role }] : [];
    });
    for (const { accountId, tie, role } of mine)
      partition.recusals.push({ awardId: award.id, areaId: award.areaId, accountId, role, tie });
    if (mine.length === 0) partition.clear.push(award);
    else if (mine.some(({ role }) => role === 'proposer')) partition.others.push(award);
    else {
      const accountIds = [...new Set(mine.map(({ accountId }) => accountId))].toSorted();
      const group = groups.get(accountIds.join()) ?? { awards: [], accountIds };
      group.awards.push(award);
      groups.set(accountIds.join(), group);
    }
  }
  partition.aside = [...groups.values()];
  return partition;
}

/** In which capacity somebody tied to a person has to do with the list; null for a resident like any other. */
function roleOf({ accountId, roles }: PersonTie, proposerId: Id): RecusalRole | null {
  if (accountId === proposerId) return 'proposer';
  if (roles.includes('federation_approver')) return 'approver';
  if (roles.some((role) => role !== 'resident' && role !== 'enterprise_agent')) return 'staff';
  return roles.includes('enterprise_agent') ? 'giver' : null;
}
