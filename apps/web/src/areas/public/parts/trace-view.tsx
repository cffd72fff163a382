import { formatYuan } from '@wennuan/basics';
import type { routes, RouteOutput } from '@wennuan/contract';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { FlowPicture } from '../../../shared/charts/index.ts';
import { PathLink } from './path-link.tsx';

type Trace = RouteOutput<typeof routes.fund.publicPayment>['trace'];

/** A trace as picture and sentences, with what still waits and what could not be resolved. */
export function TraceView({ trace, label }: { trace: Trace; label: string }) {
  const { t } = useTranslation('public');
  return (
    <>
      <ol className="sentences">
        {trace.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ol>
      {trace.waitingFen > 0 && (
        <p className="waiting">
          <strong>{t('gift.waiting', { amount: formatYuan(trace.waitingFen) })}</strong>{' '}
          {trace.waitingBefore && t('gift.waitingBefore', { before: trace.waitingBefore })}
        </p>
      )}
      {trace.flows.length > 0 && (
        <FlowPicture label={label} stations={alongTheMoney(trace)} flows={trace.flows} />
      )}
      <Doors trace={trace} />
      {trace.unresolvedFen > 0 && (
        <p className="soft">{t('gift.unresolved', { amount: formatYuan(trace.unresolvedFen) })}</p>
      )}
      {trace.more && (
        <p className="soft">{t(trace.direction === 'forward' ? 'gift.more' : 'payment.more')}</p>
      )}
    </>
  );
}

/** Hops count from where the trace begins; the picture always runs the way the money went. */
function alongTheMoney({ direction, stations }: Trace): Trace['stations'] {
  if (direction === 'forward') return stations;
  const last = Math.max(0, ...stations.map((station) => station.hop));
  return stations.map((station) => ({ ...station, hop: last - station.hop }));
}

/** What the trace passes that has a page of its own: the wish, the fund, the payment. */
function Doors({ trace }: { trace: Trace }) {
  const { t } = useTranslation('public');
  const linked = trace.stations.filter((station) => station.link !== null);
  if (linked.length === 0) return null;
  return (
    <p>
      {t('gift.open')}{' '}
      {linked.map((station, place) => (
        <Fragment key={station.key}>
          {place > 0 && ' · '}
          <PathLink to={station.link!}>
            {[station.label, station.sublabel].filter(Boolean).join(' ')}
          </PathLink>
        </Fragment>
      ))}
    </p>
  );
}
