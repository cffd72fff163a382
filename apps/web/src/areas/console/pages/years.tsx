import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import { Loaded, Notice, Page, State } from '../../../shared/ui/index.ts';
import { FileDrop } from '../books/file-drop.tsx';
import { Meter } from '../books/meter.tsx';
import { Problems } from '../books/problems.tsx';
import { percentWords } from '../books/words.ts';

type Years = RouteOutput<typeof routes.book.years>;
type Year = Years['items'][number];

/** Spending ratio and management cost of each year, with what they mean; earlier years come in by file. */
export function YearsPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const query = useRoute(routes.book.years);
  return (
    <Page title={t('books.years.title')} lead={t('books.years.lead')} width="wide">
      <Loaded query={query}>
        {(years) => (
          <>
            <div className="account-panels">
              {years.items.map((year) => (
                <YearPanel key={year.year} year={year} years={years} />
              ))}
            </div>
            <section className="panel" aria-label={t('books.years.definition')}>
              <h2>{t('books.years.definition')}</h2>
              {years.definition.map((sentence) => (
                <p key={sentence}>{sentence}</p>
              ))}
            </section>
          </>
        )}
      </Loaded>
      {holds(session, 'book.write') && <Openings />}
    </Page>
  );
}

function YearPanel({ year, years }: { year: Year; years: Years }) {
  const { t } = useTranslation('console');
  return (
    <section className="panel" aria-label={t('books.years.year', { year: year.year })}>
      <h2 className="row">
        {t('books.years.year', { year: year.year })}
        {year.beforeRecord && <State>{t('books.years.beforeRecord')}</State>}
      </h2>
      <Ratio
        year={year.year}
        name={t('books.years.spending')}
        value={year.spendingBasisPoints}
        limit={years.spendingLeastBasisPoints}
        most={10_000}
        kept={year.keepsSpending}
        rule={t('books.years.least', { percent: percentWords(years.spendingLeastBasisPoints) })}
      />
      {year.baseKind && (
        <p className="soft small">
          {t(`books.years.base.${year.baseKind}`, { amount: formatYuan(year.baseFen ?? 0) })}
        </p>
      )}
      <Ratio
        year={year.year}
        name={t('books.years.management')}
        value={year.managementBasisPoints}
        limit={years.managementMostBasisPoints}
        most={2_000}
        kept={year.keepsManagement}
        rule={t('books.years.most', { percent: percentWords(years.managementMostBasisPoints) })}
      />
      <p className="soft small">
        {t('books.years.figures', {
          income: formatYuan(year.incomeFen),
          charity: formatYuan(year.charityFen),
          management: formatYuan(year.managementFen),
        })}
      </p>
    </section>
  );
}

interface RatioProps {
  year: number;
  name: string;
  value: number | null;
  limit: number;
  most: number;
  kept: boolean | null;
  rule: string;
}

function Ratio({ year, name, value, limit, most, kept, rule }: RatioProps) {
  const { t } = useTranslation('console');
  if (value === null)
    return (
      <p>
        {name} <span className="soft">{t('books.years.unknown')}</span>
      </p>
    );
  const percent = percentWords(value);
  return (
    <div>
      <p className="row">
        <span>{name}</span>
        <strong className="number">{percent}</strong>
        <span className="soft">{rule}</span>
        <State tone={kept ? 'done' : 'late'}>
          {t(kept ? 'books.years.kept' : 'books.years.broken')}
        </State>
      </p>
      <Meter
        label={t('books.years.meter', { year, name, percent })}
        value={value}
        limit={limit}
        most={most}
        kept={kept ?? false}
      />
    </div>
  );
}

function Openings() {
  const { t } = useTranslation('console');
  const [answer, setAnswer] = useState<RouteOutput<typeof routes.book.readOpenings> | null>(null);
  return (
    <section className="panel" aria-label={t('books.years.openings')}>
      <h2>{t('books.years.openings')}</h2>
      <FileDrop
        label={t('books.years.openings')}
        lead={t('books.years.openingsLead')}
        route={routes.book.readOpenings}
        onRead={setAnswer}
      />
      {answer && answer.problems.length === 0 && (
        <Notice tone="done" title={t('books.years.taken', { ...answer, lines: 0 })} />
      )}
      {answer && <Problems problems={answer.problems} />}
    </section>
  );
}
