import { parentPort, Worker } from 'node:worker_threads';

/** Work that runs in a thread of its own, one batch at a time. */
export interface Beside<Batch, Answer> {
  /** Runs a batch; the next one may be given when it was answered. Throws as the work does; an outage keeps its code. */
  run(batch: Batch): Promise<Answer>;
  close(): Promise<void>;
}

type Said<Answer> = { answer: Answer } | { message: string; code: unknown };

/**
 * Starts `file` (which calls {@link serveBeside}) in a thread when the first batch comes, and again when it has ended.
 * `data` is what the thread knows from its start.
 */
export function beside<Batch, Answer>(file: URL, data?: unknown): Beside<Batch, Answer> {
  let worker: Worker | null = null;
  const started = () => {
    if (worker) return worker;
    const fresh = new Worker(file, { workerData: data });
    fresh.once('exit', () => (worker = null));
    return (worker = fresh);
  };
  return {
    async run(batch) {
      const said = await ask<Batch, Answer>(started(), batch);
      if ('answer' in said) return said.answer;
      throw Object.assign(new Error(said.message), { code: said.code });
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

function ask<Batch, Answer>(worker: Worker, batch: Batch): Promise<Said<Answer>> {
  return new Promise((resolve, reject) => {
    let reason: unknown;
    const failed = (error: unknown) => (reason = error);
    const ended = () => reject(endedBy(reason));
    worker.once('error', failed);
    worker.once('exit', ended);
    worker.once('message', (said: Said<Answer>) => {
      worker.off('error', failed);
      worker.off('exit', ended);
      resolve(said);
    });
    worker.postMessage(batch);
  });
}

/** What an ended thread leaves: whether its batch was kept is unknown, as after a lost connection. */
function endedBy(reason: unknown): Error {
  const why = reason instanceof Error ? `: ${reason.message}` : '';
  return Object.assign(new Error(`the thread beside the server ended${why}`, { cause: reason }), {
    code: 'ECONNRESET',
  });
}

/** In the thread: answers batches until it is told to close; `close` then ends what it holds. */
export function serveBeside<Batch, Answer>(
  work: (batch: Batch) => Answer | Promise<Answer>,
  close: () => Promise<void> = async () => {},
): void {
  const port = parentPort;
  if (!port) throw new Error('not a thread');
  const said = async (batch: Batch): Promise<Said<Answer>> => {
    try {
      return { answer: await work(batch) };
    } catch (thrown) {
      const { message, code } = (thrown ?? {}) as { message?: unknown; code?: unknown };
      return { message: String(message), code };
    }
  };
  port.on('message', (batch: Batch | null) => {
    if (batch === null) void close().finally(() => port.close());
    else void said(batch).then((answer) => port.postMessage(answer));
  });
}
