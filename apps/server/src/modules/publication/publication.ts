import { dateInShanghai } from '@wennuan/basics';
import type { Leaf, Transfer } from '@wennuan/ledger';
import {
  type PrivateEntry,
  saltedHash,
  type Side,
  type TransferEntry,
  type TransferOpening,
} from '@wennuan/log';

/** The salts of an entry's hidden fields; a public account has none. */
export interface Salts {
  from: Uint8Array | null;
  to: Uint8Array | null;
  rest: Uint8Array;
}

/**
 * True for a movement from one private account of the books to another: of such a leaf outsiders can check
 * nothing, so the log tells nothing of it. What comes from the edge of the books is somebody's gift or bill, unless it
 * is about one person's voucher or hours.
 */
export function isPrivate({ fromCode, toCode, transfer }: Leaf): boolean {
  if (fromCode !== null || toCode !== null) return false;
  return transfer.fromAt !== null || OF_ONE_PERSON.has(transfer.document.kind);
}

const OF_ONE_PERSON: ReadonlySet<string> = new Set(['entitlement', 'entitlement_use']);

/** Fresh salts for a leaf. `random` gives that many bytes nobody can guess. */
export function freshSalts(leaf: Leaf, random: (bytes: number) => Uint8Array): Salts {
  if (isPrivate(leaf)) return { from: null, to: null, rest: random(SALT) };
  return {
    from: leaf.fromCode === null ? random(SALT) : null,
    to: leaf.toCode === null ? random(SALT) : null,
    rest: random(SALT),
  };
}

const SALT = 16;

/** All of a transfer that the log shows to nobody without its salt. Lines as packages/log/README.md states them. */
export function restText(transfer: Transfer): string {
  const { id, at, reason, document, of, link, actor, key } = transfer;
  const lines = [
    `id ${id}`,
    `at ${at.toISOString()}`,
    `reason ${reason}`,
    `document ${document.kind} ${document.id}`,
    `of ${of ?? '-'}`,
    `link ${link ?? '-'}`,
    `actor ${actor ?? '-'}`,
    `key ${key}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** Everything about a transfer between private accounts, as its one hash covers it. */
function allText({ transfer, unit }: Leaf): string {
  const { amount, at, from, to } = transfer;
  const lines = [`${unit} ${amount} ${dateInShanghai(at)}`, `from ${from}`, `to ${to}`];
  return `${lines.join('\n')}\n${restText(transfer)}`;
}

/** What a leaf of the ledger is in the log, with these salts. */
export function entryOf(leaf: Leaf, salts: Salts): TransferEntry | PrivateEntry {
  if (isPrivate(leaf)) return { kind: 'private', all: saltedHash(salts.rest, allText(leaf)) };
  return transferEntry(leaf, salts);
}

function transferEntry(leaf: Leaf, salts: Salts): TransferEntry {
  const { transfer } = leaf;
  return {
    kind: 'transfer',
    unit: leaf.unit,
    amount: transfer.amount,
    day: dateInShanghai(transfer.at),
    from: sideOf({ code: leaf.fromCode, at: transfer.fromAt, id: transfer.from, salt: salts.from }),
    to: sideOf({ code: leaf.toCode, at: transfer.toAt, id: transfer.to, salt: salts.to }),
    rest: saltedHash(salts.rest, restText(transfer)),
  };
}

interface OneSide {
  code: string | null;
  at: number | null;
  id: string;
  salt: Uint8Array | null;
}

function sideOf({ code, at, id, salt }: OneSide): Side {
  if (code !== null) return { code, at };
  if (!salt) throw new Error('a private account without a salt');
  return { hidden: saltedHash(salt, id) };
}

/** What opens the hidden fields of a transfer's entry. */
export function openingOf(transfer: Transfer, salts: Salts): TransferOpening {
  return {
    from: salts.from && { text: transfer.from, salt: salts.from },
    to: salts.to && { text: transfer.to, salt: salts.to },
    rest: { text: restText(transfer), salt: salts.rest },
  };
}

/**
 * What is wrong with an entry that is in the log, beside the leaf as the ledger has it now; null when they
 * agree. Without salts (they were deleted) only what the log shows can be compared.
 */
export function differenceOf(
  leaf: Leaf,
  logged: TransferEntry | PrivateEntry,
  salts: Salts | null,
): string | null {
  const { transfer } = leaf;
  if (logged.kind === 'private') {
    if (!isPrivate(leaf)) return 'the log hides what the ledger has between public accounts';
    const same = !salts || Buffer.compare(saltedHash(salts.rest, allText(leaf)), logged.all) === 0;
    return same
      ? null
      : 'the transfer (amount, day, accounts, document, key) is not what was logged';
  }
  const shown: [string, unknown, unknown][] = [
    ['unit', logged.unit, leaf.unit],
    ['amount', logged.amount, transfer.amount],
    ['day', logged.day, dateInShanghai(transfer.at)],
    ['from', shownSide(logged.from), shownOf(leaf.fromCode, transfer.fromAt)],
    ['to', shownSide(logged.to), shownOf(leaf.toCode, transfer.toAt)],
  ];
  for (const [name, inLog, inLedger] of shown)
    if (inLog !== inLedger)
      return `${name} is ${String(inLedger)} in the ledger, ${String(inLog)} in the log`;
  if (!salts) return null;
  if ((leaf.fromCode === null) !== (salts.from !== null)) return 'the salt of from is missing';
  if ((leaf.toCode === null) !== (salts.to !== null)) return 'the salt of to is missing';
  const own = transferEntry(leaf, salts);
  const hidden: [string, TransferEntry['rest'] | null, TransferEntry['rest'] | null][] = [
    ['the account it comes from', hiddenOf(logged.from), hiddenOf(own.from)],
    ['the account it goes to', hiddenOf(logged.to), hiddenOf(own.to)],
    ['the rest (time, reason, document, key)', logged.rest, own.rest],
  ];
  const wrong = hidden.find(([, one, other]) => one && other && Buffer.compare(one, other) !== 0);
  return wrong ? `${wrong[0]} is not what was logged` : null;
}

function shownSide(side: Side): string {
  return 'code' in side ? shownOf(side.code, side.at) : 'private';
}

function shownOf(code: string | null, at: number | null): string {
  return code === null ? 'private' : `${code} ${at ?? '-'}`;
}

function hiddenOf(side: Side) {
  return 'hidden' in side ? side.hidden : null;
}

/** The name under which a log goes on after `count` names before it: `…/log`, `…/log/2`, `…/log/3`. */
export function nextOrigin(origin: string, count: number): string {
  return `${origin.replace(/\/\d+$/, '')}/${count + 1}`;
}
