import { expect, test } from 'vitest';
import { restOf } from './coverage-rest.ts';

test('streets and those whose street is not known add up to the total', () => {
  const streets = [
    { living: 527, reached: 3 },
    { living: 1_076, reached: 0 },
  ];
  expect(restOf({ living: 1_700, reached: 4 }, streets)).toEqual({ living: 97, reached: 1 });
  expect(restOf({ living: 1_603, reached: 3 }, streets)).toBeNull();
});
