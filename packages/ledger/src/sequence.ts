import type { Id } from '@wennuan/basics';
import { plainArray, textArray, toDate, toNumber } from './arrays.ts';
import { transferOf, type TransferRow } from './read.ts';
import type { Leaf, NewEvent, SequencedEvent, Sql } from './types.ts';

/** The LISTEN channel that a district's sequencer notifies; the payload is the last sequence number. */
export function eventChannel(schema: string): string {
  return `${schema}.events`;
}

/** The text of {@link appendEvents}, whose answer holds nothing: a caller may send it without waiting. */
export const APPEND_EVENTS = 'select ledger_append_events($1, $2, $3, $4, $5, $6)';

/** Puts events into the outbox of the caller's transaction. They get their `seq` from the sequencer. */
export async function appendEvents(sql: Sql, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  await sql.query(APPEND_EVENTS, [
    plainArray(events.map((event) => event.id)),
    textArray(events.map((event) => event.topic)),
    textArray(events.map((event) => event.subjectKind)),
    plainArray(events.map((event) => event.subjectId)),
    plainArray(events.map((event) => event.areaId)),
    textArray(events.map((event) => JSON.stringify(event.body ?? null))),
  ]);
}

/**
 * One turn of the sequencer: takes up to `limit` committed outbox rows in causal order, gives each event
 * its `seq` and each transfer its leaf, adds up the world accounts, notifies. Holds the row lock on
 * `log_state` until the caller commits. `count` 0 means that nothing was waiting.
 */
export async function sequence(
  sql: Sql,
  options: { limit: number },
): Promise<{ firstSeq: number; lastSeq: number; count: number }> {
  const rows = await sql.query<Record<'first_seq' | 'last_seq' | 'count', unknown>>(
    'select * from ledger_sequence($1)',
    [options.limit],
  );
  const row = rows[0]!;
  const [firstSeq, lastSeq] = [toNumber(row.first_seq), toNumber(row.last_seq)];
  return { firstSeq, lastSeq, count: toNumber(row.count) };
}

interface EventRow {
  seq: unknown;
  id: Id;
  topic: string;
  subject_kind: string;
  subject_id: Id;
  area_id: number | null;
  body: unknown;
  at: unknown;
}

/** Events after `seq`, in order, at most `limit`. */
export async function eventsAfter(sql: Sql, seq: number, limit: number): Promise<SequencedEvent[]> {
  const rows = await sql.query<EventRow>('select * from ledger_events_after($1, $2)', [seq, limit]);
  return rows.map((row) => ({
    seq: toNumber(row.seq),
    id: row.id,
    topic: row.topic,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    areaId: row.area_id,
    body: row.body,
    at: toDate(row.at),
  }));
}

type LeafRow = TransferRow & {
  leaf: unknown;
  seq: unknown;
  unit: string;
  from_code: string | null;
  to_code: string | null;
};

/** Leaves of the public log from number `leaf` on (the first is 0), in order, at most `limit`. */
export async function leavesFrom(sql: Sql, leaf: number, limit: number): Promise<Leaf[]> {
  const rows = await sql.query<LeafRow>('select * from ledger_leaves_from($1, $2)', [leaf, limit]);
  return rows.map((row) => ({
    leaf: toNumber(row.leaf),
    seq: toNumber(row.seq),
    unit: row.unit,
    fromCode: row.from_code,
    toCode: row.to_code,
    transfer: transferOf(row),
  }));
}
