import type { LegalForm } from '../donation/index.ts';

/** Legal forms as papers name them. */
export const formWords: Record<LegalForm, string> = {
  public_fundraising: '公开募捐',
  designated_form: '定向募捐',
  agreed_gift: '协议捐赠',
  mutual_aid: '社区互助',
  sale_promise: '销售承诺捐赠',
  direct_gift: '直接赠与',
};

/** States of a fiscal receipt as lists name them. */
export const stateWords = {
  none: '未申请',
  asked: '已申请',
  issued: '已开具',
  waived: '已放弃',
} as const;
