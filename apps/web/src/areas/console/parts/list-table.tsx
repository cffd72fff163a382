import { type ReactNode, useState } from 'react';
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
  /** What a card shows on the telephone; the first column of words stands as its title. */
  phoneColumns?: readonly string[];
}

/** No rows yet: what would be here, and how to begin. */
export function EmptyRows({ title, body }: { title: string; body: string }) {
  return (
    <EmptyState title={title}>
      <p>{body}</p>
    </EmptyState>
  );
}

const CARDS_AT_ONCE = 20;

/** A list that comes page by page, as a table on the desk and as cards on the telephone. */
export function ListTable<Row>(props: ListTableProps<Row>) {
  const phone = usePhone();
  const { list, label, columns, rowKey, onOpen } = props;
  if (list.isPending) return <Skeleton lines={6} />;
  if (list.error && list.items.length === 0) return <RefusalNotice refusal={list.error} />;
  if (list.items.length === 0) return <EmptyRows title={props.empty[0]} body={props.empty[1]} />;
  if (phone) return <Cards {...props} />;
  return (
    <>
      <DataTable
        label={label}
        rows={list.items}
        columns={columns}
        rowKey={rowKey}
        onOpen={onOpen}
      />
      {list.hasMore && <More busy={list.busy} onPress={list.more} />}
    </>
  );
}

function More(button: { busy: boolean; onPress: () => void }) {
  const { t } = useTranslation();
  return <Button {...button}>{t('more')}</Button>;
}

interface WholeTableProps<Row> {
  label: string;
  rows: readonly Row[];
  columns: Column<Row>[];
  rowKey: (row: Row) => string;
  onOpen?: (row: Row) => void;
  /** What stands there while there are no rows. */
  empty?: ReactNode;
}

/** Rows that are all here already: a table on the desk, cards on the telephone. */
export function WholeTable<Row>(props: WholeTableProps<Row>) {
  const phone = usePhone();
  const { rows } = props;
  if (!phone || rows.length === 0) return <DataTable {...props} />;
  const list = { items: rows, hasMore: false, busy: false, more: () => undefined };
  return <Cards {...props} list={list} />;
}

interface CardsProps<Row> extends Omit<WholeTableProps<Row>, 'rows' | 'empty'> {
  list: Pick<PagedList<Row>, 'items' | 'hasMore' | 'busy' | 'more'>;
  phoneColumns?: readonly string[];
}

function Cards<Row>({ list, label, columns, rowKey, phoneColumns }: CardsProps<Row>) {
  const [most, setMost] = useState(CARDS_AT_ONCE);
  const shown = columns.filter(
    (column) => !column.hidden && (!phoneColumns || phoneColumns.includes(column.key)),
  );
  // A box to tick or a picture says nothing of which row it is: the first words do.
  const title = shown.find((column) => column.value) ?? shown[0];
  const others = shown.filter((column) => column !== title);
  const isLeft = list.items.length > most;
  return (
    <>
      <ul className="tasks" aria-label={label}>
        {list.items.slice(0, most).map((row) => (
          <li key={rowKey(row)} className="card-row">
            <strong>{title?.cell(row)}</strong>
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
      {(isLeft || list.hasMore) && (
        <More
          busy={list.busy}
          onPress={() => {
            setMost(most + CARDS_AT_ONCE);
            if (!isLeft) list.more();
          }}
        />
      )}
    </>
  );
}
