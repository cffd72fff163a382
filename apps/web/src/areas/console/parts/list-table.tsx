import type { ReactNode } from 'react';
import { type Column, DataTable } from '../../../shared/ui/data-table.tsx';
import { EmptyState, Listed, type ListOf } from '../../../shared/ui/index.ts';
import { usePhone } from './width.ts';

interface TableProps<Row> {
  label: string;
  columns: Column<Row>[];
  rowKey: (row: Row) => string;
  onOpen?: (row: Row) => void;
  /** What a card shows on the telephone; the first column of words stands as its title. */
  phoneColumns?: readonly string[];
}

interface ListTableProps<Row> extends TableProps<Row> {
  list: ListOf<Row>;
  /** What would be here, and how to begin. */
  empty: readonly [string, string];
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

/** A list as a table on the desk and as cards on the telephone. */
export function ListTable<Row>({ list, empty, ...table }: ListTableProps<Row>) {
  const phone = usePhone();
  const [title, body] = empty;
  return (
    <Listed
      key={String(phone)}
      list={list}
      lines={6}
      atOnce={phone ? CARDS_AT_ONCE : undefined}
      empty={<EmptyRows title={title} body={body} />}
    >
      {(rows) => (phone ? <Cards {...table} rows={rows} /> : <DataTable {...table} rows={rows} />)}
    </Listed>
  );
}

interface WholeTableProps<Row> extends TableProps<Row> {
  rows: readonly Row[];
  /** What stands there while there are no rows. */
  empty?: ReactNode;
}

/** Rows that are all here already: a table on the desk, cards on the telephone. */
export function WholeTable<Row>({ rows, ...table }: WholeTableProps<Row>) {
  const phone = usePhone();
  if (!phone || rows.length === 0) return <DataTable {...table} rows={rows} />;
  const list = { items: rows, isPending: false, error: null };
  return (
    <Listed list={list} empty={null} atOnce={CARDS_AT_ONCE}>
      {(shown) => <Cards {...table} rows={shown} />}
    </Listed>
  );
}

function Cards<Row>(props: TableProps<Row> & { rows: readonly Row[] }) {
  const { rows, label, columns, rowKey, phoneColumns } = props;
  const shown = columns.filter(
    (column) => !column.hidden && (!phoneColumns || phoneColumns.includes(column.key)),
  );
  // A box to tick or a picture says nothing of which row it is: the first words do.
  const title = shown.find((column) => column.value) ?? shown[0];
  const others = shown.filter((column) => column !== title);
  return (
    <ul className="tasks" aria-label={label}>
      {rows.map((row) => (
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
  );
}
