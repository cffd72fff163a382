import { Worker } from 'node:worker_threads';
import { Deriver } from './derive.ts';
import type { DeriveGround } from './derive.types.ts';

type Steps = 'take' | 'link' | 'rowsOf' | 'personsOf' | 'askedRows' | 'questions';

/** A step of the {@link Deriver} on its way to the thread that has it. */
export interface DeriverCall {
  step: Steps;
  given: unknown[];
}

/** What the step gives. */
export function callOf(deriver: Deriver, { step, given }: DeriverCall): unknown {
  return (deriver[step] as (...given: unknown[]) => unknown).apply(deriver, given);
}

/** A {@link Deriver}, here or in a thread of its own; one step at a time. */
export interface Deriving {
  call<Step extends Steps>(
    step: Step,
    ...given: Parameters<Deriver[Step]>
  ): Promise<ReturnType<Deriver[Step]>>;
  close(): Promise<void>;
}

/** Fewer rows than this are put together at once: a thread of its own would take longer to begin. */
const ROWS_FOR_A_THREAD = 2_000;

/** What is young in the thread: rows come and go by the thousand, and hardly anything of them is kept. */
const YOUNG_MEGABYTES = 24;

/** Begins to put persons together from so many rows; beside the server's work, so that nobody waits while many are compared. */
export function startDeriving(ground: DeriveGround, rows: number): Deriving {
  return rows < ROWS_FOR_A_THREAD ? deriveHere(ground) : deriveBeside(ground);
}

function deriveHere(ground: DeriveGround): Deriving {
  const deriver = new Deriver(ground);
  return {
    call: async (step, ...given) => callOf(deriver, { step, given }) as never,
    close: async () => undefined,
  };
}

function deriveBeside(ground: DeriveGround): Deriving {
  const worker = new Worker(new URL('./derive.worker.ts', import.meta.url), {
    workerData: ground,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  });
  let failed: unknown = null;
  let waiting: { resolve: (result: never) => void; reject: (reason: unknown) => void } | null =
    null;
  const fail = (reason: unknown) => {
    failed ??= reason;
    waiting?.reject(failed);
  };
  worker.on('message', (result) => waiting?.resolve(result as never));
  worker.once('error', fail);
  worker.once('exit', (code) => fail(new Error(`linking ended with ${code}`)));
  return {
    call: (step, ...given) =>
      new Promise((resolve, reject) => {
        if (failed !== null) return reject(failed as Error);
        waiting = { resolve, reject };
        worker.postMessage({ step, given } satisfies DeriverCall);
      }),
    close: async () => void (await worker.terminate()),
  };
}
