import { workerData } from 'node:worker_threads';
import { fixedClock, seededRandom, type Id } from '@wennuan/basics';
import { serveBeside } from '../platform/beside.ts';
import { bringPrograms } from './programs.ts';
import {
  composeDemo,
  type Registrar,
  type RegistryAnswer,
  type RegistryData,
  type RegistryStep,
} from './registry.ts';
import { readDemoRosters, takeRostersIn } from './rosters.ts';

const { connection, dataDir, at, arrivesOn, seed, scale } = workerData as RegistryData;
let application: Awaited<ReturnType<typeof composeDemo>> | null = null;
let read: { registrar: Registrar; deliveryIds: Id[] } | null = null;

async function readFiles(): Promise<void> {
  application = await composeDemo({ connection, dataDir, clock: fixedClock(at) });
  const registrar = { ...application, random: seededRandom(seed), scale };
  read = { registrar, deliveryIds: await readDemoRosters(registrar, arrivesOn) };
}

serveBeside<RegistryStep, RegistryAnswer>(
  async (step) => {
    if (step.step === 'read') await readFiles();
    if (step.step !== 'take_in' || !read) return [];
    const { registrar, deliveryIds } = read;
    const { district } = step;
    const officers = await takeRostersIn(registrar, { deliveryIds, district });
    await bringPrograms(registrar, district);
    await registrar.ticks.find(({ name }) => name === 'roster links')!.run();
    return officers;
  },
  async () => await application?.close(),
);
