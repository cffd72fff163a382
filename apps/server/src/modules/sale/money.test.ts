import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountOf, remainingAmount, shareOf, spread } from './money.ts';

/** Half up by counting fen one by one in thousandths, without any of the tricks of the real one. */
function naiveShare(goodsFen: number): number {
  let share = 0;
  // A fen of share is due for each full half of it: at 25, 75, 125 … fen of goods.
  for (let at = 25; at <= goodsFen; at += 50) share += 1;
  return share;
}

/** Gives fen one at a time to the line that is furthest below its exact part. */
function naiveSpread(sumFen: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const parts = weights.map((weight) => (total === 0 ? 0 : Math.floor((sumFen * weight) / total)));
  const got = new Set<number>();
  while (total > 0 && parts.reduce((sum, part) => sum + part, 0) < sumFen) {
    let best = -1;
    for (const [index, weight] of weights.entries()) {
      if (got.has(index)) continue;
      const lack = (sumFen * weight) % total;
      if (best < 0 || lack > (sumFen * weights[best]!) % total) best = index;
    }
    got.add(best);
    parts[best]! += 1;
  }
  return parts;
}

describe('the share of a sale', () => {
  it('is 2 % half up to the fen', () => {
    expect([0, 24, 25, 49, 74, 75, 2_300, 2_325].map((fen) => shareOf(fen, 200))).toEqual([
      0, 0, 1, 1, 1, 2, 46, 47,
    ]);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200_000 }),
        (fen) => shareOf(fen, 200) === naiveShare(fen),
      ),
    );
  });

  it('is spread over lines so that no fen is lost, as a counting of single fen does it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 12 }),
        (amounts) => {
          const share = shareOf(
            amounts.reduce((sum, fen) => sum + fen, 0),
            200,
          );
          const parts = spread(share, amounts);
          expect(parts).toEqual(naiveSpread(share, amounts));
          expect(parts.reduce((sum, part) => sum + part, 0)).toBe(share);
        },
      ),
    );
  });

  it('only shrinks as lines are given back, and ends at nothing', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            amountFen: fc.integer({ min: 1, max: 50_000 }),
            quantity: fc.integer({ min: 1, max: 9 }),
          }),
          {
            minLength: 1,
            maxLength: 6,
          },
        ),
        fc.array(fc.nat(5), { minLength: 1, maxLength: 60 }),
        (lines, picks) => {
          const staying = lines.map((line) => line.quantity);
          const worth = () =>
            lines.reduce(
              (sum, line, index) => sum + remainingAmount({ ...line, staying: staying[index]! }),
              0,
            );
          let before = shareOf(worth(), 200);
          for (const pick of picks) {
            const index = pick % lines.length;
            if (staying[index]! > 0) staying[index]! -= 1;
            const after = shareOf(worth(), 200);
            expect(after).toBeLessThanOrEqual(before);
            before = after;
          }
          staying.fill(0);
          expect(shareOf(worth(), 200)).toBe(0);
        },
      ),
    );
  });
});

describe('an amount by weight', () => {
  it('is half up for so many grams of a price for 500', () => {
    expect(amountOf(500, 399, 500)).toBe(399);
    expect(amountOf(333, 399, 500)).toBe(266);
    expect(amountOf(1, 250, 500)).toBe(1);
    expect(amountOf(1, 249, 500)).toBe(0);
  });
});
