import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { amountWords, useBoth } from '../../../shared/program/words.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import {
  Button,
  ButtonLink,
  DateField,
  Figure,
  Loaded,
  Page,
  State,
} from '../../../shared/ui/index.ts';
import { drawnColumn, wordColumn } from '../parts/columns.tsx';
import { WholeTable } from '../parts/list-table.tsx';

type Trial = RouteOutput<typeof routes.program.report>;
type Row = Trial['rows'][number];
type Explained = Row['explained'];

const IS_DATE = /^(19|20)\d{2}-\d{2}-\d{2}$/;

/** Whom all programmes would find on a day, drafts too; nothing that is kept is changed. */
export function ProgramReportPage() {
  const { t } = useTranslation('console');
  const [on, setOn] = useState(todayThere());
  return (
    <Page title={t('program.report.title')} lead={t('program.report.lead')} width="wide">
      <section className="panel">
        <DateField name="on" label={t('program.report.on')} value={on} onChange={setOn} />
      </section>
      {IS_DATE.test(on) && <Reckoned key={on} on={on} />}
    </Page>
  );
}

/** Today in Shanghai, wherever the browser stands. */
function todayThere(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
}

/** The numbers at once; what could still change them looks at every file, and so waits to be asked for. */
function Reckoned({ on }: { on: string }) {
  const { t } = useTranslation('console');
  const [asked, setAsked] = useState(false);
  const plain = useRoute(routes.program.report, { query: { on } });
  return (
    <Loaded query={plain} lines={8}>
      {(trial) =>
        asked ? (
          <Explained on={on} />
        ) : (
          <>
            <p className="form-actions">
              <Button onPress={() => setAsked(true)}>{t('program.report.ask')}</Button>
            </p>
            <Numbers trial={trial} />
          </>
        )
      }
    </Loaded>
  );
}

function Explained({ on }: { on: string }) {
  const query = useRoute(routes.program.report, { query: { on, explain: true } });
  return (
    <Loaded query={query} lines={8}>
      {(trial) => <Numbers trial={trial} />}
    </Loaded>
  );
}

function Numbers({ trial }: { trial: Trial }) {
  const { t } = useTranslation('console');
  const columns = useColumns();
  const words = useExplained();
  return (
    <>
      <section className="panel" aria-live="polite">
        <div className="figures">
          <Figure
            label={t('program.report.open')}
            value={String(trial.openQuestions)}
            unit={t('program.report.pairs')}
          />
          <Figure
            label={t('program.report.dead')}
            value={String(trial.dead.count)}
            unit={t('program.people')}
          />
        </div>
        {trial.dead.explained && (
          <p className="soft">
            {t('program.report.dead')} · {words(trial.dead.explained)}
          </p>
        )}
        {trial.openQuestions > 0 && (
          <p className="form-actions">
            <ButtonLink to="/desk/review">{t('program.report.review')}</ButtonLink>
          </p>
        )}
      </section>
      <WholeTable
        label={t('program.report.title')}
        rows={trial.rows}
        columns={columns}
        rowKey={({ code }) => code}
      />
    </>
  );
}

function useExplained(): (explained: Explained) => string {
  const { t } = useTranslation('console');
  return (explained) => {
    if (explained === null) return '—';
    const { questions, gaps, least, most } = explained;
    if (questions + gaps === 0) return t('program.report.sure');
    return t('program.report.range', { questions, gaps, least: Math.abs(least), most });
  };
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const both = useBoth();
  const words = useExplained();
  return [
    drawnColumn('name', t('program.list.name'), {
      words: (row) => `${row.code} ${both(row.name)}`,
      draw: (row) => (
        <span className="row">
          <span className="number">{row.code}</span> {both(row.name)}
          {row.isDraft && <State tone="quiet">{t('program.states.draft')}</State>}
        </span>
      ),
    }),
    {
      key: 'candidates',
      header: t('program.list.candidates'),
      numeric: true,
      value: (row) => row.candidates,
      cell: (row) =>
        row.candidates === null
          ? t('program.report.few')
          : `${row.candidates.toLocaleString('en-US')} ${t(row.unit === 'household' ? 'program.households' : 'program.people')}`,
    },
    {
      key: 'amount',
      header: t('program.report.once'),
      numeric: true,
      value: (row) => (row.amountUnit === 'fen' ? row.amount : null),
      cell: (row) => (row.amount === null ? null : amountWords(shared, row.amount, row.amountUnit)),
    },
    wordColumn('explained', t('program.report.explained'), (row) => words(row.explained)),
  ];
}
