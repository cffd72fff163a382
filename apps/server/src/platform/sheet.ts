import { writeXlsx } from 'hucre/xlsx';

/** What a column holds: it decides alignment, number format and how Excel reads the cell. */
export type ColumnKind = 'text' | 'count' | 'yuan' | 'date' | 'moment';

export interface SheetColumn<Row> {
  title: string;
  /** In characters of the Latin alphabet; a Chinese one takes two. */
  width: number;
  kind: ColumnKind;
  /** The value of a row: fen for `yuan`, `YYYY-MM-DD` for `date`, an instant for `moment`. */
  of(row: Row): string | number | Date | null;
}

export interface SheetPlan<Row> {
  /** Name of the only sheet, at most 31 characters without `[]:*?/\`. */
  name: string;
  columns: readonly SheetColumn<Row>[];
  rows: readonly Row[];
}

const NUMBER_FORMAT: Record<ColumnKind, string> = {
  text: '@',
  count: '0',
  yuan: '#,##0.00',
  date: 'yyyy-mm-dd',
  moment: 'yyyy-mm-dd hh:mm',
};
/** What Excel holds in one cell. */
const CELL_MOST = 32_767;
const SHANGHAI_OFFSET_MILLIS = 8 * 3_600_000;

/**
 * The one .xlsx export of the system: a header that stays in view, then a row for each. Text is
 * written as text, so that what somebody typed (`=`, `+`, `-`, `@` first) is never a formula, also
 * after it was saved again from Excel: the cell is marked as text, not only typed as one.
 */
export async function writeSheet<Row>(plan: SheetPlan<Row>): Promise<Buffer> {
  return await writeSheets([prepareSheet(plan)]);
}

/** Several sheets in one file, each as `writeSheet` makes it: a cover before a list. */
export async function writeSheets(sheets: readonly PreparedSheet[]): Promise<Buffer> {
  return Buffer.from(await writeXlsx({ sheets: [...sheets] }));
}

type PreparedSheet = ReturnType<typeof prepareSheet>;

/** One sheet of several. */
export function prepareSheet<Row>(plan: SheetPlan<Row>) {
  return {
    name: plan.name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31),
    columns: plan.columns.map((column) => ({
      width: column.width,
      numFmt: NUMBER_FORMAT[column.kind],
    })),
    rows: [
      plan.columns.map((column) => column.title),
      ...plan.rows.map((row) => plan.columns.map((column) => cellOf(column, row))),
    ],
    freezePane: { rows: 1 },
    pageSetup: {
      paperSize: 'a4' as const,
      orientation: 'landscape' as const,
      printTitlesRow: '$1:$1',
    },
  };
}

function cellOf<Row>(column: SheetColumn<Row>, row: Row): string | number | Date | null {
  const value = column.of(row);
  if (value === null) return null;
  switch (column.kind) {
    case 'yuan':
      return typeof value === 'number' ? value / 100 : String(value);
    case 'count':
      return typeof value === 'number' ? value : String(value);
    case 'date':
      return new Date(`${String(value)}T00:00:00Z`);
    case 'moment':
      // A sheet has no time zones: the wall clock of Zhengzhou is written as it is read there.
      return value instanceof Date ? new Date(value.getTime() + SHANGHAI_OFFSET_MILLIS) : value;
    case 'text':
      return [...String(value)].filter(isWritable).join('').slice(0, CELL_MOST);
  }
}

/** XML 1.0 carries no control character but tab and line ends. */
function isWritable(character: string): boolean {
  const code = character.codePointAt(0)!;
  return code >= 0x20 ? code !== 0xfffe && code !== 0xffff : [9, 10, 13].includes(code);
}
