import type { Texts } from '../../../shared/i18n/index.ts';
import type zh from './zh.ts';

const en: Texts<typeof zh> = {
  home: { title: 'Home' },
};

export default en;
