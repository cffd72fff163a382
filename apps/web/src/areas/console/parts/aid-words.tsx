import { formatYuan } from '@wennuan/basics';
import { useTranslation } from 'react-i18next';
import { dateWords, monthWords } from '../../../shared/ui/index.ts';

/** An amount in its unit: yuan, hours or minutes, times. */
export function useAmountWords() {
  const { t } = useTranslation('console');
  return (amount: number, unit: 'fen' | 'minutes' | 'times') => {
    if (unit === 'fen') return formatYuan(amount);
    if (unit === 'times') return t('aid.amount.times', { count: amount });
    return amount % 60 === 0
      ? t('aid.amount.hours', { count: amount / 60 })
      : t('aid.amount.minutes', { count: amount });
  };
}

/** A period as people read it: a year, a month, a week, once. */
export function usePeriodWords() {
  const { t, i18n } = useTranslation('console');
  return (period: string) => {
    if (period === 'once') return t('aid.periods.once');
    const week = /^(\d{4})-W(\d{2})$/.exec(period);
    if (week) return t('aid.periods.week', { year: week[1]!, week: Number(week[2]) });
    return period.length === 10
      ? t('aid.periods.change', { date: dateWords(period, i18n.language) })
      : monthWords(period, i18n.language);
  };
}
