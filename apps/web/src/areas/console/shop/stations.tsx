import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';
import { useList } from '../../../shared/api/query.ts';
import { Bars } from '../../../shared/charts/index.ts';
import { useDistrict } from '../../../shared/session/district.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { Listed, EmptyState, Page, State } from '../../../shared/ui/index.ts';
import { WholeTable } from '../parts/list-table.tsx';

type Station = RouteOutput<typeof routes.settlement.live>['items'][number];

/** Every station now: sales, and of its 2 % what is owed, paid and late. */
export function StationsPage() {
  const { t } = useTranslation('console');
  const query = useList(routes.settlement.live);
  const month = useDistrict()?.today.slice(0, 7) ?? '';
  return (
    <Page title={t('shop.stations.title')} lead={t('shop.stations.lead')} width="wide">
      <Listed
        list={query}
        empty={
          <EmptyState title={t('shop.stations.empty')}>
            <p>{t('shop.stations.emptyBody')}</p>
          </EmptyState>
        }
      >
        {(items) => (
          <>
            <h2>{t('shop.stations.chart')}</h2>
            <Bars
              label={t('shop.stations.chart')}
              headings={[t('shop.stations.name'), t('shop.stations.month')]}
              bars={items.map((one) => ({
                key: one.placeId,
                label: one.placeName,
                value: one.monthFen,
                words: formatYuan(one.monthFen),
              }))}
            />
            <StationTable items={items} month={month} />
          </>
        )}
      </Listed>
    </Page>
  );
}

function StationTable({ items, month }: { items: readonly Station[]; month: string }) {
  const { t } = useTranslation('console');
  const sum = (key: string, header: string, of: (row: Station) => number): Column<Station> => ({
    key,
    header,
    numeric: true,
    cell: (row) => formatYuan(of(row)),
    value: of,
  });
  const columns: Column<Station>[] = [
    {
      key: 'name',
      header: t('shop.stations.name'),
      cell: (row) => (
        <Link to="/stations/$placeId/$month" params={{ placeId: row.placeId, month }}>
          {row.placeName}
        </Link>
      ),
      value: (row) => row.placeName,
    },
    {
      key: 'community',
      header: t('shop.stations.community'),
      cell: (row) => row.area.name,
      value: (row) => row.area.name,
    },
    sum('today', t('shop.stations.today'), (row) => row.todayFen),
    sum('month', t('shop.stations.month'), (row) => row.monthFen),
    {
      key: 'orders',
      header: t('shop.stations.monthOrders'),
      numeric: true,
      cell: (row) => row.monthOrders,
      value: (row) => row.monthOrders,
    },
    sum('open', t('shop.stations.open'), (row) => row.openShareFen),
    sum('due', t('shop.stations.due'), (row) => row.dueShareFen),
    {
      ...sum('late', t('shop.stations.late'), (row) => row.lateShareFen),
      cell: (row) =>
        row.lateShareFen > 0 ? <State tone="late">{formatYuan(row.lateShareFen)}</State> : '—',
    },
    sum('paid', t('shop.stations.paid'), (row) => row.paidShareFen),
    {
      key: 'sheet',
      header: t('shop.stations.sheet'),
      cell: (row) => (
        <a
          href={addressOf(routes.settlement.stationSheet, {
            params: { placeId: row.placeId, month },
          })}
        >
          {t('shop.stations.sheetOf')}
        </a>
      ),
    },
  ];
  return (
    <WholeTable
      label={t('shop.stations.title')}
      rows={items}
      columns={columns}
      rowKey={(row) => row.placeId}
    />
  );
}
