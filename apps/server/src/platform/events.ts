import { eventChannel, eventsAfter, sequence, type SequencedEvent } from '@wennuan/ledger';
import { sql } from 'kysely';
import { systemActor } from './actor.ts';
import type { Database, Writing } from './database/database.ts';

/** A module's part that learns from events what others did. Called in order of `seq`, at least once each. */
export interface Consumer {
  name: string;
  topics: readonly string[];
  consume(tx: Writing, events: readonly SequencedEvent[]): Promise<void>;
}

export interface Events {
  /** Tells every event after it was sequenced and, for consumers, consumed. Returns the end of the subscription. */
  subscribe(heard: (events: readonly SequencedEvent[]) => void): () => void;
  /** Says that something was written: the next turn comes at once instead of within a second. */
  nudge(): void;
  /** Sequences and consumes all that is waiting now; for tests, commands and the demo. */
  settle(): Promise<void>;
  /** The last event sequenced that this process has seen. */
  lastSeq(): number;
  /** What this process told within so many milliseconds, in order; at most the last few hundred. */
  recent(millis: number): SequencedEvent[];
  start(): Promise<void>;
  stop(): Promise<void>;
}

const BATCH = 500;
/** What came in while a turn ran waits for the next nudge, so that a steady stream is numbered in few large turns. */
const SEQUENCED_AT_ONCE = 5_000;
/** The login's other connections are for clocks and requests. */
const CONSUMERS_AT_ONCE = 2;
const POLL_MILLIS = 1_000;
/** So many events are remembered for pages that open. */
const REMEMBERED_MOST = 500;
/** Writes within this time share one turn, and so long a turn waits for the next: a burst is not slowed by its own echo. */
const NUDGE_MILLIS = 150;

/**
 * Runs the sequencer and the consumers. Several processes may run it side by side: the sequencer and
 * each consumer work under a row lock, so an event gets one number and is consumed once per commit.
 */
export function createEvents(
  database: Database,
  schema: string,
  consumers: readonly Consumer[],
): Events {
  const listeners = new Set<(events: readonly SequencedEvent[]) => void>();
  let seen = -1;
  let told: { at: number; event: SequencedEvent }[] = [];
  let timer: NodeJS.Timeout | null = null;
  let ear: { stop(): Promise<void> } | null = null;
  let turn: Promise<void> = Promise.resolve();
  let asked = false;

  const tell = async () => {
    for (;;) {
      const events = await database.read(systemActor('events'), (tx) =>
        eventsAfter(tx.sql, seen, BATCH),
      );
      if (events.length === 0) return;
      seen = events.at(-1)!.seq;
      const at = performance.now();
      told = [...told, ...events.map((event) => ({ at, event }))].slice(-REMEMBERED_MOST);
      for (const heard of listeners) heard(events);
    }
  };
  const work = async () => {
    while ((await runSequencer(database)).count === SEQUENCED_AT_ONCE);
    await runConsumers(database, consumers);
    await tell();
  };
  /** One turn at a time in this process; askers that come meanwhile share the next one. */
  const settle = (): Promise<void> => {
    if (!asked) {
      asked = true;
      turn = turn
        .catch(() => undefined)
        .then(() => {
          asked = false;
          return work();
        });
    }
    return turn;
  };
  const attempt = () => settle().catch(() => undefined);
  const nudges = paced(attempt);
  return {
    subscribe(heard) {
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
    nudge: nudges.ask,
    settle,
    lastSeq: () => seen,
    recent: (millis) =>
      told.filter(({ at }) => performance.now() - at <= millis).map(({ event }) => event),
    async start() {
      seen = (await runSequencer(database)).lastSeq;
      ear = await database.listen(eventChannel(schema), nudges.ask);
      timer = setInterval(() => void attempt(), POLL_MILLIS);
      nudges.start();
      void attempt();
    },
    async stop() {
      if (timer) clearInterval(timer);
      nudges.stop();
      timer = null;
      await ear?.stop();
      await turn.catch(() => undefined);
    },
  };
}

/** A turn for whoever asks while it is started, so long after the first asked, and after the turn before ended. */
function paced(run: () => Promise<unknown>) {
  let isStarted = false;
  let isAsked = false;
  let timer: NodeJS.Timeout | null = null;
  const ask = () => {
    isAsked = isStarted;
    if (!isAsked || timer) return;
    const turn = async () => {
      isAsked = false;
      await run();
      timer = null;
      if (isAsked) ask();
    };
    timer = setTimeout(() => void turn(), NUDGE_MILLIS);
  };
  return {
    ask,
    start: () => void (isStarted = true),
    stop() {
      isStarted = false;
      isAsked = false;
      if (timer) clearTimeout(timer);
    },
  };
}

function runSequencer(database: Database): Promise<{ count: number; lastSeq: number }> {
  return database.write(systemActor('sequencer'), null, (tx) =>
    sequence(tx.sql, { limit: SEQUENCED_AT_ONCE }),
  );
}

/**
 * Brings all consumers up to date. One look tells who wants any of what is new: those run, the others,
 * on most turns nearly all, only move on, together.
 */
async function runConsumers(database: Database, consumers: readonly Consumer[]): Promise<void> {
  if (consumers.length === 0) return;
  for (;;) {
    const { seqs, events } = await database.read(systemActor('events'), async (tx) => {
      const rows = await tx.db.selectFrom('event_consumer').select(['name', 'seq']).execute();
      const seqs = new Map(rows.map((row) => [row.name, Number(row.seq)]));
      const first = Math.min(...consumers.map((one) => seqs.get(one.name) ?? 0));
      return { seqs, events: await eventsAfter(tx.sql, first, BATCH) };
    });
    const last = events.at(-1);
    if (!last) return;
    const wants = ({ name, topics }: Consumer) =>
      !seqs.has(name) ||
      events.some((event) => event.seq > seqs.get(name)! && topics.includes(event.topic));
    const { idle = [], busy = [] } = Object.groupBy(consumers, (one) =>
      wants(one) ? 'busy' : 'idle',
    );
    if (idle.length > 0) await moveOn(database, idle, { from: events[0]!.seq - 1, to: last.seq });
    await runBusy(database, busy);
    if (events.length < BATCH) return;
  }
}

/** A few side by side. One that fails holds up no other; what it threw is thrown in the end. */
async function runBusy(database: Database, consumers: readonly Consumer[]): Promise<void> {
  const queue = consumers.values();
  const failed: unknown[] = [];
  const lane = async () => {
    for (const consumer of queue) {
      try {
        while (await runConsumer(database, consumer));
      } catch (thrown) {
        failed.push(thrown);
      }
    }
  };
  await Promise.all(Array.from({ length: CONSUMERS_AT_ONCE }, lane));
  if (failed.length > 0) throw failed[0];
}

/** Moves consumers on that want none of the events between. One that another process moved further stays there. */
function moveOn(
  database: Database,
  consumers: readonly Consumer[],
  seqs: { from: number; to: number },
): Promise<unknown> {
  const names = consumers.map((one) => one.name);
  return database.write(systemActor('events'), null, (tx) =>
    tx.db
      .updateTable('event_consumer')
      .set({ seq: seqs.to })
      .where('name', '=', sql<string>`any(${names}::text[])`)
      .where('seq', '>=', seqs.from)
      .where('seq', '<', seqs.to)
      .execute(),
  );
}

/** One batch of one consumer; true when there may be more. */
async function runConsumer(database: Database, consumer: Consumer): Promise<boolean> {
  return await database.write(systemActor(consumer.name), null, async (tx) => {
    await tx.db
      .insertInto('event_consumer')
      .values({ name: consumer.name })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const { seq } = await tx.db
      .selectFrom('event_consumer')
      .select('seq')
      .where('name', '=', consumer.name)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const events = await eventsAfter(tx.sql, seq, BATCH);
    if (events.length === 0) return false;
    const wanted = events.filter((event) => consumer.topics.includes(event.topic));
    if (wanted.length > 0) await consumer.consume(tx, wanted);
    await tx.db
      .updateTable('event_consumer')
      .set({ seq: events.at(-1)!.seq })
      .where('name', '=', consumer.name)
      .execute();
    return events.length === BATCH;
  });
}
