import { readName, usualSound } from '@wennuan/linkage';

/** Surnames that are read otherwise than the character usually is; both readings find the person. */
const SURNAME_READINGS: Record<string, string> = {
  曾: 'zeng',
  单: 'shan',
  解: 'xie',
  仇: 'qiu',
  区: 'ou',
  查: 'zha',
  盖: 'ge',
  朴: 'piao',
  乐: 'yue',
  种: 'chong',
  员: 'yun',
  召: 'shao',
  任: 'ren',
  缪: 'miao',
  谌: 'chen',
  盛: 'sheng',
  华: 'hua',
  折: 'she',
  黑: 'he',
  尉: 'yu',
  万: 'wan',
  秘: 'bi',
  繁: 'po',
  覃: 'tan',
  翟: 'zhai',
  郗: 'xi',
  冼: 'xian',
  洗: 'xian',
  长: 'zhang',
  宿: 'su',
};

/** Names from other languages may be long; what is beyond this many characters is not searched by sound. */
const CHARACTERS_AT_MOST = 10;
const SPELLINGS_AT_MOST = 4;
const SYLLABLE_AT_MOST = 6;
const SEGMENTATIONS_AT_MOST = 6;

const syllables = new Set<string>();
for (let code = 0x4e00; code <= 0x9fff; code += 1) {
  const sound = usualSound(String.fromCharCode(code));
  if (sound) syllables.add(sound);
}

/** A name in its one spelling: width, blanks, dots, notes and variant characters do not matter. */
export function nameKey(name: string): string {
  return readName(name).key;
}

/**
 * How the characters of a name are read, each with one or more readings; a character that no table reads and a
 * foreign word stand for themselves, in small letters.
 */
export function readingsOf(key: string): string[][] {
  return (key.match(/[A-Z]+|./gu) ?? []).slice(0, CHARACTERS_AT_MOST).map((part, place) => {
    const usual = usualSound(part) ?? part.toLowerCase();
    const surname = place === 0 ? SURNAME_READINGS[part] : undefined;
    const plain = /^[ln]v$/.test(usual) ? usual.replace('v', 'u') : undefined;
    return [...new Set([usual, surname ?? usual, plain ?? usual])];
  });
}

/** Every way to write the whole name in letters, `wangxiufang`; of many the first few. */
export function spellingsOf(key: string): string[] {
  return joined(readingsOf(key));
}

/** Its initials, `wxf`; none for a name of one character. */
export function initialsOf(key: string): string[] {
  const readings = readingsOf(key);
  if (readings.length < 2) return [];
  return joined(readings.map((each) => [...new Set(each.map((reading) => reading[0]!))]));
}

function joined(parts: readonly (readonly string[])[]): string[] {
  let spellings = [''];
  for (const part of parts) {
    spellings = spellings.flatMap((begun) => part.map((reading) => begun + reading));
    spellings = spellings.slice(0, SPELLINGS_AT_MOST);
  }
  return [...new Set(spellings)].filter((spelling) => spelling !== '');
}

/** Letters as people type a sound: small, ü as v, without marks between syllables. */
export function typedLetters(text: string): string {
  return text
    .toLowerCase()
    .replace(/ü|u:/g, 'v')
    .replace(/^([ln])yu/, '$1v')
    .replace(/[^a-z]/g, '');
}

/** The syllables that letters may be made of, `wangxf` → `wang` and two initials: each way as its whole syllables. */
export function syllablesIn(letters: string): string[][] {
  const found: { whole: string[]; left: number }[] = [];
  const cut = (at: number, whole: string[], left: number): void => {
    if (found.length >= SEGMENTATIONS_AT_MOST * 4 || left > 3) return;
    if (at === letters.length) {
      if (whole.length > 0) found.push({ whole, left });
      return;
    }
    for (let size = Math.min(SYLLABLE_AT_MOST, letters.length - at); size > 1; size -= 1) {
      const syllable = letters.slice(at, at + size);
      if (syllables.has(syllable)) cut(at + size, [...whole, syllable], left);
    }
    cut(at + 1, whole, left + 1);
  };
  cut(0, [], 0);
  return found
    .toSorted((one, other) => one.left - other.left || one.whole.length - other.whole.length)
    .slice(0, SEGMENTATIONS_AT_MOST)
    .map(({ whole }) => [...new Set(whole)]);
}

/** True when letters stand for neighbouring characters of a name, each by a reading or its first letter. */
export function soundsLike(key: string, letters: string): boolean {
  const readings = readingsOf(key);
  const from = (place: number, at: number): boolean => {
    if (at === letters.length) return true;
    const here = readings[place];
    if (!here) return false;
    return here.some(
      (reading) =>
        (letters.startsWith(reading, at) && from(place + 1, at + reading.length)) ||
        (letters[at] === reading[0] && from(place + 1, at + 1)),
    );
  };
  return readings.some((_, place) => from(place, 0));
}
