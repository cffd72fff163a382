import { Refusal } from '@wennuan/basics';
import type { Language } from '@wennuan/contract';
import { prepareSheet, writeSheets } from '../../platform/sheet.ts';
import layouts from './bank-layouts.json' with { type: 'json' };

/** What a column of a bank's file can hold. */
type Field = 'place' | 'number' | 'holder' | 'bank' | 'amount' | 'purpose' | 'reference';

interface Layout {
  code: string;
  title: Readonly<Record<Language, string>>;
  format: 'xlsx' | 'csv';
  columns: { title: string; of: Field }[];
}

/** One payment as the bank gets it, its account number opened. */
export interface BankRow {
  place: number;
  number: string;
  holder: string;
  bank: string;
  amountFen: number;
  purpose: string;
  /** Ours: batch and line, so that an answer finds it. */
  reference: string;
}

export interface Cover {
  number: string;
  madeOn: string;
  payer: string;
  count: number;
  totalFen: number;
}

/** The layouts of banks that are on file, as data beside this module. */
export const bankLayouts = layouts as Layout[];

/** Finds a layout; refuses `layout_unknown`. */
export function layoutOf(code: string): Layout {
  const layout = bankLayouts.find((one) => one.code === code);
  if (!layout) throw new Refusal('layout_unknown', {}, 'layout');
  return layout;
}

/** What a line of a batch is called at the bank. */
export function lineReference(batchNumber: string, place: number): string {
  return `${batchNumber}-${String(place).padStart(4, '0')}`;
}

/** The bank's file with its cover: number of payments and their sum, which must be those of its rows. */
export async function writeBankFile(
  layout: Layout,
  cover: Cover,
  rows: readonly BankRow[],
): Promise<{ bytes: Buffer; fileName: string; mediaType: string }> {
  const fileName = `${cover.number}.${layout.format}`;
  if (layout.format === 'csv')
    return { bytes: csvOf(layout, cover, rows), fileName, mediaType: 'text/csv; charset=utf-8' };
  const bytes = await writeSheets([
    prepareSheet<[string, string]>({
      name: '封面',
      columns: [
        { title: '付款批次封面', width: 24, kind: 'text', of: ([name]) => name },
        { title: cover.number, width: 48, kind: 'text', of: ([, value]) => value },
      ],
      rows: coverRows(cover),
    }),
    prepareSheet<BankRow>({
      name: '付款明细',
      columns: layout.columns.map(({ title, of }) => ({
        title,
        width: WIDTHS[of],
        kind:
          of === 'amount'
            ? ('yuan' as const)
            : of === 'place'
              ? ('count' as const)
              : ('text' as const),
        of: (row) => (of === 'amount' ? row.amountFen : row[of]),
      })),
      rows,
    }),
  ]);
  return {
    bytes,
    fileName,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  };
}

const WIDTHS: Record<Field, number> = {
  place: 8,
  number: 28,
  holder: 32,
  bank: 32,
  amount: 16,
  purpose: 32,
  reference: 20,
};

function coverRows(cover: Cover): [string, string][] {
  return [
    ['付款单位', cover.payer],
    ['编批日期', cover.madeOn],
    ['笔数', String(cover.count)],
    ['合计金额（元）', plainYuan(cover.totalFen)],
    ['制表（会计）', ''],
    ['复核', ''],
  ];
}

/** A byte order mark first, so that office programs read it as UTF-8; the sum stands in the first line. */
function csvOf(layout: Layout, cover: Cover, rows: readonly BankRow[]): Buffer {
  const summary = [
    '批次号',
    cover.number,
    '笔数',
    String(cover.count),
    '合计金额',
    plainYuan(cover.totalFen),
  ];
  const lines = [
    summary,
    layout.columns.map((column) => column.title),
    ...rows.map((row) =>
      layout.columns.map(({ of }) =>
        of === 'amount' ? plainYuan(row.amountFen) : String(row[of]),
      ),
    ),
  ];
  return Buffer.from(
    `\ufeff${lines.map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`,
  );
}

/** Text that an office program would take for a formula is led by an apostrophe. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** An amount as machines read it: no separators. */
function plainYuan(amountFen: number): string {
  const text = String(amountFen).padStart(3, '0');
  return `${text.slice(0, -2)}.${text.slice(-2)}`;
}
