import { describe, expect, test } from 'vitest';
import type { Award } from './award.ts';
import type { PersonTie } from './list.store.ts';
import { partByTies } from './recusal.ts';

const award = (id: string) => ({ id, personId: `person ${id}`, areaId: 1 }) as Award;
const tie = (id: string, accountId: string, ...roles: string[]): PersonTie => ({
  personId: `person ${id}`,
  accountId,
  tie: 'declared',
  roles,
});
const awards = ['a', 'b', 'c', 'd', 'e', 'f'].map(award);
const names = (some: readonly Award[]) => some.map(({ id }) => id).join('');

describe('parting a list by ties', () => {
  test('nobody’s relatives stay together', () => {
    const parted = partByTies(awards, [], 'proposer');
    expect(names(parted.clear)).toBe('abcdef');
    expect(parted.recusals).toEqual([]);
  });

  test('each tie goes where the one who has it does not decide, and is written down', () => {
    const parted = partByTies(
      awards,
      [
        tie('a', 'approver 1', 'federation_approver'),
        tie('b', 'approver 2', 'federation_approver'),
        tie('c', 'approver 1', 'federation_approver'),
        tie('d', 'proposer', 'street_officer'),
        tie('e', 'worker', 'community_worker'),
        // A neighbour with an account and no role has nothing to stand aside from.
        tie('f', 'neighbour', 'resident'),
      ],
      'proposer',
    );
    expect(names(parted.clear)).toBe('f');
    expect(names(parted.others)).toBe('d');
    expect(parted.aside.map((group) => [names(group.awards), group.accountIds])).toEqual([
      ['ac', ['approver 1']],
      ['b', ['approver 2']],
      ['e', ['worker']],
    ]);
    expect(parted.recusals.map((one) => `${one.awardId} ${one.role}`)).toEqual([
      'a approver',
      'b approver',
      'c approver',
      'd proposer',
      'e staff',
    ]);
  });

  test('who speaks for an enterprise that gives is seen too', () => {
    const { recusals, clear } = partByTies(
      [award('a')],
      [tie('a', 'agent', 'resident', 'enterprise_agent')],
      'proposer',
    );
    expect(recusals).toMatchObject([{ role: 'giver' }]);
    expect(clear).toEqual([]);
  });
});
