import { addDays, dateInShanghai, seededRandom } from '@wennuan/basics';
import type { Demo } from './index.ts';

/** A gift of the day, as the platform's file and the bill each tell it. */
interface Told {
  order: string;
  project: readonly [code: string, name: string];
  at: string;
  nickname: string;
  platformYuan: string;
  /** Null when the bill lacks it. */
  billYuan: string | null;
  feeYuan: string;
  isRefunded: boolean;
}

const GIFTS = 24;
const MERCHANT = '1900000001';
const PROJECTS = [
  ['EQ2101', '给老人一个家'],
  ['EQ2105', '社区小厨房助餐'],
] as const;
const NICKNAMES = ['爱心市民', '老郑州', '暖暖', '绿城妈妈', '=SUM(1,2)', '<b>热心人</b>'];
const YUAN = [1, 5, 9.9, 20, 50, 100];
const FEE_SHARE = 0.006;

/**
 * Brings in yesterday's statements of the platform and of WeChat Pay. Two things are wrong on purpose: one gift
 * has another amount in the bill, and one is missing there. The project numbers belong to no campaign yet.
 */
export async function bringStatements(demo: Demo): Promise<void> {
  const day = addDays(dateInShanghai(demo.clock.now()), -1);
  const gifts = giftsOf(day, demo.seed);
  await demo.database.write(demo.staff.get('accountant')!, 'payment.import_statements', (tx) =>
    demo.donation.importStatements(tx, [
      { name: `公益平台捐赠明细-${day}.csv`, bytes: Buffer.from(platformText(gifts)) },
      { name: `微信支付账单-${day}.csv`, bytes: Buffer.from(billText(gifts)) },
    ]),
  );
}

function giftsOf(day: string, seed: number): Told[] {
  const random = seededRandom(seed);
  const pick = <T>(things: readonly T[]): T => things[Math.floor(random() * things.length)]!;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return Array.from({ length: GIFTS }, (_, index): Told => {
    const yuan = pick(YUAN);
    const platformYuan = yuan.toFixed(2);
    const otherAmount = index === 7 ? (yuan + 45).toFixed(2) : platformYuan;
    return {
      order: `EQ${day.replaceAll('-', '')}${String(index).padStart(10, '0')}`,
      project: pick(PROJECTS),
      at: `${day} ${two(8 + random() * 14)}:${two(random() * 60)}:${two(random() * 60)}`,
      nickname: pick(NICKNAMES),
      platformYuan,
      billYuan: index === 15 ? null : otherAmount,
      feeYuan: Math.max(0.01, yuan * FEE_SHARE).toFixed(2),
      isRefunded: index === 20,
    };
  });
}

function platformText(gifts: readonly Told[]): string {
  const titles =
    '平台流水号,商户订单号,项目编号,项目名称,捐赠时间,捐赠人昵称,是否匿名,捐赠金额(元),企业配捐(元),渠道手续费(元),状态,退款时间,留言';
  const rows = gifts.map((gift) =>
    [
      `GYB${gift.order.slice(2)}`,
      gift.order,
      ...gift.project,
      gift.at,
      `"${gift.nickname}"`,
      '否',
      gift.platformYuan,
      '0.00',
      gift.feeYuan,
      gift.isRefunded ? '已退款' : '成功',
      gift.isRefunded ? gift.at : '',
      '',
    ].join(','),
  );
  return `\ufeff${[titles, ...rows].join('\r\n')}\r\n`;
}

function billText(gifts: readonly Told[]): string {
  const titles =
    '交易时间,商户号,微信订单号,商户订单号,交易状态,货币种类,应结订单金额,商户退款单号,退款金额,退款状态,商品名称,手续费';
  const rows = gifts.flatMap((gift) => {
    if (gift.billYuan === null) return [];
    const own = [gift.at, MERCHANT, `42${gift.order.slice(2)}`, gift.order];
    const name = gift.project[1];
    const paid = [
      ...own,
      'SUCCESS',
      'CNY',
      gift.billYuan,
      '0',
      '0.00',
      '',
      name,
      `${gift.feeYuan}000`,
    ];
    const amounts = ['0.00', `R${gift.order}`, gift.billYuan];
    const back = [...own, 'REFUND', 'CNY', ...amounts, 'SUCCESS', name, `-${gift.feeYuan}000`];
    return gift.isRefunded ? [paid, back] : [paid];
  });
  const lines = rows.map((row) => row.map((cell) => `\`${cell}`).join(','));
  return `${[titles, ...lines].join('\r\n')}\r\n`;
}
