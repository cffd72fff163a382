import { plainCell, readFen, readMoment } from './cells.ts';
import type { ColumnNames } from './columns.ts';
import { publicNameOf } from './public-name.ts';
import { RowReader } from './row-reader.ts';
import type { PlatformRow, Remark } from './statement.ts';
import type { TableLine } from './table.ts';

export type PlatformField =
  | 'serial'
  | 'order'
  | 'merchant'
  | 'projectCode'
  | 'projectName'
  | 'paidAt'
  | 'nickname'
  | 'anonymous'
  | 'amount'
  | 'matched'
  | 'fee'
  | 'state'
  | 'refundedAt'
  | 'refundNumber'
  | 'refundAmount';

/** The designated platform's export, by the names its columns have had. */
export const PLATFORM_COLUMNS: ColumnNames<PlatformField> = {
  names: {
    serial: ['平台流水号', '流水号', '捐赠流水号', '捐赠编号', '平台订单号', '交易流水号'],
    order: ['商户订单号', '商户单号', '商家订单号', '外部订单号', '商户订单编号', '支付订单号'],
    merchant: ['商户号', '商户编号', '收款商户号', '微信支付商户号', '微信商户号'],
    projectCode: ['项目编号', '项目代码', '项目号', '项目编码', '项目id', '活动编号'],
    projectName: ['项目名称', '项目', '活动名称', '捐赠项目'],
    paidAt: ['捐赠时间', '支付时间', '捐款时间', '付款时间', '交易时间', '捐赠日期'],
    nickname: ['捐赠人昵称', '昵称', '捐赠人', '捐赠者', '捐赠者昵称', '捐款人', '爱心人昵称'],
    anonymous: ['是否匿名', '匿名', '匿名捐赠'],
    amount: ['捐赠金额', '捐款金额', '支付金额', '实付金额', '金额', '交易金额', '捐赠额'],
    matched: ['企业配捐', '配捐金额', '企业配捐金额', '配捐', '配比金额', '配捐额'],
    fee: ['渠道手续费', '手续费', '支付手续费', '服务费', '渠道费'],
    state: ['状态', '捐赠状态', '订单状态', '支付状态', '交易状态'],
    refundedAt: ['退款时间', '退款成功时间', '退款日期'],
    refundNumber: ['商户退款单号', '退款单号', '退款编号'],
    refundAmount: ['退款金额', '已退金额', '已退款金额', '退款额'],
  },
  required: ['order', 'projectCode', 'paidAt', 'amount', 'state'],
};

type GiftState = 'paid' | 'refunded' | 'partly' | 'pending' | 'not_paid';

/** What platforms write, parted by blanks. A refund that failed leaves the gift as it was. */
const STATES: Readonly<Record<GiftState, string>> = {
  paid: '成功 支付成功 捐赠成功 交易成功 已支付 已完成 已捐赠 正常 退款失败 退款关闭 success paid',
  refunded: '已退款 全额退款 已全额退款 退款成功 退款 已退 已全部退款 refunded refund',
  partly: '部分退款 已部分退款 部分已退款 partially_refunded',
  pending: '退款中 退款处理中 退款申请中 申请退款 refunding processing',
  not_paid:
    '待支付 未支付 支付中 支付失败 失败 已关闭 关闭 已取消 取消 notpay closed failed payerror cancelled',
};
const STATE_OF = new Map(
  (Object.keys(STATES) as GiftState[]).flatMap((state) =>
    STATES[state].split(' ').map((word) => [word, state] as const),
  ),
);
const YES = new Set(['是', 'y', 'yes', 'true', '1', '匿名']);
/** Longer names of projects and numbers of the platform are cut off. */
const TEXT_MOST = 200;
const SUMMARY = /^(合计|总计|小计|共计|总笔数|汇总)/;

/** Reads the rows of a platform's export below its header. */
export function readPlatformRows(
  lines: Iterable<TableLine>,
  places: ReadonlyMap<PlatformField, number>,
  now: Date,
): { gifts: PlatformRow[]; rows: number; problems: Remark[]; notes: Remark[] } {
  const reader = new RowReader(places, now);
  const gifts: PlatformRow[] = [];
  let rows = 0;
  for (const line of lines) {
    if (line.cells.some((cell) => SUMMARY.test(plainCell(cell))) && !reader.has(line, 'order'))
      continue;
    rows += 1;
    const gift = readRow(reader, line);
    if (gift) gifts.push(gift);
  }
  return { gifts, rows, problems: reader.problems, notes: reader.notes };
}

function readRow(reader: RowReader<PlatformField>, line: TableLine): PlatformRow | null {
  if (!reader.isWhole(line)) return null;
  const stateText = plainCell(reader.cell(line, 'state'));
  const state = STATE_OF.get(stateText.toLowerCase());
  if (state === undefined) return reader.refuse(line, 'state_unknown', { state: stateText });
  const order = reader.order(line, 'order');
  if (order === null) return null;
  if (state === 'not_paid') {
    reader.note(line, 'not_paid', { order, state: stateText });
    return null;
  }
  // Some write a refund as a row of its own, with a sign.
  const amountFen =
    state === 'refunded' ? reader.refunded(line, 'amount') : reader.amount(line, 'amount');
  const paidAt = reader.moment(line, 'paidAt');
  const matchedFen = reader.optionalAmount(line, 'matched');
  const feeFen = reader.optionalFee(line, 'fee');
  if (amountFen === null || paidAt === null || matchedFen === 'bad' || feeFen === 'bad')
    return null;
  const refundedFen = refundedOf(reader, line, { state, amountFen, order });
  if (refundedFen === null) return null;
  const text = (field: PlatformField) => reader.text(line, field, TEXT_MOST);
  return {
    line: line.line,
    merchant: reader.own(reader.number(line, 'merchant')),
    order,
    transaction: text('serial'),
    projectCode: text('projectCode'),
    projectName: text('projectName'),
    paidAt,
    publicName: YES.has((text('anonymous') ?? '').toLowerCase())
      ? null
      : reader.own(publicNameOf(reader.cell(line, 'nickname'))),
    amountFen,
    matchedFen,
    feeFen,
    refundedFen,
    refundNumber: reader.number(line, 'refundNumber'),
    refundedAt: readMoment(reader.cell(line, 'refundedAt')),
  };
}

/** What the row says went back: of a partial refund only if it says how much. */
function refundedOf(
  reader: RowReader<PlatformField>,
  line: TableLine,
  gift: { state: GiftState; amountFen: number; order: string },
): number | null {
  const { order } = gift;
  if (gift.state === 'paid' || gift.state === 'not_paid') return 0;
  if (gift.state === 'pending') {
    reader.note(line, 'refund_pending', { order });
    return 0;
  }
  const said = Math.abs(readFen(reader.cell(line, 'refundAmount')) ?? 0);
  if (said > gift.amountFen) {
    reader.refuse(line, 'refund_too_much', { order });
    return null;
  }
  if (gift.state === 'refunded') return said > 0 ? said : gift.amountFen;
  if (said === 0) reader.note(line, 'refund_amount_missing', { order });
  return said;
}
