import {
  isRareCharacter,
  lookAlike,
  looseSoundOf,
  simplifiedForm,
  type SoundOf,
  usualSound,
} from './characters.ts';
import { type Cell, plainText } from './plain-text.ts';

/** A person's name made comparable: `key` without spaces, dots, notes and variant forms. */
export interface NameReading {
  /** As a reader would write it: ordinary characters, one kind of middle dot. */
  shown: string;
  key: string;
  /** Some character could not be read, `wildcard` stands in `key` for each. */
  isIncomplete: boolean;
}

/**
 * How two names relate, best first: the same · same sound · alike in print · a rare character replaced · the
 * characters in another order · one name is a part of the other · one character differs · otherwise.
 */
export type NameLikeness = (typeof NAME_LIKENESSES)[number];

export const NAME_LIKENESSES = [
  'same',
  'sound',
  'shape',
  'rare',
  'order',
  'part',
  'one_character',
  'other',
] as const;

/** Stands for one character that could not be read. */
const WILDCARD = '?';

const DOTS = /[·•‧∙⋅・･．.。●∘◦᛫﹒·]/g;
const NOTES = /[([{<【〔〈《「][^)\]}>】〕〉》」]*[)\]}>】〕〉》」]?/g;
// What is noted after a name without brackets: by itself where it is no name's, else behind a sign that sets it apart.
const REMARK =
  /[\s\-—–/、,;:]*(已(去世|死亡|故|病故|亡故|病逝|身故|注销|迁出|停发|退出)|去世|病故|死亡)$|[\s\-—–/、,;:]+(户主|本人|配偶|儿子|女儿|孤儿|死亡|故|殁|注销|迁出|停发|新增|退出)$/;
const REMARKED = /已|去世|死亡/;
// Private use, replacement and unassigned signs, and what people type for a character they cannot.
const UNREADABLE = /[\uE000-\uF8FF\uFFFD□■〓*＊×?？#_]|[\u{F0000}-\u{10FFFD}]/gu;

/** Reads a name from a cell. The key is empty when the cell holds none. */
export function readName(cell: Cell): NameReading {
  const text = plainText(cell);
  if (text.length > LENGTH_MOST) return { shown: '', key: '', isIncomplete: false };
  if (ORDINARY.test(text) && !REMARKED.test(text)) {
    const key = folded(text);
    return { shown: text, key, isIncomplete: false };
  }
  const shown = text
    .replace(NOTES, '')
    .replace(REMARK, '')
    .replace(UNREADABLE, WILDCARD)
    .replace(/[0-9:;,，、'"“”]+/g, '')
    .replace(DOTS, '·')
    .replace(/^·|·$/g, '')
    .trim();
  const isLatin = /^[A-Za-z·' -]+$/.test(shown);
  const packed = isLatin ? shown.toUpperCase() : shown.replace(/[A-Za-z]+$/, '');
  const key = folded(packed.replace(/[\s·'-]/g, ''));
  return {
    shown: shown.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, ''),
    key,
    isIncomplete: key.includes(WILDCARD),
  };
}

/** True for a name with a note that she has died: 张三（已故）. */
export function notesDeath(cell: Cell): boolean {
  return NOTES_DEATH.test(plainText(cell));
}

const NOTES_DEATH = /(已故|已?(去世|死亡|病故|亡故|病逝|身故|殁))[)\]】〕]?$/;

/** Nobody's name is longer, notes beside it included. */
const LENGTH_MOST = 200;
const ORDINARY = /^[\u4e00-\u9fff]{0,6}$/;

function folded(text: string): string {
  let changed = '';
  for (const character of text) changed += simplifiedForm(character);
  return changed;
}

/** The characters of a key in a fixed order, equal for names with characters changed round. */
function sortedKey(key: string): string {
  return [...key].toSorted().join('');
}

/** The loose sounds of a key, equal for names that sound alike; unknown characters stand for themselves. */
export function soundKey(key: string, soundOf: SoundOf = usualSound): string {
  let sounds = '';
  for (const character of key) sounds += `${looseSoundOf(character, soundOf) ?? character} `;
  return sounds;
}

/** The same surname with the given name turned round, as some registers print it; null if that changes nothing. */
export function turnedRound(key: string): string | null {
  const [surname, ...given] = [...key];
  if (surname === undefined || given.length < 2 || given.length > 4) return null;
  const turned = surname + given.toReversed().join('');
  return turned === key ? null : turned;
}

/** How two keys relate; symmetric. Empty keys relate as `other`. */
export function nameLikeness(a: string, b: string, soundOf: SoundOf = usualSound): NameLikeness {
  if (a === b) return a === '' || a.includes(WILDCARD) ? 'rare' : 'same';
  const left = [...a];
  const right = [...b];
  if (left.length === 0 || right.length === 0) return 'other';
  if (left.length !== right.length) return isPart(left, right) ? 'part' : 'other';
  const places = left.flatMap((character, at) => (character === right[at] ? [] : [at]));
  if (places.every((at) => soundAlike(left[at]!, right[at]!, soundOf))) return 'sound';
  if (places.length === 1) return oneChange(left[places[0]!]!, right[places[0]!]!, left.length);
  if (sortedKey(a) === sortedKey(b)) return 'order';
  const slips = places.every(
    (at) => soundAlike(left[at]!, right[at]!, soundOf) || lookAlike(left[at]!, right[at]!),
  );
  return slips && places.length < left.length ? 'shape' : 'other';
}

function soundAlike(a: string, b: string, soundOf: SoundOf): boolean {
  const left = looseSoundOf(a, soundOf);
  return left !== null && left === looseSoundOf(b, soundOf);
}

function oneChange(a: string, b: string, length: number): NameLikeness {
  if (lookAlike(a, b)) return 'shape';
  if (length > 1 && (a === WILDCARD || b === WILDCARD)) return 'rare';
  if (length > 1 && (isRareCharacter(a) || isRareCharacter(b))) return 'rare';
  return length >= 3 ? 'one_character' : 'other';
}

/** True if all characters of the shorter name stand in the longer one in order, at least two of them. */
function isPart(left: string[], right: string[]): boolean {
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  if (short.length < 2) return false;
  let at = 0;
  for (const character of long) if (character === short[at]) at++;
  return at === short.length;
}
