import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';
import { useRoute, useRouteWhen } from '../../../shared/api/query.ts';
import {
  ButtonAnchor,
  ButtonLink,
  Loaded,
  monthWords,
  Notice,
  Page,
} from '../../../shared/ui/index.ts';

type Trial = RouteOutput<typeof routes.book.trialBalance>;
type Row = Trial['rows'][number];

/** The trial balance of a month, account by account, down to fund and campaign. */
export function TrialBalancePage() {
  const { t, i18n } = useTranslation('console');
  const { month: asked } = useSearch({ from: '/desk/books/trial-balance' });
  const months = useRoute(routes.book.months);
  const month = asked ?? months.data?.currentMonth ?? '';
  const query = useRouteWhen(month !== '', routes.book.trialBalance, { params: { month } });
  return (
    <Page
      title={t('books.trial.title', { month: monthWords(month, i18n.language) })}
      lead={t('books.trial.lead')}
      width="wide"
      aside={
        <span className="row">
          <ButtonLink to="/desk/books" search={{ month }}>
            {t('books.trial.back')}
          </ButtonLink>
          <ButtonAnchor
            kind="primary"
            href={addressOf(routes.book.trialBalanceSheet, { query: { month } })}
          >
            {t('books.trial.sheet')}
          </ButtonAnchor>
        </span>
      }
    >
      <Loaded query={query}>{(trial) => <Trials trial={trial} />}</Loaded>
    </Page>
  );
}

const amounts = [
  'openingDebitFen',
  'openingCreditFen',
  'debitFen',
  'creditFen',
  'closingDebitFen',
  'closingCreditFen',
] as const satisfies readonly (keyof Row)[];

function Trials({ trial }: { trial: Trial }) {
  const { t } = useTranslation('console');
  const sides = [t('books.trial.debit'), t('books.trial.credit')];
  return (
    <>
      <Notice
        tone={trial.balances ? 'done' : 'late'}
        title={t(trial.balances ? 'books.month.balances' : 'books.month.differs')}
      >
        <p>{t('books.trial.ledger', { amount: formatYuan(trial.ledgerFen) })}</p>
      </Notice>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={t('books.trial.table')}>
        <table className="table-plain trial">
          <caption className="visually-hidden">{t('books.trial.table')}</caption>
          <thead>
            <tr>
              <th scope="col" rowSpan={2}>
                {t('books.trial.code')}
              </th>
              <th scope="col" rowSpan={2}>
                {t('books.trial.name')}
              </th>
              {(['opening', 'moved', 'closing'] as const).map((part) => (
                <th key={part} scope="colgroup" colSpan={2}>
                  {t(`books.trial.${part}`)}
                </th>
              ))}
            </tr>
            <tr>
              {[0, 1, 2].flatMap((part) =>
                sides.map((side) => (
                  <th key={`${part} ${side}`} scope="col">
                    {side}
                  </th>
                )),
              )}
            </tr>
          </thead>
          <tbody>
            {trial.rows.map((row) => (
              <TrialLine key={`${row.code} ${row.detail}`} row={row} />
            ))}
            <tr data-total>
              <td />
              <th scope="row">{t('books.trial.total')}</th>
              <Amounts row={trial.total} />
            </tr>
          </tbody>
        </table>
      </div>
    </>
  );
}

function TrialLine({ row }: { row: Row }) {
  return (
    <tr data-detail={row.detail !== null || undefined}>
      <td>{row.detail === null ? row.code : ''}</td>
      <th scope="row">{row.detail ?? row.name}</th>
      <Amounts row={row} />
    </tr>
  );
}

function Amounts({ row }: { row: Row }) {
  return amounts.map((of) => (
    <td key={of} className="number">
      {row[of] === 0 ? '' : formatYuan(row[of])}
    </td>
  ));
}
