import { setImmediate } from 'node:timers/promises';

/**
 * Reckons something once what was asked of the database just before is on its way, so that both work at the same time; for
 * a `Promise.all` with that statement. Not for another statement: a transaction has one after another.
 */
export async function meanwhile<T>(work: () => T): Promise<T> {
  await setImmediate();
  return work();
}
