import { type RouteOutput, routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { ButtonLink, Page, type Tone } from '../../../shared/ui/index.ts';
import { dateColumn, drawnColumn, wordColumn, stateColumn } from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { PickUpForm } from './pick-up-form.tsx';

type Row = RouteOutput<typeof routes.groupBuy.list>['items'][number];

export const groupTones: Record<Row['state'], Tone> = {
  open: 'accent',
  reached: 'late',
  ordered: 'running',
  arrived: 'running',
  done: 'done',
  failed: 'quiet',
};

/** Group-buys of one's station, with what waits in each; and the code of who stands there now. */
export function GroupBuysPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const list = useList(routes.groupBuy.list);
  const mayAct = holds(session, 'sale.act');
  return (
    <Page
      title={t('groupBuys.title')}
      lead={t('groupBuys.lead')}
      width="wide"
      aside={
        mayAct && (
          <ButtonLink kind="primary" to="/desk/group-buys/new">
            {t('groupBuys.add')}
          </ButtonLink>
        )
      }
    >
      {mayAct && <PickUpForm />}
      <ListTable
        label={t('groupBuys.list')}
        list={list}
        columns={useColumns()}
        rowKey={(row) => row.id}
        empty={[t('groupBuys.emptyTitle'), t('groupBuys.emptyBody')]}
      />
    </Page>
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('console');
  return [
    drawnColumn('title', t('groupBuys.name'), {
      words: (row) => row.title,
      draw: (row) => (
        <Link to="/desk/group-buys/$groupId" params={{ groupId: row.id }}>
          {row.title}
        </Link>
      ),
    }),
    stateColumn('state', t('groupBuys.state'), (row) => [
      t(`groupBuys.states.${row.state}`),
      groupTones[row.state],
    ]),
    drawnColumn('progress', t('groupBuys.progress'), {
      words: (row) => String(row.paidPieces),
      draw: (row) => <Progress row={row} />,
    }),
    dateColumn('closes', t('groupBuys.closes'), (row) => row.closesAt),
    dateColumn('pickUp', t('groupBuys.pickUp'), (row) => row.pickUpOn),
    wordColumn('toFetch', t('groupBuys.toFetch'), (row) =>
      row.state === 'arrived' ? String(row.toFetch) : '—',
    ),
    wordColumn('refunds', t('groupBuys.refunds'), (row) =>
      row.refundsUnderWay + row.refundsDone === 0
        ? '—'
        : t('groupBuys.refundsOf', { underWay: row.refundsUnderWay, done: row.refundsDone }),
    ),
    wordColumn('place', t('groupBuys.place'), (row) => row.placeName),
    wordColumn('number', t('groupBuys.number'), (row) => row.number),
  ];
}

/** How many are paid, as a bar and in words. */
export function Progress({ row }: { row: Pick<Row, 'paidPieces' | 'limitPieces' | 'unit'> }) {
  const { t } = useTranslation('console');
  const { paidPieces: paid, limitPieces: limit, unit } = row;
  const words = t('groupBuys.progressOf', { paid, limit, unit });
  return (
    <span className="row">
      <progress value={paid} max={limit} aria-label={words} />
      <span className="number">{words}</span>
    </span>
  );
}
