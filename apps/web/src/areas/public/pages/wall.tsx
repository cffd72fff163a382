import { routes, type RouteOutput } from '@wennuan/contract';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { Button, ButtonLink, EmptyState, Loaded, Page, Select } from '../../../shared/ui/index.ts';
import { WishCard } from '../parts/wish-card.tsx';
import { useAsOf, wholeNumber } from '../parts/words.ts';
import { moreOfWall, type WallSearch, wallQuery } from '../search.ts';

const states = ['open', 'claimed', 'given', 'under_way', 'delivered', 'closed', 'all'] as const;

/** The wish wall, by street, community and state. */
export function WallPage() {
  const { t } = useTranslation('public');
  const search = useSearch({ from: '/public/wall' });
  const query = useRoute(routes.need.wall, { query: wallQuery(search) });
  const asOf = useAsOf();
  return (
    <Page
      title={t('wall.title')}
      description={t('wall.description')}
      lead={t('wall.lead')}
      width="wide"
    >
      <Filters search={search} />
      <Loaded query={query}>
        {(page) => (
          <>
            <p className="soft small" role="status">
              {t('wall.counts', {
                open: wholeNumber(page.openCount),
                closed: wholeNumber(page.closedCount),
              })}{' '}
              · {asOf(page.asOf)}
            </p>
            <Wishes page={page} search={search} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Wishes({
  page,
  search,
}: {
  page: RouteOutput<typeof routes.need.wall>;
  search: WallSearch;
}) {
  const { t } = useTranslation('public');
  if (page.items.length === 0)
    return (
      <EmptyState title={t('wall.noneTitle')}>
        <p>{t('wall.noneBody')}</p>
        <ButtonLink to="/wall">{t('wall.reset')}</ButtonLink>
      </EmptyState>
    );
  const more = page.next === null ? null : moreOfWall(search, page.next);
  return (
    <>
      <ul className="grid-cards">
        {page.items.map((wish) => (
          <WishCard key={wish.id} wish={wish} />
        ))}
      </ul>
      <nav className="row" aria-label={t('wall.more')}>
        {search.after !== undefined && (
          <ButtonLink to="/wall" search={{ ...search, after: undefined, many: undefined }}>
            {t('first')}
          </ButtonLink>
        )}
        {more && (
          <ButtonLink to="/wall" search={more} resetScroll={more.after !== search.after}>
            {t(more.after === search.after ? 'wall.more' : 'more')}
          </ButtonLink>
        )}
      </nav>
    </>
  );
}

/** A plain form that asks the server; with JavaScript a choice moves at once. */
function Filters({ search }: { search: WallSearch }) {
  const { t } = useTranslation('public');
  const navigate = useNavigate();
  const areas = useRoute(routes.place.areas).data?.areas ?? [];
  const streets = areas.filter((area) => area.level === 'street');
  const communities = areas.filter(
    (area) => area.level === 'community' && area.parentCode === String(search.street),
  );
  const go = (change: Partial<WallSearch>) =>
    void navigate({
      to: '/wall',
      search: { ...search, after: undefined, many: undefined, ...change },
    });
  return (
    <div className="stack-tight">
      <form action="/wall" method="get" className="filters">
        <Select
          name="street"
          label={t('wall.street')}
          placeholder={t('wall.wholeDistrict')}
          value={String(search.street ?? '')}
          onChange={(code) => go({ street: Number(code) || undefined, community: undefined })}
          options={streets.map(({ code, name }) => ({ value: code, label: name }))}
        />
        {communities.length > 0 && (
          <Select
            name="community"
            label={t('wall.community')}
            placeholder={t('wall.wholeStreet')}
            value={String(search.community ?? '')}
            onChange={(code) => go({ community: Number(code) || undefined })}
            options={communities.map(({ code, name }) => ({ value: code, label: name }))}
          />
        )}
        {search.state && <input type="hidden" name="state" value={search.state} />}
        <noscript>
          <Button type="submit">{t('wall.filter')}</Button>
        </noscript>
      </form>
      <nav className="state-filter" aria-label={t('wall.states')}>
        {states.map((state) => (
          <Link
            key={state}
            to="/wall"
            search={{
              ...search,
              after: undefined,
              many: undefined,
              state: state === 'open' ? undefined : state,
            }}
            aria-current={(search.state ?? 'open') === state ? 'true' : undefined}
            activeProps={{}}
            activeOptions={{ exact: true }}
          >
            {state === 'all' ? t('wall.all') : t(`wishState.${state}`)}
          </Link>
        ))}
      </nav>
    </div>
  );
}
