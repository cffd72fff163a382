import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { Bars } from '../../../shared/charts/index.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import { DateText, Facts, Loaded, Page, State } from '../../../shared/ui/index.ts';
import { CorrectForm, PublishForm, VoidForm } from '../record-room/report-forms.tsx';
import { dutyTones, periodWords } from './disclosures.tsx';

type Draft = RouteOutput<typeof routes.disclosure.draft>;

/** One duty: when it is due, the ledger's figures, the draft to edit and publish, or what was published. */
export function DisclosurePage() {
  const { t } = useTranslation('console');
  const { dutyId } = useParams({ from: '/desk/disclosures/$dutyId' });
  const query = useRoute(routes.disclosure.draft, { params: { dutyId } });
  return (
    <Page
      title={
        query.data
          ? `${query.data.duty.subject.name} · ${query.data.duty.title}`
          : t('disclosures.title')
      }
      width="wide"
    >
      <Loaded query={query}>{(draft) => <Body draft={draft} />}</Loaded>
    </Page>
  );
}

function Body({ draft }: { draft: Draft }) {
  const { t, i18n } = useTranslation('console');
  const { session } = useSession();
  const { duty } = draft;
  const period = periodWords(duty, i18n.language);
  const writes = holds(session, 'disclosure.write');
  const isOpen = duty.daysLeft !== null;
  return (
    <>
      <section className="panel">
        <Facts
          rows={[
            [t('disclosures.number'), <span className="number">{duty.number}</span>],
            ...(period === null ? [] : [[t('disclosures.period'), period] as const]),
            [t('disclosures.dueOn'), <DateText at={duty.dueOn} />],
            [
              t('disclosures.state'),
              <State tone={dutyTones[duty.state]}>{t(`disclosures.states.${duty.state}`)}</State>,
            ],
            ...(duty.reason ? [[t('disclosures.reason'), duty.reason] as const] : []),
            ...(duty.disclosureNumber
              ? [
                  [
                    t('disclosures.published'),
                    <a href={`/disclosures/${duty.disclosureNumber}`}>{duty.disclosureNumber}</a>,
                  ] as const,
                ]
              : []),
          ]}
        />
      </section>
      {draft.figures && <Figures figures={draft.figures} />}
      {isOpen && writes && (
        <>
          <PublishForm
            dutyId={duty.id}
            title={`${duty.subject.name}${duty.title}`}
            text={draft.text}
          />
          <VoidForm dutyId={duty.id} />
        </>
      )}
      {duty.disclosureNumber && writes && <CorrectForm number={duty.disclosureNumber} />}
    </>
  );
}

function Figures({ figures }: { figures: NonNullable<Draft['figures']> }) {
  const { t } = useTranslation('console');
  const bar = (key: 'inFen' | 'outFen' | 'balanceFen', tone: 'done' | 'accent' | 'calm') => ({
    key,
    label: t(`disclosures.figure.${key}`),
    value: figures[key],
    words: formatYuan(figures[key]),
    tone,
  });
  return (
    <section className="panel">
      <h2>{t('disclosures.figures')}</h2>
      <Bars
        label={t('disclosures.figures')}
        headings={[t('disclosures.what'), t('disclosures.amount')]}
        bars={[bar('inFen', 'done'), bar('outFen', 'accent'), bar('balanceFen', 'calm')]}
      />
      {figures.uses.length > 0 && (
        <Bars
          label={t('disclosures.uses')}
          headings={[t('disclosures.what'), t('disclosures.amount')]}
          bars={figures.uses.map((use) => ({
            key: use.label,
            label: use.label,
            value: use.amountFen,
            words: formatYuan(use.amountFen),
          }))}
        />
      )}
    </section>
  );
}
