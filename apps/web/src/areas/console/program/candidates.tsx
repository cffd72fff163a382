import { type RouteOutput, routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { amountWords, useBoth } from '../../../shared/program/words.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { AreaSelect } from '../parts/area-select.tsx';
import { dateColumn, drawnColumn, wordColumn } from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';
import type { ProgramView } from './definition.ts';

type Line = RouteOutput<typeof routes.program.candidates>['items'][number];

/** Whom the programme is meant for by what is on file, as far as the caller may see them. */
export function Candidates({ program }: { program: ProgramView }) {
  const { session } = useSession();
  // The federation and the auditors see sums; people only from a proposal on.
  const isSumOnly = ['federation_officer', 'federation_approver', 'auditor'].includes(
    session?.activeRole ?? '',
  );
  return isSumOnly ? null : <List program={program} />;
}

function List({ program }: { program: ProgramView }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [areaCode, setAreaCode] = useState('');
  const list = usePages(routes.program.candidates, {
    params: { code: program.code },
    query: { areaCode: areaCode || undefined, limit: 50 },
  });
  const columns = useColumns(program);
  return (
    <section className="panel">
      <h2>{t('program.candidates.title')}</h2>
      <p className="soft">{t('program.candidates.lead')}</p>
      {session?.area && session.area.level !== 'community' && (
        <div className="filters">
          <AreaSelect
            name="candidateArea"
            label={t('program.candidates.area')}
            placeholder={t('program.candidates.allAreas')}
            value={areaCode}
            onChange={setAreaCode}
          />
        </div>
      )}
      <ListTable
        label={t('program.candidates.title')}
        list={list}
        columns={columns}
        rowKey={(row) => row.id}
        empty={[t('program.candidates.emptyTitle'), t('program.candidates.emptyBody')]}
      />
    </section>
  );
}

function useColumns(program: ProgramView): Column<Line>[] {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const { session } = useSession();
  const both = useBoth();
  const mayOpen = holds(session, 'person.read');
  return [
    drawnColumn('name', t('program.candidates.name'), {
      words: (row) => row.maskedName,
      draw: (row) =>
        mayOpen && row.maskedName ? (
          <Link to="/desk/persons/$personId" params={{ personId: row.personId }}>
            {row.maskedName}
          </Link>
        ) : (
          (row.maskedName ?? '—')
        ),
    }),
    wordColumn('area', t('program.candidates.area'), (row) => row.area.name),
    wordColumn('amount', t('program.formula.amount'), (row) =>
      amountWords(shared, row.amount, program.amountUnit),
    ),
    dateColumn('since', t('program.candidates.since'), (row) => row.since),
    wordColumn('reason', t('program.candidates.reason'), (row) => both(row.reason)),
  ];
}
