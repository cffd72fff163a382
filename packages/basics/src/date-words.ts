import { dateInShanghai } from './dates.ts';

type Language = 'zh' | 'en';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A day inside a sentence: "11 月 3 日", with the year when it is not this one. */
export function dayWords(at: Date, now: Date, language: Language): string {
  const [year, month, day] = dateInShanghai(at).split('-').map(Number) as [number, number, number];
  const sameYear = dateInShanghai(now).startsWith(String(year));
  if (language === 'zh') return `${sameYear ? '' : `${year} 年 `}${month} 月 ${day} 日`;
  return `${day} ${MONTHS[month - 1]}${sameYear ? '' : ` ${year}`}`;
}

/** A month `2026-11` inside a sentence: "2026 年 11 月". */
export function monthWords(month: string, language: Language): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return language === 'zh' ? `${year} 年 ${number} 月` : `${MONTHS[number - 1]} ${year}`;
}
