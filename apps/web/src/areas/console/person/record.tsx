import { needStates, routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  Button,
  DateText,
  dateWords,
  RefusalNotice,
  say,
  State,
} from '../../../shared/ui/index.ts';
import { type PersonFile, openingFields, stateTones, visitPurposes } from '../parts/codes.ts';
import { VisitForm } from '../parts/person-acts.tsx';
import { useSend } from '../parts/send.ts';
import { oneOf } from '../routes.root.tsx';
import { ConsentForm } from './consent-form.tsx';

/** What she asked for, with its state. */
export function Needs({ file }: { file: PersonFile }) {
  const { t } = useTranslation('console');
  return (
    <section className="panel">
      <h2>{t('file.needs')}</h2>
      {file.needs.length === 0 && <p className="soft">{t('file.needsEmpty')}</p>}
      <ul className="list">
        {file.needs.map((need) => {
          const state = oneOf(needStates, need.state);
          return (
            <li key={need.id}>
              <span>
                <Link to="/desk/needs/$needId" params={{ needId: need.id }}>
                  <span className="number">{need.number}</span> {need.title}
                </Link>{' '}
                <span className="soft small">
                  <DateText at={need.filedAt} withTime={false} />
                </span>
              </span>
              {state && <State tone={stateTones[state]}>{t(`codes.state.${state}`)}</State>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Visits with what was written, and the form for the next one. */
export function Visits({ file }: { file: PersonFile }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  return (
    <section className="panel">
      <h2>{t('file.visits')}</h2>
      {file.visits.length === 0 && <p className="soft">{t('file.visitsEmpty')}</p>}
      <ul className="list">
        {file.visits.map((visit) => (
          <li key={visit.id}>
            <span className="pre">{visit.note}</span>
            <span className="soft small">
              <PurposeWords purpose={visit.purpose} /> · {visit.byName} ·{' '}
              <DateText at={visit.visitedAt} />
            </span>
          </li>
        ))}
      </ul>
      {holds(session, 'person.write') && <VisitForm personId={file.id} />}
    </section>
  );
}

/** The purpose of a visit in words, or as it was written when it is no known code. */
function PurposeWords({ purpose }: { purpose: string }) {
  const { t } = useTranslation('console');
  const known = oneOf(visitPurposes, purpose);
  return known ? t(`codes.visit.${known}`) : purpose;
}

/** Consents by purpose; a worker notes another, or that one was taken back. */
export function Consents({ file }: { file: PersonFile }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const writes = holds(session, 'person.write');
  return (
    <section className="panel">
      <h2>{t('file.consents')}</h2>
      {file.consents.length === 0 && <p className="soft">{t('file.consentsEmpty')}</p>}
      <ul className="list">
        {file.consents.map((consent) => (
          <li key={consent.id}>
            <span>
              {t('file.consentRow', {
                purpose: t(`codes.consentPurpose.${consent.purpose}`),
                form: t(`codes.consent.${consent.form}`),
              })}
              {consent.withdrawnAt && <State tone="late">{t('file.withdrawn')}</State>}
            </span>
            <span className="soft small">
              {t('file.consentBy', { name: consent.notedBy })} ·{' '}
              <DateText at={consent.givenAt} withTime={false} />
            </span>
            {writes && !consent.withdrawnAt && (
              <EndConsent
                personId={file.id}
                consentId={consent.id}
                purpose={t(`codes.consentPurpose.${consent.purpose}`)}
              />
            )}
          </li>
        ))}
      </ul>
      {writes && <ConsentForm personId={file.id} />}
    </section>
  );
}

interface EndConsentProps {
  personId: string;
  consentId: string;
  purpose: string;
}

function EndConsent({ personId, consentId, purpose }: EndConsentProps) {
  const { t } = useTranslation('console');
  const end = useSend(routes.file.endConsent);
  return (
    <span>
      <Button
        kind="quiet"
        busy={end.busy}
        label={t('person.consentEndLabel', { purpose })}
        onPress={() =>
          end.run({ params: { personId, consentId } }, () => say(t('person.consentEnded')))
        }
      >
        {t('person.consentEnd')}
      </Button>
      {end.refusal && <RefusalNotice refusal={end.refusal} />}
    </span>
  );
}

/** Who opened what and why, also at the counter. */
export function Openings({ file }: { file: PersonFile }) {
  const { t } = useTranslation('console');
  return (
    <section className="panel">
      <h2>{t('file.openings')}</h2>
      {file.opened.length === 0 && <p className="soft">{t('file.openingsEmpty')}</p>}
      <ul className="list">
        {file.opened.toReversed().map((opening) => {
          const field = oneOf(openingFields, opening.field);
          return (
            <li key={`${opening.at}${opening.field}`}>
              <span>
                {t('file.openingRow', {
                  name: opening.byName,
                  field: field ? t(`codes.sensitive.${field}`) : opening.field,
                  reason: opening.reason,
                })}
              </span>
              <span className="soft small">
                <DateText at={opening.at} />
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Staff who declared that she is their relative, and stand aside. */
export function Relatives({ file }: { file: PersonFile }) {
  const { t, i18n } = useTranslation('console');
  if (file.relatives.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t('person.relatives')}</h2>
      <ul className="list">
        {file.relatives.map((one) => (
          <li key={one.name}>
            {t('person.relativeRow', {
              name: one.name,
              date: dateWords(one.declaredAt, i18n.language, false),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}
