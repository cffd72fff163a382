import { useTranslation } from 'react-i18next';
import type { CharitySale } from './charity-sale.tsx';

/** Who said what, and who has yet to. */
export function Steps({ steps }: Pick<CharitySale, 'steps'>) {
  const { t } = useTranslation('console');
  return (
    <ol>
      {steps.map((step) => (
        <li key={step.order}>
          {step.decision ? (
            <>
              {step.byName} · {t(`charity.decide.said.${step.decision}`)}
              {step.note && ` · ${step.note}`}
            </>
          ) : (
            <span className="soft">
              {t('charity.decide.step', { order: step.order })} · {t('charity.decide.waits')}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
