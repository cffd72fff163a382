import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { Bars } from '../../../shared/charts/index.ts';
import { EmptyState, Figure, Loaded, Page, Select } from '../../../shared/ui/index.ts';
import { restOf } from '../parts/coverage-rest.ts';

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

/** Of thousands a few are not none: a share below one in a hundred has a digit more. */
function percentOf({ reached, living }: Share): string {
  if (living === 0) return '—';
  const percent = (reached / living) * 100;
  return `${percent.toFixed(percent > 0 && percent < 1 ? 2 : 1)}%`;
}

/** A share as a bar with its words. */
function useBar() {
  const { t } = useTranslation('console');
  return (key: string, label: string, share: Share) => ({
    key,
    label,
    value: share.living === 0 ? 0 : share.reached / share.living,
    words: t('coverage.words', { percent: percentOf(share), ...share }),
    tone: 'calm' as const,
  });
}

function Pictures({ coverage }: { coverage: Coverage }) {
  const { t } = useTranslation('console');
  const { total, groups, areas, asOf } = coverage;
  const unit = t('coverage.unit');
  const bar = useBar();
  const streets = areas.filter(({ area }) => area.level === 'street');
  const elsewhere = restOf(total, streets);
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
        <div className="stack">
          {streets.length > 1 && (
            <section className="panel">
              <h2>{t('coverage.byStreet')}</h2>
              <Bars
                label={t('coverage.byStreet')}
                headings={[t('coverage.area'), t('coverage.share')]}
                bars={[
                  ...streets.map((one) => bar(one.area.code, one.area.name, one)),
                  ...(elsewhere ? [bar('none', t('coverage.noStreet'), elsewhere)] : []),
                ]}
              />
            </section>
          )}
          <Communities areas={areas} />
        </div>
      </div>
    </>
  );
}

/** The communities of one street, whom fewest are reached in first. */
function Communities({ areas }: { areas: Coverage['areas'] }) {
  const { t } = useTranslation('console');
  const bar = useBar();
  const all = areas.filter(({ area }) => area.level === 'community');
  const streets = areas.filter(
    ({ area }) => area.level === 'street' && all.some(({ parentCode }) => parentCode === area.code),
  );
  const [chosen, setChosen] = useState(streets[0]?.area.code);
  const shown = all
    .filter(({ parentCode }) => streets.length < 2 || parentCode === chosen)
    .toSorted((one, other) => one.reached / one.living - other.reached / other.living);
  const street = streets.find(({ area }) => area.code === chosen);
  const elsewhere = street && restOf(street, shown);
  if (all.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t('coverage.byCommunity')}</h2>
      {streets.length > 1 && (
        <Select
          name="street"
          label={t('coverage.street')}
          value={chosen ?? ''}
          onChange={setChosen}
          options={streets.map(({ area }) => ({ value: area.code, label: area.name }))}
        />
      )}
      <Bars
        label={t('coverage.byCommunity')}
        headings={[t('coverage.area'), t('coverage.share')]}
        bars={[
          ...shown.map((one) => bar(one.area.code, one.area.name, one)),
          ...(elsewhere ? [bar('none', t('coverage.noCommunity'), elsewhere)] : []),
        ]}
      />
    </section>
  );
}
