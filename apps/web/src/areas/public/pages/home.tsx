import { formatYuan } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useList, useRoute } from '../../../shared/api/query.ts';
import { useBrand } from '../../../shared/session/district.ts';
import { Listed, EmptyState, Figure, Loaded, Page } from '../../../shared/ui/index.ts';
import { CampaignTotals, OneYuan } from '../parts/campaign-totals.tsx';
import { ResponseTable } from '../parts/response-table.tsx';
import { WishCard } from '../parts/wish-card.tsx';
import { useAsOf, wholeNumber } from '../parts/words.ts';

/** What this is, in one screen: ask, give, what is near; then how it stands now. */
export function HomePage() {
  const { t } = useTranslation('public');
  const brand = useBrand();
  return (
    <Page
      title={t('home.title')}
      description={t('home.description', { brand })}
      lead={t('home.lead')}
      width="wide"
    >
      <Doors />
      <OneYuan />
      <Figures />
      <CampaignTotals />
      <Newest />
      <Loop />
      <Speed />
    </Page>
  );
}

function Doors() {
  const { t } = useTranslation('public');
  const doors = [
    ['ask', '/my', 'askHint'],
    ['give', '/wall', 'giveHint'],
    ['near', '/help', 'nearHint'],
    ['slip', '/slips', 'slipHint'],
  ] as const;
  return (
    <ul className="doors">
      {doors.map(([name, to, hint]) => (
        <li key={name}>
          <Link to={to} className="door" data-door={name}>
            <strong>{t(`home.${name}`)}</strong>
            <span>{t(`home.${hint}`)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

const homeWishes = { query: { state: 'open', limit: 4 } } as const;

function Figures() {
  const { t } = useTranslation('public');
  const asOf = useAsOf();
  const wall = useRoute(routes.need.wall, homeWishes);
  const funds = useRoute(routes.fund.publicFunds, { query: { limit: 1 } });
  return (
    <section aria-labelledby="figures" className="stack-tight">
      <h2 id="figures">{t('home.figures')}</h2>
      <div className="figures">
        <Loaded query={wall} lines={2}>
          {(page) => (
            <>
              <Link to="/wall">
                <Figure
                  label={t('home.open')}
                  value={wholeNumber(page.openCount)}
                  unit={t('home.pieces')}
                />
              </Link>
              <Link to="/wall" search={{ state: 'closed' }}>
                <Figure
                  label={t('home.met')}
                  value={wholeNumber(page.closedCount)}
                  unit={t('home.pieces')}
                />
              </Link>
            </>
          )}
        </Loaded>
        <Loaded query={funds} lines={2}>
          {(page) => (
            <>
              <Link to="/funds">
                <Figure label={t('home.in')} value={formatYuan(page.totalInFen)} unit="" />
              </Link>
              <Link to="/funds">
                <Figure label={t('home.out')} value={formatYuan(page.totalOutFen)} unit="" />
              </Link>
            </>
          )}
        </Loaded>
      </div>
      {(wall.data ?? funds.data) && (
        <p className="soft small">{asOf((wall.data ?? funds.data)!.asOf)}</p>
      )}
    </section>
  );
}

function Newest() {
  const { t } = useTranslation('public');
  const wall = useList(routes.need.wall, homeWishes);
  return (
    <section aria-labelledby="newest" className="stack">
      <div className="row-between">
        <h2 id="newest">{t('home.newest')}</h2>
        <Link to="/wall">{t('home.wholeWall')}</Link>
      </div>
      <Listed
        list={wall}
        empty={
          <EmptyState title={t('home.noneTitle')}>
            <p>{t('home.noneBody')}</p>
          </EmptyState>
        }
      >
        {(items) => (
          <ul className="grid-cards">
            {items.map((wish) => (
              <WishCard key={wish.id} wish={wish} level={3} />
            ))}
          </ul>
        )}
      </Listed>
    </section>
  );
}

function Loop() {
  const { t } = useTranslation('public');
  return (
    <section aria-labelledby="how" className="stack">
      <h2 id="how">{t('home.how')}</h2>
      <ol className="loop">
        {(['verify', 'match', 'carryOut', 'feedBack'] as const).map((step) => (
          <li key={step}>
            <strong>{t(`loop.${step}`)}</strong>
            <p>{t(`loop.${step}Body`)}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Speed() {
  const { t } = useTranslation('public');
  const asOf = useAsOf();
  const query = useRoute(routes.need.responses);
  return (
    <section aria-labelledby="speed" className="stack-tight">
      <h2 id="speed">{t('home.speed')}</h2>
      <p className="soft">{t('home.speedLead')}</p>
      <Loaded query={query}>
        {(figures) => (
          <>
            <ResponseTable figures={figures} levels={['district']} show="times" />
            <details>
              <summary>{t('home.speedStreets')}</summary>
              <ResponseTable figures={figures} levels={['street']} show="times" />
            </details>
            <p className="soft small">
              {asOf(figures.asOf)} · <Link to="/responses">{t('nav.responses')}</Link>
            </p>
          </>
        )}
      </Loaded>
    </section>
  );
}
