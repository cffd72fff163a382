import { routes } from '@wennuan/contract';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { ButtonLink, EmptyState, Loaded, Page } from '../../../shared/ui/index.ts';
import { MoneyBars } from '../parts/money-bars.tsx';
import { useAsOf, useFederation } from '../parts/words.ts';

/** Every fund with what came in, what went out, what is there. */
export function FundsPage() {
  const { t } = useTranslation('public');
  const federation = useFederation();
  const asOf = useAsOf();
  const search = useSearch({ from: '/public/funds' });
  const query = useRoute(routes.fund.publicFunds, { query: { ...search, limit: 20 } });
  return (
    <Page
      title={t('funds.title')}
      description={t('funds.description')}
      lead={t('funds.lead', { federation })}
      width="wide"
    >
      <Kinds kind={search.kind} />
      <Loaded query={query}>
        {(page) =>
          page.items.length === 0 ? (
            <EmptyState title={t('funds.noneTitle')}>
              <p>{t('funds.noneBody')}</p>
            </EmptyState>
          ) : (
            <>
              <section className="card total" aria-labelledby="total">
                <h2 id="total">
                  {search.kind ? t(`funds.kind.${search.kind}`) : t('funds.total')}
                </h2>
                <MoneyBars
                  name={t('funds.total')}
                  givenFen={page.totalGivenFen}
                  returnedFen={page.totalReturnedFen}
                  inFen={page.totalInFen}
                  outFen={page.totalOutFen}
                  balanceFen={page.totalBalanceFen}
                />
                <p className="soft small">{asOf(page.asOf)}</p>
              </section>
              <ul className="grid-cards">
                {page.items.map((fund) => (
                  <li key={fund.id} className="card">
                    <h2>
                      <Link to="/funds/$code" params={{ code: fund.code }}>
                        {fund.name}
                      </Link>
                    </h2>
                    <p className="soft small">{t(`funds.kind.${fund.kind}`)}</p>
                    <MoneyBars {...fund} />
                  </li>
                ))}
              </ul>
              <nav className="row" aria-label={t('more')}>
                {search.after !== undefined && (
                  <ButtonLink to="/funds" search={{ ...search, after: undefined }}>
                    {t('first')}
                  </ButtonLink>
                )}
                {page.next && (
                  <ButtonLink to="/funds" search={{ ...search, after: page.next }}>
                    {t('more')}
                  </ButtonLink>
                )}
              </nav>
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function Kinds({ kind }: { kind: string | undefined }) {
  const { t } = useTranslation('public');
  return (
    <nav className="state-filter" aria-label={t('funds.kinds')}>
      {([undefined, 'mutual_aid', 'special', 'general'] as const).map((one) => (
        <Link
          key={one ?? 'all'}
          to="/funds"
          search={{ kind: one }}
          aria-current={one === kind ? 'true' : undefined}
          activeProps={{}}
          activeOptions={{ exact: true }}
        >
          {one ? t(`funds.kind.${one}`) : t('funds.allKinds')}
        </Link>
      ))}
    </nav>
  );
}
