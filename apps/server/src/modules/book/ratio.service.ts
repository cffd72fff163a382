import type { RouteOutput, routes } from '@wennuan/contract';
import type { Scoped } from '../../platform/database/database.ts';
import type { Entry } from './book.ts';
import type { BookNeeds } from './book.needs.ts';
import { firstMonth } from './month.store.ts';
import { monthOfInstant } from './months.ts';
import { readEntries } from './moved.service.ts';
import { listYears } from './opening.store.ts';
import { MANAGEMENT_MOST, ratiosOf, SPENDING_LEAST, type Year } from './ratio.ts';

/** Spending ratio and management cost of every year (C-12), from the ledger; earlier ones from their file. */
export async function readYears(
  needs: BookNeeds,
  tx: Scoped,
): Promise<RouteOutput<typeof routes.book.years>> {
  const thisYear = Number(monthOfInstant(tx.now).slice(0, 4));
  const first = Number(((await firstMonth(tx)) ?? String(thisYear)).slice(0, 4));
  const earlier = new Map<number, Year>();
  for (const row of await listYears(tx)) {
    const year = earlier.get(row.year) ?? emptyYear(row.year, true);
    year.incomeFen += row.incomeFen;
    year.spentFen += row.spentFen;
    year.managementFen += row.managementFen;
    year.charityFen += row.spentFen - row.managementFen;
    earlier.set(row.year, year);
  }
  for (let year = first; year <= thisYear; year += 1) {
    const entries = await readEntries(needs, tx, {
      from: `${year}-01-01`,
      until: `${year + 1}-01-01`,
      byDay: false,
    });
    const own = yearOf(year, entries);
    const before = earlier.get(year);
    // The year in which the record began: what was before it comes from the file.
    earlier.set(year, before ? added(before, own) : own);
  }
  return {
    items: ratiosOf([...earlier.values()]),
    spendingLeastBasisPoints: SPENDING_LEAST,
    managementMostBasisPoints: MANAGEMENT_MOST,
    definition: [...definitions[tx.actor.language]],
  };
}

const definitions = {
  zh: [
    '慈善活动支出比例 = 本年慈善活动支出 ÷ 上年总收入；前三年都有记录且平均数更低时，除以前三年收入的平均数。不得低于 70%。',
    '管理费用比例 = 本年管理费用 ÷ 本年总支出。不得高于 10%。',
    '总收入是捐赠收入（扣除退款）加利息等其他收入；慈善活动支出是付给受助人和供应商的款项；管理费用只从管理费账户列支；渠道手续费单列，计入总支出。',
    '依据《慈善法》第六十一条，适用于具有公开募捐资格的基金会；其他类型按民政部门规定。启用前的年度取自会计导入的文件。',
  ],
  en: [
    'Spending ratio = this year’s spending on charity ÷ last year’s income; where three years before are on file and their mean is less, ÷ that mean. At least 70 %.',
    'Management cost = this year’s management cost ÷ all that was spent this year. At most 10 %.',
    'Income is gifts less what went back, and other income such as interest. Spending on charity is what was paid to people helped and to suppliers. Management cost is paid from its own account only. Fees of channels stand apart and count as spending.',
    'By Charity Law art. 61, for foundations that may raise funds in public; others as the ministry rules. Years before the record come from the accountant’s file.',
  ],
} as const;

function emptyYear(year: number, beforeRecord: boolean): Year {
  return { year, incomeFen: 0, charityFen: 0, managementFen: 0, spentFen: 0, beforeRecord };
}

function added(a: Year, b: Year): Year {
  return {
    year: a.year,
    incomeFen: a.incomeFen + b.incomeFen,
    charityFen: a.charityFen + b.charityFen,
    managementFen: a.managementFen + b.managementFen,
    spentFen: a.spentFen + b.spentFen,
    beforeRecord: false,
  };
}

/** Income and spending of a year's entries. */
function yearOf(year: number, entries: readonly Entry[]): Year {
  const sums = emptyYear(year, false);
  for (const line of entries.flatMap((entry) => entry.lines)) {
    const debit = line.debitFen - line.creditFen;
    if (line.code.startsWith('4')) sums.incomeFen -= debit;
    if (!line.code.startsWith('5')) continue;
    sums.spentFen += debit;
    if (line.code === '5101') sums.charityFen += debit;
    if (line.code === '5201') sums.managementFen += debit;
  }
  return sums;
}
