const MOST = 20;
/** So many digits in a row may be a telephone, an identity card or a bank card. */
const NUMBER = /\d{7,}/;

/**
 * A nickname as pages may show it: without control signs, direction marks and surplus space. Null, which is
 * 爱心人士, when nothing is left or when it holds a number that could be somebody's.
 */
export function publicNameOf(nickname: string): string | null {
  const cleaned = nickname
    .replace(/[\p{C}\u200b-\u200f\u202a-\u202e\u2060-\u2069]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (cleaned === '' || NUMBER.test(cleaned.normalize('NFKC'))) return null;
  return [...cleaned].slice(0, MOST).join('');
}
