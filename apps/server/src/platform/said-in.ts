import type { Language } from '@wennuan/contract';

/** What we write in Chinese by a pattern, and how English readers read it; `$1` is what stood there, read the same way. */
export type Said = readonly (readonly [zh: RegExp, en: string])[];

/**
 * How to read, in a language, what this system itself wrote in Chinese when there was no reader yet: labels, titles,
 * messages. What people wrote, and what no pattern knows, stays as it is. Pure.
 */
export function saidIn(
  patterns: Said,
  words: Readonly<Record<string, string>>,
): (text: string, language: Language) => string {
  const read = (text: string, language: Language): string => {
    if (language === 'zh') return text;
    const word = words[text];
    if (word !== undefined) return word;
    for (const [zh, en] of patterns) {
      const found = zh.exec(text);
      if (found)
        return en
          .replace(/\$(\d)/g, (_, place) => read(found[Number(place)] ?? '', language))
          .trimEnd();
    }
    return text;
  };
  return read;
}
