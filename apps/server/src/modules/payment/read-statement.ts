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
import { readTable, type TableLine } from './table.ts';

/**
 * Reads one statement file: which kind it is, its rows, each doubled row once, and everything that is wrong
 * with it by line. Reads nothing else and changes nothing.
 */
export function readStatement(file: { name: string; bytes: Buffer }, now: Date): ReadStatement {
  const base = { name: file.name, encoding: null, rows: 0, duplicateRows: 0, notes: [] };
  const refuse = (problem: Remark): ReadStatement => ({ ...base, kind: null, problems: [problem] });
  const table = readTable(file.bytes);
  if (table.fault) return refuse({ line: table.faultLine, code: table.fault, params: {} });
  const platform = findColumns(table.lines, PLATFORM_COLUMNS);
  const wechat = findColumns(table.lines, WECHAT_COLUMNS);
  const alipay = findColumns(table.lines, ALIPAY_COLUMNS);
  if (alipay.missing.length === 0 && wechat.missing.length > 0 && platform.missing.length > 0)
    return { name: file.name, encoding: table.encoding, ...readAlipay(table.lines, alipay, now) };
  const isBill =
    wechat.missing.length === 0 ||
    (platform.missing.length > 0 && wechat.places.size > platform.places.size);
  const found = isBill ? wechat : platform;
  if (found.places.size < 3) return refuse({ line: null, code: 'not_a_statement', params: {} });
  const missing = isBill
    ? missingNames(WECHAT_COLUMNS, wechat)
    : missingNames(PLATFORM_COLUMNS, platform);
  if (missing.length > 0)
    return refuse({
      line: table.lines[found.header]!.line,
      code: 'columns_missing',
      params: { columns: missing.join('、') },
    });
  const body = table.lines.slice(found.header + 1);
  const named = { name: file.name, encoding: table.encoding };
  return isBill
    ? { ...named, ...readBill(body, wechat, now) }
    : { ...named, ...readExport(body, platform, now) };
}

function missingNames<Field extends string>(
  columns: ColumnNames<Field>,
  found: FoundColumns<Field>,
): string[] {
  return found.missing.map((field) => columns.names[field][0]!);
}

type Rest<Kind> = Omit<Extract<ReadStatement, { kind: Kind }>, 'name' | 'encoding'>;

function readExport(
  body: readonly TableLine[],
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
  body: readonly TableLine[],
  found: FoundColumns<keyof (typeof WECHAT_COLUMNS)['names']>,
  now: Date,
): Rest<BillKind> {
  return onceEach('wechat', readWechatRows(body, found.places, now));
}

function readAlipay(
  lines: readonly TableLine[],
  { header, places }: FoundColumns<AlipayField>,
  now: Date,
): Rest<BillKind> {
  const merchant = alipayMerchant(lines.slice(0, header));
  return onceEach('alipay', readAlipayRows(lines.slice(header + 1), { places, merchant }, now));
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
