import { parentPort, workerData } from 'node:worker_threads';
import { derive } from './derive.ts';
import type { DerivedMessage, DeriveInput } from './derive.types.ts';

/** Persons handed over at once: a copy of all of them on the way would be as large as all rows. */
const PERSONS_AT_ONCE = 2_000;

const { persons, ...rest } = derive(workerData as DeriveInput);
const send = (message: DerivedMessage) => parentPort?.postMessage(message);
for (let start = 0; start < persons.length; start += PERSONS_AT_ONCE)
  send({ persons: persons.slice(start, start + PERSONS_AT_ONCE) });
send({ persons: [], rest });
