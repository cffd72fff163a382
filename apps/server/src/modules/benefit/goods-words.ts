import type { GoodsCategory, Language } from '@wennuan/contract';
import type { BenefitKind } from './benefit.ts';

/** What nobody's aid pays for. */
const NEVER: readonly GoodsCategory[] = ['alcohol', 'tobacco'];
/** What an entitlement of a kind pays for unless it says otherwise; empty: all goods of a station. */
const BY_KIND: Record<BenefitKind, readonly GoodsCategory[]> = {
  voucher: [],
  coupon: [],
  meal_card: ['meal'],
  pack: ['pack'],
  hours: [],
};

const words: Record<Language, Record<GoodsCategory, string>> = {
  zh: {
    grain_oil: '米面粮油',
    fresh: '蔬菜肉蛋',
    snack: '食品',
    drink: '饮品牛奶',
    household: '日用品',
    care: '洗护用品',
    clothing: '衣物被褥',
    other: '其他生活用品',
    meal: '餐食',
    pack: '慰问包',
    alcohol: '酒',
    tobacco: '烟草',
  },
  en: {
    grain_oil: 'rice, flour and oil',
    fresh: 'vegetables, meat and eggs',
    snack: 'food',
    drink: 'drinks and milk',
    household: 'things for the household',
    care: 'soap and care',
    clothing: 'clothes and bedding',
    other: 'other things for daily life',
    meal: 'meals',
    pack: 'a gift pack',
    alcohol: 'alcohol',
    tobacco: 'tobacco',
  },
};

/** What an entitlement is issued for: what its programme says, else what its kind is for. */
export function goodsAtIssue(
  kind: BenefitKind,
  goods?: readonly GoodsCategory[],
): readonly GoodsCategory[] {
  return goods ?? BY_KIND[kind];
}

/** True when an entitlement issued for `goods` may pay for a category. */
export function mayPayFor(goods: readonly string[], category: GoodsCategory): boolean {
  if (NEVER.includes(category)) return false;
  return goods.length === 0 || goods.includes(category);
}

/** Categories in the reader's language; what is not known any more stays out. */
export function goodsWords(goods: readonly string[], language: Language): string[] {
  const known = words[language];
  return [...new Set(goods)].flatMap((one) => known[one as GoodsCategory] ?? []);
}

const kinds: Record<Language, Record<BenefitKind, string>> = {
  zh: {
    voucher: '代金券',
    meal_card: '助餐卡',
    coupon: '电子券',
    pack: '慰问包',
    hours: '服务时间',
  },
  en: {
    voucher: 'Voucher',
    meal_card: 'Meal card',
    coupon: 'Coupon',
    pack: 'Gift pack',
    hours: 'Hours of service',
  },
};

/** What a till calls an entitlement: its kind alone, as a programme's name would tell what group she is of. */
export function kindWords(kind: BenefitKind, language: Language): string {
  return kinds[language][kind];
}
