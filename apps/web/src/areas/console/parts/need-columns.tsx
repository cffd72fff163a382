import { Link } from '@tanstack/react-router';
import type { RouteOutput, routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { ClockState, DateText, Money, State } from '../../../shared/ui/index.ts';
import { stateTones } from './codes.ts';

export type NeedRow = RouteOutput<typeof routes.need.list>['items'][number];

/** The columns of the list of needs, with what each is sorted and searched by. */
export function useNeedColumns(): Column<NeedRow>[] {
  const { t } = useTranslation('console');
  return [
    {
      key: 'number',
      header: t('need.list.number'),
      value: (row) => row.number,
      cell: (row) => (
        <Link to="/desk/needs/$needId" params={{ needId: row.id }} className="number">
          {row.number}
        </Link>
      ),
    },
    {
      key: 'clock',
      header: t('need.list.clock'),
      value: (row) => row.clock?.workingMinutesLeft ?? null,
      cell: (row) =>
        row.clock ? (
          <ClockState clock={row.clock} />
        ) : (
          <span className="soft">{t('need.list.noClock')}</span>
        ),
    },
    {
      key: 'title',
      header: t('need.list.titleColumn'),
      value: (row) => row.title,
      cell: (row) => row.title,
    },
    {
      key: 'kind',
      header: t('need.list.kind'),
      value: (row) => t(`codes.kind.${row.kind}`),
      cell: (row) => t(`codes.kind.${row.kind}`),
    },
    {
      key: 'state',
      header: t('need.list.state'),
      value: (row) => t(`codes.state.${row.state}`),
      cell: (row) => <State tone={stateTones[row.state]}>{t(`codes.state.${row.state}`)}</State>,
    },
    {
      key: 'person',
      header: t('need.list.person'),
      value: (row) => row.maskedName,
      cell: (row) => row.maskedName,
    },
    {
      key: 'area',
      header: t('need.list.area'),
      value: (row) => row.area.name,
      cell: (row) => row.area.name,
    },
    {
      key: 'amount',
      header: t('need.list.amount'),
      numeric: true,
      value: (row) => row.amountFen,
      cell: (row) => row.amountFen !== null && <Money fen={row.amountFen} />,
    },
    {
      key: 'filedAt',
      header: t('need.list.filedAt'),
      value: (row) => row.filedAt,
      cell: (row) => <DateText at={row.filedAt} relative />,
    },
    {
      key: 'escalated',
      header: t('need.list.escalated'),
      hidden: true,
      value: (row) => row.escalatedTo,
      cell: (row) => row.escalatedTo && t(`codes.escalated.${row.escalatedTo}`),
    },
  ];
}
