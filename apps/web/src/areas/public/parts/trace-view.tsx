import { formatYuan } from '@wennuan/basics';
import type { routes, RouteOutput } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { FlowPicture } from '../../../shared/charts/index.ts';

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
        <FlowPicture label={label} stations={trace.stations} flows={trace.flows} />
      )}
      {trace.unresolvedFen > 0 && (
        <p className="soft">{t('gift.unresolved', { amount: formatYuan(trace.unresolvedFen) })}</p>
      )}
      {trace.more && (
        <p className="soft">{t(trace.direction === 'forward' ? 'gift.more' : 'payment.more')}</p>
      )}
    </>
  );
}
