import { partsToFen, plainCell, readDecimal, readNumber } from './cells.ts';
import type { ColumnNames } from './columns.ts';
import { plainTitle } from './columns.ts';
import { RowReader } from './row-reader.ts';
import type { BillGift, BillRefund, BillRow, Remark } from './statement.ts';
import type { TableLine } from './table.ts';

export type WechatField =
  | 'paidAt'
  | 'merchant'
  | 'transaction'
  | 'order'
  | 'state'
  | 'currency'
  | 'settled'
  | 'total'
  | 'wechatRefund'
  | 'refundNumber'
  | 'refund'
  | 'refundState'
  | 'product'
  | 'fee';

/** The trade bill of WeChat Pay, all trades or only the successful ones. */
export const WECHAT_COLUMNS: ColumnNames<WechatField> = {
  names: {
    paidAt: ['交易时间', '支付时间', '交易日期'],
    merchant: ['商户号', '微信支付商户号', '商户编号'],
    transaction: ['微信订单号', '微信支付订单号', '微信支付单号', '微信交易单号'],
    order: ['商户订单号', '商户单号', '商家订单号'],
    state: ['交易状态', '状态'],
    currency: ['货币种类', '币种', '货币类型'],
    settled: ['应结订单金额', '应结金额', '结算金额'],
    total: ['订单金额', '交易金额', '总金额'],
    wechatRefund: ['微信退款单号', '微信支付退款单号'],
    refundNumber: ['商户退款单号', '退款单号'],
    refund: ['退款金额', '申请退款金额'],
    refundState: ['退款状态'],
    product: ['商品名称', '商品'],
    fee: ['手续费', '手续费金额'],
  },
  required: ['paidAt', 'merchant', 'transaction', 'order', 'state', 'fee'],
};

const CURRENCIES = new Set(['', 'CNY', 'RMB', '人民币']);
const TRADE_STATES: Readonly<Record<string, 'gift' | 'refund' | 'not_paid'>> = {
  SUCCESS: 'gift',
  支付成功: 'gift',
  成功: 'gift',
  买家已支付: 'gift',
  REFUND: 'refund',
  转入退款: 'refund',
  已退款: 'refund',
  全额退款: 'refund',
  部分退款: 'refund',
  REVOKED: 'refund',
  已撤销: 'refund',
  NOTPAY: 'not_paid',
  未支付: 'not_paid',
  CLOSED: 'not_paid',
  已关闭: 'not_paid',
  PAYERROR: 'not_paid',
  支付失败: 'not_paid',
};
const REFUND_STATES: Readonly<Record<string, BillRefund['state']>> = {
  '': 'done',
  SUCCESS: 'done',
  退款成功: 'done',
  成功: 'done',
  PROCESSING: 'processing',
  退款处理中: 'processing',
  处理中: 'processing',
  FAIL: 'failed',
  FAILED: 'failed',
  CHANGE: 'failed',
  CLOSED: 'failed',
  ABNORMAL: 'failed',
  退款失败: 'failed',
  退款异常: 'failed',
  退款关闭: 'failed',
};
/** What the last lines of a bill add up, by the titles above them. */
const SUMMARY = {
  count: ['总交易单数', '总笔数', '交易总笔数'],
  settled: ['应结订单总金额', '总交易额'],
  total: ['订单总金额'],
  refund: ['退款总金额', '总退款金额'],
  fee: ['手续费总金额'],
} as const;
/** Of the name of what was bought so much is kept. */
export const PRODUCT_MOST = 200;
type SummaryField = keyof typeof SUMMARY;

export interface ReadBill {
  rows: BillRow[];
  count: number;
  problems: Remark[];
  notes: Remark[];
}

/** Reads the rows of a bill below its header, and holds its last lines against them. */
export function readWechatRows(
  lines: readonly TableLine[],
  places: ReadonlyMap<WechatField, number>,
  now: Date,
): ReadBill {
  const reader = new RowReader(places, now);
  const summaryAt = lines.findIndex((line) => isSummaryTitle(line));
  const body = summaryAt === -1 ? lines : lines.slice(0, summaryAt);
  const rows = body.flatMap((line) => readRow(reader, line) ?? []);
  if (summaryAt === -1) reader.notes.push({ line: null, code: 'summary_missing', params: {} });
  else if (reader.problems.length === 0) checkSummary(reader, { body, summaryAt, lines });
  return { rows, count: body.length, problems: reader.problems, notes: reader.notes };
}

function isSummaryTitle({ cells }: TableLine): boolean {
  const title = plainTitle(cells[0] ?? '');
  return SUMMARY.count.some((name) => plainTitle(name) === title);
}

function readRow(reader: RowReader<WechatField>, line: TableLine): BillRow | null {
  if (!reader.isWhole(line)) return null;
  const text = plainCell(reader.cell(line, 'state'));
  const state = TRADE_STATES[text.toUpperCase()];
  if (state === undefined) return reader.refuse(line, 'state_unknown', { state: text });
  const currency = plainCell(reader.cell(line, 'currency')).toUpperCase();
  if (!CURRENCIES.has(currency)) return reader.refuse(line, 'currency_unknown', { currency });
  const order = reader.order(line, 'order');
  const merchant = readNumber(reader.cell(line, 'merchant'));
  if (order === null) return null;
  if (!merchant) return reader.refuse(line, 'order_missing');
  if (state === 'not_paid') {
    reader.note(line, 'not_paid', { order, state: text });
    return null;
  }
  const at = reader.moment(line, 'paidAt');
  const parts = reader.feeParts(line, 'fee');
  if (at === null || parts === null) return null;
  const feeFen = partsToFen(Math.abs(parts));
  const trade = { line: line.line, merchant, order, feeFen };
  return state === 'gift'
    ? readGift(reader, line, { ...trade, at })
    : readRefund(reader, line, { ...trade, at });
}

type Trade = Pick<BillRefund, 'line' | 'merchant' | 'order' | 'feeFen' | 'at'>;

function readGift(
  reader: RowReader<WechatField>,
  line: TableLine,
  { at, ...trade }: Trade,
): BillGift | null {
  const amountFen = reader.amount(line, reader.has(line, 'settled') ? 'settled' : 'total');
  if (amountFen === null) return null;
  return {
    kind: 'gift',
    ...trade,
    transaction: readNumber(reader.cell(line, 'transaction')) || null,
    paidAt: at,
    amountFen,
    product: plainCell(reader.cell(line, 'product')).slice(0, PRODUCT_MOST) || null,
  };
}

function readRefund(
  reader: RowReader<WechatField>,
  line: TableLine,
  trade: Trade,
): BillRefund | null {
  const amountFen = reader.refunded(line, 'refund');
  if (amountFen === null) return null;
  const numbers = (['refundNumber', 'wechatRefund'] as const).map((field) =>
    readNumber(reader.cell(line, field)),
  );
  const refundNumber = numbers.find((number) => number !== null && number !== '' && number !== '0');
  if (refundNumber === undefined)
    return reader.refuse(line, 'refund_number_missing', { order: trade.order });
  const stateText = plainCell(reader.cell(line, 'refundState'));
  const state = REFUND_STATES[stateText.toUpperCase()];
  if (state === undefined) return reader.refuse(line, 'state_unknown', { state: stateText });
  if (state === 'processing') reader.note(line, 'refund_pending', { order: trade.order });
  if (state === 'failed') reader.note(line, 'refund_failed', { order: trade.order });
  return { kind: 'refund', ...trade, refundNumber: refundNumber!, amountFen, state };
}

/**
 * Holds the bill's own sums against its rows, with doubled rows counted or not: a file that was cut short
 * or edited is found here.
 */
function checkSummary(
  reader: RowReader<WechatField>,
  found: { body: readonly TableLine[]; summaryAt: number; lines: readonly TableLine[] },
): void {
  const titles = found.lines[found.summaryAt]!;
  const values = found.lines[found.summaryAt + 1];
  if (!values) return void reader.refuse(titles, 'summary_missing');
  const said = (field: SummaryField) => {
    const names: readonly string[] = SUMMARY[field];
    const place = titles.cells.findIndex((cell) =>
      names.some((name) => plainTitle(name) === plainTitle(cell)),
    );
    return place === -1 ? null : (values.cells[place] ?? '');
  };
  const once = [...new Map(found.body.map((row) => [row.cells.join('\u0000'), row])).values()];
  for (const field of Object.keys(SUMMARY) as SummaryField[]) {
    const text = said(field);
    if (text === null || plainCell(text) === '') continue;
    const wanted = readDecimal(text, 5);
    const sums = [found.body, once].map((rows) => sumOf(reader, rows, field));
    if (wanted !== null && !sums.includes(wanted))
      reader.refuse(values, 'summary_differs', {
        title: SUMMARY[field][0],
        said: plainCell(text),
        found: field === 'count' ? sums[0]! / 100_000 : (sums[0]! / 100_000).toFixed(2),
      });
  }
}

/** In 0.00001 yuan; a count likewise, so that both compare as they are written. */
function sumOf(
  reader: RowReader<WechatField>,
  rows: readonly TableLine[],
  field: SummaryField,
): number {
  if (field === 'count') return rows.length * 100_000;
  return rows.reduce((sum, row) => sum + (readDecimal(reader.cell(row, field), 5) ?? 0), 0);
}
