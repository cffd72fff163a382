import { routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { Page, State } from '../../../shared/ui/index.ts';
import { type AidList, listTones } from '../parts/aid-codes.ts';
import { useAmountWords, usePeriodWords } from '../parts/aid-words.tsx';
import { dateColumn, drawnColumn, wordColumn } from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';

/** Lists of people proposed to the federation. */
export function AidListsPage() {
  const { t } = useTranslation('console');
  const lists = usePages(routes.award.lists, { query: { limit: 100 } });
  return (
    <Page title={t('aid.lists.title')} lead={t('aid.lists.lead')} width="wide">
      <ListTable
        label={t('aid.lists.title')}
        list={lists}
        columns={useListColumns()}
        rowKey={(list) => list.id}
        empty={[t('aid.lists.emptyTitle'), t('aid.lists.emptyBody')]}
      />
    </Page>
  );
}

function useListColumns(): Column<AidList>[] {
  const { t } = useTranslation('console');
  const amountWords = useAmountWords();
  const periodWords = usePeriodWords();
  return [
    drawnColumn('programme', t('aid.rounds.programme'), {
      words: (list) => list.programme.name,
      draw: (list) => (
        <Link to="/desk/aid/lists/$listId" params={{ listId: list.id }}>
          {list.programme.name} · {periodWords(list.period)}
        </Link>
      ),
    }),
    drawnColumn('state', t('aid.lists.state'), {
      words: (list) => t(`aid.listState.${list.state}`),
      draw: (list) => (
        <span className="row">
          <State tone={listTones[list.state]}>{t(`aid.listState.${list.state}`)}</State>
          {list.setAside && <State tone="warned">{t('aid.lists.setAside')}</State>}
          {list.mayDecide && <State tone="accent">{t('aid.lists.waiting')}</State>}
        </span>
      ),
    }),
    {
      key: 'count',
      header: t('aid.lists.count'),
      numeric: true,
      value: (list) => list.count,
      cell: (list) => list.count,
    },
    wordColumn('amount', t('aid.rounds.amount'), (list) =>
      amountWords(list.amount, list.programme.unit),
    ),
    wordColumn('area', t('aid.round.area'), (list) => list.area.name),
    wordColumn('by', t('aid.lists.by'), (list) => list.proposedBy),
    dateColumn('at', t('aid.lists.at'), (list) => list.proposedAt),
    wordColumn('number', t('aid.lists.number'), (list) => list.number),
  ];
}
