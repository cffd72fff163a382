import { expect, test } from 'vitest';
import { parseSearch } from './search.ts';

test('what is typed into an address stays as it was typed', () => {
  expect(parseSearch('?text=419900195506202432&code=57E12345')).toEqual({
    text: '419900195506202432',
    code: '57E12345',
  });
  expect(parseSearch('?limit=20&open=true&list=%5B1%5D&name=%E7%8E%8B&quoted=%2212%22')).toEqual({
    limit: 20,
    open: true,
    list: [1],
    name: '王',
    quoted: '12',
  });
});
