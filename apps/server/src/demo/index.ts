import { readFileSync } from 'node:fs';
import { addDays, fixedClock, seededRandom, type Id, type Random } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Application } from '../compose/index.ts';
import type { ShowProgress } from '../commands/application.ts';
import { systemActor, type Actor } from '../platform/actor.ts';
import type { Connection } from '../platform/database/roles.ts';
import { beginAid, bringAid } from './aid.ts';
import { halfDaysBefore, type HalfDay } from './calendar.ts';
import { bringCounter } from './counter.ts';
import { keepDemoFiles } from './files.ts';
import { arrivalOf, declareLate, endSomeCases } from './findings.ts';
import { bringGiving, openGiving } from './giving.script.ts';
import { createGiftDesk, type GiftDesk } from './gifts.ts';
import { openTodaysDistribution } from './goods.script.ts';
import type { Shelves } from './goods.shelves.ts';
import { openMoney, planGeneralGifts, type Money } from './money.ts';
import { meetPeople, type People } from './people.ts';
import { bringPapers } from './papers.ts';
import { drawThings, type Things } from './pictures.ts';
import { planScripts } from './plan.ts';
import { composeDemo, startRegistry } from './registry.ts';
import { openDemoStaff, signInOf, writeSignIns } from './staff.ts';
import { bringStatements } from './statements.ts';
import { walk } from './walk.ts';
import { endWechat, giveByWechat, wechatHalf, type PaidTwice } from './wechat.script.ts';

/** Everything the parts of the demo share. */
export interface Demo extends Application {
  clock: ReturnType<typeof fixedClock>;
  random: Random;
  seed: number;
  /** How many act side by side. */
  lanes: number;
  /** How many needs, gifts and files are made; 1 is a busy district, less than a half is for tests. */
  scale: number;
  halves: HalfDay[];
  /** The half-day that is being lived. */
  half: HalfDay;
  /** Moves the clock on a little, so that what happens in one half-day does not happen at one instant. */
  moment(): void;
  /** Password and TOTP secret of a demo account. */
  signIn(name: string): { password: string; totpSecret: string };
  /** Staff by sign-in name. */
  staff: Map<string, Actor>;
  people: People;
  money: Money;
  gifts: GiftDesk;
  things: Things;
  /** Where the goods lie, once their story has begun. */
  shelves: Shelves | null;
  /** What was given twice over WeChat Pay, once it was. */
  paidTwice: PaidTwice | null;
  /** States of needs as they were when the half-day began. */
  states: Map<Id, string>;
  showProgress: ShowProgress;
}

interface DemoOptions {
  connection: Connection;
  dataDir: string;
  showProgress: ShowProgress;
  /** The moment at which the story has arrived; the machine's by default. */
  now?: Date;
  seed?: number;
  scale?: number;
}

const SEED = 20_181_226;
/** What a first start makes: every state of everything, in the time somebody is willing to wait. */
const SCALE = 0.5;
const DAYS_BACK = 77;
const LANES = 4;
/** Fewer while rosters are taken in: that is one long chain, for which the story waits in the end. */
const LANES_BESIDE_REGISTRY = 2;
/** Long enough ago that whoever was found and not visited is a case of aid supervision. */
const AID_DAYS_BACK = 33;
/** Half working days between the night in which aid supervision first looked and the present. */
const LOOKED_HALVES_BACK = 3;

/**
 * Makes the demo district in an empty one by running the real use cases on a clock that walks from
 * eleven weeks ago to now, so that ledger, audit and clocks hold for it too. The same seed and day
 * give the same district: names, amounts and texts; ids differ.
 */
export async function buildDemo(options: DemoOptions): Promise<void> {
  const {
    connection,
    dataDir,
    showProgress,
    now = new Date(),
    seed = SEED,
    scale = SCALE,
  } = options;
  const halves = halfDaysBefore(now, DAYS_BACK);
  const first = halves.find((half) => half.isWorking)!;
  const clock = fixedClock(first.begins);
  const application = await composeDemo({ connection, dataDir, clock });
  const demo: Demo = {
    ...application,
    clock,
    random: seededRandom(seed),
    seed,
    lanes: LANES_BESIDE_REGISTRY,
    scale,
    halves: halves.slice(first.index).map((half, index) => ({ ...half, index })),
    half: { ...first, index: 0 },
    moment: () => undefined,
    signIn: signInOf,
    staff: new Map(),
    people: new Map(),
    money: { suppliers: [], enterprises: [], campaigns: {}, funds: new Map() } as unknown as Money,
    gifts: createGiftDesk(),
    things: new Map(),
    shelves: null,
    paidTwice: null,
    states: new Map(),
    showProgress,
  };
  const at = first.begins;
  const registry = startRegistry({
    connection,
    dataDir,
    at,
    arrivesOn: arrivalOf(demo),
    seed,
    scale,
  });
  try {
    await mark(demo, 'building');
    await live(demo, registry);
    clock.set(now);
    await arrive(demo);
  } finally {
    await registry.close();
    await application.close();
  }
}

async function live(demo: Demo, registry: ReturnType<typeof startRegistry>): Promise<void> {
  const begun = unawaited(registry.run({ step: 'begin' }));
  await demo.place.importSheet(
    readFileSync(new URL('../../../../demo/areas.csv', import.meta.url)),
  );
  const files = unawaited(begun.then(() => registry.run({ step: 'read' })));
  await openDemoStaff(demo);
  demo.things = await drawThings();
  demo.people = await meetPeople(demo);
  const district = demo.staff.get('district')!;
  const officers = unawaited(files.then(() => registry.run({ step: 'take_in', district })));
  demo.money = await openMoney(demo);
  await openGiving(demo);
  planGeneralGifts(demo, demo.seed + 1);
  await walk(demo, planScripts(demo), async (half) => {
    await demo.gifts.arrive(demo, half);
    if (half.index === wechatHalf(demo)) demo.paidTwice = await giveByWechat(demo);
    if (half.index === workingHalf(demo, AID_DAYS_BACK)) {
      for (const [name, officer] of await officers) demo.staff.set(name, officer);
      demo.lanes = LANES;
      await beginAid(demo);
    }
    if (half.index === firstLook(demo)) await demo.supervision.look();
  });
}

/** Whoever waits for it later hears of a fault; until then nobody does. */
function unawaited<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}

/** The last half working day that is at least so many days ago. */
function workingHalf({ halves }: Demo, daysBack: number): number {
  const until = addDays(halves.at(-1)!.date, -daysBack);
  return halves.findLast(({ date, isWorking }) => date <= until && isWorking)!.index;
}

function firstLook({ halves }: Demo): number {
  return halves.filter(({ isWorking }) => isWorking).at(-LOOKED_HALVES_BACK)!.index;
}

/** The present: clocks tick once more, figures are reckoned, and the district says that it is a demo. */
async function arrive(demo: Demo): Promise<void> {
  await demo.program.evaluate();
  await keepDemoFiles(demo);
  await bringAid(demo);
  await declareLate(demo);
  await openTodaysDistribution(demo);
  await bringCounter(demo);
  await writeSignIns(demo);
  await demo.events.settle();
  await bringPapers(demo);
  await bringGiving(demo);
  await bringStatements(demo);
  if (demo.paidTwice) await endWechat(demo, demo.paidTwice);
  for (const tick of demo.ticks) if (tick.name !== 'sandbox.send_notices') await tick.run();
  await endSomeCases(demo);
  await demo.events.settle();
  await mark(demo, 'yes');
}

/** Says that this is a demo district, or one that is not yet whole; the last commit of the demo. */
async function mark({ database }: Demo, value: 'building' | 'yes'): Promise<void> {
  await database.write(systemActor('demo'), 'demo.mark', async (tx) => {
    // This commit waits for the disk, and with it all that came before.
    await sql`set local synchronous_commit to on`.execute(tx.db);
    await tx.db
      .insertInto('setting')
      .values({ name: 'demo', value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute();
    tx.touched('setting', 'demo');
  });
}
