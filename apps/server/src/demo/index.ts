import { readFileSync } from 'node:fs';
import { fixedClock, seededRandom, type Random } from '@wennuan/basics';
import { compose, type Application } from '../compose.ts';
import type { ShowProgress } from '../commands/application.ts';
import { systemActor, type Actor } from '../platform/actor.ts';
import type { Connection } from '../platform/database/roles.ts';
import { openDemoStaff } from './staff.ts';

/** Everything the parts of the demo share. */
export interface Demo extends Application {
  clock: ReturnType<typeof fixedClock>;
  random: Random;
  /** Staff by sign-in name. */
  staff: Map<string, Actor>;
  showProgress: ShowProgress;
}

interface DemoOptions {
  connection: Connection;
  dataDir: string;
  showProgress: ShowProgress;
}

const SEED = 20_181_226;
const DAYS_BACK = 75;

/**
 * Makes the demo district in an empty one by running the real use cases on a clock that walks from
 * eleven weeks ago to now, so that ledger, audit and clocks hold for it too. The same seed and day
 * give the same district.
 */
export async function buildDemo({ connection, dataDir, showProgress }: DemoOptions): Promise<void> {
  const now = new Date();
  const clock = fixedClock(new Date(now.getTime() - DAYS_BACK * 86_400_000));
  const application = await compose({
    connection,
    dataDir,
    clock,
    sandbox: true,
    limitRates: false,
    federationContact: '0371-00002727',
    log: false,
  });
  const demo: Demo = {
    ...application,
    clock,
    random: seededRandom(SEED),
    staff: new Map(),
    showProgress,
  };
  try {
    await demo.place.importSheet(
      readFileSync(new URL('../../../../demo/areas.csv', import.meta.url)),
    );
    await openDemoStaff(demo);
    clock.set(now);
    await markAsDemo(demo);
    await demo.events.settle();
  } finally {
    await application.close();
  }
}

async function markAsDemo(demo: Demo): Promise<void> {
  await demo.database.write(systemActor('demo'), 'demo.mark', async (tx) => {
    await tx.db
      .insertInto('setting')
      .values({ name: 'demo', value: 'yes' })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: 'yes' }))
      .execute();
    tx.touched('setting', 'demo');
  });
}
