import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId, seededRandom } from '@wennuan/basics';
import { openAccounts } from '../packages/ledger/src/index.ts';
import { type Gift, makeDay, requestOf } from './giving-day/donors.ts';
import { Sender } from './giving-day/sender.ts';
import { type Books, type GivingServer, startGivingServer } from '../tooling/giving-server.ts';
import { Watch } from './giving-day/watch.ts';
import { postEach } from './ledger/posting.ts';
import { benchServer, percentile99, sqlOf } from './ledger/server.ts';
import type { BenchOptions, Figures } from './main.ts';

const CLIENTS = 16;
const CONNECTIONS = 256;
/** The day is replayed at this share of the highest rate the server reached before. */
const LOAD = 0.8;
/** Every so manieth donor's client sends again although it was answered; as many notices come once more, much later. */
const AGAIN_EVERY = 20;
const LOOK_EVERY_MILLIS = 250;
const PACE_MILLIS = 5;

interface Replay {
  server: GivingServer;
  gifts: Gift[];
  log: (line: string) => void;
}

interface Day {
  /** Gift number by index, as acknowledged. */
  numbers: Map<number, string>;
  /** Answers that contradict an earlier one. */
  contradictions: number;
  refused: string[];
  millis: number[];
  watch: ReturnType<Watch['figures']>;
  seconds: number;
}

/**
 * A giving day over HTTP: 200,000 donors and ¥14 million in bursts, with clients that retry, notices that are repeated and
 * shuffled, and one kill -9 each of the server and of PostgreSQL while it runs. Books are compared before times count.
 */
export async function run({ quick, log }: BenchOptions): Promise<Figures> {
  const each = await measureEach(quick ? 1 : 5);
  const dataDir = mkdtempSync(join(tmpdir(), 'wennuan-giving-day-'));
  try {
    const server = await startGivingServer(dataDir);
    try {
      const flood = await measurePeak(server, { count: quick ? 3_000 : 20_000, log });
      log(
        `peak ${flood.perSecond.toFixed(0)} gifts/s, one transaction a gift ${each.toFixed(0)}/s`,
      );
      const gifts = makeDay({
        count: quick ? 5_000 : 200_000,
        sumFen: quick ? 35_000_000 : 1_400_000_000,
        peakPerSecond: flood.perSecond * LOAD,
        projectCode: server.projectCode,
        privateKey: server.privateKey,
        seed: 99,
        progress: (done) => log(`  ${done} notices signed`),
      });
      const day = await replay({ server, gifts, log });
      const books = await server.books();
      return figuresOf({ day, gifts, books, flood, each });
    } finally {
      await server.close();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The peer: the same ledger with one durable transaction a gift at 16 clients. */
async function measureEach(seconds: number): Promise<number> {
  const server = await benchServer({ large: false });
  try {
    await server.makeDistrict('each');
    const clients = await Promise.all(
      Array.from({ length: CLIENTS }, () => server.connect('each')),
    );
    const accounts = { channel: newId(), fund: newId() };
    await openAccounts(sqlOf(clients[0]!), [
      { id: accounts.channel, kind: 'world', unit: 'fen', code: null },
      { id: accounts.fund, kind: 'inner', unit: 'fen', code: null },
    ]);
    const rate = await postEach(clients, accounts, seconds);
    await Promise.all(clients.map((client) => client.end()));
    return rate;
  } finally {
    await server.close();
  }
}

interface Flood {
  perSecond: number;
  orders: string[];
  sumFen: number;
}

/** The highest rate: as many gifts as come, each connection with its next one as soon as it was answered. */
async function measurePeak(
  server: GivingServer,
  { count, log }: { count: number; log: (line: string) => void },
): Promise<Flood> {
  const orders = Array.from({ length: count }, () => newId());
  const requests = orders.map((platformOrder) =>
    requestOf({ ...server, platformOrder, amountFen: 100 }),
  );
  let done = 0;
  const sender = new Sender(server.port, CONNECTIONS, {
    acknowledged: () => void (done += 1),
    refused: (_, answer) => log(`refused: ${answer}`),
  });
  const warm = Math.floor(count / 5);
  for (const [index, request] of requests.slice(0, warm).entries()) sender.send(index, request);
  while (sender.left > 0) await sleep(5);
  const begin = performance.now();
  for (const [index, request] of requests.slice(warm).entries()) sender.send(warm + index, request);
  while (sender.left > 0) await sleep(2);
  const perSecond = (count - warm) / ((performance.now() - begin) / 1_000);
  sender.stop();
  if (done !== count) throw new Error(`${count - done} gifts of the flood were not taken`);
  return { perSecond, orders, sumFen: count * 100 };
}

async function replay({ server, gifts, log }: Replay): Promise<Day> {
  const random = seededRandom(7);
  const watch = new Watch();
  const before = (await server.shownFen()) ?? 0;
  const numbers = new Map<number, string>();
  const refused: string[] = [];
  const millis: number[] = [];
  let contradictions = 0;
  let calm = true;
  let over = false;
  const later: { index: number; at: number }[] = [];
  const sender = new Sender(server.port, CONNECTIONS, {
    acknowledged(index, number, took, at) {
      const known = numbers.get(index);
      if (known !== undefined) {
        if (known !== number) contradictions += 1;
        return;
      }
      numbers.set(index, number);
      watch.acknowledged(gifts[index]!.amountFen, at);
      if (calm) millis.push(took);
      if (index % AGAIN_EVERY === 0) sender.send(index, gifts[index]!.request);
      if (index % AGAIN_EVERY === 1) later.push({ index, at: at + 1_000 + random() * 20_000 });
    },
    refused: (index, answer) => void refused.push(`${index}: ${answer}`),
  });
  const looking = lookOn({ server, watch, before, calm: () => calm, over: () => over });
  const kills = [
    { at: Math.floor(gifts.length / 3), name: 'server', act: () => server.killServer() },
    {
      at: Math.floor((gifts.length * 2) / 3),
      name: 'PostgreSQL',
      act: () => server.killDatabase(),
    },
  ];
  const begin = performance.now();
  for (let next = 0; next < gifts.length;) {
    const now = performance.now() - begin;
    for (; next < gifts.length && gifts[next]!.sentAfter <= now; next += 1) {
      watch.sent(gifts[next]!.amountFen);
      sender.send(next, gifts[next]!.request, begin + gifts[next]!.sentAfter);
    }
    if (kills[0] && next >= kills[0].at) {
      const kill = kills.shift()!;
      calm = false;
      log(`kill -9 of ${kill.name} at gift ${next}`);
      void kill.act().then(async () => {
        // What piled up meanwhile belongs to the window of the kill.
        while (sender.left > CONNECTIONS / 4) await sleep(20);
        calm = true;
        log(`${kill.name} is back, nothing waits`);
      });
    }
    for (const one of later.splice(0)) {
      if (one.at <= performance.now()) sender.send(one.index, gifts[one.index]!.request);
      else later.push(one);
    }
    await sleep(PACE_MILLIS);
  }
  const seconds = (performance.now() - begin) / 1_000;
  for (const one of later) sender.send(one.index, gifts[one.index]!.request);
  while (sender.left > 0) await sleep(20);
  await sleep(1_500);
  over = true;
  await looking;
  sender.stop();
  return { numbers, contradictions, refused, millis, watch: watch.figures(), seconds };
}

interface Look {
  server: GivingServer;
  watch: Watch;
  before: number;
  calm: () => boolean;
  over: () => boolean;
}

/** Reads the campaign's page again and again, as those do who watch a giving day. */
async function lookOn({ server, watch, before, calm, over }: Look): Promise<void> {
  while (!over()) {
    const askedAt = performance.now();
    const shown = await server.shownFen();
    if (shown !== null) watch.looked(askedAt, shown - before, calm());
    await sleep(LOOK_EVERY_MILLIS);
  }
}

function figuresOf(run: {
  day: Day;
  gifts: Gift[];
  books: Books;
  flood: Flood;
  each: number;
}): Figures {
  const { day, gifts, books, flood, each } = run;
  if (day.refused.length > 0) throw new Error(`refused: ${day.refused.slice(0, 3).join('; ')}`);
  if (books.findings > 0)
    throw new Error(`the check of the books found ${books.findings} problems`);
  const orders = new Set([...gifts.map((gift) => gift.platformOrder), ...flood.orders]);
  const lost = gifts.filter((gift, index) => {
    const stored = books.gifts.get(gift.platformOrder);
    return day.numbers.has(index) && stored?.amountFen !== gift.amountFen;
  }).length;
  const strangers = [...books.gifts.keys()].filter((order) => !orders.has(order)).length;
  const numbers = new Set([...books.gifts.values()].map(({ number }) => number)).size;
  const sumFen = gifts.reduce((sum, gift) => sum + gift.amountFen, 0) + flood.sumFen;
  const storedFen = [...books.gifts.values()].reduce((sum, { amountFen }) => sum + amountFen, 0);
  return {
    donors: gifts.length,
    lost,
    doubled: day.contradictions + strangers + (books.gifts.size - numbers),
    total_error_fen: Math.abs(storedFen - sumFen) + Math.abs(books.postedFen - sumFen),
    shown_above_confirmed: day.watch.shownAboveFen,
    feed_lag_ms: day.watch.lagMillis,
    p99_ms: percentile99(day.millis),
    gifts_per_second: gifts.length / day.seconds,
    peak_per_second: flood.perSecond,
    txn_each_per_second: each,
    peak_vs_txn_each: flood.perSecond / each,
  };
}
