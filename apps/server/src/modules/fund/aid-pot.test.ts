import { describe, expect, test } from 'vitest';
import { backFen, fillFen } from './aid-pot.ts';

describe('what a pot is filled with', () => {
  const filled = (change: Partial<Parameters<typeof fillFen>[0]>) =>
    fillFen({ neededFen: 12_345, persons: 1, inPotFen: 0, availableFen: 9_000_000, ...change });

  test('is a round sum for few, what they get together for five, and nothing while enough is there', () => {
    expect(filled({})).toBe(100_000);
    expect(filled({ neededFen: 123_456, persons: 4 })).toBe(200_000);
    expect(filled({ neededFen: 61_725, persons: 5 })).toBe(61_725);
    expect(filled({ inPotFen: 50_000 })).toBe(0);
    expect(filled({ inPotFen: 10_000 })).toBe(100_000);
  });

  test('reaches no further than its source, and never less than what is paid', () => {
    expect(filled({ availableFen: 60_000 })).toBe(60_000);
    expect(filled({ availableFen: 12_345 })).toBe(12_345);
  });
});

test('what goes back to a fund is what five persons left together, else whole sums of ¥1,000', () => {
  const back = (change: Partial<Parameters<typeof backFen>[0]>) =>
    backFen({ returnedFen: 12_345, persons: 1, inPotFen: 12_345, ...change });
  expect(back({})).toBe(0);
  expect(back({ inPotFen: 99_999 })).toBe(0);
  expect(back({ inPotFen: 100_000 })).toBe(100_000);
  expect(back({ inPotFen: 345_678, persons: 4 })).toBe(300_000);
  expect(back({ inPotFen: 345_678, persons: 5 })).toBe(12_345);
});
