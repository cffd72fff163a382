import { dateInShanghai, isPlainDate, isRefusal, parseYuan, Refusal } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import { writeSheet } from '../../platform/sheet.ts';
import { openSheets, type SheetCell } from '../../platform/sheet-reader.ts';

export type FiscalFault = (typeof shapes.fiscalFaults)[number];

/** A gift for which a fiscal receipt was asked, as the state's platform needs it. */
export interface FiscalToIssue {
  number: string;
  givenOn: string;
  amountFen: number;
  payerName: string;
  taxNumber: string | null;
  contact: string | null;
  target: string;
  askedOn: string | null;
}

const NUMBER = '捐赠确认号';
const AMOUNT = '金额（元）';
const RECEIPT = '票据号码';
const ISSUED = '开票日期';
const NEEDED = [NUMBER, RECEIPT, ISSUED];

/** The sheet of what was asked for; its last two columns are for whoever issues. */
export function writeRequests(rows: readonly FiscalToIssue[]): Promise<Buffer> {
  return writeSheet<FiscalToIssue>({
    name: '待开票据',
    columns: [
      { title: NUMBER, width: 16, kind: 'text', of: (row) => row.number },
      { title: '捐赠日期', width: 12, kind: 'date', of: (row) => row.givenOn },
      { title: AMOUNT, width: 14, kind: 'yuan', of: (row) => row.amountFen },
      { title: '票据抬头', width: 28, kind: 'text', of: (row) => row.payerName },
      { title: '税号或证件号', width: 24, kind: 'text', of: (row) => row.taxNumber },
      { title: '接收方式', width: 24, kind: 'text', of: (row) => row.contact },
      { title: '捐赠项目', width: 28, kind: 'text', of: (row) => row.target },
      { title: '申请日期', width: 12, kind: 'date', of: (row) => row.askedOn },
      { title: RECEIPT, width: 24, kind: 'text', of: () => null },
      { title: ISSUED, width: 12, kind: 'date', of: () => null },
    ],
    rows,
  });
}

/** A line of the sheet that came back, with the cells its faults are told by. */
export interface IssuedLine {
  line: number;
  number: string;
  receiptNumber: string;
  issuedOn: string | null;
  amountFen: number | null;
  /** What stood in the date's cell, to be told when it is none. */
  dateText: string;
  cell: { number: string; receiptNumber: string; issuedOn: string; amount: string };
}

/**
 * Reads the sheet that came back; lines with neither number nor receipt are passed over. Refuses a file that cannot be
 * read and one without the needed columns.
 */
export async function readIssued(bytes: Buffer, fileName: string): Promise<IssuedLine[]> {
  const rows = await readRows(bytes, fileName);
  const titles = (rows[0]?.cells ?? []).map((cell) => textOf(cell));
  const missing = NEEDED.filter((title) => !titles.includes(title));
  if (missing.length > 0)
    throw new Refusal('sheet_columns_missing', { columns: missing.join('、') });
  const at = (title: string) => titles.indexOf(title);
  return rows.slice(1).flatMap(({ line, cells }): IssuedLine[] => {
    const number = textOf(cells[at(NUMBER)]).toUpperCase();
    const receiptNumber = textOf(cells[at(RECEIPT)]);
    if (number === '' && receiptNumber === '') return [];
    const cell = (title: string) => `${columnName(at(title))}${line}`;
    return [
      {
        line,
        number,
        receiptNumber,
        issuedOn: dateOf(cells[at(ISSUED)]),
        amountFen: at(AMOUNT) < 0 ? null : amountOf(cells[at(AMOUNT)]),
        dateText: textOf(cells[at(ISSUED)]),
        cell: {
          number: cell(NUMBER),
          receiptNumber: cell(RECEIPT),
          issuedOn: cell(ISSUED),
          amount: at(AMOUNT) < 0 ? '' : cell(AMOUNT),
        },
      },
    ];
  });
}

async function readRows(bytes: Buffer, fileName: string) {
  const rows: { line: number; cells: SheetCell[] }[] = [];
  try {
    const [sheet] = await openSheets(bytes, fileName);
    for await (const row of sheet!.lines()) rows.push(row);
  } catch (thrown) {
    // The reader speaks of rosters; what is wrong is the same: this is no sheet.
    if (isRefusal(thrown)) throw new Refusal('sheet_unreadable');
    throw thrown;
  }
  return rows;
}

function textOf(cell: SheetCell | undefined): string {
  if (cell === null || cell === undefined) return '';
  return (cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell)).trim();
}

/** A day however a sheet holds it; null for anything else. */
function dateOf(cell: SheetCell | undefined): string | null {
  // A sheet's own dates have no zone: they are read as they stand.
  if (cell instanceof Date) return dateInShanghai(new Date(cell.getTime() - 8 * 3_600_000));
  const text = textOf(cell).replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? [];
  const date = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  return isPlainDate(date) ? date : null;
}

function amountOf(cell: SheetCell | undefined): number | null {
  if (typeof cell === 'number') return Math.round(cell * 100);
  return parseYuan(textOf(cell));
}

/** The letters of a column from its place: 0 is A, 26 is AA. */
function columnName(place: number): string {
  const letter = String.fromCharCode(65 + (place % 26));
  return place < 26 ? letter : `${columnName(Math.floor(place / 26) - 1)}${letter}`;
}
