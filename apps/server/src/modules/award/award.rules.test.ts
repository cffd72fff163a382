import { describe, expect, test } from 'vitest';
import { samplePolicy } from '../../../test-support/program.ts';
import { boardName, mergeSmall } from './award.ts';
import { isSensitive, mayBeNamed, proofsFor } from './award.rules.ts';

const NOW = new Date('2026-11-23T09:00:00+08:00');
const board = {
  kind: 'paper_board',
  days: 7,
  clause: { zh: '规则', en: 'rule' },
} as const;
const group = (value: string) => ({ field: 'group', operator: 'is', value }) as const;

describe('a paper board', () => {
  const poor = samplePolicy({ criteria: group('minimum_living'), notice: board });

  test('names by surname and 某 only', () => {
    expect(boardName('王秀芳')).toBe('王某');
    expect(boardName('欧阳明')).toBe('欧某');
  });

  test.each([
    ['a disability', group('disabled')],
    ['an illness', group('serious_illness')],
    ['what befell a child', group('child')],
    ['what befell a woman', group('woman')],
    ['a bill', { field: 'own_payment_fen', operator: 'at_least', value: 1 } as const],
    ['a condition beside others', { all: [group('minimum_living'), group('disabled')] }],
  ])('names nobody where %s would be told', (_what, criteria) => {
    const policy = samplePolicy({ criteria, notice: board });
    expect(isSensitive(policy)).toBe(true);
    expect(mayBeNamed(policy, { bornYear: 1950 }, NOW)).toBe(false);
  });

  test('names grown people of other programmes, and nobody who may be seventeen', () => {
    expect(mayBeNamed(poor, { bornYear: 2007 }, NOW)).toBe(true);
    expect(mayBeNamed(poor, { bornYear: 2008 }, NOW)).toBe(false);
    expect(mayBeNamed(poor, { bornYear: null }, NOW)).toBe(false);
    expect(mayBeNamed({ ...poor, notice: { kind: 'none' } }, { bornYear: 1950 }, NOW)).toBe(false);
  });
});

test('papers follow from what everybody on the list must meet', () => {
  expect(
    proofsFor(
      samplePolicy({
        source: 'charity',
        unit: 'household',
        criteria: { all: [group('disabled'), { any: [group('student'), group('veteran')] }] },
      }),
    ),
  ).toEqual(['id_card', 'household_book', 'disability_card', 'bank_card']);
});

describe('sums for everybody', () => {
  const cell = (people: number) => ({ people, amount: people * 100 });

  test('a cell of fewer than five is merged, and so is what would tell it by difference', () => {
    expect(mergeSmall([cell(20), cell(6), cell(2)])).toEqual({
      shown: [cell(20)],
      rest: { people: 8, amount: 800 },
    });
    expect(mergeSmall([cell(20), cell(3), cell(2)])).toEqual({
      shown: [cell(20)],
      rest: { people: 5, amount: 500 },
    });
    expect(mergeSmall([cell(9), cell(7)]).rest).toBeNull();
  });
});
