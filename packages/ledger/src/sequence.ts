import type { Leaf, NewEvent, SequencedEvent, Sql } from './types.ts';
import { LedgerFault } from './errors.ts';

/** The LISTEN channel that a district's sequencer notifies; the payload is the last sequence number. */
export function eventChannel(schema: string): string {
  return `${schema}.events`;
}

/** Puts events into the outbox of the caller's transaction. They get their `seq` from the sequencer. */
export async function appendEvents(_sql: Sql, _events: readonly NewEvent[]): Promise<void> {
  throw new LedgerFault('not written yet');
}

/**
 * One turn of the sequencer: takes up to `limit` committed outbox rows in causal order, gives each event
 * its `seq` and each transfer its leaf, adds up the world accounts, notifies. Holds the row lock on
 * `log_state` until the caller commits. `count` 0 means nothing was waiting.
 */
export async function sequence(
  _sql: Sql,
  _options: { limit: number },
): Promise<{ firstSeq: number; lastSeq: number; count: number }> {
  throw new LedgerFault('not written yet');
}

/** Events after `seq`, in order, at most `limit`. */
export async function eventsAfter(
  _sql: Sql,
  _seq: number,
  _limit: number,
): Promise<SequencedEvent[]> {
  throw new LedgerFault('not written yet');
}

/** Leaves of the public log from number `leaf` on (the first is 0), in order, at most `limit`. */
export async function leavesFrom(_sql: Sql, _leaf: number, _limit: number): Promise<Leaf[]> {
  throw new LedgerFault('not written yet');
}
