import type { Id } from '@wennuan/basics';
import type { Language } from '@wennuan/contract';
import type { Purpose } from './accounts.ts';

/** What accounts are called whose names no person gave, as they were opened in Chinese and as English readers read them. */
const OURS: readonly (readonly [zh: RegExp, en: string])[] = [
  [/^(.+)救助备付户$/, '$1: set aside for residents'],
  [/^(.+)配捐资金（(.+)）$/, 'matching by $1 ($2)'],
  [/^(.+)（待归入募捐活动）$/, '$1 (not attached to a campaign yet)'],
  [/^(.+)（沙箱）$/, '$1 (sandbox)'],
];
const WORDS: Readonly<Record<string, string>> = {
  银行利息: 'bank interest',
  银行手续费: 'bank fees',
  本系统启用前的结存: 'before the record began',
  居民领取: 'handed to residents',
  公益捐赠平台: 'designated platform',
  指定平台: 'designated platform',
  微信支付: 'WeChat Pay',
  支付宝: 'Alipay',
};

/** The name of a channel or an account of the books in the reader's language; names that people gave stay as they are. */
export function labelIn(label: string, language: Language): string {
  if (language === 'zh') return label;
  const word = WORDS[label];
  if (word !== undefined) return word;
  for (const [zh, en] of OURS) {
    const found = zh.exec(label);
    if (found) return en.replace('$1', labelIn(found[1]!, language)).replace('$2', found[2] ?? '');
  }
  return label;
}

/** Purposes with their labels in the reader's language. */
export function labelled(purposes: ReadonlyMap<Id, Purpose>, language: Language): Map<Id, Purpose> {
  return new Map(
    [...purposes].map(([id, purpose]) => [
      id,
      { ...purpose, label: labelIn(purpose.label, language) },
    ]),
  );
}
