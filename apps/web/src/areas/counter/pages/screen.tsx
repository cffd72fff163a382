import { formatYuan } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { Page, useRoom } from '../../../shared/ui/index.ts';
import { hearTotal, type ShownTotal } from '../parts/second-screen.ts';
import '../counter.css';

const WISHES_SHOWN = 3;
const ASK_MILLIS = 300_000;

/** The second screen: what the basket comes to, and what merchants give because of it; between two buyers, neighbours’ wishes. */
export function ScreenPage() {
  const { t } = useTranslation('counter');
  useRoom('screen');
  const [total, setTotal] = useState<ShownTotal | null>(null);
  useEffect(() => hearTotal(setTotal), []);
  const isBuying = total !== null && total.goodsFen > 0;
  return (
    <Page title={t('screen.title')} lead={<p>{t('screen.lead')}</p>} width="wide">
      {isBuying ? (
        <div className="till-screen" role="status">
          <p className="till-label">{t('screen.total')}</p>
          <p className="till-amount">{formatYuan(total.goodsFen)}</p>
          <p className="till-label">
            {t('screen.share')} {formatYuan(total.shareFen)}
          </p>
        </div>
      ) : (
        <Wishes />
      )}
    </Page>
  );
}

/** What neighbours wish for, in the words of the public wall; nothing while there is no network. */
function Wishes() {
  const { t } = useTranslation('counter');
  const query = { limit: WISHES_SHOWN, state: 'open' as const };
  const { data, refetch } = useRoute(routes.need.wall, { query });
  useEffect(() => {
    const timer = setInterval(() => void refetch(), ASK_MILLIS);
    return () => clearInterval(timer);
  }, [refetch]);
  if (!data || data.items.length === 0) return null;
  return (
    <section className="till-screen" aria-labelledby="screen-wishes">
      <h2 id="screen-wishes">{t('screen.wishes', { count: data.openCount })}</h2>
      <ul className="plain-list stack">
        {data.items.map((wish) => (
          <li key={wish.id}>
            <strong>{wish.title}</strong>{' '}
            <span className="till-label">
              {wish.area.name} {formatYuan(wish.targetFen)}
            </span>
          </li>
        ))}
      </ul>
      <p className="till-label">{t('screen.wishesHow')}</p>
    </section>
  );
}
