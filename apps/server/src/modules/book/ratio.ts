/** A year of the federation: what came in, what it spent on charity, what on itself. */
export interface Year {
  year: number;
  incomeFen: number;
  charityFen: number;
  managementFen: number;
  /** All that was spent, with fees. */
  spentFen: number;
  beforeRecord: boolean;
}

export interface RatioYear extends Year {
  baseFen: number | null;
  baseKind: 'last_year' | 'three_years' | null;
  spendingBasisPoints: number | null;
  managementBasisPoints: number | null;
  keepsSpending: boolean | null;
  keepsManagement: boolean | null;
}

/** Charity Law 61: at least seventy percent is spent on charity, at most ten percent on management. */
export const SPENDING_LEAST = 7_000;
export const MANAGEMENT_MOST = 1_000;

/**
 * The two ratios of each year, in hundredths of a percent. Spending is measured against last year's income or,
 * where three years before are on file and their mean is less, against that mean; management against all that
 * was spent in the year. Rounded so that what is not reached is not shown as reached.
 */
export function ratiosOf(years: readonly Year[]): RatioYear[] {
  const byYear = new Map(years.map((year) => [year.year, year]));
  return years
    .toSorted((a, b) => b.year - a.year)
    .map((year) => {
      const base = baseOf(year.year, byYear);
      const spending = base === null ? null : Math.floor((year.charityFen * 10_000) / base.baseFen);
      const management =
        year.spentFen === 0 ? null : Math.ceil((year.managementFen * 10_000) / year.spentFen);
      return {
        ...year,
        baseFen: base?.baseFen ?? null,
        baseKind: base?.baseKind ?? null,
        spendingBasisPoints: spending,
        managementBasisPoints: management,
        keepsSpending: spending === null ? null : spending >= SPENDING_LEAST,
        keepsManagement: management === null ? null : management <= MANAGEMENT_MOST,
      };
    });
}

function baseOf(
  year: number,
  years: ReadonlyMap<number, Year>,
): { baseFen: number; baseKind: 'last_year' | 'three_years' } | null {
  const last = years.get(year - 1);
  if (!last || last.incomeFen === 0) return null;
  const three = [1, 2, 3].map((back) => years.get(year - back));
  if (three.some((one) => !one)) return { baseFen: last.incomeFen, baseKind: 'last_year' };
  const mean = Math.round(three.reduce((sum, one) => sum + one!.incomeFen, 0) / 3);
  return mean > 0 && mean < last.incomeFen
    ? { baseFen: mean, baseKind: 'three_years' }
    : { baseFen: last.incomeFen, baseKind: 'last_year' };
}
