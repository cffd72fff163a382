import { describe, expect, test } from 'vitest';
import { monthInShanghai, showCells, shownStreet, type AidCell } from './fund.ts';

const cell = (streetId: number, enough: boolean, amountFen: number, newestId: string): AidCell => ({
  sourceId: 'fund',
  month: '2026-11',
  streetId,
  enough,
  amountFen,
  newestId,
});

describe('aid to persons on public pages', () => {
  test('a street stands for itself where five persons fit, and is the district where fewer do', () => {
    const cells = [cell(1, true, 500, 'p3'), cell(2, false, 70, 'p1'), cell(3, false, 30, 'p2')];
    expect(showCells(cells)).toEqual([
      { sourceId: 'fund', month: '2026-11', streetId: 1, amountFen: 500, newestId: 'p3' },
      { sourceId: 'fund', month: '2026-11', streetId: null, amountFen: 100, newestId: 'p2' },
    ]);
    expect(shownStreet(cells, { sourceId: 'fund', month: '2026-11', streetId: 1 })).toBe(1);
    expect(shownStreet(cells, { sourceId: 'fund', month: '2026-11', streetId: 2 })).toBeNull();
  });

  test('a street of which nothing is known is never named', () => {
    expect(shownStreet([], { sourceId: 'fund', month: '2026-11', streetId: 1 })).toBeNull();
  });

  test('the month is that of Zhengzhou, not of Greenwich', () => {
    expect(monthInShanghai(new Date('2026-10-31T16:00:00Z'))).toBe('2026-11');
  });
});
