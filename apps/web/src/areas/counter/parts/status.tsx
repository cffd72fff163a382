import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { State } from '../../../shared/ui/index.ts';
import { CLOCK_MILLIS, tillStore, type TillState } from '../till/store.ts';
import { timeWords } from './words.ts';

/** Always there: on line or not, since when, how much waits to be sent. */
export function StatusLine({ till }: { till: TillState }) {
  const { t } = useTranslation('counter');
  const { snapshot, journal, online } = till;
  const off = Math.abs(snapshot?.offsetMillis ?? 0);
  const minutes = Math.round(off / 60_000);
  const cashier = snapshot?.data.shift?.cashier;
  return (
    <>
      <div className="till-status" role="status" data-online={online}>
        <State tone={online ? 'done' : 'warned'}>
          {t(online ? 'line.online' : 'line.offline')}
        </State>
        <span>{t('line.since', { time: timeWords(till.since) })}</span>
        <strong>
          {journal.length > 0 ? t('line.waiting', { count: journal.length }) : t('line.none')}
        </strong>
        {cashier && <span>{cashier}</span>}
        {till.practice && (
          <button
            type="button"
            className="till-practice"
            onClick={() => tillStore.setPractice(false)}
          >
            {t('line.practice')}
          </button>
        )}
      </div>
      {off > CLOCK_MILLIS && (
        <p className="till-warning" role="alert">
          {minutes < 120
            ? t('line.clock', { minutes })
            : t('line.clockHours', { hours: Math.round(minutes / 60) })}
        </p>
      )}
      {till.signedOut && (
        <p className="till-warning" role="alert">
          {t('line.signedOut')}{' '}
          <Link to="/desk/sign-in" search={{ next: '/counter' }}>
            {t('line.signIn')}
          </Link>
        </p>
      )}
      {!till.signedOut && till.trouble && (
        <p className="till-warning" role="alert">
          {t('line.trouble', { sentence: till.trouble })}
        </p>
      )}
    </>
  );
}
