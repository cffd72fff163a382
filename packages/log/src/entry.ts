import { base64, concat, fromBase64, sameBytes, textOf, utf8, wholeNumber } from './bytes.ts';
import { HASH_BYTES, type Hash } from './merkle.ts';
import { sha256 } from './sha256.ts';

/** One side of a transfer as the log shows it: a public account by its code, a private one by a salted hash. */
export type Side =
  | {
      code: string;
      /** First position taken or arrived at; null for an account at the edge of the books. */
      at: number | null;
    }
  | { hidden: Hash };

/** A movement of the ledger. */
export interface TransferEntry {
  kind: 'transfer';
  unit: string;
  /** Whole units, above 0. */
  amount: number;
  /** YYYY-MM-DD in the district's time. */
  day: string;
  from: Side;
  to: Side;
  /** H(salt ‖ all else about the transfer). */
  rest: Hash;
}

/** A movement between two private accounts: one salted hash of all there is to say, and nothing else. */
export interface PrivateEntry {
  kind: 'private';
  /** H(salt ‖ everything about the transfer). */
  all: Hash;
}

/** Salts were destroyed because somebody asked to be forgotten: how many leaves, which of them only as a salted hash. */
export interface ErasureEntry {
  kind: 'erasure';
  day: string;
  leaves: number;
  rest: Hash;
}

/** The log goes on under a new origin after a restore that is older than the head named here. */
export interface ContinuationEntry {
  kind: 'continuation';
  day: string;
  origin: string;
  size: number;
  root: Hash;
}

export type Entry = TransferEntry | PrivateEntry | ErasureEntry | ContinuationEntry;

export const SALT_BYTES = 16;
const HIDDEN = '~';
const EDGE = '-';
const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/** The salted hash of a text: H(salt ‖ text). Refuses a salt that has not 16 bytes. */
export function saltedHash(salt: Uint8Array, text: string): Hash {
  if (salt.length !== SALT_BYTES) throw new RangeError('a salt has 16 bytes');
  return sha256(concat(salt, utf8(text)));
}

/** The bytes of an entry, as they are hashed into the log. */
export function formatEntry(entry: Entry): Uint8Array {
  const lines = linesOf(entry);
  const bad = lines.find((line) => /\n/.test(line));
  if (bad !== undefined) throw new RangeError(`a line break within a field: ${bad}`);
  return utf8(`${lines.join('\n')}\n`);
}

function linesOf(entry: Entry): string[] {
  switch (entry.kind) {
    case 'transfer':
      return [
        'transfer',
        `${word(entry.unit)} ${entry.amount} ${entry.day}`,
        `from ${sideText(entry.from)}`,
        `to ${sideText(entry.to)}`,
        `rest ${base64(entry.rest)}`,
      ];
    case 'private':
      return ['private', base64(entry.all)];
    case 'erasure':
      return ['erasure', `${entry.day} ${entry.leaves}`, `rest ${base64(entry.rest)}`];
    case 'continuation':
      return ['continuation', entry.day, entry.origin, `${entry.size} ${base64(entry.root)}`];
  }
}

function sideText(side: Side): string {
  if ('hidden' in side) return `${HIDDEN} ${base64(side.hidden)}`;
  if (side.code === HIDDEN) throw new RangeError('not a code');
  return `${word(side.code)} ${side.at ?? EDGE}`;
}

function word(text: string): string {
  if (text === '' || /\s/u.test(text)) throw new RangeError(`not one word: ${text}`);
  return text;
}

/** Reads an entry; null for bytes that `formatEntry` would not have written. */
export function parseEntry(bytes: Uint8Array): Entry | null {
  try {
    const text = textOf(bytes);
    if (!text.endsWith('\n')) return null;
    const entry = entryOf(text.slice(0, -1).split('\n'));
    return entry && sameBytes(formatEntry(entry), bytes) ? entry : null;
  } catch {
    return null;
  }
}

function entryOf([kind, ...lines]: string[]): Entry | null {
  if (kind === 'transfer') return transferOf(lines);
  if (kind === 'private') {
    const all = fromBase64(lines[0] ?? '');
    return all?.length === HASH_BYTES ? { kind, all } : null;
  }
  if (kind === 'erasure') {
    const [day, count] = lines[0]?.split(' ') ?? [];
    const [leaves, rest] = [wholeNumber(count ?? ''), hashLine(lines[1], 'rest')];
    if (!day || !DAY.test(day) || leaves === null || leaves === 0 || !rest) return null;
    return { kind, day, leaves, rest };
  }
  if (kind !== 'continuation') return null;
  const [day, origin, head] = lines;
  const [size, root] = head?.split(' ') ?? [];
  const [number, hash] = [wholeNumber(size ?? ''), fromBase64(root ?? '')];
  if (!day || !DAY.test(day) || !origin || number === null || hash?.length !== HASH_BYTES)
    return null;
  return { kind, day, origin, size: number, root: hash };
}

function transferOf([first, fromLine, toLine, restLine]: string[]): TransferEntry | null {
  const [unit, amountText, day] = first?.split(' ') ?? [];
  const amount = wholeNumber(amountText ?? '');
  const [from, to] = [sideOf(fromLine, 'from'), sideOf(toLine, 'to')];
  const rest = hashLine(restLine, 'rest');
  if (!unit || !amount || !day || !DAY.test(day) || !from || !to || !rest) return null;
  return { kind: 'transfer', unit, amount, day, from, to, rest };
}

function sideOf(line: string | undefined, name: 'from' | 'to'): Side | null {
  const [word1, code, place] = line?.split(' ') ?? [];
  if (word1 !== name || !code || place === undefined) return null;
  if (code === HIDDEN) {
    const hidden = fromBase64(place);
    return hidden?.length === HASH_BYTES ? { hidden } : null;
  }
  if (place === EDGE) return { code, at: null };
  const at = wholeNumber(place);
  return at === null ? null : { code, at };
}

function hashLine(line: string | undefined, name: string): Hash | null {
  const [word1, text] = line?.split(' ') ?? [];
  const hash = word1 === name ? fromBase64(text ?? '') : null;
  return hash?.length === HASH_BYTES ? hash : null;
}

/** A hidden text with the salt that opens it. */
export interface Opening {
  text: string;
  salt: Uint8Array;
}

/** What opens the hidden fields of a transfer: the accounts' ids where they are private, and the rest. */
export interface TransferOpening {
  from: Opening | null;
  to: Opening | null;
  rest: Opening;
}

/** Names of the fields whose opening does not belong to the entry; empty when all do. */
export function wrongOpenings(entry: TransferEntry, opening: TransferOpening): string[] {
  const wrong: string[] = [];
  const check = (name: string, hidden: Hash | null, opened: Opening | null) => {
    const fits =
      hidden === null || opened === null
        ? hidden === null && opened === null
        : opened.salt.length === SALT_BYTES &&
          sameBytes(saltedHash(opened.salt, opened.text), hidden);
    if (!fits) wrong.push(name);
  };
  check('from', 'hidden' in entry.from ? entry.from.hidden : null, opening.from);
  check('to', 'hidden' in entry.to ? entry.to.hidden : null, opening.to);
  check('rest', entry.rest, opening.rest);
  return wrong;
}
