import bill from './alipay-bill.json' with { type: 'json' };
import { partsToFen, plainCell, readNumber } from './cells.ts';
import type { ColumnNames } from './columns.ts';
import { RowReader } from './row-reader.ts';
import type { BillRow } from './statement.ts';
import { PRODUCT_MOST, type ReadBill } from './statement.wechat.ts';
import type { TableLine } from './table.ts';

export type AlipayField = keyof typeof bill.names;

/** The trade bill of Alipay; its columns and kinds of rows are data beside this file. */
export const ALIPAY_COLUMNS: ColumnNames<AlipayField> = {
  names: bill.names,
  required: bill.required as AlipayField[],
};

const TYPES: Readonly<Record<string, string>> = bill.types;

/** The seller's number that a bill names above its header, without what Alipay adds for the currency. */
export function alipayMerchant(above: readonly TableLine[]): string | null {
  for (const { cells } of above) {
    const text = cells.join(',');
    const found = text.includes(bill.account) ? /\[(2088\d{12})\d*\]/.exec(text) : null;
    if (found) return found[1]!;
  }
  return null;
}

/** Reads the rows of a bill below its header, up to the line that ends its list. */
export function readAlipayRows(
  lines: readonly TableLine[],
  found: { places: ReadonlyMap<AlipayField, number>; merchant: string | null },
  now: Date,
): ReadBill {
  const reader = new RowReader(found.places, now);
  const isMark = ({ cells }: TableLine) => plainCell(cells[0] ?? '').startsWith('#');
  const end = lines.findIndex(isMark);
  // A bill that was cut short does not say where its list ends.
  if (end === -1 || !(lines[end]!.cells[0] ?? '').includes(bill.end))
    reader.notes.push({ line: null, code: 'summary_missing', params: {} });
  const body = end === -1 ? lines : lines.slice(0, end);
  const rows = body.flatMap((line) => readRow(reader, line, found.merchant) ?? []);
  return { rows, count: body.length, problems: reader.problems, notes: reader.notes };
}

function readRow(
  reader: RowReader<AlipayField>,
  line: TableLine,
  merchant: string | null,
): BillRow | null {
  if (!reader.isWhole(line)) return null;
  const type = plainCell(reader.cell(line, 'type'));
  const kind = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (kind === undefined) return reader.refuse(line, 'state_unknown', { state: type });
  const order = reader.order(line, 'order');
  const at = reader.moment(line, 'at');
  const parts = reader.feeParts(line, 'fee');
  const amountFen = reader.refunded(line, 'total');
  if (order === null || at === null || parts === null || amountFen === null) return null;
  const trade = {
    line: line.line,
    merchant,
    order,
    amountFen,
    feeFen: partsToFen(Math.abs(parts)),
  };
  if (kind === 'gift') {
    const transaction = readNumber(reader.cell(line, 'transaction')) || null;
    const product = plainCell(reader.cell(line, 'product')).slice(0, PRODUCT_MOST) || null;
    return { kind: 'gift', ...trade, transaction, paidAt: at, product };
  }
  const refundNumber = readNumber(reader.cell(line, 'refundNumber'));
  if (!refundNumber) return reader.refuse(line, 'refund_number_missing', { order });
  return { kind: 'refund', ...trade, refundNumber, state: 'done', at };
}
