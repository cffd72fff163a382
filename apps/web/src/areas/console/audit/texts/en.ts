import type { Texts } from '../../../../shared/i18n/index.ts';
import type zh from './zh.ts';
import aid from './en.aid.ts';
import machinery from './en.machinery.ts';
import money from './en.money.ts';
import reasons from './en.reasons.ts';
import shop from './en.shop.ts';
import things from './en.things.ts';

const en: Texts<typeof zh> = {
  acts: { ...money, ...shop, ...aid },
  machinery,
  reasons,
  things,
};
export default en;
