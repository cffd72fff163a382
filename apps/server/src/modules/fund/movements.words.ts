import type { Language } from '@wennuan/contract';

/** How a giver appears who chose no name. */
export function kindHeartedGiver(language: Language): string {
  return language === 'zh' ? '爱心人士' : 'a kind-hearted giver';
}

/** What a movement of a fund was, in a word or two. */
export const movementWords = {
  zh: {
    gift: '捐赠',
    payout: '支付',
    aid: '救助困难居民',
    hand_on: '余款转入转出',
    other: '划转',
    helped: (street: string, month: string) => `${street}困难居民（${month}）`,
  },
  en: {
    gift: 'gift',
    payout: 'payment',
    aid: 'aid to residents in hardship',
    hand_on: 'remainder handed on',
    other: 'transfer',
    helped: (street: string, month: string) => `residents in hardship, ${street} (${month})`,
  },
} as const;
