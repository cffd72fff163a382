import type { RouteOutput, routes } from '@wennuan/contract';
import { formatYuan } from '@wennuan/basics';
import { useTranslation } from 'react-i18next';
import { Bars } from '../../../shared/charts/index.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { EmptyState, Notice, State } from '../../../shared/ui/index.ts';
import { dateColumn, drawnColumn, moneyColumn } from '../parts/columns.tsx';
import { WholeTable } from '../parts/list-table.tsx';

export type Reconciliation = RouteOutput<typeof routes.payment.reconciliation>;
type Day = Reconciliation['days'][number];

const sides = ['platform', 'bill', 'ledger'] as const;

/** Three bars that should be equally long, and the same for each day. */
export function ReconciliationPicture({ data }: { data: Reconciliation }) {
  const { t } = useTranslation('console');
  const columns = useDayColumns();
  if (data.days.length === 0)
    return (
      <EmptyState title={t('reconciliation.emptyTitle')}>
        <p>{t('reconciliation.emptyBody')}</p>
      </EmptyState>
    );
  const agrees = data.differencesInAll === 0;
  return (
    <>
      <Notice
        tone={agrees ? 'done' : data.openDifferences > 0 ? 'late' : 'warned'}
        title={
          agrees
            ? t('reconciliation.agrees')
            : t('reconciliation.differ', { count: data.differencesInAll })
        }
      >
        {!agrees && (
          <p>
            {data.openDifferences > 0
              ? t('reconciliation.open', { count: data.openDifferences })
              : t('reconciliation.explained')}
          </p>
        )}
      </Notice>
      <Bars
        label={t('reconciliation.picture')}
        headings={[t('reconciliation.side'), t('reconciliation.gross')]}
        bars={sides.map((side) => ({
          key: side,
          label: t(`reconciliation.${side}`),
          value: data[side].grossFen,
          words: t('reconciliation.sideWords', {
            amount: formatYuan(data[side].grossFen),
            count: data[side].count,
            refunded: formatYuan(data[side].refundedFen),
            fees: formatYuan(data[side].feesFen),
          }),
          tone: side === 'ledger' ? 'accent' : 'calm',
        }))}
      />
      <WholeTable
        label={t('reconciliation.byDay')}
        rows={data.days}
        rowKey={(day) => day.day}
        columns={columns}
      />
    </>
  );
}

function useDayColumns(): Column<Day>[] {
  const { t } = useTranslation('console');
  return [
    dateColumn('day', t('reconciliation.day'), (day) => day.day),
    ...sides.map((side) =>
      moneyColumn<Day>(side, t(`reconciliation.${side}`), (day) => day[side].grossFen),
    ),
    moneyColumn('refunded', t('reconciliation.refunds'), (day) => day.ledger.refundedFen),
    moneyColumn('fees', t('reconciliation.fees'), (day) => day.ledger.feesFen),
    drawnColumn('differences', t('reconciliation.result'), {
      words: (day) => String(day.differences),
      draw: (day) =>
        day.differences === 0 ? (
          <State tone="done">{t('reconciliation.same')}</State>
        ) : (
          <State tone="late">{t('reconciliation.differ', { count: day.differences })}</State>
        ),
    }),
  ];
}
