import { describe, expect, test } from 'vitest';
import { ratiosOf, type Year } from './ratio.ts';

const year = (number: number, incomeFen: number, charityFen: number, managementFen = 0): Year => ({
  year: number,
  incomeFen,
  charityFen,
  managementFen,
  spentFen: charityFen + managementFen,
  beforeRecord: false,
});

describe('C-12: the two ratios', () => {
  test('C-12: seventy percent of last year’s income is kept, a fen less is not', () => {
    const of = (charityFen: number) =>
      ratiosOf([year(2025, 1_000_000, 0), year(2026, 0, charityFen)])[0]!;
    expect(of(700_000)).toMatchObject({
      spendingBasisPoints: 7_000,
      keepsSpending: true,
      baseKind: 'last_year',
      baseFen: 1_000_000,
    });
    expect(of(699_999)).toMatchObject({ spendingBasisPoints: 6_999, keepsSpending: false });
  });

  test('C-12: ten percent of what was spent is kept, a fen more is not', () => {
    expect(ratiosOf([year(2026, 0, 900_000, 100_000)])[0]).toMatchObject({
      managementBasisPoints: 1_000,
      keepsManagement: true,
    });
    expect(ratiosOf([year(2026, 0, 899_999, 100_001)])[0]).toMatchObject({
      managementBasisPoints: 1_001,
      keepsManagement: false,
    });
  });

  test('C-12: the mean of three years counts where it is less; without a year before nothing is claimed', () => {
    const years = [
      year(2023, 100, 0),
      year(2024, 100, 0),
      year(2025, 1_000, 0),
      year(2026, 0, 280),
    ];
    expect(ratiosOf(years)[0]).toMatchObject({ baseKind: 'three_years', baseFen: 400 });
    expect(ratiosOf([year(2026, 500, 100)])[0]).toMatchObject({
      baseFen: null,
      spendingBasisPoints: null,
      keepsSpending: null,
    });
  });
});
