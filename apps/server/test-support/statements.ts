/** Statements for tests, written as the platform and WeChat Pay write them. */
import { type BillLine, tradeBill } from '../src/modules/payment/index.ts';

export { type BillLine, tradeBill };

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
