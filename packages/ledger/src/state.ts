import type { Id } from '@wennuan/basics';
import type { Outcome, TransferCommand } from './types.ts';

/** An account as deciding sees and moves it on. A world account has no counters. */
export interface AccountState {
  id: Id;
  world: boolean;
  unit: string;
  inflow: number;
  outflow: number;
  held: number;
  /** The first position not yet spent: outflow − ahead. Never the beginning of a hole. */
  cursor: number;
  /** When it last moved, in milliseconds since 1970; 0 for never. */
  lastAt: number;
  /** What left out of turn beyond the cursor, in order, as far as this batch can reach. */
  holes: Hole[];
}

/** Positions [from, until) that left out of turn. `until` is the end of the entry they belong to. */
export interface Hole {
  from: number;
  until: number;
}

/** An entry that a command may take from out of turn. */
export interface EntryState {
  to: Id;
  /** First position; null when it entered a world account. */
  toAt: number | null;
  amount: number;
  /** Where its hole begins; its own end when it has none. */
  holeFrom: number;
}

export interface HoldState {
  account: Id;
  /** What is still held; 0 when used up or released. */
  left: number;
}

/** A key that is posted, with what it stands for. */
export interface PostedKey {
  ids: Id[];
  from: Id;
  to: Id;
  amount: number;
  of: Id | null;
  link: string | null;
}

/** All that deciding needs to know. Deciding moves it on: afterwards it is the state after the batch. */
export interface LedgerView {
  accounts: Map<Id, AccountState>;
  posted: Map<string, PostedKey>;
  links: Set<string>;
  entries: Map<Id, EntryState>;
  holds: Map<string, HoldState>;
}

/** A row to write: one piece of one posting, with the counters of both accounts before it. */
export interface Row {
  id: Id;
  command: TransferCommand;
  part: number;
  amount: number;
  fromAt: number | null;
  fromOutflow: number | null;
  fromInflow: number | null;
  toAt: number | null;
  toOutflow: number | null;
  linkPlace: number;
  linkCount: number;
  at: number;
}

export interface Decision {
  /** In the order of the commands. */
  outcomes: Outcome[];
  /** In the order they happen. */
  rows: Row[];
}
