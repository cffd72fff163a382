import { formatYuan } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useRouteWhen } from '../../../shared/api/query.ts';
import { Select } from '../../../shared/ui/index.ts';

interface BudgetFieldProps {
  /** `fund:ID`, `campaign:ID` or `item:ID`. */
  source: string;
  value: string;
  onChange: (budgetLineId: string) => void;
}

/** The budget line to spend from, with what each has left; nothing where the source has no budget. */
export function BudgetField({ source, value, onChange }: BudgetFieldProps) {
  const { t } = useTranslation('console');
  const accountId = source.split(':')[1] ?? '';
  const found = useRouteWhen(accountId !== '', routes.fund.budgets, { query: { accountId } });
  const lines = found.data?.items[0]?.lines ?? [];
  if (lines.length === 0) return null;
  return (
    <Select
      name="budgetLineId"
      label={t('books.lines.budgetLine')}
      placeholder=""
      value={value}
      onChange={onChange}
      options={lines.map((line) => ({
        value: line.id,
        label: `${line.name} · ${t('books.budgets.left')} ${formatYuan(line.leftFen)}`,
      }))}
    />
  );
}
