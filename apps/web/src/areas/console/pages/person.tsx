import { needStates, routes } from '@wennuan/contract';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import { ButtonLink, DateText, Facts, Loaded, Page, State } from '../../../shared/ui/index.ts';
import { type PersonFile, stateTones, visitPurposes } from '../parts/codes.ts';
import { MaskedField } from '../parts/masked-field.tsx';
import { Binding, Relative, VisitForm } from '../parts/person-acts.tsx';

/** One person's file: masked facts, visits, matters, consents, who looked. */
export function PersonPage() {
  const { t } = useTranslation('console');
  const { personId } = useParams({ from: '/desk/persons/$personId' });
  const query = useRoute(routes.resident.readPerson, { params: { personId } });
  const name = query.data?.maskedName ?? '';
  return (
    <Page
      title={name ? t('file.title', { name }) : t('persons.title')}
      lead={t('file.lead')}
      width="wide"
    >
      <Loaded query={query} lines={8}>
        {(file) => <File file={file} />}
      </Loaded>
    </Page>
  );
}

function File({ file }: { file: PersonFile }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const writes = holds(session, 'person.write');
  const masked = (field: 'telephone' | 'id_number' | 'address' | 'birth_date' | 'name') => {
    const shown = {
      name: file.maskedName,
      telephone: file.masked.telephone,
      id_number: file.masked.idNumber,
      address: file.masked.address,
      birth_date: file.masked.birthDate,
    }[field];
    return [
      t(`codes.sensitive.${field}`),
      <MaskedField personId={file.id} field={field} masked={shown} />,
    ] as const;
  };
  return (
    <div className="two-columns">
      <div className="record-column">
        <section className="panel">
          <h2>{t('file.basics')}</h2>
          <Facts
            rows={[
              masked('name'),
              [t('file.gender'), t(`codes.gender.${file.gender}`)],
              masked('birth_date'),
              masked('telephone'),
              masked('id_number'),
              masked('address'),
              [t('file.area'), file.area.name],
            ]}
          />
          {holds(session, 'need.file') && (
            <p>
              <ButtonLink kind="primary" to="/desk/needs/new" search={{ personId: file.id }}>
                {t('file.register')}
              </ButtonLink>
            </p>
          )}
        </section>
        <Needs file={file} />
        <section className="panel">
          <h2>{t('file.visits')}</h2>
          <Visits file={file} />
          {writes && <VisitForm personId={file.id} />}
        </section>
      </div>
      <div className="record-column">
        {writes && <Binding file={file} />}
        <Consents file={file} />
        <Openings file={file} />
        <Relative personId={file.id} />
      </div>
    </div>
  );
}

function Needs({ file }: { file: PersonFile }) {
  const { t } = useTranslation('console');
  return (
    <section className="panel">
      <h2>{t('file.needs')}</h2>
      {file.needs.length === 0 && <p className="soft">{t('file.needsEmpty')}</p>}
      <ul className="list">
        {file.needs.map((need) => {
          const state = needStates.find((one) => one === need.state);
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

function Visits({ file }: { file: PersonFile }) {
  const { t } = useTranslation('console');
  if (file.visits.length === 0) return <p className="soft">{t('file.visitsEmpty')}</p>;
  return (
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
  );
}

/** The purpose of a visit in words, or as it was written when it is no known code. */
function PurposeWords({ purpose }: { purpose: string }) {
  const { t } = useTranslation('console');
  const known = visitPurposes.find((one) => one === purpose);
  return known ? t(`codes.visit.${known}`) : purpose;
}

function Consents({ file }: { file: PersonFile }) {
  const { t } = useTranslation('console');
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
          </li>
        ))}
      </ul>
    </section>
  );
}

const fields = ['name', 'telephone', 'id_number', 'address', 'birth_date'] as const;

function Openings({ file }: { file: PersonFile }) {
  const { t } = useTranslation('console');
  return (
    <section className="panel">
      <h2>{t('file.openings')}</h2>
      {file.opened.length === 0 && <p className="soft">{t('file.openingsEmpty')}</p>}
      <ul className="list">
        {file.opened.map((opening) => {
          const field = fields.find((one) => one === opening.field);
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
