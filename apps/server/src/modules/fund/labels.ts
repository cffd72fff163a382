import type { Id } from '@wennuan/basics';
import type { Language } from '@wennuan/contract';
import { type Said, saidIn } from '../../platform/said-in.ts';
import type { Purpose } from './accounts.ts';

/** What is called and noted in Chinese by no person, and as English readers read it: accounts, and days of closed months. */
const OURS: Said = [
  [/^(.+)救助备付户$/, '$1: set aside for residents'],
  [/^(.+)配捐资金（(.+)）$/, 'matching by $1 ($2)'],
  [/^(.+)（待归入募捐活动）$/, '$1 (not attached to a campaign yet)'],
  [/^(.+)（沙箱）$/, '$1 (sandbox)'],
  [/^(.+)（消费捐赠）$/, '$1 (given by shopping)'],
  [/^(.+) · 代金券应付$/, '$1: vouchers to be paid'],
  [/^(.+) · 售出$/, '$1: sold'],
  [/^(.+) 待缴爱心款$/, '$1: promised shares to be paid'],
  [/^义卖“(.+)”$/, 'charity sale “$1”'],
  [/^(.+) · 义卖“(.+)”待入账$/, '$1: charity sale “$2”, to come in'],
  [/^商户收款号：(.+)$/, 'seller’s number: $1'],
  [/^拼团 (\S+) 在商户收款号中的款$/, 'money of group-buy $1 in the seller’s number'],
  [/^发放 (\S+)$/, 'handing out $1'],
  [/^(.+)（已付款，待收货）$/, '$1 (paid, not received yet)'],
  [/^(.+)（途中）· (.+)$/, '$1 (on the way): $2'],
  [/^(\S+)：(实际日期 .+|待查来款认领)$/, '$1: $2'],
  [
    /^实际日期 (\S+)，(\S+) 已结账，记入 (\S+)。$/,
    'really of $1; as $2 was closed already it is booked in $3.',
  ],
];
const WORDS: Readonly<Record<string, string>> = {
  银行利息: 'bank interest',
  银行手续费: 'bank fees',
  支付渠道手续费: 'fees of payment channels',
  本系统启用前的结存: 'before the record began',
  居民领取: 'handed to residents',
  待查来款: 'money in that nobody can explain yet',
  待查来款认领: 'money in that was held apart and is explained now',
  企业配捐资金: 'matching money of enterprises',
  券卡等专用账户: 'vouchers and cards',
  报损与盘亏: 'written off',
  装入组合包: 'packed into kits',
  待付款订单: 'orders that wait for their payment',
  志愿者承诺的时间: 'hours that volunteers promised',
  已经付出的时间: 'hours given',
  公益捐赠平台: 'designated platform',
  指定平台: 'designated platform',
  微信支付: 'WeChat Pay',
  支付宝: 'Alipay',
};

/** A name or note of our own making in the reader's language; what people wrote stays as it is. */
export const labelIn = saidIn(OURS, WORDS);

/** Purposes with their labels in the reader's language. */
export function labelled(purposes: ReadonlyMap<Id, Purpose>, language: Language): Map<Id, Purpose> {
  return new Map(
    [...purposes].map(([id, purpose]) => [
      id,
      { ...purpose, label: labelIn(purpose.label, language) },
    ]),
  );
}
