import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';
import { usePages, useRoute } from '../../../shared/api/query.ts';
import { Bars } from '../../../shared/charts/index.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { ButtonAnchor, monthWords, Page, Select } from '../../../shared/ui/index.ts';
import { useAmountWords, usePeriodWords } from '../parts/aid-words.tsx';
import { dateColumn, drawnColumn, wordColumn } from '../parts/columns.tsx';
import { today } from '../parts/instants.ts';
import { ListTable } from '../parts/list-table.tsx';

type Line = RouteOutput<typeof routes.award.aidOfYear>['items'][number];

const YEARS_BACK = 4;

/** What the people of one's area got in a year, with the sheet for the superior. */
export function AidYearPage() {
  const { t, i18n } = useTranslation('console');
  const now = Number(today().slice(0, 4));
  const [year, setYear] = useState(now);
  const sums = useRoute(routes.award.aidOfYear, { query: { year, limit: 1 } });
  const lines = usePages(routes.award.aidOfYear, { query: { year, limit: 100 } });
  const years = Array.from({ length: YEARS_BACK }, (_, back) => String(now - back));
  return (
    <Page
      title={t('aid.year.title')}
      lead={
        sums.data &&
        t('aid.year.lead', {
          year,
          people: sums.data.people,
          amount: formatYuan(sums.data.paidFen),
        })
      }
      width="wide"
      aside={
        <ButtonAnchor href={addressOf(routes.award.aidOfYearSheet, { query: { year } })} download>
          {t('aid.year.sheet')}
        </ButtonAnchor>
      }
    >
      <div className="filters">
        <Select
          name="year"
          label={t('aid.year.year')}
          value={String(year)}
          onChange={(picked) => setYear(Number(picked))}
          options={years.map((one) => ({ value: one, label: one }))}
        />
      </div>
      {sums.data && sums.data.byMonth.length > 0 && (
        <section className="panel">
          <h2>{t('aid.year.picture')}</h2>
          <Bars
            label={t('aid.year.picture')}
            headings={[t('aid.year.month'), t('aid.year.value')]}
            bars={sums.data.byMonth.map(({ month, amountFen }) => ({
              key: month,
              label: monthWords(month, i18n.language),
              value: amountFen,
              words: formatYuan(amountFen),
            }))}
          />
        </section>
      )}
      <ListTable
        label={t('aid.year.title')}
        list={lines}
        columns={useLineColumns()}
        rowKey={(line) => `${line.personId}${line.programme}${line.period}`}
        empty={[t('aid.year.emptyTitle'), t('aid.year.emptyBody')]}
      />
    </Page>
  );
}

function useLineColumns(): Column<Line>[] {
  const { t } = useTranslation('console');
  const amountWords = useAmountWords();
  const periodWords = usePeriodWords();
  return [
    drawnColumn('name', t('aid.year.name'), {
      words: (line) => line.maskedName,
      // Whoever may not open the person's file sees no name, so there is nothing to follow either.
      draw: (line) =>
        line.maskedName && (
          <Link to="/desk/persons/$personId" params={{ personId: line.personId }}>
            {line.maskedName}
          </Link>
        ),
    }),
    wordColumn('programme', t('aid.year.programme'), (line) => line.programme),
    wordColumn('period', t('aid.year.period'), (line) => periodWords(line.period)),
    wordColumn('amount', t('aid.year.amount'), (line) => amountWords(line.amount, line.unit)),
    wordColumn('delivery', t('aid.round.delivery'), (line) => t(`aid.delivery.${line.delivery}`)),
    dateColumn('deliveredOn', t('aid.year.deliveredOn'), (line) => line.deliveredOn),
    dateColumn('confirmedOn', t('aid.year.confirmedOn'), (line) => line.confirmedOn),
    wordColumn('area', t('aid.round.area'), (line) => line.area.name),
    wordColumn('decidedBy', t('aid.year.decidedBy'), (line) => t(`aid.source.${line.decidedBy}`)),
  ];
}
