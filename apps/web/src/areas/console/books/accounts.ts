import { formatYuan } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { usePages } from '../../../shared/api/query.ts';
import type { Option } from '../../../shared/ui/index.ts';

/** Funds and campaigns that hold money or have a budget, to choose from, with what is free. */
export function useAccounts(): Option[] {
  const budgets = usePages(routes.fund.budgets, { query: { limit: 200 } });
  return budgets.items.map((one) => ({
    value: one.accountId,
    label: `${one.label} · ${formatYuan(one.freeFen)}`,
  }));
}

/** Funds by id, to choose from. */
export function useFunds(kinds: readonly string[]): Option[] {
  const funds = usePages(routes.fund.funds, { query: { limit: 200 } });
  return funds.items
    .filter((fund) => kinds.includes(fund.kind))
    .map((fund) => ({ value: fund.id, label: fund.name }));
}
