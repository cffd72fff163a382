import { type RouteOutput, routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { Bars, TileMap } from '../../../shared/charts/index.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { EmptyState, Figure, Loaded, Page } from '../../../shared/ui/index.ts';
import { tilesOf } from '../parts/area-tiles.ts';
import { WholeTable } from '../parts/list-table.tsx';

type Counts = RouteOutput<typeof routes.desk.counts>;
type Speed = RouteOutput<typeof routes.need.responses>['areas'][number];

/** What is open and overdue in each area of the caller's, and how fast it goes. */
export function OverviewPage() {
  const { t } = useTranslation('console');
  const counts = useRoute(routes.desk.counts);
  const speed = useRoute(routes.need.responses);
  return (
    <Page title={t('overview.title')} lead={t('overview.lead')} width="wide">
      <Loaded query={counts} lines={8}>
        {(data) => <Now counts={data} />}
      </Loaded>
      <section className="panel">
        <h2>{t('overview.speed')}</h2>
        <Loaded query={speed}>
          {({ areas }) =>
            areas.length === 0 ? (
              <p className="soft">{t('overview.speedEmpty')}</p>
            ) : (
              <SpeedTable areas={areas} />
            )
          }
        </Loaded>
      </section>
    </Page>
  );
}

function Now({ counts }: { counts: Counts }) {
  const { t } = useTranslation('console');
  const unit = t('overview.unit');
  if (counts.total === 0 && counts.byArea.length === 0)
    return (
      <EmptyState title={t('overview.emptyTitle')}>
        <p>{t('overview.emptyBody')}</p>
      </EmptyState>
    );
  return (
    <>
      <section className="panel figures">
        <Figure
          value={String(counts.total)}
          unit={unit}
          label={t('overview.total')}
          asOf={counts.asOf}
        />
        <Figure value={String(counts.overdue)} unit={unit} label={t('overview.overdue')} />
        <Figure value={String(counts.warned)} unit={unit} label={t('overview.warned')} />
      </section>
      <div className="two-columns">
        <ByArea counts={counts} />
        <section className="panel">
          <h2>{t('overview.byKind')}</h2>
          <Bars
            label={t('overview.byKind')}
            headings={[t('desk.kind'), t('overview.open')]}
            bars={counts.byKind.map((kind) => ({
              key: kind.kind,
              label: t(`codes.task.${kind.kind}`),
              value: kind.count,
              words: wordsOf(t, kind.count, kind.overdue),
              tone: kind.overdue > 0 ? 'late' : 'calm',
            }))}
          />
        </section>
      </div>
    </>
  );
}

type T = ReturnType<typeof useTranslation<'console'>>['t'];

/** `12 件,超时 2 件`. */
function wordsOf(t: T, open: number, overdue: number): string {
  const unit = t('overview.unit');
  const words = `${open} ${unit}`;
  return overdue > 0 ? `${words} · ${t('overview.overdue')} ${overdue} ${unit}` : words;
}

/** The district as a tile map of its streets, a street as bars of its communities. */
function ByArea({ counts }: { counts: Counts }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const areas = useRoute(routes.place.areas).data?.areas ?? [];
  const opens = holds(session, 'need.read');
  const name = (code: string, words: string) =>
    opens ? (
      <Link to="/desk/needs" search={{ areaCode: code }}>
        {words}
      </Link>
    ) : (
      words
    );
  const isDistrict = session?.area?.level === 'district';
  return (
    <section className="panel">
      <h2>{t('overview.byArea')}</h2>
      {isDistrict && <p className="soft">{t('overview.tiles')}</p>}
      {isDistrict ? (
        <TileMap
          label={t('overview.byArea')}
          headings={[t('overview.area'), t('overview.open')]}
          tiles={tilesOf({
            areas,
            counts: counts.byArea,
            words: (open, overdue) => wordsOf(t, open, overdue),
          }).map((tile) => ({ ...tile, name: name(tile.code, tile.name) }))}
        />
      ) : (
        <Bars
          label={t('overview.byArea')}
          headings={[t('overview.area'), t('overview.open')]}
          bars={counts.byArea
            .toSorted((left, right) => right.overdue - left.overdue || right.open - left.open)
            .map(({ area, open, overdue }) => ({
              key: area.code,
              label: name(area.code, area.name),
              value: open,
              words: wordsOf(t, open, overdue),
              tone: overdue > 0 ? 'late' : 'calm',
            }))}
        />
      )}
    </section>
  );
}

function SpeedTable({ areas }: { areas: readonly Speed[] }) {
  const { t } = useTranslation('console');
  const figure = (key: string, header: string, read: (row: Speed) => number | null) =>
    ({ key, header, numeric: true, value: read }) as const;
  const none = t('overview.none');
  const unit = t('overview.unit');
  const columns: Column<Speed>[] = [
    {
      key: 'area',
      header: t('overview.area'),
      value: (row) => row.area.name,
      cell: (row) => row.area.name,
    },
    {
      ...figure('filed', t('overview.filed'), (row) => row.filed),
      cell: (row) => `${row.filed} ${unit}`,
    },
    {
      ...figure('closed', t('overview.closed'), (row) => row.closed),
      cell: (row) => `${row.closed} ${unit}`,
    },
    {
      ...figure('unconfirmed', t('overview.unconfirmed'), (row) => row.unconfirmed),
      cell: (row) => `${row.unconfirmed} ${unit}`,
    },
    {
      ...figure('verify', t('overview.medianVerify'), (row) => row.medianVerifyWorkingHours),
      cell: (row) =>
        row.medianVerifyWorkingHours === null
          ? none
          : t('overview.hours', { value: row.medianVerifyWorkingHours.toFixed(1) }),
    },
    {
      ...figure('close', t('overview.medianClose'), (row) => row.medianCloseDays),
      cell: (row) =>
        row.medianCloseDays === null
          ? none
          : t('overview.days', { value: row.medianCloseDays.toFixed(1) }),
    },
    {
      ...figure('onTime', t('overview.onTime'), (row) => row.onTimeShare),
      cell: (row) =>
        row.onTimeShare === null
          ? none
          : t('overview.percent', { value: Math.round(row.onTimeShare * 100) }),
    },
  ];
  return (
    <WholeTable
      label={t('overview.speed')}
      rows={areas}
      columns={columns}
      rowKey={(row) => row.area.code}
    />
  );
}
