import 'i18next';
import type auditTexts from '../../areas/console/audit/texts/zh.ts';
import type consoleTexts from '../../areas/console/texts/zh.ts';
import type counterTexts from '../../areas/counter/texts/zh.ts';
import type publicTexts from '../../areas/public/texts/zh.ts';
import type groupTexts from '../../areas/resident/texts/groups.zh.ts';
import type deliveryTexts from '../../areas/resident/texts/deliveries.zh.ts';
import type mallTexts from '../../areas/resident/texts/mall.zh.ts';
import type residentTexts from '../../areas/resident/texts/zh.ts';
import type sandboxTexts from '../../areas/sandbox/texts/zh.ts';
import type shared from './zh.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shared';
    returnNull: false;
    resources: {
      shared: typeof shared;
      resident: typeof residentTexts;
      groups: typeof groupTexts;
      deliveries: typeof deliveryTexts;
      mall: typeof mallTexts;
      console: typeof consoleTexts;
      audit: typeof auditTexts;
      counter: typeof counterTexts;
      public: typeof publicTexts;
      sandbox: typeof sandboxTexts;
    };
  }
}
