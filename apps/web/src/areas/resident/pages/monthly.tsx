import { formatYuan } from '@wennuan/basics';
import { routes, type RouteOutput } from '@wennuan/contract';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAmountCheck } from '../../../shared/amount.ts';
import { useList, useCall, useRoute } from '../../../shared/api/query.ts';
import { SessionGate } from '../../../shared/session/session-gate.tsx';
import {
  Listed,
  Button,
  Card,
  DateText,
  Form,
  Loaded,
  monthWords,
  newFormId,
  Page,
  RefusalNotice,
  say,
  Select,
  State,
  type Tone,
  YuanField,
} from '../../../shared/ui/index.ts';
import { NonePromised } from '../parts/none-promised.tsx';

type Monthly = RouteOutput<typeof routes.pledge.myMonthly>['items'][number];
type Turn = Monthly['turns'][number];

const tones: Record<Turn['state'], Tone> = { asked: 'warned', given: 'done', skipped: 'quiet' };

/** One's monthly gifts: this month's button first, then every month; with a campaign named, the form for a new one. */
export function MonthlyPage() {
  return <SessionGate signIn="/my/sign-in">{() => <OwnMonthly />}</SessionGate>;
}

function OwnMonthly() {
  const { t } = useTranslation('resident');
  const { campaign, turn } = useSearch({ from: '/my/monthly' });
  const query = useList(routes.pledge.myMonthly);
  return (
    <Page title={t('monthly.title')} lead={<p>{t('monthly.lead')}</p>}>
      {campaign && <NewMonthly code={campaign} />}
      <Listed list={query} empty={campaign ? null : <NonePromised title={t('monthly.none')} />}>
        {(items) =>
          items
            .toSorted(
              (one, other) =>
                Number(other.turns.some(({ id }) => id === turn)) -
                Number(one.turns.some(({ id }) => id === turn)),
            )
            .map((monthly) => <MonthlyCard key={monthly.id} monthly={monthly} />)
        }
      </Listed>
    </Page>
  );
}

function MonthlyCard({ monthly }: { monthly: Monthly }) {
  const { t } = useTranslation('resident');
  const end = useCall(routes.pledge.endMonthly);
  const open = monthly.turns.find((turn) => turn.state === 'asked');
  const stop = async () => {
    await end.send({ params: { monthlyId: monthly.id } });
    say(t('monthly.endedNow'));
  };
  return (
    <Card as="article">
      <div className="row-between">
        <h2>
          <Link to="/campaigns/$code" params={{ code: monthly.campaignCode }}>
            {monthly.campaignName}
          </Link>
        </h2>
        <State tone={monthly.state === 'running' ? 'accent' : 'quiet'}>
          {t(`monthly.state.${monthly.state}`)}
        </State>
      </div>
      <p>
        {t('monthly.each', { day: monthly.dayOfMonth, amount: formatYuan(monthly.amountFen) })} ·{' '}
        {t('monthly.given', { amount: formatYuan(monthly.givenFen) })}
      </p>
      {open && <PayMonth turn={open} amountFen={monthly.amountFen} />}
      {monthly.turns.length > 0 && <Months turns={monthly.turns} />}
      {monthly.nextOn && (
        <p className="soft small">
          {t('monthly.next')} <DateText at={monthly.nextOn} />
        </p>
      )}
      {monthly.state === 'running' && (
        <Button kind="quiet" busy={end.busy} onPress={() => void stop().catch(() => undefined)}>
          {t('monthly.end')}
        </Button>
      )}
    </Card>
  );
}

function Months({ turns }: { turns: readonly Turn[] }) {
  const { t, i18n } = useTranslation('resident');
  return (
    <ul className="stack-tight small">
      {turns.map((turn) => (
        <li key={turn.id} className="row-between">
          <span>{monthWords(turn.month, i18n.language)}</span>
          <span className="row">
            <State tone={tones[turn.state]}>{t(`monthly.turn.${turn.state}`)}</State>
            {turn.giftToken && (
              <Link
                to="/gifts/$token"
                params={{ token: turn.giftToken }}
                aria-label={t('monthly.seeOf', { month: monthWords(turn.month, i18n.language) })}
              >
                {t('monthly.see')}
              </Link>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function PayMonth({ turn, amountFen }: { turn: Turn; amountFen: number }) {
  const { t, i18n } = useTranslation('resident');
  const give = useCall(routes.pledge.giveMonth);
  const skip = useCall(routes.pledge.skipMonth);
  const [leaving, setLeaving] = useState(false);
  const params = { turnId: turn.id };
  const pay = async () => {
    const begun = await give.send({ params });
    setLeaving(true);
    window.location.assign(begun.cashierUrl);
  };
  const leaveOut = async () => {
    await skip.send({ params });
    say(t('monthly.skipped'));
  };
  const refusal = give.refusal ?? skip.refusal;
  return (
    <div className="stack-tight">
      {refusal && (
        <div role="alert">
          <RefusalNotice refusal={refusal} />
        </div>
      )}
      <Button
        kind="primary"
        wide
        busy={give.busy || leaving}
        onPress={() => void pay().catch(() => undefined)}
      >
        {t('monthly.pay', {
          month: monthWords(turn.month, i18n.language),
          amount: formatYuan(amountFen),
        })}
      </Button>
      <Button busy={skip.busy} wide onPress={() => void leaveOut().catch(() => undefined)}>
        {t('monthly.skip')}
      </Button>
    </div>
  );
}

const days = Array.from({ length: 28 }, (_, index) => String(index + 1));

function NewMonthly({ code }: { code: string }) {
  const query = useRoute(routes.donation.campaign, { params: { code } });
  return (
    <Loaded query={query}>
      {({ campaign }) => <MonthlyForm campaignId={campaign.id} name={campaign.name} />}
    </Loaded>
  );
}

function MonthlyForm({ campaignId, name }: { campaignId: string; name: string }) {
  const { t } = useTranslation('resident');
  const navigate = useNavigate();
  const amountWrong = useAmountCheck();
  const [amountYuan, setAmount] = useState('10');
  const [day, setDay] = useState('15');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [formId] = useState(newFormId);
  const start = useCall(routes.pledge.startMonthly);
  async function send() {
    const wrong = amountWrong(amountYuan, t('pledges.amountMissing'));
    setErrors(wrong ? { amountYuan: wrong } : {});
    if (wrong) return;
    await start.send({ body: { campaignId, amountYuan, dayOfMonth: Number(day), formId } });
    say(t('monthly.started'));
    void navigate({ to: '/my/monthly', search: {}, replace: true });
  }
  return (
    <Card as="section">
      <h2>{t('monthly.newTitle', { name })}</h2>
      <p className="soft">{t('monthly.newLead')}</p>
      <Form onSend={() => void send().catch(() => undefined)} errors={errors} call={start}>
        <YuanField
          name="amountYuan"
          label={t('monthly.amount')}
          value={amountYuan}
          onChange={setAmount}
        />
        <Select
          name="dayOfMonth"
          label={t('monthly.day')}
          value={day}
          onChange={setDay}
          options={days.map((one) => ({ value: one, label: t('monthly.dayOf', { day: one }) }))}
        />
        <Button kind="primary" type="submit" wide busy={start.busy}>
          {t('monthly.start')}
        </Button>
      </Form>
    </Card>
  );
}
