import { workerData } from 'node:worker_threads';
import { fixedClock, seededRandom, type Id } from '@wennuan/basics';
import { serveBeside } from '../platform/beside.ts';
import { bringPrograms } from './programs.ts';
import {
  composeDemo,
  type RegistryAnswer,
  type RegistryData,
  type RegistryStep,
} from './registry.ts';
import { readDemoRosters, takeRostersIn } from './rosters.ts';

const { connection, dataDir, at, arrivesOn, seed, scale } = workerData as RegistryData;
const application = await composeDemo({ connection, dataDir, clock: fixedClock(at) });
const registrar = { ...application, random: seededRandom(seed), scale };
let deliveryIds: Id[] = [];

serveBeside<RegistryStep, RegistryAnswer>(
  async (step) => {
    if (step.step === 'read') {
      deliveryIds = await readDemoRosters(registrar, arrivesOn);
      return [];
    }
    const { district } = step;
    const officers = await takeRostersIn(registrar, { deliveryIds, district });
    await bringPrograms(registrar, district);
    await registrar.ticks.find(({ name }) => name === 'roster links')!.run();
    return officers;
  },
  () => application.close(),
);
