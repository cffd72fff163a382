import { routes } from '@wennuan/contract';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  DateText,
  dateWords,
  Facts,
  Loaded,
  Page,
  State,
  type Step,
  Steps,
} from '../../../shared/ui/index.ts';
import { Appeal, AwardActs } from '../aid/award-acts.tsx';
import { Telling } from '../aid/telling.tsx';
import { VisitForm } from '../aid/visit-form.tsx';
import { type AwardDetail, awardTones, partTones } from '../parts/aid-codes.ts';
import { useAmountWords, usePeriodWords } from '../parts/aid-words.tsx';

/** One award: on a telephone the visit first, then what is known, what was given, what happened. */
export function AwardPage() {
  const { t } = useTranslation('console');
  const { awardId } = useParams({ from: '/desk/aid/awards/$awardId' });
  const query = useRoute(routes.award.readAward, { params: { awardId } });
  const award = query.data;
  return (
    <Page
      title={
        award
          ? t('aid.award.title', {
              name: award.maskedName || award.number,
              programme: award.programme.name,
            })
          : t('aid.rounds.title')
      }
      width="wide"
      aside={award && <State tone={awardTones[award.state]}>{t(`aid.state.${award.state}`)}</State>}
    >
      <Loaded query={query}>
        {(loaded) => (
          <div className="two-columns">
            <div className="record-column">
              {loaded.mayVisit && <VisitForm award={loaded} />}
              <Telling award={loaded} />
              <Appeal award={loaded} />
              <Parts award={loaded} />
              <History award={loaded} />
            </div>
            <div className="record-column">
              <AwardFacts award={loaded} />
              <AwardActs award={loaded} />
              <Visits award={loaded} />
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function AwardFacts({ award }: { award: AwardDetail }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const amountWords = useAmountWords();
  const periodWords = usePeriodWords();
  const dated = (label: string, on: string | null) =>
    on ? [[label, <DateText at={on} />] as const] : [];
  return (
    <section className="panel">
      <h2>{t('aid.award.facts')}</h2>
      <Facts
        rows={[
          [t('aid.award.number'), award.number],
          [
            t('aid.rounds.round'),
            <Link to="/desk/aid/rounds/$roundId" params={{ roundId: award.round.id }}>
              {award.programme.name} · {periodWords(award.round.period)}
            </Link>,
          ],
          [t('aid.award.amount'), amountWords(award.amount, award.programme.unit)],
          [t('aid.round.delivery'), t(`aid.delivery.${award.programme.delivery}`)],
          [t('aid.round.area'), [award.area.name, award.building].filter(Boolean).join(' · ')],
          [t('aid.round.clause'), award.programme.clause],
          ...dated(t('aid.award.grantedOn'), award.grantedOn),
          ...dated(t('aid.award.reviewOn'), award.endedOn ? null : award.reviewOn),
          ...dated(t('aid.award.endedOn'), award.endedOn),
          ...(award.personId && holds(session, 'person.read')
            ? [
                [
                  t('aid.award.person'),
                  <Link to="/desk/persons/$personId" params={{ personId: award.personId }}>
                    {t('aid.award.openFile')}
                  </Link>,
                ] as const,
              ]
            : []),
        ]}
      />
    </section>
  );
}

function Parts({ award }: { award: AwardDetail }) {
  const { t, i18n } = useTranslation('console');
  const amountWords = useAmountWords();
  const periodWords = usePeriodWords();
  return (
    <section className="panel">
      <h2>{t('aid.award.parts')}</h2>
      {award.periods.length === 0 && <p className="soft">{t('aid.award.noParts')}</p>}
      <ul className="tasks">
        {award.periods.map((part) => (
          <li key={part.id} className="card-row row-between">
            <span>
              <strong>{periodWords(part.period)}</strong> {amountWords(part.amount, part.unit)}{' '}
              <small className="soft">
                {part.deliveredOn
                  ? t('aid.award.deliveredOn', {
                      date: dateWords(part.deliveredOn, i18n.language),
                    })
                  : t('aid.award.due', { date: dateWords(part.dueOn, i18n.language) })}
                {part.confirmedBy && ` · ${t(`aid.confirmWay.${part.confirmedBy}`)}`}
              </small>
            </span>
            <span className="row">
              {part.waits && <State tone="late">{t(`aid.waits.${part.waits}`)}</State>}
              <State tone={partTones[part.state]}>{t(`aid.partState.${part.state}`)}</State>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function History({ award }: { award: AwardDetail }) {
  const { t } = useTranslation('console');
  const steps = award.steps.map((step, place): Step => ({
    key: `${place}`,
    state: place === award.steps.length - 1 && !award.endedOn ? 'now' : 'done',
    title: t(`aid.step.${step.move as 'found'}`),
    children: (
      <>
        <DateText at={step.at} /> {step.byName}
        {step.note && <p className="pre">{step.note}</p>}
      </>
    ),
  }));
  return (
    <section className="panel">
      <h2>{t('aid.award.history')}</h2>
      <Steps label={t('aid.award.history')} steps={steps} />
    </section>
  );
}

function Visits({ award }: { award: AwardDetail }) {
  const { t } = useTranslation('console');
  if (award.visits.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t('aid.award.visits')}</h2>
      <ul className="tasks">
        {award.visits.map((visit) => (
          <li key={visit.at} className="card-row">
            <strong>{t(`aid.outcome.${visit.outcome}`)}</strong>{' '}
            <small className="soft">
              <DateText at={visit.at} /> {visit.byName}
            </small>
            {visit.proofs.length > 0 && (
              <p>{visit.proofs.map((proof) => t(`aid.proof.${proof}`)).join('、')}</p>
            )}
            {visit.incomeCheck && <p>{t('aid.award.income', { of: visit.incomeCheck })}</p>}
            {visit.note && <p className="pre">{visit.note}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
