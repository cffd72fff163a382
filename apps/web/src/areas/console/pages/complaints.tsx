import { type RouteOutput, routes } from '@wennuan/contract';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { Page, State } from '../../../shared/ui/index.ts';
import { dateColumn, drawnColumn, wordColumn } from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';

type Complaint = RouteOutput<typeof routes.complaint.complaints>['items'][number];

/** Reports to the federation, or complaints to civil affairs: each office sees its own. */
export function ComplaintsPage() {
  const { t } = useTranslation('console');
  const navigate = useNavigate();
  const list = usePages(routes.complaint.complaints, { query: { limit: 100 } });
  return (
    <Page title={t('complaints.title')} lead={t('complaints.lead')} width="wide">
      <ListTable
        label={t('complaints.title')}
        list={list}
        columns={useColumns()}
        rowKey={(one) => one.id}
        onOpen={(one) =>
          void navigate({ to: '/desk/complaints/$complaintId', params: { complaintId: one.id } })
        }
        empty={[t('complaints.emptyTitle'), t('complaints.emptyBody')]}
      />
    </Page>
  );
}

function useColumns() {
  const { t } = useTranslation('console');
  return [
    drawnColumn<Complaint>('number', t('complaints.number'), {
      words: (one) => one.number,
      draw: (one) => (
        <a className="number" href={`/desk/complaints/${one.id}`}>
          {one.number}
        </a>
      ),
    }),
    wordColumn<Complaint>('subject', t('complaints.subject'), (one) => one.subjectName),
    dateColumn<Complaint>('askedAt', t('complaints.askedAt'), (one) => one.askedAt),
    dateColumn<Complaint>('answerBy', t('complaints.answerBy'), (one) => one.answerBy),
    drawnColumn<Complaint>('state', t('complaints.state'), {
      words: (one) => t(`complaints.states.${one.state}`),
      draw: (one) => (
        <>
          <State tone={one.state === 'answered' ? 'done' : one.late ? 'late' : 'running'}>
            {t(`complaints.states.${one.state}`)}
          </State>{' '}
          {one.late && <State tone="late">{t('complaints.late')}</State>}
        </>
      ),
    }),
  ];
}
