import type { PartState } from './award.ts';

const WORDS: Record<PartState, { zh: string; en: string }> = {
  due: { zh: '待发放', en: 'due' },
  sent: { zh: '发放中', en: 'on its way' },
  delivered: { zh: '已发放，待确认', en: 'given, not confirmed' },
  confirmed: { zh: '已确认收到', en: 'confirmed' },
  returned: { zh: '已退回', en: 'returned' },
  cancelled: { zh: '已取消', en: 'cancelled' },
};

/** Where a part stands, in words. */
export function partWords(state: PartState): { zh: string; en: string } {
  return WORDS[state];
}
