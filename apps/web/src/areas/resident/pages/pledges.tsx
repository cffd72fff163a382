import { formatYuan } from '@wennuan/basics';
import { routes, type RouteOutput } from '@wennuan/contract';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList, useCall } from '../../../shared/api/query.ts';
import { SessionGate } from '../../../shared/session/session-gate.tsx';
import {
  Listed,
  Button,
  Card,
  DateText,
  Form,
  newFormId,
  Page,
  say,
  State,
  type Tone,
  YuanField,
} from '../../../shared/ui/index.ts';
import { NonePromised } from '../parts/none-promised.tsx';
import { NewPledge } from '../parts/new-pledge.tsx';

type Pledge = RouteOutput<typeof routes.pledge.myPledges>['items'][number];

const tones: Record<Pledge['state'], Tone> = {
  open: 'warned',
  fulfilled: 'done',
  released: 'quiet',
};

/** One's pledges with their instalments; with a campaign named, the form for a new one. */
export function PledgesPage() {
  return <SessionGate signIn="/my/sign-in">{() => <OwnPledges />}</SessionGate>;
}

function OwnPledges() {
  const { t } = useTranslation('resident');
  const { campaign } = useSearch({ from: '/my/pledges' });
  const query = useList(routes.pledge.myPledges);
  return (
    <Page title={t('pledges.title')} lead={<p>{t('pledges.lead')}</p>}>
      {campaign && <NewPledge code={campaign} />}
      <Listed list={query} empty={campaign ? null : <NonePromised title={t('pledges.none')} />}>
        {(items) => items.map((pledge) => <PledgeCard key={pledge.id} pledge={pledge} />)}
      </Listed>
    </Page>
  );
}

function PledgeCard({ pledge }: { pledge: Pledge }) {
  const { t } = useTranslation('resident');
  const next = pledge.instalments.find((one) => one.state !== 'met');
  return (
    <Card as="article">
      <div className="row-between">
        <h2>
          <Link to="/campaigns/$code" params={{ code: pledge.campaignCode }}>
            {pledge.campaignName}
          </Link>
        </h2>
        <State tone={pledge.overdueFen > 0 ? 'late' : tones[pledge.state]}>
          {t(pledge.overdueFen > 0 ? 'pledges.overdue' : `pledges.state.${pledge.state}`)}
        </State>
      </div>
      <p>
        {t('pledges.sums', {
          promised: formatYuan(pledge.promisedFen),
          given: formatYuan(pledge.givenFen),
        })}
      </p>
      <ul className="stack-tight small">
        {pledge.instalments.map((one) => (
          <li key={one.place}>
            {t('pledges.instalment', { place: one.place })} <DateText at={one.dueOn} /> ·{' '}
            {formatYuan(one.amountFen)} · {t(`pledges.part.${one.state}`)}
          </li>
        ))}
      </ul>
      <p className="soft small">
        {pledge.number} · {t('gifts.as', { name: pledge.promisedBy })}
      </p>
      {pledge.state === 'open' && next && (
        <GiveNow pledgeId={pledge.id} leftFen={next.amountFen - next.givenFen} />
      )}
    </Card>
  );
}

function GiveNow({ pledgeId, leftFen }: { pledgeId: string; leftFen: number }) {
  const { t } = useTranslation('resident');
  const [amountYuan, setAmount] = useState((leftFen / 100).toFixed(2));
  const [formId] = useState(newFormId);
  const [leaving, setLeaving] = useState(false);
  const give = useCall(routes.pledge.give);
  async function send() {
    const begun = await give.send({ params: { pledgeId }, body: { amountYuan, formId } });
    setLeaving(true);
    say(t('pledges.leaving'));
    window.location.assign(begun.cashierUrl);
  }
  return (
    <Form
      scope={pledgeId}
      onSend={() => void send().catch(() => undefined)}
      call={{ refusal: give.refusal, busy: give.busy || leaving }}
    >
      <YuanField
        name="amountYuan"
        label={t('pledges.giveHow')}
        value={amountYuan}
        onChange={setAmount}
      />
      <Button kind="primary" type="submit" wide busy={give.busy || leaving}>
        {t('pledges.give')}
      </Button>
    </Form>
  );
}
