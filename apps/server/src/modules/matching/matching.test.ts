import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planMatches, takeBackFen, type GiftToMatch } from './matching.ts';

const terms = { ratioPercent: 100, capPerGiftFen: 2_000, capPerPayerFen: 3_000 };
const gift = (giftSerial: number, amountFen: number, accountId: string | null = null) => ({
  giftId: `g${giftSerial}`,
  giftSerial,
  amountFen,
  refundedFen: 0,
  accountId,
});
const plan = (gifts: GiftToMatch[], availableFen: number, payers = new Map<string, number>()) =>
  planMatches(terms, gifts, { availableFen, payers }).map((one) => [one.matchFen, one.cutBy]);

test('a gift is matched by ratio, up to its cap', () => {
  expect(plan([gift(1, 100), gift(2, 5_000)], 100_000)).toEqual([
    [100, null],
    [2_000, 'gift_cap'],
  ]);
});

test('one payer is matched up to her cap over all her gifts, also those before', () => {
  const gifts = [gift(1, 1_500, 'a'), gift(2, 1_500, 'a'), gift(3, 1_000, 'b')];
  expect(plan(gifts, 100_000, new Map([['a', 1_000]]))).toEqual([
    [1_500, null],
    [500, 'payer_cap'],
    [1_000, null],
  ]);
});

test('the last gift gets what is left, the next nothing, and both say so', () => {
  expect(plan([gift(1, 900), gift(2, 300), gift(3, 100)], 1_000)).toEqual([
    [900, null],
    [100, 'pot'],
    [0, 'pot'],
  ]);
});

test('whatever is given, a pot is never overdrawn and no cap is passed', () => {
  const gifts = fc.array(
    fc.record({
      amountFen: fc.integer({ min: 1, max: 10_000 }),
      refunded: fc.double({ min: 0, max: 1, noNaN: true }),
      accountId: fc.constantFrom('a', 'b', null),
    }),
  );
  const inputs = fc.record({
    gifts,
    ratioPercent: fc.integer({ min: 1, max: 500 }),
    capPerGiftFen: fc.integer({ min: 1, max: 5_000 }),
    capPerPayerFen: fc.integer({ min: 5_000, max: 9_000 }),
    availableFen: fc.integer({ min: 0, max: 50_000 }),
  });
  fc.assert(
    fc.property(inputs, ({ availableFen, ...input }) => {
      const matches = planMatches(
        input,
        input.gifts.map((one, index) => ({
          ...gift(index, one.amountFen, one.accountId),
          refundedFen: Math.floor(one.amountFen * one.refunded),
        })),
        { availableFen, payers: new Map() },
      );
      const sum = (of: typeof matches) => of.reduce((total, one) => total + one.matchFen, 0);
      expect(sum(matches)).toBeLessThanOrEqual(availableFen);
      for (const one of matches) {
        expect(one.matchFen).toBeGreaterThanOrEqual(0);
        expect(one.matchFen).toBeLessThanOrEqual(input.capPerGiftFen);
        expect(one.cutBy === null).toBe(one.matchFen === one.ruleFen);
      }
      for (const payer of ['a', 'b'])
        expect(sum(matches.filter((one) => one.accountId === payer))).toBeLessThanOrEqual(
          input.capPerPayerFen,
        );
    }),
  );
});

test('what is taken back follows what went back of the gift, never twice', () => {
  const matched = { matchFen: 1_000, giftFen: 1_000 };
  expect(takeBackFen(terms, { ...matched, takenBackFen: 0, refundedFen: 400 })).toBe(400);
  expect(takeBackFen(terms, { ...matched, takenBackFen: 400, refundedFen: 1_000 })).toBe(600);
  expect(takeBackFen(terms, { ...matched, takenBackFen: 1_000, refundedFen: 1_000 })).toBe(0);
  // A gift far above the cap keeps its whole match while enough of it stays.
  expect(
    takeBackFen(terms, { matchFen: 2_000, giftFen: 9_000, takenBackFen: 0, refundedFen: 5_000 }),
  ).toBe(0);
});
