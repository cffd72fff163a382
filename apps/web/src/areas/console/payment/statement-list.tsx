import { useTranslation } from 'react-i18next';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { dateColumn, moneyColumn, wordColumn } from '../parts/columns.tsx';
import type { Statement } from './statement-drop.tsx';
import { WholeTable } from '../parts/list-table.tsx';

/** Files that were imported, newest first. */
export function StatementList({ statements }: { statements: readonly Statement[] }) {
  const { t } = useTranslation('console');
  const columns = useColumns();
  if (statements.length === 0) return null;
  return (
    <section className="panel" aria-label={t('reconciliation.files')}>
      <h2>{t('reconciliation.files')}</h2>
      <WholeTable
        label={t('reconciliation.files')}
        rows={statements}
        rowKey={(one) => one.id}
        columns={columns}
      />
    </section>
  );
}

function useColumns(): Column<Statement>[] {
  const { t } = useTranslation('console');
  return [
    wordColumn('name', t('reconciliation.file'), (one) => one.name),
    wordColumn('kind', t('reconciliation.kind'), (one) => t(`codes.statement.${one.kind}`)),
    dateColumn('from', t('reconciliation.fromDay'), (one) => one.fromOn),
    dateColumn('until', t('reconciliation.untilDay'), (one) => one.untilOn),
    wordColumn('gifts', t('reconciliation.gifts'), (one) => String(one.gifts)),
    moneyColumn('giftsFen', t('reconciliation.gross'), (one) => one.giftsFen),
    moneyColumn('refundsFen', t('reconciliation.refunds'), (one) => one.refundsFen),
    moneyColumn('feesFen', t('reconciliation.fees'), (one) => one.feesFen),
    dateColumn('importedAt', t('reconciliation.importedAt'), (one) => one.importedAt),
  ];
}
