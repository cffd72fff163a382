import type { i18n } from 'i18next';
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import { whenFirstPageShown } from './api/hydration.ts';
import { readCookie, writePreference } from './cookies.ts';
import { type Language, languageTag, switchLanguage } from './i18n/index.ts';

const listeners = new Set<() => void>();

/** The reader's language from a cookie header; Chinese unless she chose English. */
export const languageOf = (cookies: string): Language =>
  readCookie(cookies, 'lang') === 'en' ? 'en' : 'zh';

/** Whether the reader chose large type. */
export const elderOf = (cookies: string): boolean => readCookie(cookies, 'elder') === '1';

/** Puts language and type size on the document, before the first paint and after each change. */
export function applyToDocument(language: string, elder: boolean) {
  document.documentElement.lang = languageTag(language);
  document.documentElement.dataset.elder = String(elder);
}

/**
 * Changes the language everywhere at once and remembers it. Somebody quick may press while the server's
 * drawing is still being taken over; other words would then not fit the drawing, so the change waits.
 */
export async function chooseLanguage(i18n: i18n, language: Language): Promise<void> {
  await new Promise<void>(whenFirstPageShown);
  await switchLanguage(i18n, language);
  writePreference('lang', language);
  document.documentElement.lang = languageTag(language);
}

/** Whether the server draws this page in large type; in the browser the cookie says so. */
export const RenderedElder = createContext(false);

/** Large type (长辈版): whether it is on, and the switch. */
export function useElder() {
  const renderedElder = useContext(RenderedElder);
  const elder = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => elderOf(document.cookie),
    () => (typeof document === 'undefined' ? renderedElder : elderOf(document.cookie)),
  );
  const setElder = useCallback((on: boolean) => {
    writePreference('elder', on ? '1' : '0');
    document.documentElement.dataset.elder = String(on);
    for (const listener of listeners) listener();
  }, []);
  return { elder, setElder };
}
