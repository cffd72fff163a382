import { parentPort, Worker, workerData } from 'node:worker_threads';
import { type Database, openDatabase } from './database/database.ts';
import type { Connection } from './database/roles.ts';

/** A use case for many that runs in a thread of its own, one batch at a time. */
export interface Beside<Command, Outcome> {
  /** Runs a batch whose moment is `now`. Throws as the use case does; an outage keeps its code. */
  run(commands: Command[], now: Date): Promise<Outcome[]>;
  close(): Promise<void>;
}

interface Batch<Command> {
  commands: Command[];
  now: Date;
}
type Answer<Outcome> = { outcomes: Outcome[] } | { message: string; code: unknown };

/** What an ended thread leaves: whether its batch was kept is unknown, as after a lost connection. */
const ENDED = Object.assign(new Error('the thread beside the server ended'), {
  code: 'ECONNRESET',
});

/**
 * Starts `file` (which calls {@link serveBeside}) in a thread when the first batch comes, and again when it has ended.
 * A batch is a dozen statements one after another; in the thread that reads requests each would wait until all that has
 * arrived is read.
 */
export function beside<Command, Outcome>(
  file: URL,
  connection: Connection,
): Beside<Command, Outcome> {
  const { ownerUrl, schema, secret } = connection;
  let worker: Worker | null = null;
  const started = () => {
    if (worker) return worker;
    const fresh = new Worker(file, { workerData: { ownerUrl, schema, secret } });
    fresh.once('exit', () => (worker = null));
    // What it died of is told to whoever waits; nobody may be waiting.
    fresh.on('error', () => undefined);
    return (worker = fresh);
  };
  return {
    async run(commands, now) {
      const answer = await ask<Command, Outcome>(started(), { commands, now });
      if ('outcomes' in answer) return answer.outcomes;
      throw Object.assign(new Error(answer.message), { code: answer.code });
    },
    async close() {
      const last = worker;
      if (!last) return;
      const ended = new Promise((resolve) => last.once('exit', resolve));
      last.postMessage(null);
      await ended;
    },
  };
}

function ask<Command, Outcome>(worker: Worker, batch: Batch<Command>): Promise<Answer<Outcome>> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(ENDED);
    worker.once('exit', ended);
    worker.once('message', (answer: Answer<Outcome>) => {
      worker.off('exit', ended);
      resolve(answer);
    });
    worker.postMessage(batch);
  });
}

/** In the thread: answers batches with a database of its own until it is told to close. */
export function serveBeside<Command, Outcome>(
  useCase: (database: Database, commands: Command[]) => Promise<Outcome[]>,
): void {
  const port = parentPort;
  if (!port) throw new Error('not a thread');
  let moment = new Date(0);
  const connection = workerData as Connection;
  const database = openDatabase({ ...connection, clock: { now: () => moment } });
  const answer = async (batch: Batch<Command>): Promise<Answer<Outcome>> => {
    moment = batch.now;
    try {
      return { outcomes: await useCase(database, batch.commands) };
    } catch (thrown) {
      const { message, code } = (thrown ?? {}) as { message?: unknown; code?: unknown };
      return { message: String(message), code };
    }
  };
  port.on('message', (batch: Batch<Command> | null) => {
    if (batch === null) void database.close().finally(() => port.close());
    else void answer(batch).then((said) => port.postMessage(said));
  });
}
