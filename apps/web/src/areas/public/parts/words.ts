import { dateWords } from '../../../shared/ui/index.ts';
import { useDistrict } from '../../../shared/session/district.ts';
import { useTranslation } from 'react-i18next';

/** Name of the charity that answers for the money: the district's own. */
export function useFederation(): string {
  const { t } = useTranslation('public');
  return t('federation', { district: useDistrict()?.name ?? '' });
}

/** `截至 11月3日 周二 14:05`: every figure says from when it is. */
export function useAsOf(): (instant: string) => string {
  const { t, i18n } = useTranslation('public');
  return (instant) => t('asOf', { at: dateWords(instant, i18n.language) });
}

/** A whole number with separators: 1,234. */
export const wholeNumber = (value: number) => value.toLocaleString('en-US');

/** A number with at most one decimal. */
export const oneDecimal = (value: number) => String(Math.round(value * 10) / 10);
