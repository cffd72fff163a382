import { expect, it } from 'vitest';
import { tilesOf } from './area-tiles.ts';

const area = (code: string, level: 'street' | 'community', parentCode: string) => ({
  code,
  level,
  parentCode,
  name: code,
  deskTelephone: null,
});

it('sums a street’s own tasks and those of its communities, and marks what is overdue', () => {
  const areas = [
    area('410103001', 'street', '410103'),
    area('410103001001', 'community', '410103001'),
    area('410103002', 'street', '410103'),
  ];
  const counts = [
    { area: areas[0]!, open: 1, overdue: 0 },
    { area: areas[1]!, open: 3, overdue: 2 },
  ];
  const tiles = tilesOf({ areas, counts, words: (open, overdue) => `${open}/${overdue}` });
  expect(tiles.map(({ name, value, words }) => ({ name, value, words }))).toEqual([
    { name: '◆ 410103001', value: 4, words: '4/2' },
    { name: '410103002', value: 0, words: '0/0' },
  ]);
  expect(tiles[0]!.parts).toEqual([
    { code: '410103001001', name: '410103001001', value: 3, words: '3/2' },
  ]);
});
