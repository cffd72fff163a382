import type { Language } from '@wennuan/contract';

const BY_NUMBER = /^尾号(\d{4})的居民$/;

/** What a new account of a telephone number is called, until its owner is known by name. */
export function nameByNumber(telephone: string): string {
  return `尾号${telephone.slice(-4)}的居民`;
}

/** An account's name in the reader's language: names stay as they are, what we made of a number is said. Pure. */
export function nameIn(displayName: string, language: Language): string {
  return language === 'zh' ? displayName : displayName.replace(BY_NUMBER, 'resident …$1');
}
