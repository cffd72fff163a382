import { parentPort, workerData } from 'node:worker_threads';
import { Deriver } from './derive.ts';
import { callOf, type DeriverCall } from './derive.run.ts';
import type { DeriveGround } from './derive.types.ts';

const deriver = new Deriver(workerData as DeriveGround);
parentPort?.on('message', (call: DeriverCall) => {
  parentPort?.postMessage(callOf(deriver, call));
});
