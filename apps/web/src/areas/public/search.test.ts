import { expect, test } from 'vitest';
import {
  afterSearch,
  fundsSearch,
  helpSearch,
  moreOfWall,
  wallQuery,
  wallSearch,
} from './search.ts';

test('the wall shows what waits, unless another state was chosen', () => {
  expect(wallQuery(wallSearch({}))).toEqual({ limit: 12, state: 'open' });
  expect(wallQuery(wallSearch({ state: 'closed' }))).toEqual({ limit: 12, state: 'closed' });
  expect(wallQuery(wallSearch({ state: 'all' }))).toEqual({ limit: 12 });
});

test('more of the wall keeps what is seen, until the page would have no end', () => {
  const more = moreOfWall({ state: 'closed' }, '17');
  expect(more).toEqual({ state: 'closed', many: 24 });
  expect(wallQuery(wallSearch({ ...more })).limit).toBe(24);
  expect(moreOfWall({ many: 192 }, '17')).toEqual({ many: undefined, after: '17' });
  for (const many of [13, 12, -24, 204, 'all'])
    expect(wallQuery(wallSearch({ many })).limit).toBe(12);
});

test('a community is narrower than its street, as a number or as a text', () => {
  expect(wallQuery(wallSearch({ street: '410103001' })).areaCode).toBe('410103001');
  expect(wallQuery(wallSearch({ street: 410103001, community: 410103001001 })).areaCode).toBe(
    '410103001001',
  );
});

test('what cannot be read is left out', () => {
  expect(
    wallQuery(wallSearch({ street: '1 or 1=1', community: '', state: 'secret', after: '' })),
  ).toEqual({ limit: 12, state: 'open' });
  expect(fundsSearch({ kind: 'private', after: 7 })).toEqual({ after: '7' });
  expect(helpSearch({ street: {} })).toEqual({});
  expect(afterSearch({})).toEqual({});
});
