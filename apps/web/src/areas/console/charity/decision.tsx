import { useTranslation } from 'react-i18next';
import type { CallState } from '../../../shared/ui/index.ts';
import { DecisionForm } from '../parts/decision.tsx';

interface SaleDecisionProps {
  /** What the two words are called. */
  agree: string;
  refuse: string;
  call: CallState;
  onDecide: (decision: 'approve' | 'refuse', note: string) => void;
}

/** One of the two people's word on a charity sale: that it may be, or that it ends early. */
export function SaleDecision({ agree, refuse, call, onDecide }: SaleDecisionProps) {
  const { t } = useTranslation('console');
  return (
    <DecisionForm
      yes={{ word: 'approve', says: agree }}
      no={{ word: 'refuse', says: refuse }}
      note={{
        name: 'reason',
        label: t('charity.decide.note'),
        hint: t('charity.decide.noteHint'),
        most: 300,
      }}
      call={call}
      onDecide={onDecide}
    />
  );
}
