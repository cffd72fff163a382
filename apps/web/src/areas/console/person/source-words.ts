import { useTranslation } from 'react-i18next';
import type { PersonFile } from '../parts/codes.ts';

type FactValue = PersonFile['groups'][number];

/** Answers who says so, in words: a department's roster, or the community. */
export function useSourceWords(): (source: FactValue['source']) => string {
  const { t } = useTranslation('console');
  return ({ kind, department, roster }) => {
    if (kind === 'worker') return t('person.fromWorker');
    return roster
      ? t('person.fromRoster', { department: department ?? '', roster })
      : (department ?? '');
  };
}

/** Answers a period in words. */
export function usePeriodWords(): (period: Pick<FactValue, 'since' | 'until'>) => string {
  const { t } = useTranslation('console');
  return ({ since, until }) => {
    if (until)
      return since ? t('person.until', { since, until }) : t('person.untilOnly', { until });
    return since ? t('person.since', { since }) : t('person.sinceUnknown');
  };
}
