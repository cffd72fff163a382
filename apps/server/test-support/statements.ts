/** Statements for tests, written as the platform and WeChat Pay write them. */

export interface PlatformLine {
  order: string;
  project?: string;
  projectName?: string;
  at?: string;
  nickname?: string;
  anonymous?: string;
  amount?: string;
  matched?: string;
  fee?: string;
  state?: string;
  refundedAt?: string;
  message?: string;
}

const PLATFORM_TITLES =
  '平台流水号,商户订单号,项目编号,项目名称,捐赠时间,捐赠人昵称,是否匿名,捐赠金额(元),企业配捐(元),渠道手续费(元),状态,退款时间,留言';

/** A cell of a CSV file, quoted when it must be. */
export function csvCell(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The designated platform's export. */
export function platformExport(lines: readonly PlatformLine[]): string {
  const rows = lines.map((line) =>
    [
      `GYB${line.order}`,
      line.order,
      line.project ?? 'EQ2101',
      line.projectName ?? `项目${line.project ?? 'EQ2101'}`,
      line.at ?? '2026-09-07 10:00:00',
      line.nickname ?? '老郑州',
      line.anonymous ?? '否',
      line.amount ?? '10.00',
      line.matched ?? '0.00',
      line.fee ?? '0.06',
      line.state ?? '成功',
      line.refundedAt ?? '',
      line.message ?? '',
    ]
      .map(csvCell)
      .join(','),
  );
  return `\ufeff${[PLATFORM_TITLES, ...rows].join('\r\n')}\r\n`;
}

export interface BillLine {
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
    `42${line.order}`,
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

let files = 0;

/** The platform's export as a file of a name of its own. */
export function platformFile(lines: readonly PlatformLine[]): { name: string; bytes: Buffer } {
  return { name: `platform-${(files += 1)}.csv`, bytes: Buffer.from(platformExport(lines)) };
}

/** The trade bill likewise. */
export function billFile(lines: readonly BillLine[]): { name: string; bytes: Buffer } {
  return { name: `bill-${(files += 1)}.csv`, bytes: Buffer.from(tradeBill(lines)) };
}

export interface AlipayLine {
  order: string;
  amount?: string;
  fee?: string;
  at?: string;
  refundNumber?: string;
}

const ALIPAY_TITLES =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注';

/** The trade bill of Alipay as its archive holds it. */
export function alipayBill(lines: readonly AlipayLine[], merchant = '2088000000000001'): string {
  const rows = lines.map(({ order, amount, fee, at, refundNumber }) => {
    const time = at ?? '2026-11-22 10:00:00';
    const isRefund = refundNumber !== undefined;
    const paid = `${isRefund ? '-' : ''}${amount ?? '10.00'}`;
    return `2026112222\t,${order}\t,${isRefund ? '退款' : '交易'},捐赠,${time},${time},,,,,ali***@example.com,${paid},${paid},0.00,0.00,0.00,0.00,0.00,,0.00,0.00,${refundNumber ?? ''},${fee ?? (isRefund ? '0.06' : '-0.06')},0.00,`;
  });
  return [
    '#支付宝业务明细查询',
    `#账号：[${merchant}0156]`,
    '#起始日期：[2026年11月22日 00:00:00]   终止日期：[2026年11月23日 00:00:00]',
    '#-----------------------------------------业务明细列表----------------------------------------',
    ALIPAY_TITLES,
    ...rows,
    '#-----------------------------------------业务明细列表结束------------------------------------',
    `#交易合计：${rows.length}笔`,
    '#导出时间：[2026年11月23日 10:00:00]',
  ].join('\r\n');
}
