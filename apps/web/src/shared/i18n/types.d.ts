import 'i18next';
import type consoleTexts from '../../areas/console/texts/zh.ts';
import type publicTexts from '../../areas/public/texts/zh.ts';
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
      console: typeof consoleTexts;
      public: typeof publicTexts;
      sandbox: typeof sandboxTexts;
    };
  }
}
