import { routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { Page, State } from '../../../shared/ui/index.ts';
import { type AidNotice, noticeTones } from '../parts/aid-codes.ts';
import { usePeriodWords } from '../parts/aid-words.tsx';
import { dateColumn, drawnColumn, wordColumn, stateColumn } from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';

/** Paper notices: what is to be posted, what hangs, what was taken down. */
export function AidNoticesPage() {
  const { t } = useTranslation('console');
  const notices = usePages(routes.award.notices, { query: { limit: 100 } });
  return (
    <Page title={t('aid.notices.title')} lead={t('aid.notices.lead')} width="wide">
      <ListTable
        label={t('aid.notices.title')}
        list={notices}
        columns={useNoticeColumns()}
        rowKey={(notice) => notice.id}
        empty={[t('aid.notices.emptyTitle'), t('aid.notices.emptyBody')]}
      />
    </Page>
  );
}

function useNoticeColumns(): Column<AidNotice>[] {
  const { t } = useTranslation('console');
  const periodWords = usePeriodWords();
  return [
    drawnColumn('programme', t('aid.rounds.programme'), {
      words: (notice) => notice.programme.name,
      draw: (notice) => (
        <Link to="/desk/aid/notices/$noticeId" params={{ noticeId: notice.id }}>
          {notice.programme.name} · {periodWords(notice.period)}
        </Link>
      ),
    }),
    stateColumn('state', t('aid.notices.state'), (notice) => [
      t(`aid.noticeState.${notice.state}`),
      noticeTones[notice.state],
    ]),
    wordColumn('area', t('aid.round.area'), (notice) => notice.area.name),
    {
      key: 'count',
      header: t('aid.notices.count'),
      numeric: true,
      value: (notice) => notice.count,
      cell: (notice) => notice.count,
    },
    dateColumn('until', t('aid.notices.until'), (notice) => notice.dueAt),
    {
      key: 'objections',
      header: t('aid.notices.objections'),
      numeric: true,
      value: (notice) => notice.objections,
      cell: (notice) =>
        notice.objections > 0 ? <State tone="late">{notice.objections}</State> : 0,
    },
    wordColumn('number', t('aid.notices.number'), (notice) => notice.number),
  ];
}
