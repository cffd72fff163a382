import { hash } from 'node:crypto';
import { partsToFen, plainCell, readDecimal } from './cells.ts';
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
  lines: Iterable<TableLine>,
  places: ReadonlyMap<WechatField, number>,
  now: Date,
): ReadBill {
  const reader = new RowReader(places, now);
  const rows: BillRow[] = [];
  const sums = new BillSums(reader);
  let titles: TableLine | null = null;
  let values: TableLine | null = null;
  for (const line of lines) {
    if (titles) {
      values ??= line;
    } else if (isSummaryTitle(line)) {
      titles = line;
    } else {
      sums.add(line);
      const row = readRow(reader, line);
      if (row) rows.push(row);
    }
  }
  if (!titles) reader.notes.push({ line: null, code: 'summary_missing', params: {} });
  else if (reader.problems.length === 0) checkSummary(reader, sums, { titles, values });
  return { rows, count: sums.count, problems: reader.problems, notes: reader.notes };
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
  const merchant = reader.own(reader.number(line, 'merchant'));
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
    transaction: reader.number(line, 'transaction'),
    paidAt: at,
    amountFen,
    product: reader.text(line, 'product', PRODUCT_MOST),
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
    reader.number(line, field),
  );
  const refundNumber = numbers.find((number) => number !== null && number !== '0');
  if (!refundNumber) return reader.refuse(line, 'refund_number_missing', { order: trade.order });
  const stateText = plainCell(reader.cell(line, 'refundState'));
  const state = REFUND_STATES[stateText.toUpperCase()];
  if (state === undefined) return reader.refuse(line, 'state_unknown', { state: stateText });
  if (state === 'processing') reader.note(line, 'refund_pending', { order: trade.order });
  if (state === 'failed') reader.note(line, 'refund_failed', { order: trade.order });
  return { kind: 'refund', ...trade, refundNumber, amountFen, state };
}

/**
 * Holds the bill's own sums against its rows, with doubled rows counted or not: a file that was cut short
 * or edited is found here.
 */
function checkSummary(
  reader: RowReader<WechatField>,
  sums: BillSums,
  { titles, values }: { titles: TableLine; values: TableLine | null },
): void {
  if (!values) return void reader.refuse(titles, 'summary_missing');
  for (const field of SUMMARY_FIELDS) {
    const names: readonly string[] = SUMMARY[field];
    const place = titles.cells.findIndex((cell) =>
      names.some((name) => plainTitle(name) === plainTitle(cell)),
    );
    const text = plainCell(values.cells[place] ?? '');
    if (text === '') continue;
    const wanted = readDecimal(text, SUM_PLACES);
    const { all, once } = sums.of(field);
    if (wanted !== null && wanted !== all && wanted !== once)
      reader.refuse(values, 'summary_differs', {
        title: SUMMARY[field][0],
        said: text,
        found: field === 'count' ? all / SUM_PARTS : (all / SUM_PARTS).toFixed(2),
      });
  }
}

const SUMMARY_FIELDS = Object.keys(SUMMARY) as SummaryField[];
/** Sums are kept in 0.00001 yuan; a count likewise, so that both compare as they are written. */
const SUM_PLACES = 5;
const SUM_PARTS = 10 ** SUM_PLACES;

/** What the rows of a bill add up to: all of them, and each doubled one once. */
class BillSums {
  count = 0;
  readonly #reader: RowReader<WechatField>;
  readonly #all = new Map<SummaryField, number>();
  readonly #once = new Map<SummaryField, number>();
  /** Of rows their digests: the rows themselves would keep the file in memory. */
  readonly #seen = new Set<string>();

  constructor(reader: RowReader<WechatField>) {
    this.#reader = reader;
  }

  add(line: TableLine): void {
    this.count += 1;
    const digest = hash('sha1', line.cells.join('\u0000'), 'base64');
    const isFirst = !this.#seen.has(digest);
    if (isFirst) this.#seen.add(digest);
    for (const field of SUMMARY_FIELDS) {
      const amount =
        field === 'count'
          ? SUM_PARTS
          : (readDecimal(this.#reader.cell(line, field), SUM_PLACES) ?? 0);
      this.#all.set(field, (this.#all.get(field) ?? 0) + amount);
      if (isFirst) this.#once.set(field, (this.#once.get(field) ?? 0) + amount);
    }
  }

  of(field: SummaryField): { all: number; once: number } {
    return { all: this.#all.get(field) ?? 0, once: this.#once.get(field) ?? 0 };
  }
}
