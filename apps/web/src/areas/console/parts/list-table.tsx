import { useTranslation } from 'react-i18next';
import type { ApiRefusal } from '../../../shared/api/refusal.ts';
import { type Column, DataTable } from '../../../shared/ui/data-table.tsx';
import { Button, EmptyState, RefusalNotice, Skeleton } from '../../../shared/ui/index.ts';
import { usePhone } from './width.ts';

interface PagedList<Row> {
  items: readonly Row[];
  isPending: boolean;
  error: ApiRefusal | null;
  hasMore: boolean;
  busy: boolean;
  more: () => void;
}

interface ListTableProps<Row> {
  label: string;
  list: PagedList<Row>;
  columns: Column<Row>[];
  rowKey: (row: Row) => string;
  onOpen?: (row: Row) => void;
  /** What would be here, and how to begin. */
  empty: readonly [string, string];
  /** What says which row it is, on the telephone: the first column stands as the card's title. */
  phoneColumns?: readonly string[];
}

/** A list that comes page by page, as a table on the desk and as cards on the telephone. */
export function ListTable<Row>(props: ListTableProps<Row>) {
  const { t } = useTranslation();
  const phone = usePhone();
  const { list, label, columns, rowKey, onOpen } = props;
  if (list.isPending) return <Skeleton lines={6} />;
  if (list.error && list.items.length === 0) return <RefusalNotice refusal={list.error} />;
  if (list.items.length === 0)
    return (
      <EmptyState title={props.empty[0]}>
        <p>{props.empty[1]}</p>
      </EmptyState>
    );
  return (
    <>
      {phone ? (
        <Cards {...props} />
      ) : (
        <DataTable
          label={label}
          rows={list.items}
          columns={columns}
          rowKey={rowKey}
          onOpen={onOpen}
        />
      )}
      {list.hasMore && (
        <Button busy={list.busy} onPress={list.more}>
          {t('more')}
        </Button>
      )}
    </>
  );
}

function Cards<Row>({ list, label, columns, rowKey, phoneColumns }: ListTableProps<Row>) {
  const shown = columns.filter(
    (column) => !column.hidden && (!phoneColumns || phoneColumns.includes(column.key)),
  );
  const [first, ...others] = shown;
  return (
    <ul className="tasks" aria-label={label}>
      {list.items.map((row) => (
        <li key={rowKey(row)} className="card-row">
          <strong>{first?.cell(row)}</strong>
          <dl className="facts">
            {others.map((column) => (
              <div key={column.key} className="facts-row">
                <dt>{column.header}</dt>
                <dd>{column.cell(row)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
