import type { Language } from '@wennuan/contract';

/**
 * Why money moves, in a few words: every reason that any module posts money under. A code that is not here would reach
 * pages and books without words; a test reads the modules and says which.
 */
const reasons = {
  gift: { zh: '捐赠收入', en: 'gifts' },
  matching: { zh: '企业配捐', en: 'matching gifts' },
  matching_returned: { zh: '配捐退回', en: 'matching given back' },
  pot_match: { zh: '配捐池配捐', en: 'matched from a pot' },
  pot_match_back: { zh: '配捐退回配捐池', en: 'matching back to its pot' },
  pot_rest: { zh: '配捐池余款转出', en: 'rest of a matching pot' },
  payout: { zh: '付款', en: 'payment' },
  aid_set_aside: { zh: '备付给困难居民', en: 'set aside for residents in hardship' },
  aid_back: { zh: '未用的备付款退回', en: 'set aside and not used, back' },
  issue: { zh: '发放券卡', en: 'vouchers issued' },
  redeem: { zh: '券卡核销', en: 'vouchers redeemed' },
  expiry: { zh: '券卡到期收回', en: 'vouchers expired' },
  hand_on: { zh: '余款按规则转出', en: 'remainder handed on' },
  management: { zh: '按备案比例提取管理费', en: 'management cost, as filed' },
  purpose_change: { zh: '变更用途', en: 'change of purpose' },
  return: { zh: '退还捐赠', en: 'gift returned' },
  refund: { zh: '渠道退款', en: 'refund by the channel' },
  made_good: { zh: '补还垫付的退款', en: 'refund paid ahead, made good' },
  channel_fee: { zh: '渠道手续费', en: 'fee of the channel' },
  fee_returned: { zh: '手续费退回', en: 'fee given back' },
  opening: { zh: '启用前的结存', en: 'before the record' },
  settlement: { zh: '渠道结算到账', en: 'settlement of a channel' },
  interest: { zh: '银行利息', en: 'interest' },
  bank_fee: { zh: '银行手续费', en: 'fee of the bank' },
  unknown_in: { zh: '待查来款，单独存放', en: 'unknown money, held apart' },
  unknown_known: { zh: '待查来款已认领', en: 'unknown money, recognised' },
  unknown_return: { zh: '待查来款退回', en: 'unknown money, sent back' },
  attached: { zh: '归入募捐活动', en: 'attached to a campaign' },
  sale: { zh: '驿站销售', en: 'sale at a station' },
  share: { zh: '商家消费捐赠（2%）', en: 'merchants’ 2 % of sales' },
  share_given: { zh: '商家消费捐赠（2%）', en: 'merchants’ 2 % of sales' },
  share_received: { zh: '商家交来消费捐赠', en: '2 % received from a merchant' },
  share_back: { zh: '退货，退回消费捐赠', en: '2 % of goods given back' },
  proceeds: { zh: '义卖所得', en: 'proceeds of a charity sale' },
  proceeds_given: { zh: '义卖所得', en: 'proceeds of a charity sale' },
  proceeds_received: { zh: '商家交来义卖所得', en: 'proceeds received from a merchant' },
  proceeds_back: { zh: '退货，退回义卖所得', en: 'proceeds of goods given back' },
  group_pay: { zh: '团购付款', en: 'paid for a group-buy' },
} as const satisfies Record<string, Record<Language, string>>;

export type MoneyReason = keyof typeof reasons;

/** Whether a code is a reason that has words. */
export function isMoneyReason(code: string): code is MoneyReason {
  return Object.hasOwn(reasons, code);
}

/** Why money moved, in a few words; "transfer" for a code nobody gave words. */
export function reasonWords(code: string, language: Language): string {
  if (isMoneyReason(code)) return reasons[code][language];
  return language === 'zh' ? '划转' : 'transfer';
}
