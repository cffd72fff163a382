import { routes, type RouteOutput } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useRoute } from '../../../shared/api/query.ts';
import { useDraft } from '../../../shared/draft.ts';
import { SessionGate } from '../../../shared/session/session-gate.tsx';
import {
  Button,
  Card,
  DateText,
  dateWords,
  Dialog,
  Facts,
  Form,
  Loaded,
  Notice,
  Page,
  RadioGroup,
  RefusalNotice,
  TextArea,
} from '../../../shared/ui/index.ts';

type MyData = RouteOutput<typeof routes.resident.myData>;

/** Everything held about me: see, take away, correct, withdraw, delete (C-25). */
export function MyDataPage() {
  return <SessionGate signIn="/my/sign-in">{() => <OwnData />}</SessionGate>;
}

function OwnData() {
  const { t } = useTranslation('resident');
  const query = useRoute(routes.resident.myData);
  return (
    <Page title={t('data.title')} lead={<p>{t('data.lead')}</p>}>
      <Loaded query={query}>
        {(data) => (
          <>
            <div>
              <Button kind="primary" onPress={() => download(data)}>
                {t('data.export')}
              </Button>
            </div>
            <Identity data={data} />
            <Consents data={data} />
            <Openings data={data} />
            {data.sections.map((section) => (
              <Section key={section.title} section={section} />
            ))}
            <Requests data={data} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

const ROWS_OPEN = 3;

/** Rows of one kind. Many of them open on a tap: nobody scrolls through years to reach what stands below. */
function Section({ section }: { section: MyData['sections'][number] }) {
  const { t } = useTranslation('resident');
  const rows = (
    <ul className="stack">
      {section.rows.map((row, place) => (
        <li key={place} className="data-row">
          <Facts
            rows={Object.entries(row)
              .filter(([, value]) => value !== '' && value !== '—')
              .map(([name, value]) => [name, <Value value={value} />] as const)}
          />
        </li>
      ))}
    </ul>
  );
  return (
    <Card as="section">
      <h2>{section.title}</h2>
      {section.rows.length > ROWS_OPEN ? (
        <details>
          <summary>{t('data.rows', { count: section.rows.length })}</summary>
          {rows}
        </details>
      ) : (
        rows
      )}
    </Card>
  );
}

/** A value as it is held; what is a date is told as people say it. */
function Value({ value }: { value: string }) {
  const isDate = /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/.test(value);
  return isDate ? <DateText at={value} /> : value;
}

/** Saves what is on the page as a file others can read by machine. */
function download(data: MyData) {
  const file = new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = 'wennuan-my-data.json';
  link.click();
  URL.revokeObjectURL(link.href);
}

function Identity({ data: { account, person } }: { data: MyData }) {
  const { t } = useTranslation('resident');
  return (
    <>
      <Card as="section">
        <h2>{t('data.account')}</h2>
        <Facts
          rows={[
            [t('data.telephone'), account.telephone],
            [t('data.displayName'), account.displayName],
            [t('data.since'), <DateText at={account.since} withTime={false} />],
          ]}
        />
      </Card>
      <Card as="section">
        <h2>{t('data.person')}</h2>
        {person ? (
          <Facts
            rows={[
              [t('data.name'), person.name],
              [t('data.telephone'), person.telephone ?? '-'],
              [t('data.idNumber'), person.idNumber ?? '-'],
              [t('data.birthDate'), person.birthDate ? <DateText at={person.birthDate} /> : '-'],
              [t('data.address'), person.address ?? '-'],
              [t('data.area'), person.area.name],
            ]}
          />
        ) : (
          <p>{t('data.personNone')}</p>
        )}
      </Card>
    </>
  );
}

function Consents({ data }: { data: MyData }) {
  const { t, i18n } = useTranslation('resident');
  const withdraw = useCall(routes.resident.withdrawConsent);
  const [asked, setAsked] = useState<MyData['consents'][number] | null>(null);
  const at = (instant: string) => dateWords(instant, i18n.language);
  return (
    <Card as="section">
      <h2>{t('data.consents')}</h2>
      {data.consents.length === 0 && <p className="soft">{t('data.consentsNone')}</p>}
      {data.consents.map((consent) => (
        <div key={consent.id} className="row-between">
          <span>
            <strong>{t(`data.purpose.${consent.purpose}`)}</strong>
            <br />
            <small className="soft">
              {consent.withdrawnAt
                ? t('data.withdrawn', { at: at(consent.withdrawnAt) })
                : t('data.given', {
                    at: at(consent.givenAt),
                    form: t(`data.form.${consent.form}`),
                    by: consent.notedBy,
                  })}
            </small>
          </span>
          {!consent.withdrawnAt && (
            <Button onPress={() => setAsked(consent)}>{t('data.withdraw')}</Button>
          )}
        </div>
      ))}
      <Dialog title={t('data.withdraw')} open={asked !== null} onClose={() => setAsked(null)}>
        <p>
          <strong>{asked && t(`data.purpose.${asked.purpose}`)}</strong>
        </p>
        <p>{t('data.withdrawSure')}</p>
        {withdraw.refusal && <RefusalNotice refusal={withdraw.refusal} />}
        <Button
          kind="danger"
          busy={withdraw.busy}
          onPress={() =>
            void withdraw
              .send({ params: { consentId: asked?.id ?? '' } })
              .then(() => setAsked(null))
              .catch(() => null)
          }
        >
          {t('data.withdraw')}
        </Button>
      </Dialog>
    </Card>
  );
}

function Openings({ data }: { data: MyData }) {
  const { t } = useTranslation('resident');
  return (
    <Card as="section">
      <h2>{t('data.openings')}</h2>
      {data.openings.length === 0 && <p className="soft">{t('data.openingsNone')}</p>}
      <ul className="stack-tight">
        {data.openings.map((opening) => (
          <li key={`${opening.at}:${opening.field}`}>
            <DateText at={opening.at} />{' '}
            {t('data.opening', {
              name: opening.byName,
              field: t(`data.field.${opening.field as 'name'}`),
              reason: opening.reason,
            })}
          </li>
        ))}
      </ul>
    </Card>
  );
}

const kinds = ['correct', 'explain', 'transfer', 'delete'] as const;
const empty = { kind: 'correct' as (typeof kinds)[number], text: '' };

function Requests({ data }: { data: MyData }) {
  const { t, i18n } = useTranslation('resident');
  const ask = useCall(routes.resident.askCorrection);
  const draft = useDraft('data-request', empty);
  async function send() {
    if (await ask.send({ body: draft.value }).catch(() => null)) draft.clear();
  }
  return (
    <Card as="section">
      <h2>{t('data.requests')}</h2>
      {data.requests.map((request) => (
        <p key={request.id}>
          {t(`data.kinds.${request.kind as 'correct'}`)} ·{' '}
          {t(`data.requestStates.${request.state === 'answered' ? 'answered' : 'open'}`)}
          <br />
          <small className="soft">
            {t('data.requestAt', { at: dateWords(request.at, i18n.language) })}
          </small>
          {request.answer && (
            <>
              <br />
              {request.answer}
            </>
          )}
        </p>
      ))}
      <h3>{t('data.ask')}</h3>
      <p className="soft">{t('data.askLead')}</p>
      {ask.done && (
        <Notice tone="done">
          <p>{t('data.asked', { at: dateWords(ask.done.answerBy, i18n.language) })}</p>
        </Notice>
      )}
      <Form onSend={() => void send()} call={ask}>
        <RadioGroup
          name="kind"
          label={t('data.askKind')}
          value={draft.value.kind}
          onChange={(kind) => draft.update({ kind: kind as typeof empty.kind })}
          options={kinds.map((value) => ({
            value,
            label: t(`data.kinds.${value}`),
            hint: t(`data.kindHint.${value}`),
          }))}
        />
        <TextArea {...draft.field('text')} label={t('data.askText')} most={2_000} />
        <Button type="submit" kind="primary" busy={ask.busy}>
          {t('data.askSend')}
        </Button>
      </Form>
    </Card>
  );
}
