import bill from './alipay-bill.json' with { type: 'json' };
import { partsToFen, plainCell } from './cells.ts';
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
  lines: Iterable<TableLine>,
  found: { places: ReadonlyMap<AlipayField, number>; merchant: string | null },
  now: Date,
): ReadBill {
  const reader = new RowReader(found.places, now);
  const rows: BillRow[] = [];
  let count = 0;
  let end: string | null = null;
  for (const line of lines) {
    const first = line.cells[0] ?? '';
    if (end === null && plainCell(first).startsWith('#')) end = first;
    if (end !== null) continue;
    count += 1;
    const row = readRow(reader, line, found.merchant);
    if (row) rows.push(row);
  }
  // A bill that was cut short does not say where its list ends.
  if (end === null || !end.includes(bill.end))
    reader.notes.push({ line: null, code: 'summary_missing', params: {} });
  return { rows, count, problems: reader.problems, notes: reader.notes };
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
    const transaction = reader.number(line, 'transaction');
    const product = reader.text(line, 'product', PRODUCT_MOST);
    return { kind: 'gift', ...trade, transaction, paidAt: at, product };
  }
  const refundNumber = reader.number(line, 'refundNumber');
  if (!refundNumber) return reader.refuse(line, 'refund_number_missing', { order });
  return { kind: 'refund', ...trade, refundNumber, state: 'done', at };
}
