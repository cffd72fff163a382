import { type RouteOutput, routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { Bars } from '../../../shared/charts/index.ts';
import { EmptyState, Figure, Loaded, Page } from '../../../shared/ui/index.ts';

type Coverage = RouteOutput<typeof routes.supervision.coverage>;
type Share = Coverage['total'];

/** Coverage by group, street and community, with its definition. */
export function CoveragePage() {
  const { t } = useTranslation('console');
  const query = useRoute(routes.supervision.coverage);
  return (
    <Page title={t('coverage.title')} lead={t('coverage.lead')} width="wide">
      <Loaded query={query} lines={8}>
        {(data) =>
          data.total.living === 0 ? (
            <EmptyState title={t('coverage.emptyTitle')}>
              <p>{t('coverage.emptyBody')}</p>
            </EmptyState>
          ) : (
            <Pictures coverage={data} />
          )
        }
      </Loaded>
      <details className="panel">
        <summary>{t('coverage.definition')}</summary>
        <p>{t('coverage.definitionBody')}</p>
      </details>
    </Page>
  );
}

const percentOf = ({ reached, living }: Share) =>
  living === 0 ? '—' : `${((reached / living) * 100).toFixed(1)}%`;

function Pictures({ coverage }: { coverage: Coverage }) {
  const { t } = useTranslation('console');
  const { total, groups, areas, asOf } = coverage;
  const unit = t('coverage.unit');
  const bar = (key: string, label: string, share: Share) => ({
    key,
    label,
    value: share.living === 0 ? 0 : share.reached / share.living,
    words: t('coverage.words', { percent: percentOf(share), ...share }),
    tone: 'calm' as const,
  });
  const streets = areas.filter(({ area }) => area.level === 'street');
  const communities = areas
    .filter(({ area }) => area.level === 'community')
    .toSorted((one, other) => one.reached / one.living - other.reached / other.living);
  return (
    <>
      <section className="panel figures">
        <Figure value={percentOf(total)} unit="" label={t('coverage.total')} asOf={asOf} />
        <Figure value={String(total.reached)} unit={unit} label={t('coverage.reached')} />
        <Figure value={String(total.living)} unit={unit} label={t('coverage.living')} />
      </section>
      <div className="two-columns">
        <section className="panel">
          <h2>{t('coverage.byGroup')}</h2>
          <Bars
            label={t('coverage.byGroup')}
            headings={[t('coverage.group'), t('coverage.share')]}
            bars={groups.map((one) => bar(one.group, one.name, one))}
          />
        </section>
        <section className="panel">
          <h2>{t('coverage.byArea')}</h2>
          <Bars
            label={t('coverage.byArea')}
            headings={[t('coverage.area'), t('coverage.share')]}
            bars={(streets.length > 1 ? streets : communities).map((one) =>
              bar(one.area.code, one.area.name, one),
            )}
          />
        </section>
      </div>
    </>
  );
}
