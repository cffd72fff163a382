import {
  type Dispatch,
  type KeyboardEvent,
  type ReactNode,
  type SetStateAction,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { ButtonAnchor } from './button.tsx';
import { Checkbox } from './choices.tsx';
import { TextField } from './fields.tsx';

export interface Column<Row> {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** What to sort and filter by; a column without it is neither sorted nor searched. */
  value?: (row: Row) => string | number | null;
  numeric?: boolean;
  /** Left out until chosen under "columns". */
  hidden?: boolean;
}

interface DataTableProps<Row> {
  /** Names the table for screen readers. */
  label: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string;
  /** Enter or a click on a row. The row's own link is still there for others. */
  onOpen?: (row: Row) => void;
  /** Address of the .xlsx of the same list. */
  exportHref?: string;
  empty?: ReactNode;
}

/** As many rows as an eye takes in without searching. */
const FEW_ROWS = 5;
const ROW_PIXELS = 45;
const ROWS_AROUND = 20;

type Sort = { key: string; down: boolean } | null;

/** Made once: a comparison that makes its own rules each time takes a second for ten thousand rows. */
const inChinese = new Intl.Collator('zh-CN', { numeric: true });

function compare(left: string | number | null, right: string | number | null): number {
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return inChinese.compare(String(left), String(right));
}

/** Rows as the reader asked: filtered by text in any searchable column, then sorted. */
function arranged<Row>(
  { rows, columns }: Pick<DataTableProps<Row>, 'rows' | 'columns'>,
  text: string,
  sort: Sort,
): readonly Row[] {
  const wanted = text.trim().toLowerCase();
  const searched = columns.filter((column) => column.value);
  const kept = wanted
    ? rows.filter((row) =>
        searched.some((column) =>
          String(column.value!(row) ?? '')
            .toLowerCase()
            .includes(wanted),
        ),
      )
    : rows;
  const value = columns.find((column) => column.key === sort?.key)?.value;
  if (!sort || !value) return kept;
  const sign = sort.down ? -1 : 1;
  const keyed = kept.map((row) => ({ row, key: value(row) }));
  return keyed.sort((left, right) => sign * compare(left.key, right.key)).map(({ row }) => row);
}

/**
 * A table to work with: filter, sort, choose columns, export; arrow keys go from row to row, Enter opens.
 * Only rows in sight are in the document, so ten thousand stay smooth.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { t } = useTranslation();
  const { columns, rows } = props;
  const [text, setText] = useState('');
  const [sort, setSort] = useState<Sort>(null);
  const [hidden, setHidden] = useState(
    () => new Set(columns.filter((column) => column.hidden).map((column) => column.key)),
  );
  const shown = useMemo(() => arranged({ rows, columns }, text, sort), [rows, columns, text, sort]);
  const visible = columns.filter((column) => !hidden.has(column.key));
  return (
    <div>
      <Tools
        {...props}
        text={text}
        onText={setText}
        hidden={hidden}
        onHidden={setHidden}
        shownCount={shown.length}
      />
      {shown.length === 0 ? (
        (props.empty ?? <p className="empty">{t('table.empty')}</p>)
      ) : (
        <Rows {...props} shown={shown} visible={visible} sort={sort} onSort={setSort} />
      )}
    </div>
  );
}

interface ToolsProps<Row> extends DataTableProps<Row> {
  text: string;
  onText: (text: string) => void;
  hidden: ReadonlySet<string>;
  onHidden: Dispatch<SetStateAction<Set<string>>>;
  shownCount: number;
}

/** Filter, columns, export. A handful of rows is read at a glance: they stand there without. */
function Tools<Row>(props: ToolsProps<Row>) {
  const { t } = useTranslation();
  const { label, rows, columns, text, onText, hidden, onHidden, shownCount, exportHref } = props;
  const isFew = rows.length <= FEW_ROWS && !columns.some((column) => column.hidden);
  if (isFew && !exportHref && text === '') return null;
  return (
    <div className="table-tools">
      <TextField
        name={`filter-${label}`}
        label={t('table.filter')}
        type="search"
        optional
        value={text}
        onChange={onText}
      />
      <details>
        <summary className="button button-secondary">{t('table.columns')}</summary>
        <div className="table-columns">
          {columns.map((column) => (
            <Checkbox
              key={column.key}
              name={`column-${column.key}`}
              label={column.header}
              checked={!hidden.has(column.key)}
              onChange={(on) =>
                onHidden((now) => {
                  const next = new Set(now);
                  if (on) next.delete(column.key);
                  else next.add(column.key);
                  return next;
                })
              }
            />
          ))}
        </div>
      </details>
      {exportHref && (
        <ButtonAnchor href={exportHref} download>
          {t('table.export')}
        </ButtonAnchor>
      )}
      <span className="soft small" role="status">
        {t('table.rowsShown', { count: rows.length, shown: shownCount })}
      </span>
    </div>
  );
}

interface RowsProps<Row> extends DataTableProps<Row> {
  shown: readonly Row[];
  visible: readonly Column<Row>[];
  sort: Sort;
  onSort: (sort: Sort) => void;
}

/** Moves the focus to the next or previous row and opens with Enter. */
function onRowKey(event: KeyboardEvent<HTMLTableRowElement>, open?: () => void) {
  const row = event.currentTarget;
  if (event.target !== row) return;
  const step = {
    ArrowDown: 'nextElementSibling',
    j: 'nextElementSibling',
    ArrowUp: 'previousElementSibling',
    k: 'previousElementSibling',
  } as const;
  const way = step[event.key as keyof typeof step];
  if (way) {
    event.preventDefault();
    (row[way] as HTMLElement | null)?.focus();
  } else if (event.key === 'Enter') open?.();
}

function Rows<Row>(props: RowsProps<Row>) {
  const { t } = useTranslation();
  const { shown, visible, sort, onSort, onOpen } = props;
  const frame = useRef<HTMLDivElement>(null);
  const [from, setFrom] = useState(0);
  const until = Math.min(shown.length, from + ROWS_AROUND * 3);
  const start = Math.min(from, Math.max(0, shown.length - ROWS_AROUND));
  return (
    <div
      ref={frame}
      className="table-frame"
      role="region"
      aria-label={props.label}
      tabIndex={0}
      onScroll={() => {
        const first = Math.floor((frame.current?.scrollTop ?? 0) / ROW_PIXELS);
        setFrom(Math.max(0, Math.floor((first - ROWS_AROUND) / ROWS_AROUND) * ROWS_AROUND));
      }}
    >
      <table className="table" aria-rowcount={shown.length + 1}>
        <caption className="visually-hidden">{props.label}</caption>
        <thead>
          <tr>
            {visible.map((column) => (
              <HeaderCell
                key={column.key}
                column={column}
                sort={sort}
                onSort={onSort}
                label={t('table.sortBy', { column: column.header })}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap rows={start} columns={visible.length} />
          {shown.slice(start, until).map((row, place) => (
            <tr
              key={props.rowKey(row)}
              aria-rowindex={start + place + 2}
              data-opens={onOpen ? true : undefined}
              tabIndex={onOpen ? 0 : undefined}
              onClick={(event) => {
                if (!(event.target as HTMLElement).closest('a, button, input')) onOpen?.(row);
              }}
              onKeyDown={(event) => onRowKey(event, onOpen && (() => onOpen(row)))}
            >
              {visible.map((column) => (
                <td key={column.key} data-numeric={column.numeric || undefined}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
          <Gap rows={shown.length - until} columns={visible.length} />
        </tbody>
      </table>
    </div>
  );
}

/** The height of rows that are out of sight; an image-less spacer, since inline styles are forbidden. */
function Gap({ rows, columns }: { rows: number; columns: number }) {
  if (rows <= 0) return null;
  return (
    <tr className="table-gap" aria-hidden="true">
      <td colSpan={columns}>
        <svg width="1" height={rows * ROW_PIXELS} />
      </td>
    </tr>
  );
}

interface HeaderCellProps<Row> {
  column: Column<Row>;
  sort: Sort;
  onSort: (sort: Sort) => void;
  label: string;
}

function HeaderCell<Row>({ column, sort, onSort, label }: HeaderCellProps<Row>) {
  const mine = sort?.key === column.key ? sort : null;
  if (!column.value)
    return (
      <th scope="col" data-numeric={column.numeric || undefined}>
        {column.header}
      </th>
    );
  return (
    <th
      scope="col"
      data-numeric={column.numeric || undefined}
      aria-sort={mine ? (mine.down ? 'descending' : 'ascending') : undefined}
    >
      <button
        type="button"
        title={label}
        onClick={() => onSort(mine?.down ? null : { key: column.key, down: mine !== null })}
      >
        {column.header}
        <span aria-hidden="true">{mine ? (mine.down ? '↓' : '↑') : '↕'}</span>
      </button>
    </th>
  );
}
