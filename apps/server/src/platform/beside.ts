import { parentPort, Worker, type WorkerOptions } from 'node:worker_threads';

/** Work that runs in a thread of its own, one batch after another. */
export interface Beside<Batch, Answer> {
  /** Runs a batch after those given before. Throws as the work does; an outage keeps its code. */
  run(batch: Batch): Promise<Answer>;
  close(): Promise<void>;
}

type Said<Answer> = { answer: Answer } | { message: string; code: unknown };

interface Thread<Answer> {
  worker: Worker;
  /** Whoever waits for an answer, in the order in which they asked. */
  asked: PromiseWithResolvers<Said<Answer>>[];
}

/**
 * Starts `file` (which calls {@link serveBeside}) in a thread when the first batch comes, and again when it has ended.
 * `data` is what the thread knows from its start; `youngMegabytes` the room for what is young in it, for work on thousands of
 * rows at a time.
 */
export function beside<Batch, Answer>(
  file: URL,
  data?: unknown,
  youngMegabytes?: number,
): Beside<Batch, Answer> {
  let thread: Thread<Answer> | null = null;
  const options = {
    workerData: data,
    ...(youngMegabytes && { resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes } }),
  };
  const started = () => (thread ??= startThread<Answer>(file, options, () => (thread = null)));
  return {
    async run(batch) {
      const { worker, asked } = started();
      const mine = Promise.withResolvers<Said<Answer>>();
      asked.push(mine);
      worker.postMessage(batch);
      const said = await mine.promise;
      if ('answer' in said) return said.answer;
      throw Object.assign(new Error(said.message), { code: said.code });
    },
    async close() {
      if (!thread) return;
      const { worker } = thread;
      const ended = new Promise((resolve) => worker.once('exit', resolve));
      worker.postMessage(null);
      await ended;
    },
  };
}

function startThread<Answer>(file: URL, options: WorkerOptions, ended: () => void): Thread<Answer> {
  const worker = new Worker(file, options);
  const asked: Thread<Answer>['asked'] = [];
  let reason: unknown;
  worker.on('message', (said: Said<Answer>) => asked.shift()!.resolve(said));
  worker.once('error', (error) => (reason = error));
  worker.once('exit', () => {
    ended();
    for (const one of asked.splice(0)) one.reject(endedBy(reason));
  });
  return { worker, asked };
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
  let last: Promise<unknown> = Promise.resolve();
  port.on('message', (batch: Batch | null) => {
    last = last.then(async () => {
      if (batch === null) await close().finally(() => port.close());
      else port.postMessage(await said(batch));
    });
  });
}
