import { type RouteOutput, routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useRoute } from '../../../shared/api/query.ts';
import { amountWords, useBoth } from '../../../shared/program/words.ts';
import { SessionGate } from '../../../shared/session/session-gate.tsx';
import {
  Button,
  ButtonLink,
  Card,
  dateWords,
  EmptyState,
  Form,
  Loaded,
  Notice,
  Page,
  say,
  State,
  TextArea,
} from '../../../shared/ui/index.ts';

type Own = RouteOutput<typeof routes.program.mine>;
type Entitlement = Own['items'][number];
type Clause = Entitlement['because'][number];

/** What she may get and why, and why not: by what is on file, with a person to ask beside each (C-21). */
export function EntitlementsPage() {
  return <SessionGate signIn="/my/sign-in">{() => <Entitlements />}</SessionGate>;
}

function Entitlements() {
  const { t } = useTranslation('resident');
  const query = useRoute(routes.program.mine);
  return (
    <Page title={t('entitled.title')} lead={<p>{t('entitled.lead')}</p>}>
      <Loaded query={query} lines={6}>
        {(own) => (own.bound ? <Lists own={own} /> : <Unbound />)}
      </Loaded>
    </Page>
  );
}

/** An account alone is nobody: a worker binds it to her file first. */
function Unbound() {
  const { t } = useTranslation('resident');
  return (
    <>
      <Notice title={t('entitled.unboundTitle')}>
        <p>{t('entitled.unboundBody')}</p>
      </Notice>
      <p className="row">
        <ButtonLink kind="primary" to="/help">
          {t('call.find')}
        </ButtonLink>
        <ButtonLink to="/policies">{t('entitled.policies')}</ButtonLink>
      </p>
    </>
  );
}

function Lists({ own }: { own: Own }) {
  const { t, i18n } = useTranslation('resident');
  const receives = useReceived();
  const yes = own.items.filter(({ isCandidate }) => isCandidate);
  const no = own.items.filter(({ isCandidate }) => !isCandidate);
  return (
    <>
      <p className="soft">
        {t('entitled.asOf', { at: dateWords(own.asOf, i18n.language, false) })}
      </p>
      <section className="stack-tight" aria-labelledby="entitled-yes">
        <h2 id="entitled-yes">{t('entitled.yes', { count: yes.length })}</h2>
        {yes.length === 0 && (
          <EmptyState title={t('entitled.noneTitle')}>
            <p>{t('entitled.noneBody')}</p>
          </EmptyState>
        )}
        {yes.map((one) => (
          <EntitledCard key={one.code} one={one} receives={receives.has(one.code)} />
        ))}
      </section>
      {no.length > 0 && (
        <section className="stack-tight" aria-labelledby="entitled-no">
          <h2 id="entitled-no">{t('entitled.no', { count: no.length })}</h2>
          <p>{t('entitled.noLead')}</p>
          {no.map((one) => (
            <NotYet key={one.code} one={one} receives={receives.has(one.code)} />
          ))}
        </section>
      )}
    </>
  );
}

/** Codes of what she is being given now: a page that says “not yet” of it would contradict the one beside it. */
function useReceived(): ReadonlySet<string> {
  const aid = useRoute(routes.award.mine);
  const running = (aid.data?.items ?? []).filter(
    ({ state }) => state === 'granted' || state === 'paid_elsewhere',
  );
  return new Set(running.map(({ programme }) => programme.code));
}

interface Shown {
  one: Entitlement;
  receives: boolean;
}

function EntitledCard({ one, receives }: Shown) {
  const { t } = useTranslation('resident');
  const shared = useTranslation().t;
  const both = useBoth();
  return (
    <Card as="section">
      <h3>
        <Link to="/policies/$code" params={{ code: one.code }}>
          {both(one.name)}
        </Link>
      </h3>
      <p>
        <State tone="done">{t(receives ? 'entitled.receives' : 'entitled.meets')}</State>
      </p>
      <p>
        <strong>{both(one.what)}</strong>
        {one.amount > 0 && one.amountUnit === 'fen' && (
          <span className="soft">
            {' '}
            {t('entitled.amount', { amount: amountWords(shared, one.amount, one.amountUnit) })}
          </span>
        )}
      </p>
      {one.throughHousehold && <p>{t('entitled.throughHousehold')}</p>}
      <h4>{t('entitled.because')}</h4>
      <Clauses clauses={one.because} />
      {receives ? (
        <p>
          <Link to="/my/aid">{t('entitled.seeAid')}</Link>
        </p>
      ) : (
        <p className="soft">{t('entitled.next')}</p>
      )}
      <AskPerson one={one} />
    </Card>
  );
}

function NotYet({ one, receives }: Shown) {
  const { t } = useTranslation('resident');
  const both = useBoth();
  return (
    <details className="card">
      <summary>
        <strong>{both(one.name)}</strong>{' '}
        <span className="soft">
          {t(receives ? 'entitled.receivesAllTheSame' : 'entitled.notByFile')}
        </span>
      </summary>
      <p>{both(one.what)}</p>
      <h4>{t('entitled.missing')}</h4>
      <Clauses clauses={one.missing} />
      <p>
        <Link to="/policies/$code" params={{ code: one.code }}>
          {t('entitled.rules')}
        </Link>
      </p>
      <AskPerson one={one} />
    </details>
  );
}

function Clauses({ clauses }: { clauses: readonly Clause[] }) {
  const { t } = useTranslation('resident');
  const both = useBoth();
  return (
    <ul className="stack-tight">
      {clauses.map((clause) => (
        <li key={clause.asked.zh}>
          <span>{both(clause.asked)}</span>
          <p className="soft small">
            {clause.seen
              ? t('entitled.seen', { seen: both(clause.seen) })
              : t(clause.state === 'met' ? 'entitled.held' : 'entitled.unknown')}
            <Sources clause={clause} />
          </p>
        </li>
      ))}
    </ul>
  );
}

/** Who says so, and since when it is on file. */
function Sources({ clause }: { clause: Clause }) {
  const { t, i18n } = useTranslation('resident');
  const both = useBoth();
  return clause.sources.map((source) => (
    <small key={`${source.name.zh} ${source.notedOn}`}>
      {' '}
      {t('entitled.source', {
        name: both(source.name),
        at: dateWords(source.notedOn, i18n.language, false),
      })}
    </small>
  ));
}

/** A machine only counts: whoever doubts it asks a person, who answers in writing. */
function AskPerson({ one }: { one: Entitlement }) {
  const { t, i18n } = useTranslation('resident');
  const both = useBoth();
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [answerBy, setAnswerBy] = useState<string | null>(null);
  const ask = useCall(routes.program.ask);
  async function send() {
    const asked = await ask.send({ params: { code: one.code }, body: { text } }).catch(() => null);
    if (!asked) return;
    say(t('entitled.asked'));
    setAnswerBy(asked.answerBy);
  }
  if (answerBy)
    return (
      <p role="status">
        {t('entitled.askedBy', { at: dateWords(answerBy, i18n.language, false) })}{' '}
        <Link to="/my/data">{t('entitled.askedSee')}</Link>
      </p>
    );
  if (!isOpen)
    return (
      <Button
        label={t('entitled.askAbout', { name: both(one.name) })}
        onPress={() => setOpen(true)}
      >
        {t('entitled.ask')}
      </Button>
    );
  return (
    <Form onSend={() => void send()} call={ask} scope={one.code}>
      <TextArea
        name="text"
        label={t('entitled.askText')}
        hint={t('entitled.askHint')}
        value={text}
        onChange={setText}
        most={500}
        optional
      />
      <Button type="submit" kind="primary" busy={ask.busy}>
        {t('entitled.askSend')}
      </Button>
    </Form>
  );
}
