import type { Id } from '@wennuan/basics';

/**
 * One database connection inside one open transaction of the caller. The ledger never begins, commits
 * or rolls back: its postings are part of whatever larger business transaction the caller is in.
 */
export interface Sql {
  /** Runs one statement with `$1 …` placeholders and returns its rows. */
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** What an account counts: 'fen', 'minute', 'piece:<item id>'. Amounts are whole units. */
export type Unit = string;

/**
 * An account to open. `inner` accounts are queues with counters; `world` accounts (channel, bank,
 * supplier, receivable) are the edge of the books: never locked, no balance of their own.
 */
export interface NewAccount {
  id: Id;
  kind: 'inner' | 'world';
  unit: Unit;
  /** Public code of a public account (fund, campaign, station, merchant), unique; null when private. */
  code: string | null;
}

/** One movement asked for. */
export interface TransferCommand {
  /** Idempotency key, unique in the district. The same key with the same content posts once. */
  key: string;
  from: Id;
  to: Id;
  /** Whole units of both accounts' unit, above 0. */
  amount: number;
  /** Transfer whose entry into `from` this takes from, out of turn (return, correction, expiry). */
  of?: Id;
  /** Commands of one batch with the same link post together or not at all. A link is used once. */
  link?: string;
  /** Key of the hold on `from` this draws on. */
  hold?: string;
  /** Short code: gift, payout, hand_on, return … */
  reason: string;
  /** The paper behind it. */
  document: { kind: string; id: Id };
  /** Who moved it; null for the system. */
  actor: Id | null;
}

/** Why a command was refused. A refusal leaves no trace: the same key may be tried again. */
export type LedgerRefusal =
  | 'amount_invalid' // not a whole number above 0, or a counter would leave the safe integers
  | 'same_account' // from and to are one account
  | 'account_unknown'
  | 'unit_mismatch' // the accounts count different things
  | 'key_reused' // the key stands for other amounts, accounts, entries or links
  | 'link_reused' // the link already stands for an earlier, finished group
  | 'entry_unknown' // `of` names no entry of the account
  | 'already_spent' // `of` names an entry with less unspent than asked; `available` is what is left
  | 'hold_unknown' // no such open hold on the account
  | 'hold_too_low' // the hold has less left than asked; `available` is what is left
  | 'balance_too_low' // `available` is what the account could pay
  | 'linked_failed'; // another command of the same link was refused

/** What became of one command, in the order of the commands. */
export type Outcome =
  | { status: 'posted' | 'already_posted'; key: string; transferIds: Id[] }
  | { status: 'refused'; key: string; refusal: LedgerRefusal; available?: number };

/** Commands to decide in order, in the caller's transaction. */
export interface PostBatch {
  commands: readonly TransferCommand[];
  /** The time to write; a function is asked after the locks are taken. Never runs backwards on an account. */
  at: Date | (() => Date);
  newId: () => Id;
}

/** Sets an amount of an account aside, without moving it: a cart, an offline lease, approved but not paid. */
export interface HoldCommand {
  /** Unique in the district among holds. */
  key: string;
  account: Id;
  amount: number;
  /** When `releaseExpiredHolds` may give it back. Until released, a hold past this still counts. */
  until: Date;
  document: { kind: string; id: Id };
  actor: Id | null;
}

/** What became of a hold command. */
export type HoldOutcome =
  | { status: 'held' | 'already_held'; key: string }
  | { status: 'refused'; key: string; refusal: LedgerRefusal; available?: number };

/** What became of a release: `amount` is what was given back (0 when it was used up or released before). */
export type ReleaseOutcome =
  | { status: 'released' | 'already_released'; key: string; amount: number }
  | { status: 'refused'; key: string; refusal: 'hold_unknown' };

/** The counters of an inner account. Totals only grow; balance = inflow − outflow; available = balance − held. */
export interface Balance {
  accountId: Id;
  unit: Unit;
  code: string | null;
  inflow: number;
  outflow: number;
  held: number;
  /** What left out of turn, beyond the cursor. */
  ahead: number;
  balance: number;
  available: number;
}

/** Where a statement goes on: the counters before the last line shown. For a world account, its leaf. */
export interface StatementCursor {
  inflow: number;
  outflow: number;
  leaf?: number;
}

/** One stored transfer. */
export interface Transfer {
  id: Id;
  key: string;
  from: Id;
  to: Id;
  amount: number;
  of: Id | null;
  link: string | null;
  reason: string;
  document: { kind: string; id: Id };
  actor: Id | null;
  at: Date;
  /** First position taken from `from`; null for a world account. */
  fromAt: number | null;
  /** First position arrived at in `to`; null for a world account. */
  toAt: number | null;
}

/** One line of a statement. For an inner account with the counters after it; for a world account null. */
export interface StatementLine extends Transfer {
  direction: 'in' | 'out';
  inflowAfter: number | null;
  outflowAfter: number | null;
  balanceAfter: number | null;
}

/** A page of a statement, newest first; `next` is null at the beginning of the account's history. */
export interface Statement {
  lines: StatementLine[];
  next: StatementCursor | null;
}

/** Total that went into and out of a world account among the first `seq` events. */
export interface WorldTotal {
  accountId: Id;
  inflow: number;
  outflow: number;
  seq: number;
}

/** Something that happened, for the outbox. Bodies carry ids and codes, not personal data. */
export interface NewEvent {
  id: Id;
  topic: string;
  subjectKind: string;
  subjectId: Id;
  areaId: number | null;
  body: unknown;
}

/** An event with its place in the one order of the district. Events the ledger makes have topic `ledger.posted`. */
export interface SequencedEvent extends NewEvent {
  seq: number;
  at: Date;
}

/** A transfer with its leaf number in the public log. */
export interface Leaf {
  leaf: number;
  seq: number;
  transfer: Transfer;
  unit: Unit;
  fromCode: string | null;
  toCode: string | null;
}

/** A broken fact: which one, about what, and what was found. */
export interface Finding {
  fact: string;
  subject: string;
  detail: string;
}

/** What moved in a period between two accounts for one reason. */
export interface Turnover {
  /** `YYYY-MM-DD`; null when it was not asked for by day. */
  day: string | null;
  from: Id;
  to: Id;
  unit: Unit;
  reason: string;
  documentKind: string;
  /** Set for the reasons that were asked for one by one. */
  documentId: Id | null;
  transfers: number;
  amount: number;
}
