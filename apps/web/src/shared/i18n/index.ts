import type { Language } from '@wennuan/contract';
import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './en.ts';
import zh from './zh.ts';

export type { Language };

/** The shape every language of an area must have: the same keys, any words. A missing or extra key is a type error. */
export type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };

interface AreaTexts {
  zh: () => Promise<{ default: object }>;
  en: () => Promise<{ default: object }>;
}
const areas = new Map<string, AreaTexts>();

/** Tells where an area's texts are; each language is its own chunk, loaded when first needed. */
export function registerTexts(area: string, texts: AreaTexts) {
  areas.set(area, texts);
}

/** Loads one area's texts in the present language, once. Called by the area's route before it shows. */
export async function loadTexts(i18n: i18n, area: string): Promise<void> {
  const language = i18n.language as Language;
  if (i18n.hasResourceBundle(language, area)) return;
  const texts = await areas.get(area)?.[language]();
  if (texts) i18n.addResourceBundle(language, area, texts.default);
}

/** A translator for one language. The server makes one per page, the browser one in all. */
export async function makeI18n(language: Language): Promise<i18n> {
  const i18n = createInstance();
  await i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: 'shared',
    resources: { zh: { shared: zh }, en: { shared: en } },
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
    returnNull: false,
  });
  return i18n;
}

/** Switches the language of what is on screen: first every loaded area's texts, then all at once. */
export async function switchLanguage(i18n: i18n, language: Language): Promise<void> {
  const loaded = [...areas.keys()].filter((area) => i18n.hasResourceBundle(i18n.language, area));
  await Promise.all(
    loaded.map(async (area) => {
      const texts = await areas.get(area)?.[language]();
      if (texts) i18n.addResourceBundle(language, area, texts.default);
    }),
  );
  await i18n.changeLanguage(language);
}

/** The value of the `lang` attribute. */
export const languageTag = (language: string) => (language === 'en' ? 'en' : 'zh-CN');
