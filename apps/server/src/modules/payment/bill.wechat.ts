/** A line of WeChat Pay's trade bill; what is not said is as in most lines. */
export interface BillLine {
  /** WeChat Pay's own number; without it one made of ours. */
  transaction?: string;
  order: string;
  merchant?: string;
  at?: string;
  amount?: string;
  fee?: string;
  product?: string;
  /** A refund with its number and amount. */
  refund?: { number: string; amount: string; state?: string };
  state?: string;
  currency?: string;
}

const BILL_TITLES =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
const SUMMARY_TITLES =
  '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';

/** The trade bill of WeChat Pay, with its sums below. */
export function tradeBill(
  lines: readonly BillLine[],
  options: { summary?: boolean; count?: number } = {},
): string {
  const rows = lines.map(billRow);
  const sum = (of: (line: BillLine) => string | undefined, places = 2) =>
    lines.reduce((total, line) => total + Number(of(line) ?? 0), 0).toFixed(places);
  const gifts = sum((line) => (line.refund ? '0' : (line.amount ?? '10.00')));
  const refunds = sum((line) => line.refund?.amount);
  const fees = sum((line) => line.fee ?? (line.refund ? '0' : '0.06'), 5);
  const values = [options.count ?? lines.length, gifts, refunds, '0.00', fees, gifts, refunds];
  const summary =
    options.summary === false
      ? []
      : [SUMMARY_TITLES, values.map((value) => `\`${value}`).join(',')];
  return `${[BILL_TITLES, ...rows, ...summary].join('\r\n')}\r\n`;
}

function billRow(line: BillLine): string {
  const { refund } = line;
  const amount = refund ? '0.00' : (line.amount ?? '10.00');
  const cells = [
    line.at ?? '2026-09-07 10:00:00',
    'wx00000000000000aa',
    line.merchant ?? '1900000001',
    '0',
    '',
    line.transaction ?? `42${line.order}`,
    line.order,
    'o238750390828',
    'JSAPI',
    line.state ?? (refund ? 'REFUND' : 'SUCCESS'),
    'OTHERS',
    line.currency ?? 'CNY',
    amount,
    '0.00',
    refund ? `50${refund.number}` : '0',
    refund?.number ?? '0',
    refund?.amount ?? '0.00',
    '0.00',
    refund ? 'ORIGINAL' : '',
    refund ? (refund.state ?? 'SUCCESS') : '',
    line.product ?? '账单上的商品',
    '',
    line.fee ?? (refund ? '0.00000' : '0.06000'),
    '0.60%',
    amount,
    refund?.amount ?? '0.00',
    '',
  ];
  return cells.map((cell) => `\`${cell}`).join(',');
}
