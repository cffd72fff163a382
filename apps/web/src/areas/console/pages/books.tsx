import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute, useRouteWhen } from '../../../shared/api/query.ts';
import { Bars } from '../../../shared/charts/index.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  ButtonLink,
  Loaded,
  monthWords,
  Notice,
  Page,
  Select,
  State,
} from '../../../shared/ui/index.ts';
import { CloseMonth } from '../books/close-month.tsx';
import { DayColumns } from '../books/day-columns.tsx';
import { MonthNotes } from '../books/month-notes.tsx';
import { PartsBar } from '../books/parts-bar.tsx';
import { Vouchers } from '../books/vouchers.tsx';
import { useInstant } from '../books/words.ts';

export type Overview = RouteOutput<typeof routes.book.overview>;

/** One month of the books at one look. */
export function BooksPage() {
  const { t, i18n } = useTranslation('console');
  const { month: asked } = useSearch({ from: '/desk/books' });
  const months = useRoute(routes.book.months);
  const month = asked ?? months.data?.currentMonth ?? '';
  const query = useRouteWhen(month !== '', routes.book.overview, { params: { month } });
  return (
    <Page
      title={t('books.month.title', { month: monthWords(month, i18n.language) })}
      lead={t('books.month.lead')}
      width="wide"
      aside={
        <span className="row">
          <ButtonLink to="/desk/books/trial-balance" search={{ month }}>
            {t('books.month.trial')}
          </ButtonLink>
          <ButtonLink to="/desk/bank" search={{ month }}>
            {t('books.month.bank')}
          </ButtonLink>
        </span>
      }
    >
      <MonthPicker month={month} />
      <Loaded query={query}>{(overview) => <Month overview={overview} />}</Loaded>
    </Page>
  );
}

/** Chooses a month; says of each whether it is closed. */
function MonthPicker({ month }: { month: string }) {
  const { t, i18n } = useTranslation('console');
  const navigate = useNavigate();
  const months = useRoute(routes.book.months);
  return (
    <div className="filters filters-month">
      <Select
        name="month"
        label={t('books.month.pick')}
        value={month}
        onChange={(picked) =>
          void navigate({ to: '/desk/books', search: { month: picked }, replace: true })
        }
        options={(months.data?.items ?? []).map((one) => ({
          value: one.month,
          label: `${monthWords(one.month, i18n.language)} · ${t(`books.month.${one.state}`)}`,
        }))}
      />
    </div>
  );
}

function Month({ overview }: { overview: Overview }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const at = useInstant();
  const { month } = overview;
  return (
    <>
      <p className="row">
        <State tone={month.state === 'closed' ? 'done' : 'accent'}>
          {t(`books.month.${month.state}`)}
        </State>
        {month.closedAt && (
          <span className="soft">
            {t('books.month.closedBy', { name: month.closedBy ?? '', at: at(month.closedAt) })}
          </span>
        )}
      </p>
      <Notice
        tone={overview.balances ? 'done' : 'late'}
        title={t(overview.balances ? 'books.month.balances' : 'books.month.differs')}
      />
      <div className="account-panels">
        <Flow overview={overview} />
        <Rights overview={overview} />
      </div>
      <section className="panel" aria-label={t('books.month.byDay')}>
        <h2>{t('books.month.byDay')}</h2>
        {overview.byDay.length > 0 ? (
          <DayColumns days={overview.byDay} />
        ) : (
          <p className="soft">{t('books.month.emptyDays')}</p>
        )}
      </section>
      <Sources overview={overview} />
      <div className="account-panels">
        {holds(session, 'book.write') && month.state === 'open' && (
          <CloseMonth overview={overview} />
        )}
        <Vouchers month={month.month} />
        <MonthNotes overview={overview} mayWrite={holds(session, 'book.write')} />
      </div>
    </>
  );
}

function Flow({ overview }: { overview: Overview }) {
  const { t } = useTranslation('console');
  const bar = (
    key: 'gross' | 'fee' | 'refund' | 'paid' | 'management' | 'beforeRecord',
    value: number,
    tone: 'accent' | 'calm' | 'late',
  ) => ({ key, label: t(`books.month.${key}`), value, words: formatYuan(value), tone });
  return (
    <section className="panel" aria-label={t('books.month.flow')}>
      <h2>{t('books.month.flow')}</h2>
      <p className="soft">
        {t('books.month.flowLead')} {t('books.month.giftCount', { count: overview.giftCount })}
      </p>
      <Bars
        label={t('books.month.flow')}
        headings={[t('books.budgets.part'), t('books.budgets.value')]}
        bars={[
          bar('gross', overview.grossGiftFen, 'accent'),
          ...(overview.beforeRecordFen > 0
            ? [bar('beforeRecord', overview.beforeRecordFen, 'accent')]
            : []),
          bar('paid', overview.paidFen, 'calm'),
          bar('management', overview.managementFen, 'calm'),
          bar('fee', overview.feeFen, 'late'),
          bar('refund', overview.refundFen, 'late'),
        ]}
      />
    </section>
  );
}

function Rights({ overview }: { overview: Overview }) {
  const { t } = useTranslation('console');
  return (
    <section className="panel" aria-label={t('books.month.rights')}>
      <h2>{t('books.month.rights')}</h2>
      <PartsBar
        label={t('books.month.rights')}
        headings={[t('books.budgets.part'), t('books.budgets.value')]}
        parts={[
          {
            key: 'restricted',
            label: t('books.month.restricted'),
            fen: overview.restrictedFen,
            shade: 'committed',
          },
          {
            key: 'unrestricted',
            label: t('books.month.unrestricted'),
            fen: overview.unrestrictedFen,
            shade: 'free',
          },
        ]}
      />
    </section>
  );
}

function Sources({ overview }: { overview: Overview }) {
  const { t } = useTranslation('console');
  if (overview.bySource.length === 0) return null;
  return (
    <section className="panel" aria-label={t('books.month.bySource')}>
      <h2>{t('books.month.bySource')}</h2>
      <Bars
        label={t('books.month.bySource')}
        headings={[t('books.month.source'), t('books.month.in')]}
        bars={overview.bySource.map((source) => ({
          key: source.label,
          label: source.label,
          value: source.inFen + source.outFen,
          words: t('books.month.inOut', {
            in: formatYuan(source.inFen),
            out: formatYuan(source.outFen),
          }),
        }))}
      />
    </section>
  );
}
