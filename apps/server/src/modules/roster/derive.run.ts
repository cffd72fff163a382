import { Worker } from 'node:worker_threads';
import { derive } from './derive.ts';
import type { Derivation, DerivedMessage, DeriveInput, PersonPlan } from './derive.types.ts';

/** Fewer rows than this are put together at once: a thread of its own would take longer to begin. */
const ROWS_FOR_A_THREAD = 2_000;

/**
 * {@link derive} beside the server's work, so that nobody waits while many rows are compared. Takes the rows out of the input:
 * the thread has its own, and nobody needs a hundred thousand opened rows twice.
 */
export async function runDerive(input: DeriveInput): Promise<Derivation> {
  if (input.versions.length < ROWS_FOR_A_THREAD) return derive(input);
  return await new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./derive.worker.ts', import.meta.url), {
      workerData: input,
    });
    input.versions = [];
    input.model = null;
    const persons: PersonPlan[] = [];
    worker.on('message', (message: DerivedMessage) => {
      for (const person of message.persons) persons.push(person);
      if (!message.rest) return;
      resolve({ ...message.rest, persons });
      void worker.terminate();
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`linking ended with ${code}`)));
  });
}
