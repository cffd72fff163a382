import { type RouteOutput, routes } from '@wennuan/contract';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';
import { useList } from '../../../shared/api/query.ts';
import { amountWords, useBoth } from '../../../shared/program/words.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { Button, ButtonAnchor, ButtonLink, Page, State } from '../../../shared/ui/index.ts';
import { drawnColumn, wordColumn } from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { ImportPrograms } from '../program/import.tsx';
import { programTones } from '../program/tones.ts';

type Row = RouteOutput<typeof routes.program.list>['items'][number];

/** Every programme: who answers for it, how many it finds, what a year costs. */
export function ProgramsPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const navigate = useNavigate();
  const [importing, setImporting] = useState(false);
  const list = useList(routes.program.list);
  const columns = useColumns(list.items);
  const mayWrite = holds(session, 'program.write');
  return (
    <Page
      title={t('program.list.title')}
      lead={t('program.list.lead')}
      width="wide"
      aside={
        <span className="row">
          {mayWrite && (
            <ButtonLink kind="primary" to="/desk/programs/new">
              {t('program.list.add')}
            </ButtonLink>
          )}
          {mayWrite && (
            <Button expanded={importing} onPress={() => setImporting(!importing)}>
              {t('program.list.import')}
            </Button>
          )}
          {mayWrite && (
            <ButtonLink to="/desk/programs/report">{t('program.list.report')}</ButtonLink>
          )}
          <ButtonAnchor href={addressOf(routes.program.exportDefinitions)} download>
            {t('program.list.export')}
          </ButtonAnchor>
        </span>
      }
    >
      {importing && <ImportPrograms onDone={() => setImporting(false)} />}
      <ListTable
        label={t('program.list.title')}
        list={list}
        columns={columns}
        rowKey={(row) => row.id}
        onOpen={({ code }) => void navigate({ to: '/desk/programs/$code', params: { code } })}
        empty={[t('program.list.emptyTitle'), t('program.list.emptyBody')]}
      />
    </Page>
  );
}

function useColumns(items: readonly Row[]): Column<Row>[] {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const both = useBoth();
  const most = Math.max(
    1,
    ...items.map((one) => (one.amountUnit === 'fen' ? (one.yearly ?? 0) : 0)),
  );
  return [
    drawnColumn('name', t('program.list.name'), {
      words: (row) => `${row.code} ${both(row.name)}`,
      draw: (row) => (
        <Link to="/desk/programs/$code" params={{ code: row.code }}>
          <span className="number">{row.code}</span> {both(row.name)}
        </Link>
      ),
    }),
    wordColumn('source', shared('program.source'), (row) =>
      [shared(`program.sources.${row.source}`), row.department?.name].filter(Boolean).join(' · '),
    ),
    wordColumn('cadence', shared('program.cadence'), (row) =>
      shared(`program.cadences.${row.cadence}`),
    ),
    {
      key: 'candidates',
      header: t('program.list.candidates'),
      numeric: true,
      value: (row) => row.candidates,
      cell: (row) =>
        row.candidates === null ? t('program.list.notYet') : row.candidates.toLocaleString('en-US'),
    },
    {
      key: 'yearly',
      header: t('program.list.yearly'),
      value: (row) => (row.amountUnit === 'fen' ? row.yearly : null),
      cell: (row) => <Cost row={row} most={most} />,
    },
    drawnColumn('state', t('program.list.state'), {
      words: (row) => t(`program.states.${row.state}`),
      draw: (row) => (
        <span className="row">
          <State tone={programTones[row.state]}>{t(`program.states.${row.state}`)}</State>
          {row.pending && (
            <State tone={programTones[row.pending]}>{t(`program.pending.${row.pending}`)}</State>
          )}
        </span>
      ),
    }),
  ];
}

/** The cost of a year as a bar beside its amount; hours and times have no bar to share with yuan. */
function Cost({ row, most }: { row: Row; most: number }) {
  const { t: shared } = useTranslation();
  if (row.yearly === null) return null;
  const words = amountWords(shared, row.yearly, row.amountUnit);
  if (row.amountUnit !== 'fen') return <span className="soft">{words}</span>;
  return (
    <span className="cost">
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect className="bar-ground" width="100" height="8" />
        <rect
          className="bar-value"
          width={Math.max(row.yearly > 0 ? 0.8 : 0, (row.yearly / most) * 100)}
          height="8"
        />
      </svg>
      <span className="number">{words}</span>
    </span>
  );
}
