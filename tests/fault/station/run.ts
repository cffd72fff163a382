import { comeBack, tillTurn } from './away.ts';
import { giveBackTurn } from './give-back.ts';
import { decideGroups, grantedTurn, groupTurn } from './group.ts';
import { judge } from './judge.ts';
import { fetchOrder, lateTurn, phoneTurn } from './phone.ts';
import { closeMonth, closeShifts, rest } from './rest.ts';

import { below, chance, issueVouchers, openWorld, type World } from './world.ts';

/** After so many orders, or a fifth of all, a month is closed while tills go on selling and giving back; for a year at most. */
const MONTH_ORDERS = 2_500;
const MONTHS_MOST = 10;
const ISSUE_EVERY = 8;
const ISSUED = 12;
const SECONDS_MOST = 300;
/** Of 100 turns, in how many a connection is cut, and after how many the server is killed: seldom in a long run, as it must start again. */
const CUT = 0.25;
const KILL_EVERY = 3;
const KILL_EVERY_IN_LONG_RUN = 60;
const LONG_RUN_ORDERS = 1_000;
const KILL_WITHIN_MILLIS = 120;
const SAY_EVERY = 50;

export interface SoakTold {
  orders: number;
  refunds: number;
  groups: number;
  failedGroups: number;
  writeOffs: number;
  servers: number;
  connections: number;
  again: number;
  refusals: Record<string, number>;
  /** What differs from the model or should not have happened, in words. */
  problems: string[];
}

/**
 * Lets two stations work until so many orders were made: tills with and without network, telephones, group-buys, returns,
 * months that are closed, while the server and its connections are killed; then holds everything against the model. The
 * same seed tries the same; who wins a race, and where a kill falls, is the machine's.
 */
export async function stationSoak(size: {
  orders: number;
  seed: number;
  /** It comes to rest earlier when so much time is over. */
  minutes: number;
  say: (line: string) => void;
}): Promise<SoakTold> {
  const world = await openWorld(size.seed);
  try {
    const { model, client } = world;
    const month = Math.floor(Math.min(size.orders / 5, MONTH_ORDERS));
    const months = Array.from({ length: MONTHS_MOST }, (_, index) => (index + 1) * month);
    const until = performance.now() + size.minutes * 60_000;
    const isOver = () => model.counts.orders >= size.orders || performance.now() > until;
    for (let turn = 0; !isOver(); turn += 1) {
      await workOneTurn(world, {
        turn,
        isMonthOver: (months[0] ?? Number.POSITIVE_INFINITY) <= model.counts.orders,
        killEvery: size.orders < LONG_RUN_ORDERS ? KILL_EVERY : KILL_EVERY_IN_LONG_RUN,
      });
      while (months.length > 0 && months[0]! <= model.counts.orders) months.shift();
      if (turn % SAY_EVERY === 0)
        size.say(
          `${model.counts.orders} orders, ${model.counts.refunds} returns, ${client.told.servers} kills`,
        );
      if (world.problems.length > 0) break;
    }
    await comeToRest(world);
    return {
      ...model.counts,
      ...client.told,
      refusals: Object.fromEntries(model.refusals),
      problems: await judge(world),
    };
  } finally {
    await world.close();
  }
}

interface Turn {
  turn: number;
  isMonthOver: boolean;
  killEvery: number;
}

async function workOneTurn(world: World, { turn, isMonthOver, killEvery }: Turn): Promise<void> {
  const { client, tills } = world;
  const random = world.random(turn, 0);
  client.now = new Date(client.now.getTime() + (31 + below(random, SECONDS_MOST)) * 1_000);
  world.busy.clear();
  if (turn % ISSUE_EVERY === 0) await issueVouchers(world, random, ISSUED);
  const jobs = [
    ...tills.map(async (till, at) => {
      await tillTurn(world, till, world.random(turn, 1 + at));
      if (chance(random, 0.4)) await giveBackTurn(world, till, world.random(turn, 21 + at));
    }),
    ...[41, 42].map((job) => phoneTurn(world, world.random(turn, job))),
    lateTurn(world, world.random(turn, 43)),
    ...(chance(random, 0.5) ? [groupTurn(world, world.random(turn, 44))] : []),
    client.ask('tick', undefined),
    ...(isMonthOver ? [closeMonth(world)] : []),
    crash(world, turn, killEvery),
  ];
  const ended = await Promise.allSettled(jobs);
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  await grantedTurn(world, world.random(turn, 45));
  await decideGroups(world);
}

/** Kills what the turn's number says, somewhere in the middle of the turn. */
async function crash({ client, random }: World, turn: number, killEvery: number): Promise<void> {
  const chosen = random(turn, 90);
  await new Promise((resolve) => setTimeout(resolve, below(chosen, KILL_WITHIN_MILLIS)));
  if (turn % killEvery === killEvery - 1) client.killServer();
  else if (chance(chosen, CUT)) await client.killConnection();
}

/** Tills come back, groups end, orders are fetched, months are closed until nothing is due, drawers are counted. */
async function comeToRest(world: World): Promise<void> {
  for (const till of world.tills) if (till.away) await comeBack(world, till, world.random(0, 91));
  await rest(world);
  for (const row of await world.client.query<{ id: string; place: string }>(
    `select id, place_id as place from sale_order where state = 'paid'`,
  )) {
    const station = world.shop.stations.findIndex((one) => one.id === row.place);
    await fetchOrder(world, { orderId: row.id, station });
  }
  for (let month = 0; month < 4; month += 1) {
    await rest(world);
    await closeMonth(world);
  }
  await closeShifts(world);
}
