import { parentPort, workerData } from 'node:worker_threads';
import { derive } from './derive.ts';
import type { DeriveInput } from './derive.types.ts';

parentPort?.postMessage(derive(workerData as DeriveInput));
