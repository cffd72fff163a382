import type { Vault } from '../../platform/vault.ts';
import type { Identity } from './resident.ts';
import { initialsOf, nameKey, readingsOf, spellingsOf } from './readings.ts';

/** One thing a person is found by, before it is hashed. Kinds are part of the hash: a name is never a number. */
export interface Term {
  readonly kind:
    | 'name'
    | 'sound'
    | 'initials'
    | 'id_number'
    | 'id_tail'
    | 'telephone'
    | 'telephone_tail'
    | 'address';
  readonly text: string;
}

type Findable = Pick<Identity, 'name' | 'telephone' | 'idNumber' | 'address'>;

/** Digits by which a number is found from its end. */
export const TAIL_DIGITS = 4;
const ADDRESS_WORDS_AT_MOST = 8;

/** Words that count houses, staircases and doors, and the sign that stands for them. */
const COUNTERS: readonly [RegExp, string][] = [
  [/^(号楼|栋|幢|座|楼)/, '楼'],
  [/^(号院|号)/, '号'],
  [/^单元/, '元'],
  [/^(层|室|户|门|院)/, ''],
];
const AREAS = /^.*?(?:街道|镇|乡)(?:办事处)?|^.*?(?:社区|居委会|村委会)/u;
const COMMON_ENDINGS = /(?:小区|家园|花园|公寓|新村|大街|路|街|巷|胡同|院|村|里)$/u;

/** The terms of a person: her name, its sound and initials, her numbers with their ends, words of her address. */
export function termsOf(identity: Findable): Term[] {
  const { telephone, address } = identity;
  return unique([
    ...nameAndNumber(identity),
    ...(telephone ? [{ kind: 'telephone', text: telephone } as const] : []),
    ...(telephone ? [{ kind: 'telephone_tail', text: tailOf(telephone) } as const] : []),
    ...addressWords(address ?? '').map((text) => ({ kind: 'address', text }) as const),
  ]);
}

/** What a department finds the people of its rosters by: names and ID numbers. */
export function departmentTermsOf(identity: Findable): Term[] {
  return unique(nameAndNumber(identity));
}

/** Whether a department finds people by such a term, see {@link departmentTermsOf}. */
export function isForDepartments({ kind }: Term): boolean {
  return kind !== 'telephone' && kind !== 'telephone_tail' && kind !== 'address';
}

function nameAndNumber({ name, idNumber }: Findable): Term[] {
  const key = nameKey(name);
  return [
    { kind: 'name', text: key },
    ...soundTermsOf(key),
    ...(idNumber ? [{ kind: 'id_number', text: idNumber } as const] : []),
    ...(idNumber ? [{ kind: 'id_tail', text: tailOf(idNumber) } as const] : []),
  ];
}

function soundTermsOf(key: string): Term[] {
  const sounds = [...readingsOf(key).flat(), ...spellingsOf(key)];
  return [
    ...sounds.map((text) => ({ kind: 'sound', text }) as const),
    ...initialsOf(key).map((text) => ({ kind: 'initials', text }) as const),
  ];
}

/** The last digits of a number. */
export function tailOf(number: string): string {
  return number.slice(-TAIL_DIGITS);
}

/** An address as it is compared: width, blanks and signs do not matter. */
export function addressText(address: string): string {
  return address
    .normalize('NFKC')
    .replace(/[\s·,，.。、#()（）-]/gu, '')
    .toUpperCase();
}

/**
 * The words of an address by which it is found: of names of roads and estates every two neighbouring characters,
 * of houses and doors the number with what it counts. Streets and communities are left out: they are areas.
 */
export function addressWords(address: string): string[] {
  const runs = addressText(address).replace(AREAS, '').replace(AREAS, '').match(RUNS) ?? [];
  const words: string[] = [];
  for (const [place, run] of runs.entries()) {
    if (/^[0-9A-Z]/.test(run)) words.push(run + counterAfter(runs[place + 1]));
    else words.push(...pairsOf(run));
  }
  return [...new Set(words)].slice(0, ADDRESS_WORDS_AT_MOST);
}

const RUNS = /[0-9A-Z]+|\p{Script=Han}+/gu;

function counterAfter(run: string | undefined): string {
  return COUNTERS.find(([form]) => run !== undefined && form.test(run))?.[1] ?? '';
}

function pairsOf(run: string): string[] {
  let word = run;
  for (const [form] of COUNTERS) word = word.replace(form, '');
  const plain = word.replace(COMMON_ENDINGS, '');
  const characters = [...(plain.length >= 2 ? plain : word)];
  return characters.slice(1).map((character, place) => characters[place]! + character);
}

function unique(terms: readonly Term[]): Term[] {
  return [...new Map(terms.map((term) => [`${term.kind}:${term.text}`, term])).values()];
}

/** A term as it is stored: the first 64 bits of its keyed hash, as PostgreSQL's bigint in text. */
export function termNumber(vault: Pick<Vault, 'hash'>, { kind, text }: Term): string {
  return vault.hash(`person_${kind}`, text).readBigInt64BE(0).toString();
}
