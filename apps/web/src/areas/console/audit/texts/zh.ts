import aid from './zh.aid.ts';
import machinery from './zh.machinery.ts';
import money from './zh.money.ts';
import reasons from './zh.reasons.ts';
import shop from './zh.shop.ts';
import things from './zh.things.ts';

/** Words of the audit, which only its own page needs. */
export default {
  acts: { ...money, ...shop, ...aid },
  machinery,
  reasons,
  things,
} as const;
