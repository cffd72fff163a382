import { formatYuan } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { EmptyState, Loaded, Page, State } from '../../../shared/ui/index.ts';
import { useAsOf, useFederation, wholeNumber } from '../parts/words.ts';

/** Charity sales that are open or over, with what each brought so far. */
export function CharitySalesPage() {
  const { t } = useTranslation('public');
  const federation = useFederation();
  const asOf = useAsOf();
  const query = useRoute(routes.charitySale.publicList);
  return (
    <Page
      title={t('charitySales.title')}
      description={t('charitySales.description', { federation })}
      lead={t('charitySales.lead')}
      width="wide"
    >
      <Loaded query={query}>
        {({ items, asOf: at }) =>
          items.length === 0 ? (
            <EmptyState title={t('charitySales.none')}>
              <p>{t('charitySales.noneBody')}</p>
            </EmptyState>
          ) : (
            <>
              <ul className="grid-cards grid-cards-wide">
                {items.map((sale) => (
                  <li key={sale.id} className="card">
                    <div className="row-between">
                      <h2>
                        <Link to="/charity-sales/$number" params={{ number: sale.number }}>
                          {sale.name}
                        </Link>
                      </h2>
                      <State tone={sale.state === 'open' ? 'accent' : 'done'}>
                        {t(`charitySales.states.${sale.state === 'open' ? 'open' : 'closed'}`)}
                      </State>
                    </div>
                    <p>{sale.purpose}</p>
                    <p>
                      <strong>{t('charitySales.goesTo', { target: sale.target.name })}</strong>
                    </p>
                    <p className="number">
                      {t('charitySales.soFar', {
                        pieces: wholeNumber(sale.piecesSold),
                        sum: formatYuan(sale.proceedsFen),
                      })}
                    </p>
                    <p className="soft small">
                      {t('charitySales.days', { from: sale.opensOn, until: sale.closesOn })} ·{' '}
                      {sale.places.map((one) => one.name).join('、')}
                      {sale.sellsOnline && ` · ${t('charitySales.online')}`}
                    </p>
                  </li>
                ))}
              </ul>
              <p className="soft small">{asOf(at)}</p>
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
