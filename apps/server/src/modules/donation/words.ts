import type { Language } from '@wennuan/contract';
import { kindHeartedGiver } from '../fund/index.ts';

/** How a giver appears who chose no name. */
export const giverName = kindHeartedGiver;

/** A moment inside a sentence: "11月3日 14:05", in Zhengzhou. */
export function momentWords(at: Date, language: Language): string {
  const text = new Date(at.getTime() + 8 * 3_600_000).toISOString();
  const [month, day] = [Number(text.slice(5, 7)), Number(text.slice(8, 10))];
  const time = text.slice(11, 16);
  return language === 'zh' ? `${month}月${day}日 ${time}` : `${text.slice(5, 10)} ${time}`;
}
