import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { holds, useSession } from '../../../shared/session/session.ts';
import { Button, Facts, Money, State } from '../../../shared/ui/index.ts';
import { ConfirmDialog, CountDialog, PayInDialog } from './counter-forms.tsx';
import { GiftDialog } from './gift-form.tsx';

type Counter = RouteOutput<typeof routes.cash.counters>['items'][number];

/** One counter: its cash, its last count, and what can be done there now. */
export function CounterCard({ counter }: { counter: Counter }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [doing, setDoing] = useState<'take' | 'count' | 'confirm' | 'payIn' | null>(null);
  const stop = () => setDoing(null);
  const mayTake = holds(session, 'cash.take');
  const last = counter.lastCount;
  const waits = last !== null && last.differenceFen !== 0 && last.confirmedBy === null;
  return (
    <section className="panel" aria-label={counter.name}>
      <h2>
        {counter.area.name} · {counter.name}
      </h2>
      <Facts
        rows={[
          [t('cash.onHand'), <Money fen={counter.onHandFen} />],
          [t('cash.onWay'), <Money fen={counter.onWayFen} />],
          [
            t('cash.taken'),
            <span>
              <Money fen={counter.takenFen} /> · {t('cash.gifts', { count: counter.gifts })}
            </span>,
          ],
          ...(last ? [[t('cash.last'), <LastCount of={last} />] as const] : []),
        ]}
      />
      {mayTake && (
        <div className="row">
          <Button
            kind="primary"
            label={t('cash.takeAt', { name: counter.name })}
            onPress={() => setDoing('take')}
          >
            {t('cash.take')}
          </Button>
          {last?.mayConfirm && (
            <Button onPress={() => setDoing('confirm')}>{t('cash.confirm')}</Button>
          )}
          {!waits && (
            <>
              <Button
                label={t('cash.countAt', { name: counter.name })}
                onPress={() => setDoing('count')}
              >
                {t('cash.count')}
              </Button>
              <Button
                label={t('cash.payInAt', { name: counter.name })}
                onPress={() => setDoing('payIn')}
              >
                {t('cash.payIn')}
              </Button>
            </>
          )}
        </div>
      )}
      {doing === 'take' && <GiftDialog counter={counter} onClose={stop} />}
      {doing === 'count' && <CountDialog counter={counter} onClose={stop} />}
      {doing === 'confirm' && <ConfirmDialog counter={counter} onClose={stop} />}
      {doing === 'payIn' && <PayInDialog counter={counter} onClose={stop} />}
    </section>
  );
}

function LastCount({ of }: { of: NonNullable<Counter['lastCount']> }) {
  const { t } = useTranslation('console');
  const { differenceFen } = of;
  return (
    <span className="stack-tight">
      <span>
        {t('cash.lastWords', {
          by: of.countedBy,
          counted: formatYuan(of.countedFen),
          expected: formatYuan(of.expectedFen),
        })}
      </span>
      <span className="row">
        <State tone={differenceFen === 0 ? 'done' : 'late'}>
          {differenceFen === 0
            ? t('cash.agrees')
            : t('cash.differs', { amount: formatYuan(Math.abs(differenceFen)) })}
        </State>
        {differenceFen !== 0 && (
          <State tone={of.confirmedBy ? 'done' : 'warned'}>
            {of.confirmedBy ? t('cash.confirmedBy', { by: of.confirmedBy }) : t('cash.waits')}
          </State>
        )}
      </span>
      {of.note && <span className="pre">{of.note}</span>}
    </span>
  );
}
