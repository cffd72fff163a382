import { formatYuan } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';

export type ProgramCard = RouteOutput<typeof routes.program.policy>;
type AmountUnit = RouteOutput<typeof routes.program.list>['items'][number]['amountUnit'];
interface Both {
  zh: string;
  en: string;
}

/** Answers what is written in both languages in the reader's. */
export function useBoth(): (words: Both) => string {
  const { i18n } = useTranslation();
  return (words) => (i18n.language === 'en' ? words.en : words.zh);
}

/** An amount of a benefit as people read it: yuan, hours or times. */
export function amountWords(t: TFunction, amount: number, unit: AmountUnit): string {
  if (unit === 'fen') return formatYuan(amount);
  const much = unit === 'minutes' ? Math.round(amount / 6) / 10 : amount;
  return t(`program.amount.${unit}`, { much: much.toLocaleString('en-US') });
}
