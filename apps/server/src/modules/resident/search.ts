import type { PlainDate } from '@wennuan/basics';
import { readCitizenId } from '@wennuan/linkage';
import type { Identity } from './resident.ts';
import { nameKey, readingsOf, soundsLike, syllablesIn, typedLetters } from './readings.ts';
import { addressWords, TAIL_DIGITS, tailOf, type Term } from './terms.ts';

/** What is opened of a person to see whether she is meant; absent: the caller's login does not read it. */
export interface Seen {
  readonly name: string;
  readonly telephone?: Identity['telephone'];
  readonly idNumber?: Identity['idNumber'];
  readonly address?: Identity['address'];
  readonly birthDate?: Identity['birthDate'];
}

/** What cannot be read is believed: the term was found. */
function holds(value: string | null | undefined, test: (text: string) => boolean): boolean {
  return value === undefined || (value !== null && test(value));
}

/** One way to understand what was typed: terms she must have, and what she must be like once opened. */
export interface Plan {
  readonly terms: readonly Term[];
  fits(person: Seen): boolean;
}

const PLANS_AT_MOST = 24;
const WORDS_AT_MOST = 5;
const OLDEST_YEAR = 1900;

/**
 * The ways to understand what was typed or scanned, likeliest first: a whole ID number through its disguises, a
 * telephone number, a name or a part of it, its sound (whole, by syllable, by initials), the end of a number, a year or
 * date of birth beside something else, words of an address, and several of these together. Empty when nothing can be meant.
 */
export function readSearch(typed: string, today: PlainDate): Plan[] {
  const text = typed.normalize('NFKC').trim();
  const whole = wholeNumber(text);
  if (whole) return [whole];
  const words = joinLetters(text.split(/[\s,，、;；]+/u).filter((word) => word !== ''));
  if (words.length === 0 || words.length > WORDS_AT_MOST) return [];
  const readings = words.map((word) => waysOf(word, { today, isAlone: words.length === 1 }));
  let plans: Plan[] = [{ terms: [], fits: () => true }];
  for (const ways of readings)
    plans = plans.flatMap((plan) => ways.map((way) => both(plan, way))).slice(0, PLANS_AT_MOST);
  return plans.filter((plan) => plan.terms.length > 0);
}

function both(one: Plan, other: Plan): Plan {
  return {
    terms: [...one.terms, ...other.terms],
    fits: (person) => one.fits(person) && other.fits(person),
  };
}

/** An ID number or a telephone number that stands alone; `null` when the text is neither. */
function wholeNumber(text: string): Plan | null {
  const packed = text.replace(/[\s\-()]/g, '');
  if (!/\d{7}/.test(packed) || /[^\dXx+]/.test(packed)) return null;
  const id = packed.length >= 15 ? readCitizenId(packed) : null;
  const idNumber = id?.kind === 'valid' || id?.kind === 'repaired' ? id.number : null;
  if (idNumber)
    return {
      terms: [{ kind: 'id_number', text: idNumber }],
      fits: (person) => holds(person.idNumber, (number) => number === idNumber),
    };
  const telephone = packed.replace(/^(\+|00)?86(?=1\d{10}$)/, '');
  if (!/^(1\d{10}|0\d{9,11})$/.test(telephone)) return null;
  return {
    terms: [{ kind: 'telephone', text: telephone }],
    fits: (person) => holds(person.telephone, (number) => number === telephone),
  };
}

/** `wang xiu fang` is one name. */
function joinLetters(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    if (last !== undefined && LETTERS.test(last) && LETTERS.test(word))
      joined[joined.length - 1] = last + word;
    else joined.push(word);
  }
  return joined;
}

const LETTERS = /^[a-zü:']+$/i;

function waysOf(word: string, context: { today: PlainDate; isAlone: boolean }): Plan[] {
  if (LETTERS.test(word)) return soundWays(typedLetters(word));
  if (/^\d{2,17}[\dX]?$/i.test(word)) return numberWays(word.toUpperCase(), context);
  const isName = !/\d/.test(word);
  return [...(isName ? nameWays(nameKey(word)) : []), ...addressWays(word)];
}

function nameWays(key: string): Plan[] {
  if (key === '') return [];
  const sounds = readingsOf(key).map((readings) => readings[0]!);
  return [
    { terms: [{ kind: 'name', text: key }], fits: ({ name }) => nameKey(name) === key },
    {
      terms: [...new Set(sounds)].map((text) => ({ kind: 'sound', text }) as const),
      fits: ({ name }) => nameKey(name).includes(key),
    },
  ];
}

function soundWays(letters: string): Plan[] {
  if (letters.length === 0) return [];
  const fits = ({ name }: Seen) => soundsLike(nameKey(name), letters);
  const ways: Term[][] = [
    [{ kind: 'sound', text: letters }],
    [{ kind: 'initials', text: letters }],
    ...syllablesIn(letters).map((found) => found.map((text) => ({ kind: 'sound', text }) as const)),
  ];
  return ways.map((terms) => ({ terms, fits }));
}

function numberWays(
  word: string,
  { today, isAlone }: { today: PlainDate; isAlone: boolean },
): Plan[] {
  const ways: Plan[] = [];
  const date = /^(\d{4})(\d{2})?(\d{2})?$/.exec(word);
  const year = Number(date?.[1]);
  if (date && !isAlone && year >= OLDEST_YEAR && year <= Number(today.slice(0, 4))) {
    const begins = [date[1], date[2], date[3]].filter(Boolean).join('-');
    ways.push({
      terms: [],
      fits: ({ birthDate }) => holds(birthDate, (date) => date.startsWith(begins)),
    });
  }
  if (word.length >= TAIL_DIGITS)
    ways.push(
      {
        terms: [{ kind: 'id_tail', text: tailOf(word) }],
        fits: ({ idNumber }) => holds(idNumber, (number) => number.endsWith(word)),
      },
      {
        terms: [{ kind: 'telephone_tail', text: tailOf(word) }],
        fits: ({ telephone }) => holds(telephone, (number) => number.endsWith(word)),
      },
    );
  return [...ways, ...(isAlone ? [] : addressWays(word))];
}

function addressWays(word: string): Plan[] {
  const words = addressWords(word);
  if (words.length === 0) return [];
  const fits = ({ address }: Seen) =>
    holds(address, (text) => {
      const has = new Set(addressWords(text));
      return words.every((one) => has.has(one));
    });
  return [{ terms: words.map((text) => ({ kind: 'address', text }) as const), fits }];
}
