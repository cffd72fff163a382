import { seededRandom } from '@wennuan/basics';
import { goodsCategories, type GoodsCategory } from '@wennuan/contract';
import { describe, expect, it } from 'vitest';
import { cover, type Payer, type ToCover } from './cover.ts';
import { mayPayFor } from './goods-words.ts';

const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0);
const part = (category: GoodsCategory, amountFen: number): ToCover => ({ category, amountFen });

describe('what entitlements pay of a purchase', () => {
  it('is never more of anything than it costs, nor what aid does not pay', () => {
    const meals: Payer = { goods: ['meal'], mostFen: 1_000 };
    const goods = [part('meal', 1_000), part('alcohol', 1_000)];
    expect(cover([meals, meals], goods)).toEqual([
      [1_000, 0],
      [0, 0],
    ]);
  });

  it('lets an earlier one pay for something else, so that a later one can pay too', () => {
    const all: Payer = { goods: [], mostFen: 1_000 };
    const meals: Payer = { goods: ['meal'], mostFen: 1_000 };
    expect(cover([all, meals], [part('meal', 1_000), part('grain_oil', 1_000)])).toEqual([
      [0, 1_000],
      [1_000, 0],
    ]);
  });

  it('is as much as can be, and nobody pays less for a later one, in a thousand purchases', () => {
    const random = seededRandom(7);
    const below = (bound: number) => Math.floor(random() * bound);
    for (let round = 0; round < 1_000; round += 1) {
      const goods = Array.from({ length: 1 + below(4) }, () =>
        part(goodsCategories[below(goodsCategories.length)]!, 1 + below(9)),
      );
      const payers = Array.from({ length: 1 + below(4) }, () => ({
        goods: goodsCategories.filter(() => below(3) === 0),
        mostFen: 1 + below(12),
      }));
      const paid = cover(payers, goods);
      for (const [index, one] of goods.entries())
        expect(sum(paid.map((row) => row[index]!))).toBeLessThanOrEqual(one.amountFen);
      for (const [payer, row] of paid.entries()) {
        expect(sum(row)).toBeLessThanOrEqual(payers[payer]!.mostFen);
        for (const [index, fen] of row.entries())
          if (fen > 0) expect(mayPayFor(payers[payer]!.goods, goods[index]!.category)).toBe(true);
        const alone = cover(payers.slice(0, payer + 1), goods);
        expect(sum(alone[payer]!)).toBe(sum(row));
      }
      expect(sum(paid.flat())).toBe(mostOf(payers, goods));
    }
  });
});

/** What can be paid at most, by the smallest cut: some kinds of goods, and whoever may pay for others. */
function mostOf(payers: readonly Payer[], goods: readonly ToCover[]): number {
  let most = Number.POSITIVE_INFINITY;
  for (let chosen = 0; chosen < 1 << goods.length; chosen += 1) {
    const isIn = (index: number) => (chosen >> index) % 2 === 1;
    const cost = sum(goods.map((one, index) => (isIn(index) ? one.amountFen : 0)));
    const others = payers.filter((payer) =>
      goods.some((one, index) => !isIn(index) && mayPayFor(payer.goods, one.category)),
    );
    most = Math.min(most, cost + sum(others.map((payer) => payer.mostFen)));
  }
  return most;
}
