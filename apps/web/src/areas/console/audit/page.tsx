import { type RouteOutput, routes } from '@wennuan/contract';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { Button, Page, TextField } from '../../../shared/ui/index.ts';
import { dateColumn, drawnColumn, wordColumn } from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { useAuditWords } from './words.ts';

type Row = RouteOutput<typeof routes.session.audit>['items'][number];

/** Who did and who looked at what, newest first. */
export function AuditPage() {
  const { t } = useTranslation('console');
  const search = useSearch({ from: '/desk/audit' });
  const navigate = useNavigate();
  const [subjectId, setSubjectId] = useState(search.subjectId ?? '');
  const [action, setAction] = useState(search.action ?? '');
  const log = usePages(routes.session.audit, { query: { ...search, limit: 100 } });
  return (
    <Page title={t('audit.title')} lead={t('audit.lead')} width="wide">
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault();
          void navigate({
            to: '/desk/audit',
            search: {
              subjectId: subjectId.trim() || undefined,
              action: action.trim() || undefined,
            },
          });
        }}
      >
        <TextField
          name="action"
          optional
          label={t('audit.action')}
          hint={t('audit.actionHint')}
          value={action}
          onChange={setAction}
        />
        <TextField
          name="subjectId"
          optional
          label={t('audit.subjectId')}
          value={subjectId}
          onChange={setSubjectId}
        />
        <Button type="submit">{t('audit.find')}</Button>
      </form>
      <ListTable
        label={t('audit.list')}
        list={log}
        columns={useAuditColumns()}
        rowKey={(row) => row.id}
        empty={[t('audit.emptyTitle'), t('audit.emptyBody')]}
      />
    </Page>
  );
}

function useAuditColumns(): Column<Row>[] {
  const { t } = useTranslation('console');
  const words = useAuditWords();
  const roleOf = (row: Row) => (row.role ? t(`codes.role.${row.role}`) : t('audit.system'));
  return [
    dateColumn('at', t('audit.at'), (row) => row.at),
    wordColumn('actor', t('audit.actor'), (row) =>
      row.role ? row.actorName : words.act(row.actorName),
    ),
    wordColumn('role', t('audit.role'), roleOf),
    drawnColumn('action', t('audit.action'), {
      words: (row) => words.act(row.action),
      draw: (row) => (
        <span className="subject">
          {words.act(row.action)} <small className="soft">{row.action}</small>
        </span>
      ),
    }),
    drawnColumn('subject', t('audit.subject'), {
      words: (row) => `${words.thing(row.subjectKind)} ${row.subjectId}`,
      draw: (row) => (
        <span className="subject">
          {words.thing(row.subjectKind)} <small className="soft">{row.subjectId}</small>
        </span>
      ),
    }),
    wordColumn('reason', t('audit.reason'), (row) => row.reason && words.reason(row.reason)),
  ];
}
