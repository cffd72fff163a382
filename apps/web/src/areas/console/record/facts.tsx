import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { holds, useSession } from '../../../shared/session/session.ts';
import { ButtonLink, DateText, Facts, Money, State } from '../../../shared/ui/index.ts';
import type { NeedView } from '../parts/codes.ts';
import { MaskedField } from '../parts/masked-field.tsx';
import { Pictures } from '../parts/pictures.tsx';

/** What is known: facts, whom it is about (masked), her own words, pictures. */
export function RecordFacts({ need }: { need: NeedView }) {
  const { t } = useTranslation('console');
  const rows: (readonly [string, ReactNode])[] = [
    [t('need.record.number'), <span className="number">{need.number}</span>],
    [t('need.record.kind'), t(`codes.kind.${need.kind}`)],
    [t('need.record.area'), need.area.name],
    ...(need.amountFen === null
      ? []
      : [[t('need.record.amount'), <Money fen={need.amountFen} />] as const]),
    [t('need.record.filedAt'), <DateText at={need.filedAt} />],
    [
      t('need.record.filedBy'),
      t('need.record.by', {
        name: need.filedBy.name,
        relation: t(`codes.relation.${need.filedBy.relation}`),
      }),
    ],
    [t('need.record.consent'), t(`codes.consent.${need.filedBy.consentForm}`)],
    ...(need.handledByName ? [[t('need.record.handledBy'), need.handledByName] as const] : []),
    ...(need.statutoryDeadline
      ? [[t('need.record.deadline'), <DateText at={need.statutoryDeadline} />] as const]
      : []),
    ...(need.escalatedTo
      ? [
          [
            t('need.record.escalated'),
            <State tone="late">{t(`codes.escalated.${need.escalatedTo}`)}</State>,
          ] as const,
        ]
      : []),
  ];
  return (
    <section className="panel">
      <h2>{t('need.record.facts')}</h2>
      <PersonFacts need={need} />
      <Facts rows={rows} />
      <div className="story">
        <h3>{t('need.record.story')}</h3>
        <p className="pre">{need.story}</p>
        <p className="soft small">{t('need.record.storyNote')}</p>
      </div>
      <Pictures pictures={need.attachments} />
      <p>
        <ButtonLink to="/desk/needs/$needId/slip" params={{ needId: need.id }}>
          {t('need.record.slip')}
        </ButtonLink>
      </p>
    </section>
  );
}

/** The person as a list shows her; name, telephone and address open with a reason. */
function PersonFacts({ need }: { need: NeedView }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const { personId } = need;
  if (!personId || !holds(session, 'person.read'))
    return <Facts rows={[[t('need.record.person'), need.maskedName]]} />;
  return (
    <>
      <Facts
        rows={[
          [
            t('need.record.person'),
            <MaskedField personId={personId} field="name" masked={need.maskedName} />,
          ],
          [
            t('codes.sensitive.telephone'),
            <MaskedField personId={personId} field="telephone" masked="••••" />,
          ],
          [
            t('codes.sensitive.address'),
            <MaskedField personId={personId} field="address" masked="••••" />,
          ],
        ]}
      />
      <p>
        <Link to="/desk/persons/$personId" params={{ personId }}>
          {t('need.record.openFile')}
        </Link>
      </p>
    </>
  );
}
