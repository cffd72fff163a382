import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute, useRouteWhen } from '../../../shared/api/query.ts';
import { Bars } from '../../../shared/charts/index.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { Button, Loaded, monthWords, Notice, Page, Select } from '../../../shared/ui/index.ts';
import { FileDrop } from '../books/file-drop.tsx';
import { MatchDialog } from '../books/match-dialog.tsx';
import { Problems } from '../books/problems.tsx';
import { dateColumn, moneyColumn, wordColumn } from '../parts/columns.tsx';
import { WholeTable } from '../parts/list-table.tsx';

type Reconciliation = RouteOutput<typeof routes.book.reconciliation>;
type BankLine = Reconciliation['bankOnly'][number];
type BookEntry = Reconciliation['bookOnly'][number];

/** Bank and books side by side at the end of a month, to the fen. */
export function BankPage() {
  const { t, i18n } = useTranslation('console');
  const { session } = useSession();
  const navigate = useNavigate();
  const { month: asked } = useSearch({ from: '/desk/bank' });
  const months = useRoute(routes.book.months);
  const month = asked ?? months.data?.currentMonth ?? '';
  const query = useRouteWhen(month !== '', routes.book.reconciliation, { query: { month } });
  const mayWrite = holds(session, 'book.write');
  return (
    <Page title={t('books.bank.title')} lead={t('books.bank.lead')} width="wide">
      <div className="filters filters-month">
        <Select
          name="month"
          label={t('books.month.pick')}
          value={month}
          onChange={(picked) =>
            void navigate({ to: '/desk/bank', search: { month: picked }, replace: true })
          }
          options={(months.data?.items ?? []).map((one) => ({
            value: one.month,
            label: `${monthWords(one.month, i18n.language)} · ${t(`books.month.${one.state}`)}`,
          }))}
        />
      </div>
      {mayWrite && <Import />}
      <Loaded query={query}>{(found) => <Sides found={found} mayWrite={mayWrite} />}</Loaded>
    </Page>
  );
}

function Import() {
  const { t } = useTranslation('console');
  const [answer, setAnswer] = useState<RouteOutput<typeof routes.book.readBankStatement> | null>(
    null,
  );
  return (
    <section className="panel" aria-label={t('books.bank.import')}>
      <h2>{t('books.bank.import')}</h2>
      <FileDrop
        label={t('books.bank.import')}
        lead={t('books.bank.importLead')}
        route={routes.book.readBankStatement}
        onRead={setAnswer}
      />
      {answer && answer.problems.length === 0 && (
        <Notice tone="done" title={t('books.bank.imported', { ...answer })} />
      )}
      {answer && <Problems problems={answer.problems} />}
    </section>
  );
}

function Sides({ found, mayWrite }: { found: Reconciliation; mayWrite: boolean }) {
  const { t } = useTranslation('console');
  const [matching, setMatching] = useState<BankLine | null>(null);
  const apart = Math.abs((found.bankAdjustedFen ?? 0) - found.bookAdjustedFen);
  const bar = (key: 'bankSide' | 'bookSide' | 'bankAdjusted' | 'bookAdjusted', value: number) => ({
    key,
    label: t(`books.bank.${key}`),
    value: Math.max(0, value),
    words: formatYuan(value),
    tone: key.endsWith('Adjusted') ? ('accent' as const) : ('calm' as const),
  });
  return (
    <>
      <section className="panel" aria-label={t('books.bank.picture')}>
        <h2>{t('books.bank.picture')}</h2>
        {found.bankFen === null ? (
          <Notice tone="warned" title={t('books.bank.noBank')} />
        ) : (
          <Notice
            tone={found.agrees ? 'done' : 'late'}
            title={
              found.agrees
                ? t('books.bank.agrees')
                : t('books.bank.differs', { amount: formatYuan(apart) })
            }
          />
        )}
        <Bars
          label={t('books.bank.picture')}
          headings={[t('books.bank.side'), t('books.bank.amount')]}
          bars={[
            ...(found.bankFen === null ? [] : [bar('bankSide', found.bankFen)]),
            bar('bookSide', found.bookFen),
            ...(found.bankAdjustedFen === null ? [] : [bar('bankAdjusted', found.bankAdjustedFen)]),
            bar('bookAdjusted', found.bookAdjustedFen),
          ]}
        />
        <p className="soft">
          {t('books.bank.matched', {
            count: found.matchedCount,
            in: formatYuan(found.matchedInFen),
            out: formatYuan(found.matchedOutFen),
          })}
        </p>
      </section>
      <section className="panel" aria-label={t('books.bank.bankOnly')}>
        <h2>{t('books.bank.bankOnly')}</h2>
        <WholeTable
          label={t('books.bank.bankOnly')}
          rows={found.bankOnly}
          columns={useBankColumns(mayWrite, setMatching)}
          rowKey={(line) => line.id}
          empty={t('books.bank.emptyBank')}
        />
      </section>
      <section className="panel" aria-label={t('books.bank.bookOnly')}>
        <h2>{t('books.bank.bookOnly')}</h2>
        <WholeTable
          label={t('books.bank.bookOnly')}
          rows={found.bookOnly}
          columns={useBookColumns()}
          rowKey={(entry) => entry.id}
          empty={t('books.bank.emptyBook')}
        />
      </section>
      {matching && <MatchDialog line={matching} found={found} onClose={() => setMatching(null)} />}
    </>
  );
}

function useBankColumns(mayWrite: boolean, onMatch: (line: BankLine) => void): Column<BankLine>[] {
  const { t } = useTranslation('console');
  const words = (line: BankLine) => formatYuan(line.inFen - line.outFen);
  return [
    dateColumn('day', t('books.bank.day'), (line) => line.day),
    moneyColumn('in', t('books.bank.in'), (line) => line.inFen || null),
    moneyColumn('out', t('books.bank.out'), (line) => line.outFen || null),
    wordColumn('reference', t('books.bank.reference'), (line) => line.reference),
    wordColumn('counterparty', t('books.bank.counterparty'), (line) => line.counterparty),
    wordColumn('note', t('books.bank.note'), (line) => line.note),
    ...(mayWrite
      ? [
          {
            key: 'match',
            header: t('books.bank.match'),
            cell: (line: BankLine) => (
              <Button
                label={t('books.bank.matchFor', { day: line.day, amount: words(line) })}
                onPress={() => onMatch(line)}
              >
                {t('books.bank.match')}
              </Button>
            ),
          },
        ]
      : []),
  ];
}

function useBookColumns(): Column<BookEntry>[] {
  const { t } = useTranslation('console');
  return [
    dateColumn('day', t('books.bank.day'), (entry) => entry.day),
    wordColumn('number', t('books.bank.number'), (entry) => entry.number),
    wordColumn('label', t('books.bank.label'), (entry) => entry.label),
    moneyColumn('in', t('books.bank.in'), (entry) => entry.inFen || null),
    moneyColumn('out', t('books.bank.out'), (entry) => entry.outFen || null),
    wordColumn('reference', t('books.bank.reference'), (entry) => entry.reference),
  ];
}
