import { routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { Card } from '../../../shared/ui/index.ts';
import { Pictures } from '../parts/pictures.tsx';
import type { QuestionProps } from './questions.tsx';
import type { FilingStep } from './search.ts';

/** All that was typed, each with a way back to its page. */
export function FilingCheck({ kind, other, draft }: QuestionProps) {
  const { t } = useTranslation('resident');
  const areas = useRoute(routes.place.areas).data?.areas ?? [];
  const community = areas.find((area) => area.code === draft.areaCode);
  const street = areas.find((area) => area.code === community?.parentCode);
  const wish = kind === 'micro_wish';
  const amount = draft.free ? t('filing.amountNone') : draft.amountYuan && `¥${draft.amountYuan}`;
  const rows: [FilingStep, string, ReactNode][] = [
    ['what', t(wish ? 'filing.checkWhat' : 'filing.checkWhatHelp'), draft.title],
    ['amount', t('filing.checkAmount'), amount || t('filing.checkAmountNone')],
    ['why', t('filing.checkWhy'), <span className="story">{draft.story}</span>],
    ['where', t('filing.checkWhere'), [street?.name, community?.name].filter(Boolean).join(' ')],
    [
      'photos',
      t('filing.checkPhotos'),
      t('filing.photoCount', { count: draft.attachmentIds.length }),
    ],
  ];
  if (other) rows.unshift(['who', t('filing.checkWho'), draft.personName]);
  if (draft.contactTelephone)
    rows.splice(-1, 0, ['where', t('filing.checkContact'), draft.contactTelephone]);
  return (
    <Card>
      <dl className="check-list">
        {rows.map(([step, label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
            <dd>
              <Link
                to="/my/needs/new"
                search={{ kind, step, other: other || undefined }}
                aria-label={t('filing.changeOf', { what: label })}
              >
                <ChangeWord />
              </Link>
            </dd>
          </div>
        ))}
      </dl>
      <Pictures attachmentIds={draft.attachmentIds} />
    </Card>
  );
}

function ChangeWord() {
  const { t } = useTranslation();
  return <>{t('change')}</>;
}
