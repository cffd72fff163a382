import { isId, Refusal } from '@wennuan/basics';
import type { Language } from '@wennuan/contract';
import { prepareSheet, writeSheets } from '../../platform/sheet.ts';
import { chartAccount, type Entry, type EntryLine } from './book.ts';
import layouts from './voucher-layouts.json' with { type: 'json' };

type Field =
  | 'day'
  | 'year'
  | 'period'
  | 'word'
  | 'number'
  | 'place'
  | 'summary'
  | 'code'
  | 'name'
  | 'amount'
  | 'debit'
  | 'credit'
  | 'detail'
  | 'detailCode';

interface Layout {
  code: string;
  title: Readonly<Record<Language, string>>;
  format: 'xlsx' | 'csv';
  columns: { title: string; of: Field }[];
}

/** Layouts of accounting programs, as data beside this module. */
export const voucherLayouts = layouts as Layout[];

/** One line of a voucher as an accounting program takes it. */
export interface VoucherLine {
  day: string;
  number: number;
  place: number;
  summary: string;
  line: EntryLine;
}

/** Vouchers of a month: numbered in order of day, debit before credit. */
export function vouchersOf(
  entries: readonly Entry[],
  summaryOf: (entry: Entry) => string,
): VoucherLine[] {
  return entries.flatMap((entry, index) =>
    entry.lines.map((line, place) => ({
      day: entry.day ?? '',
      number: index + 1,
      place: place + 1,
      summary: summaryOf(entry),
      line,
    })),
  );
}

/** The file of a month for a program; refuses `layout_unknown`. */
export async function writeVouchers(
  code: string,
  month: string,
  lines: readonly VoucherLine[],
): Promise<{ bytes: Buffer; fileName: string; mediaType: string }> {
  const layout = voucherLayouts.find((one) => one.code === code);
  if (!layout) throw new Refusal('layout_unknown', {}, 'layout');
  const fileName = `vouchers-${month}.${layout.format}`;
  if (layout.format === 'csv') {
    const rows = [
      layout.columns.map((column) => column.title),
      ...lines.map((line) => layout.columns.map(({ of }) => textOf(line, of))),
    ];
    const text = rows.map((cells) => cells.map(csvCell).join(',')).join('\r\n');
    const bytes = Buffer.from(`\ufeff${text}\r\n`);
    return { bytes, fileName, mediaType: 'text/csv; charset=utf-8' };
  }
  const bytes = await writeSheets([
    prepareSheet<VoucherLine>({
      name: `凭证 ${month}`,
      columns: layout.columns.map(({ title, of }) => ({
        title,
        width: of === 'summary' || of === 'name' || of === 'detail' ? 36 : 14,
        kind: of === 'debit' || of === 'credit' ? 'yuan' : of === 'number' ? 'count' : 'text',
        of: (line) =>
          of === 'debit'
            ? line.line.debitFen
            : of === 'credit'
              ? line.line.creditFen
              : of === 'number'
                ? line.number
                : textOf(line, of),
      })),
      rows: lines,
    }),
  ]);
  return {
    bytes,
    fileName,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  };
}

function textOf({ day, number, place, summary, line }: VoucherLine, of: Field): string {
  const texts: Record<Field, () => string> = {
    day: () => day,
    year: () => day.slice(0, 4),
    period: () => String(Number(day.slice(5, 7))),
    word: () => '记',
    number: () => String(number),
    place: () => String(place),
    summary: () => summary,
    code: () => line.code,
    name: () => chartAccount(line.code).name,
    amount: () => plainYuan(line.debitFen + line.creditFen),
    debit: () => plainYuan(line.debitFen),
    credit: () => plainYuan(line.creditFen),
    detail: () => line.detailLabel,
    // An account of ours that has no code of its own is told by its name.
    detailCode: () => (line.detailLabel === line.detail || isId(line.detail) ? '' : line.detail),
  };
  return texts[of]();
}

function plainYuan(amountFen: number): string {
  const text = String(Math.abs(amountFen)).padStart(3, '0');
  return `${amountFen < 0 ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}

/** Text that an office program would take for a formula is led by an apostrophe; a negative figure is none. */
function csvCell(text: string): string {
  const isFigure = /^-?\d+\.\d\d$/.test(text);
  const safe = !isFigure && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
