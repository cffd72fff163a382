import { expect, test } from 'vitest';
import { afterSearch, fundsSearch, helpSearch, wallQuery, wallSearch } from './search.ts';

test('the wall shows what waits, unless another state was chosen', () => {
  expect(wallQuery(wallSearch({}))).toEqual({ limit: 24, state: 'open' });
  expect(wallQuery(wallSearch({ state: 'closed' }))).toEqual({ limit: 24, state: 'closed' });
  expect(wallQuery(wallSearch({ state: 'all' }))).toEqual({ limit: 24 });
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
  ).toEqual({ limit: 24, state: 'open' });
  expect(fundsSearch({ kind: 'private', after: 7 })).toEqual({ after: '7' });
  expect(helpSearch({ street: {} })).toEqual({});
  expect(afterSearch({})).toEqual({});
});
