import { findColumns, type ColumnNames, type FoundColumns } from './columns.ts';
import { PLATFORM_COLUMNS, readPlatformRows } from './statement.platform.ts';
import {
  ALIPAY_COLUMNS,
  type AlipayField,
  alipayMerchant,
  readAlipayRows,
} from './statement.alipay.ts';
import {
  type BillGift,
  type BillKind,
  type BillRefund,
  paymentKey,
  type PlatformRow,
  type ReadStatement,
  type Remark,
} from './statement.ts';
import { type ReadBill, readWechatRows, WECHAT_COLUMNS } from './statement.wechat.ts';
import { openTable, type Table, type TableLine } from './table.ts';

/**
 * Reads one statement file: which kind it is, its rows, each doubled row once, and everything that is wrong
 * with it by line. Reads nothing else and changes nothing.
 */
export function readStatement(file: { name: string; bytes: Buffer }, now: Date): ReadStatement {
  const table = openTable(file.bytes);
  const read = readOpened(table, now);
  // Only now is it known that the file is a table to its end; what is wrong with it as a whole comes first.
  const fault = table.fault();
  if (fault) return { name: file.name, encoding: null, ...refused({ ...fault, params: {} }) };
  return { name: file.name, encoding: read.kind === null ? null : table.encoding, ...read };
}

type Unnamed<Read> = Read extends unknown ? Omit<Read, 'name' | 'encoding'> : never;

function readOpened(table: Table, now: Date): Unnamed<ReadStatement> {
  const platform = findColumns(table.head, PLATFORM_COLUMNS);
  const wechat = findColumns(table.head, WECHAT_COLUMNS);
  const alipay = findColumns(table.head, ALIPAY_COLUMNS);
  if (alipay.missing.length === 0 && wechat.missing.length > 0 && platform.missing.length > 0)
    return readAlipay(table, alipay, now);
  const isBill =
    wechat.missing.length === 0 ||
    (platform.missing.length > 0 && wechat.places.size > platform.places.size);
  const found = isBill ? wechat : platform;
  if (found.places.size < 3) return refused({ line: null, code: 'not_a_statement', params: {} });
  const missing = isBill
    ? missingNames(WECHAT_COLUMNS, wechat)
    : missingNames(PLATFORM_COLUMNS, platform);
  if (missing.length > 0)
    return refused({
      line: table.head[found.header]!.line,
      code: 'columns_missing',
      params: { columns: missing.join('、') },
    });
  const body = table.from(found.header + 1);
  return isBill ? readBill(body, wechat, now) : readExport(body, platform, now);
}

function refused(problem: Remark): Unnamed<Extract<ReadStatement, { kind: null }>> {
  return { kind: null, rows: 0, duplicateRows: 0, notes: [], problems: [problem] };
}

function missingNames<Field extends string>(
  columns: ColumnNames<Field>,
  found: FoundColumns<Field>,
): string[] {
  return found.missing.map((field) => columns.names[field][0]!);
}

type Rest<Kind> = Omit<Extract<ReadStatement, { kind: Kind }>, 'name' | 'encoding'>;

function readExport(
  body: Iterable<TableLine>,
  found: FoundColumns<keyof (typeof PLATFORM_COLUMNS)['names']>,
  now: Date,
): Rest<'platform'> {
  const { gifts, rows, problems, notes } = readPlatformRows(body, found.places, now);
  const kept = new Map<string, PlatformRow>();
  let duplicateRows = 0;
  for (const gift of gifts) {
    const key = paymentKey(gift.merchant, gift.order);
    const before = kept.get(key);
    if (before && !sameGift(before, gift)) problems.push(conflict(before, gift));
    if (before) duplicateRows += 1;
    // Of a gift told twice the row that knows of a refund is the later one.
    if (!before || gift.refundedFen > before.refundedFen) kept.set(key, gift);
  }
  if (kept.size === 0 && problems.length === 0) problems.push(noRows);
  if (!found.places.has('fee')) notes.unshift(absent(PLATFORM_COLUMNS.names.fee[0]!));
  if (!found.places.has('matched')) notes.unshift(absent(PLATFORM_COLUMNS.names.matched[0]!));
  return { kind: 'platform', rows, duplicateRows, problems, notes, gifts: [...kept.values()] };
}

const noRows: Remark = { line: null, code: 'no_rows', params: {} };

function absent(column: string): Remark {
  return { line: null, code: 'columns_absent', params: { columns: column } };
}

function sameGift(a: PlatformRow, b: PlatformRow): boolean {
  return a.amountFen === b.amountFen && a.projectCode === b.projectCode;
}

function conflict(
  before: { line: number; order: string },
  row: { line: number; order: string },
): Remark {
  const params = { order: row.order, before: before.line };
  return { line: row.line, code: 'order_conflicts', params };
}

function readBill(
  body: Iterable<TableLine>,
  found: FoundColumns<keyof (typeof WECHAT_COLUMNS)['names']>,
  now: Date,
): Rest<BillKind> {
  return onceEach('wechat', readWechatRows(body, found.places, now));
}

function readAlipay(
  table: Table,
  { header, places }: FoundColumns<AlipayField>,
  now: Date,
): Rest<BillKind> {
  const merchant = alipayMerchant(table.head.slice(0, header));
  return onceEach('alipay', readAlipayRows(table.from(header + 1), { places, merchant }, now));
}

/** Each row of a bill once; a doubled one that says something else is a problem. */
function onceEach(kind: BillKind, { rows, count, problems, notes }: ReadBill): Rest<BillKind> {
  const gifts = new Map<string, BillGift>();
  const refunds = new Map<string, BillRefund>();
  let duplicateRows = 0;
  for (const row of rows) {
    if (row.kind === 'gift') {
      const key = paymentKey(row.merchant, row.order);
      const before = gifts.get(key);
      if (before && before.amountFen !== row.amountFen) problems.push(conflict(before, row));
      if (before) duplicateRows += 1;
      else gifts.set(key, row);
    } else {
      const key = paymentKey(row.merchant, row.refundNumber);
      const before = refunds.get(key);
      if (before && (before.amountFen !== row.amountFen || before.order !== row.order))
        problems.push({
          line: row.line,
          code: 'refund_conflicts',
          params: { refund: row.refundNumber, before: before.line },
        });
      if (before) duplicateRows += 1;
      if (!before || before.state !== 'done') refunds.set(key, row);
    }
  }
  if (gifts.size + refunds.size === 0 && problems.length === 0) problems.push(noRows);
  const kept = { gifts: [...gifts.values()], refunds: [...refunds.values()] };
  return { kind, rows: count, duplicateRows, problems, notes, ...kept };
}
