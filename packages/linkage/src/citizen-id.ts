import type { PlainDate } from '@wennuan/basics';
import { isDay } from './dates.ts';
import { type Cell, plainText } from './plain-text.ts';
import {
  checkCharacter,
  deletions,
  hasValidChecksum,
  insertions,
  substitutions,
  swaps,
} from './citizen-id-checksum.ts';

export type Sex = 'male' | 'female';

/** What an 18-digit number says about its holder. */
export interface CitizenIdFacts {
  division: string;
  birthDate: PlainDate;
  sex: Sex;
}

/** What else the row knows; whatever is missing does not narrow anything down. */
export interface KnownFields {
  birthDate?: PlainDate | null;
  sex?: Sex | null;
  /** Divisions (first six digits) that occur; a repair may only lead to one of these. */
  divisions?: ReadonlySet<string> | null;
  /** Nobody is born after this day. */
  notAfter?: PlainDate | null;
}

export type Disguise = 'plain' | 'written_otherwise' | 'fifteen_digits' | 'certificate';

/**
 * One reading of a cell. `valid`: the checksum holds and the birth date exists; `doubt` says why it may
 * still be wrong (a number of 15 digits has no checksum; an ending 000 may be digits lost in a number cell that
 * pass by chance). `repaired`: one slip away from `candidates`; `number` only if the other fields leave one.
 * `partial`: only the first digits are known. `none`: nothing to go by. Nothing is ever guessed silently.
 */
export type CitizenIdReading =
  | {
      kind: 'valid';
      number: string;
      disguise: Disguise;
      doubt: 'no_checksum' | 'lost_digits' | null;
    }
  | { kind: 'repaired'; number: string | null; candidates: string[]; digits: string }
  | { kind: 'partial'; prefix: string; candidates: string[]; digits: string }
  | { kind: 'none'; reason: 'empty' | 'unreadable' | 'several' };

const PROVINCES = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)/;
const FORM = /^\d{17}[\dX]$/;
// Letters and signs that stand where a digit was meant, after NFKC and upper case.
const MISREAD: Record<string, string> = {
  O: '0',
  Q: '0',
  D: '0',
  I: '1',
  L: '1',
  '|': '1',
  Z: '2',
};
const CHECK_SIGN = /(?<=\d{17})[×✕✖*ХΧ]/g;

/** True if the number could be somebody's: checksum, province, a birth date that exists and is not too late. */
export function isCitizenId(number: string, notAfter?: PlainDate | null): boolean {
  return hasValidChecksum(number) && hasPlausibleParts(number, notAfter);
}

/** Birth date, sex and division of a number with plausible parts; null for any other. */
export function citizenIdFacts(number: string): CitizenIdFacts | null {
  if (!FORM.test(number) || !hasPlausibleParts(number)) return null;
  return {
    division: number.slice(0, 6),
    birthDate: birthDateIn(number),
    sex: number.charCodeAt(16) % 2 === 1 ? 'male' : 'female',
  };
}

/** The birth date written in digits 7 to 14, whether or not it exists. */
export function birthDateIn(digits: string): string {
  return `${digits.slice(6, 10)}-${digits.slice(10, 12)}-${digits.slice(12, 14)}`;
}

/**
 * Reads an ID number from a cell through its disguises; see {@link CitizenIdReading}. `known` holds the
 * other fields of the row and narrows repairs down, it never makes an invalid number valid.
 */
export function readCitizenId(cell: Cell, known: KnownFields = {}): CitizenIdReading {
  if (typeof cell === 'number') return readNumberCell(cell, known);
  const text = plainText(cell).toUpperCase();
  if (text === '') return { kind: 'none', reason: 'empty' };
  const scientific = /^'?(\d)(?:\.(\d+))?E\+?(\d{2})$/.exec(text);
  if (scientific) return readScientific(scientific, known);
  const digits = digitsOf(text);
  if (digits === 'several') return { kind: 'none', reason: 'several' };
  const disguise = digits === cell ? 'plain' : 'written_otherwise';
  return readDigits(digits, known, disguise);
}

/** The digits meant by the text, or `several` when it holds two different numbers. */
function digitsOf(text: string): string {
  const joined = text
    .replace(/\.0+$/, '')
    .replace(/[\s'"`´‘’“”_.·\-‐‑‒–—―−]/g, '')
    .replace(CHECK_SIGN, 'X');
  const whole = joined.match(/(?<!\d)\d{17}[\dX](?![\dX])/g);
  if (whole && new Set(whole).size > 1) return 'several';
  if (whole && whole.length > 0 && !/\d{19}/.test(joined)) return whole[0]!;
  const meant = joined.replace(/[OQDILZ|]/g, (sign) => MISREAD[sign]!);
  const longest = (meant.match(/[\dX]+/g) ?? []).toSorted((a, b) => b.length - a.length)[0] ?? '';
  return longest;
}

function readDigits(digits: string, known: KnownFields, disguise: Disguise): CitizenIdReading {
  const masked = /^(\d{14,16})X{2,}$/.exec(digits);
  if (masked) return prefixOnly(masked[1]!, digits);
  const bare = digits.replace(/X/g, '');
  if (digits.length === 18 && FORM.test(digits)) return readEighteen(digits, known, disguise);
  if (digits.length === 18)
    return slipped(digits, [...substitutions(digits), ...swaps(digits)], known);
  if (digits.length === 20 && bare.length >= 19) {
    const inside = readEighteen(digits.slice(0, 18), known, 'certificate');
    if (inside.kind !== 'none') return inside;
  }
  if (digits.length === 15 && bare.length === 15) return readFifteen(digits, known);
  if (digits.length === 17) return slipped(digits, insertions(digits), known);
  if (digits.length === 19) {
    return slipped(digits, [...deletions(digits), ...insertions(digits.slice(0, 17))], known);
  }
  if (digits.length === 21) return slipped(digits, deletions(digits.slice(0, 19)), known);
  if (bare.length >= 14 && bare.length <= 16) return prefixOnly(bare, digits);
  return { kind: 'none', reason: 'unreadable' };
}

function readEighteen(digits: string, known: KnownFields, disguise: Disguise): CitizenIdReading {
  const endsLost = digits.endsWith('000');
  if (isCitizenId(digits, known.notAfter)) {
    return { kind: 'valid', number: digits, disguise, doubt: endsLost ? 'lost_digits' : null };
  }
  const repairs = [...substitutions(digits), ...swaps(digits)];
  if (!endsLost) return slipped(digits, repairs, known);
  const lost = prefixOnly(digits.slice(0, 15), digits);
  const candidates = plausible(repairs, known);
  return lost.kind === 'partial' ? { ...lost, candidates } : slipped(digits, repairs, known);
}

function readFifteen(digits: string, known: KnownFields): CitizenIdReading {
  const seventeen = `${digits.slice(0, 6)}19${digits.slice(6)}`;
  const number = seventeen + checkCharacter(seventeen);
  if (isCitizenId(number, known.notAfter)) {
    return { kind: 'valid', number, disguise: 'fifteen_digits', doubt: 'no_checksum' };
  }
  // Either a slip in an old number, or a new one of which the end is gone.
  const lost = prefixOnly(digits, digits);
  if (lost.kind === 'partial') return lost;
  const repairs: string[] = [];
  for (let at = 0; at < 15; at++) {
    for (let digit = 0; digit <= 9; digit++) {
      const changed = digits.slice(0, at) + digit + digits.slice(at + 1);
      const longer = `${changed.slice(0, 6)}19${changed.slice(6)}`;
      if (changed !== digits) repairs.push(longer + checkCharacter(longer));
    }
  }
  return slipped(digits, repairs, known);
}

/** A number cell keeps 15 to 17 digits; which of them are sure is what its neighbours share. */
function readNumberCell(value: number, known: KnownFields): CitizenIdReading {
  if (!Number.isFinite(value) || value < 1e13) return { kind: 'none', reason: 'unreadable' };
  if (value < 1e17) return readDigits(String(Math.trunc(value)), known, 'written_otherwise');
  const text = BigInt(Math.trunc(value)).toString();
  if (text.length !== 18) return readDigits(text.slice(0, 18), known, 'written_otherwise');
  return prefixOnly(text.slice(0, 15), text);
}

function readScientific(match: RegExpExecArray, known: KnownFields): CitizenIdReading {
  const shown = `${match[1]}${match[2] ?? ''}`;
  const length = Number(match[3]) + 1;
  if (length === 15 && shown.length === 15) return readFifteen(shown, known);
  if (length !== 18) return { kind: 'none', reason: 'unreadable' };
  // The last digit shown may be rounded up from what was cut off.
  const sure = shown.length > 15 ? shown.slice(0, 15) : shown.slice(0, -1);
  return prefixOnly(sure, shown);
}

function prefixOnly(prefix: string, digits: string): CitizenIdReading {
  const born = birthDateIn(prefix);
  if (prefix.length < 14 || !PROVINCES.test(prefix) || !isBirthDate(prefix) || born < '1880') {
    return { kind: 'none', reason: 'unreadable' };
  }
  return { kind: 'partial', prefix, candidates: [], digits };
}

function slipped(digits: string, repairs: string[], known: KnownFields): CitizenIdReading {
  const candidates = plausible(repairs, known);
  if (candidates.length === 0) return { kind: 'none', reason: 'unreadable' };
  const fits = narrowed(candidates, known);
  return { kind: 'repaired', number: fits.length === 1 ? fits[0]! : null, candidates, digits };
}

function plausible(repairs: string[], known: KnownFields): string[] {
  return [...new Set(repairs)].filter((number) => isCitizenId(number, known.notAfter)).toSorted();
}

/** The candidates that agree with every other field of the row. */
function narrowed(candidates: string[], known: KnownFields): string[] {
  return candidates.filter((number) => {
    const facts = citizenIdFacts(number)!;
    return (
      (!known.birthDate || known.birthDate === facts.birthDate) &&
      (!known.sex || known.sex === facts.sex) &&
      (!known.divisions || known.divisions.has(facts.division))
    );
  });
}

function hasPlausibleParts(number: string, notAfter?: PlainDate | null): boolean {
  const born = birthDateIn(number);
  return (
    PROVINCES.test(number) &&
    number.slice(6, 10) >= '1880' &&
    born <= (notAfter ?? '2100-12-31') &&
    isBirthDate(number)
  );
}

function isBirthDate(digits: string): boolean {
  return isDay(
    Number(digits.slice(6, 10)),
    Number(digits.slice(10, 12)),
    Number(digits.slice(12, 14)),
  );
}
