import { type RouteOutput, routes } from '@wennuan/contract';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../shared/api/query.ts';
import { ApiRefusal } from '../../../shared/api/refusal.ts';
import { amountWords, useBoth } from '../../../shared/program/words.ts';
import { Figure } from '../../../shared/ui/index.ts';
import { complete, type Definition } from './definition.ts';

export type Preview = RouteOutput<typeof routes.program.preview>;

const WAIT_MILLIS = 400;

/** What the definition on the screen comes to, asked a moment after the last key; the answer before stays meanwhile. */
export function usePreview(definition: Definition): { preview: Preview | null; isFresh: boolean } {
  const call = useApi();
  const [answer, setAnswer] = useState<{ of: Definition; preview: Preview } | null>(null);
  useEffect(() => {
    let isOver = false;
    const timer = setTimeout(() => {
      call(routes.program.preview, { body: { definition: complete(definition) } }).then(
        (preview) => !isOver && setAnswer({ of: definition, preview }),
        (thrown: unknown) => {
          // Without an answer the last one stays; saving says what is wrong.
          if (!(thrown instanceof ApiRefusal)) throw thrown;
        },
      );
    }, WAIT_MILLIS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [call, definition]);
  return { preview: answer?.preview ?? null, isFresh: answer?.of === definition };
}

/** The tree as one sentence, how many people it finds today, what a year costs, what is still missing. */
export function PreviewPanel({ preview, isFresh }: { preview: Preview | null; isFresh: boolean }) {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const both = useBoth();
  if (!preview) return <section className="panel program-preview" aria-busy="true" />;
  const { sentence, candidates, amount, yearly, amountUnit, problems } = preview;
  const cost = (value: number | null) =>
    value === null || amountUnit === null
      ? t('program.preview.unknown')
      : amountWords(shared, value, amountUnit);
  return (
    <section
      className="panel program-preview"
      aria-busy={!isFresh}
      data-fresh={isFresh || undefined}
    >
      <h2>{t('program.preview.title')}</h2>
      <p className="program-sentence" aria-live="polite">
        {sentence ? both(sentence) : t('program.preview.noSentence')}
      </p>
      <div className="figures" aria-live="polite">
        <Figure
          label={t('program.preview.candidates')}
          value={
            candidates === null ? t('program.preview.unknown') : candidates.toLocaleString('en-US')
          }
          unit={candidates === null ? '' : t('program.people')}
          asOf={preview.asOf}
        />
        <Figure label={t('program.preview.amount')} value={cost(amount)} unit="" />
        <Figure label={t('program.preview.yearly')} value={cost(yearly)} unit="" />
      </div>
      {problems.length > 0 && (
        <details>
          <summary>{t('program.preview.problems', { count: problems.length })}</summary>
          <ul className="program-problems">
            {problems.map((one) => (
              <li key={`${one.path} ${one.zh}`}>
                <a href={`#field-${one.path.replaceAll('.', '-')}`}>{both(one)}</a>{' '}
                <small className="soft">{one.path}</small>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
