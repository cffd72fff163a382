import { findingOutcomes, type RouteOutput, routes } from '@wennuan/contract';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  ButtonLink,
  ClockState,
  DateText,
  Facts,
  Form,
  Loaded,
  Money,
  Notice,
  Page,
  RadioGroup,
  say,
  State,
  Steps,
  TextArea,
  TextField,
  YuanField,
} from '../../../shared/ui/index.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { PanelForm } from '../parts/panel-form.tsx';
import { evidenceWords } from '../parts/finding-words.ts';
import { useSend } from '../parts/send.ts';

type Whole = RouteOutput<typeof routes.supervision.readFinding>;
type Outcome = (typeof findingOutcomes)[number];

/** One case: what was found, what it rests on, what was done, and its end. */
export function FindingPage() {
  const { t } = useTranslation('console');
  const { findingId } = useParams({ from: '/desk/findings/$findingId' });
  const query = useRoute(routes.supervision.readFinding, { params: { findingId } });
  const { session } = useSession();
  const { data } = query;
  return (
    <Page
      title={data ? `${data.number} ${t(`findings.kindName.${data.kind}`)}` : t('findings.title')}
      lead={data && t(`findings.why.${data.kind}`)}
    >
      <Loaded query={query}>
        {(one) => (
          <>
            <Evidence one={one} />
            {one.outcome === null && holds(session, 'finding.act') && (
              <>
                <NoteForm findingId={one.id} />
                <EndForm findingId={one.id} />
              </>
            )}
            <History one={one} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Evidence({ one }: { one: Whole }) {
  const { t, i18n } = useTranslation('console');
  const { t: shared } = useTranslation();
  const ownerWords = ({ owners: { role, area, names } }: Whole) =>
    [area.name, shared(`role.${role}`), names.join('、')].filter(Boolean).join(' · ');
  const { session } = useSession();
  const values = Object.entries(Object.groupBy(one.evidence, ({ code }) => code)) as [
    Whole['evidence'][number]['code'],
    Whole['evidence'],
  ][];
  return (
    <section className="panel">
      <span className="row-between">
        <h2>{t('findings.evidence')}</h2>
        {one.outcome ? (
          <State tone="done">{t(`findings.outcome.${one.outcome}`)}</State>
        ) : (
          one.clock && <ClockState clock={one.clock} />
        )}
      </span>
      {!one.stillFound && <Notice tone="quiet">{t('findings.gone')}</Notice>}
      <Facts
        rows={[
          ...(one.person ? [[t('findings.person'), one.person.maskedName] as const] : []),
          [t('findings.area'), one.area.name],
          [t('findings.owner'), ownerWords(one)],
          ...values.map(
            ([code, lines]) =>
              [
                t(`findings.evidenceName.${code}`),
                lines.map((piece) => evidenceWords(t, i18n.language, piece)).join('、'),
              ] as const,
          ),
          ...(one.referredTo ? [[t('findings.referredTo'), one.referredTo] as const] : []),
          ...(one.recoveredFen
            ? [[t('findings.recovered'), <Money key="fen" fen={one.recoveredFen} />] as const]
            : []),
        ]}
      />
      {one.person && holds(session, 'person.read') && (
        <ButtonLink to="/desk/persons/$personId" params={{ personId: one.person.id }}>
          {t('findings.openFile')}
        </ButtonLink>
      )}
    </section>
  );
}

function NoteForm({ findingId }: { findingId: string }) {
  const { t } = useTranslation('console');
  const [note, setNote] = useState('');
  const call = useSend(routes.supervision.note);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    if (!checks.pass({ note: filled(note, t('findings.note')) })) return;
    call.run({ params: { findingId }, body: { note } }, () => {
      setNote('');
      say(t('findings.noted'));
    });
  }
  return (
    <PanelForm
      onSend={send}
      errors={checks.errors}
      call={call}
      scope="note"
      send={t('findings.addNote')}
      kind="secondary"
    >
      <TextArea
        name="note"
        label={t('findings.note')}
        rows={3}
        most={2000}
        value={note}
        onChange={setNote}
      />
    </PanelForm>
  );
}

function EndForm({ findingId }: { findingId: string }) {
  const { t } = useTranslation('console');
  // None is chosen beforehand: how a case ends is decided, not left as it stood.
  const [outcome, setOutcome] = useState<Outcome | ''>('');
  const [typed, setTyped] = useState({ note: '', yuan: '', to: '' });
  const call = useSend(routes.supervision.end);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const fine = checks.pass({
      outcome: outcome === '' && t('findings.chooseOutcome'),
      note: filled(typed.note, t('findings.endNote')),
      recoveredYuan: outcome === 'recovered' && filled(typed.yuan, t('findings.recoveredYuan')),
      referredTo: outcome === 'referred' && filled(typed.to, t('findings.referredTo')),
    });
    if (!fine || outcome === '') return;
    const body = {
      outcome,
      note: typed.note,
      recoveredYuan: outcome === 'recovered' ? typed.yuan : null,
      referredTo: outcome === 'referred' ? typed.to : null,
    };
    call.run({ params: { findingId }, body }, () => say(t('findings.endedDone')));
  }
  return (
    <section className="panel">
      <h2>{t('findings.end')}</h2>
      <p className="soft">{t('findings.endHint')}</p>
      <Form onSend={send} errors={checks.errors} call={call} scope="end" send={t('findings.end')}>
        <RadioGroup
          name="outcome"
          label={t('findings.how')}
          value={outcome}
          onChange={(picked) => setOutcome(picked as Outcome)}
          options={findingOutcomes.map((one) => ({
            value: one,
            label: t(`findings.outcome.${one}`),
          }))}
        />
        {outcome === 'recovered' && (
          <YuanField
            name="recoveredYuan"
            label={t('findings.recoveredYuan')}
            value={typed.yuan}
            onChange={(yuan) => setTyped({ ...typed, yuan })}
          />
        )}
        {outcome === 'referred' && (
          <TextField
            name="referredTo"
            label={t('findings.referredTo')}
            value={typed.to}
            onChange={(to) => setTyped({ ...typed, to })}
          />
        )}
        <TextArea
          name="note"
          label={t('findings.endNote')}
          rows={3}
          most={2000}
          value={typed.note}
          onChange={(note) => setTyped({ ...typed, note })}
        />
      </Form>
    </section>
  );
}

function History({ one }: { one: Whole }) {
  const { t } = useTranslation('console');
  if (one.steps.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t('findings.history')}</h2>
      <Steps
        label={t('findings.history')}
        steps={one.steps.map((step, index) => ({
          key: String(index),
          state: 'done',
          title: (
            <>
              {t(`findings.move.${step.move}`)} · {step.byName ?? t('findings.bySystem')} ·{' '}
              <DateText at={step.at} />
            </>
          ),
          children: step.note && <p className="pre">{step.note}</p>,
        }))}
      />
    </section>
  );
}
