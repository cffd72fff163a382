import { useTranslation } from 'react-i18next';
import { dateWords } from '../../../shared/ui/index.ts';

/** An instant or a day in the reader's language, for sentences. */
export function useInstant(): (at: string) => string {
  const { i18n } = useTranslation();
  return (at) => dateWords(at, i18n.language);
}

/** Hundredths of a percent as people read them: 7,051 is `70.51 %`. */
export function percentWords(basisPoints: number): string {
  return `${(basisPoints / 100).toFixed(2).replace(/\.?0+$/, '')}%`;
}
