import type { Id } from '@wennuan/basics';
import type { Transfer, Unit } from './types.ts';

/** Forward: where did this go? Backward: whose was this? */
export type Direction = 'forward' | 'backward';

/** What to follow: whole transfers, or positions [from, to) of an inner account. */
export type TraceStart =
  | { transferId: Id }
  | { transferIds: readonly Id[] }
  | { accountId: Id; from: number; to: number };

export interface TraceRequest {
  start: TraceStart;
  direction: Direction;
  /** How many hops to follow; pages use 3. */
  maxHops: number;
  /** Steps to spend, default 20,000. One step looks one piece up; a request reads at most ten entries a step. */
  budget?: number;
}

/** What arrived at (forward) or came from (backward) one account in one hop. */
export interface TraceGroup {
  hop: number;
  accountId: Id;
  kind: 'inner' | 'world';
  code: string | null;
  unit: Unit;
  /** Units that touch what is followed; exact unless `byShare`. */
  amount: number;
  /** The part of `amount` that belongs to what is followed: equal to it, or a fraction after a crossing of units. */
  share: number;
  /** Number of transfers. */
  entries: number;
  /** True when the path crossed from one unit to another by link, in share of the price. */
  byShare: boolean;
}

/** A piece of an account that ends the path for now. */
export interface TracePiece {
  /** The hop it was reached in; 0 for what the trace began with. */
  hop: number;
  accountId: Id;
  from: number;
  to: number;
  share: number;
  byShare: boolean;
}

export interface TraceResult {
  unit: Unit | null;
  /** What was asked for, in units. */
  amount: number;
  groups: TraceGroup[];
  /** Forward only: what still lies in an inner account, by (hop, account). */
  resting: { hop: number; accountId: Id; amount: number; share: number; byShare: boolean }[];
  /** What was not followed to its end, with the reason. Never dropped. */
  unresolved: (TracePiece & { reason: 'hops' | 'budget' })[];
  steps: number;
  entriesRead: number;
}

/** One transfer of an opened hop. */
export interface TraceEntry {
  hop: number;
  transfer: Transfer;
  /** The part of the transfer that is on the path. */
  amount: number;
  share: number;
  byShare: boolean;
}

/** Where an opened hop goes on. */
export interface TraceCursor {
  accountId: Id;
  position: number;
}

export interface TraceHopRequest {
  start: TraceStart;
  direction: Direction;
  /** 1 for the first hop. */
  hop: number;
  limit: number;
  after?: TraceCursor;
  budget?: number;
}

export interface TraceHop {
  entries: TraceEntry[];
  /** Null when the hop has no more entries. */
  next: TraceCursor | null;
  /** False when the budget ran out on the way to this hop, so that entries may be missing. */
  complete: boolean;
}
