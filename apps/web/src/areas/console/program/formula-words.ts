import { useTranslation } from 'react-i18next';
import { amountWords } from '../../../shared/program/words.ts';
import type { Definition } from './definition.ts';

/** A formula in one line, for comparing: its kind and its numbers. */
export function useFormulaWords() {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  return ({ formula, unit }: Definition['benefit']): string => {
    const amount = (value: number | null | undefined) => amountWords(shared, value ?? 0, unit);
    const numbers = () => {
      switch (formula.kind) {
        case 'none':
          return '';
        case 'fixed':
          return amount(formula.amount);
        case 'times':
          return `${amount(formula.amount)} × ${formula.times} ${formula.of.zh}`;
        case 'per_member':
          return `${amount(formula.amount)} × ${formula.mostMembers ?? ''}`;
        case 'difference':
          return `${amountWords(shared, formula.lineFen ?? 0, 'fen')} − ${formula.field}`;
        case 'share':
          return `${formula.field} × ${formula.percent}% ≤ ${formula.mostFen ? amount(formula.mostFen) : '∞'}`;
        case 'tiers':
          return Object.entries(formula.amounts)
            .map(([code, value]) => `${code} ${amount(value)}`)
            .join(', ');
        case 'bands':
          return formula.bands.map(({ from, amount: of }) => `≥${from} ${amount(of)}`).join(', ');
      }
    };
    return `${t(`program.formulas.${formula.kind}`)} ${numbers()}`.trim();
  };
}
