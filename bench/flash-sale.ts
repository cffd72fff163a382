import { fork, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { seededRandom } from '@wennuan/basics';
import { check } from '../packages/ledger/src/index.ts';
import { helloRate, makeClicks, rush, type Heard } from './flash-sale/crowd.ts';
import { type FlashDistrict, makeDistrict } from './flash-sale/district.ts';
import { makeNaive } from './flash-sale/naive.ts';
import { benchServer, median, percentile99, sqlOf } from './ledger/server.ts';
import type { BenchOptions, Figures } from './main.ts';

const PIECES = 1_000;
/** Stock that lasts: each request has to write. */
const PLENTY = 1_000_000;
/** Connections of the plain way: one a client, as it is measured elsewhere, and a pool, which waits less for the one row. */
const NAIVE_CONNECTIONS = { naive: 200, pooled: 16 };
const DATABASE_CONNECTIONS = 320;

/** Where each way is served. */
interface Ways {
  ours: number;
  naive: number;
  pooled: number;
}

interface Rates {
  sale: number[];
  naiveSale: number[];
  naiveHot: number[];
  pooledHot: number[];
  p99: number[];
  oversold: number;
  undersold: number;
}

/**
 * A flash group-buy over HTTP at 200 clients: 100,000 buyers want 1,000 pieces, some click twice, a tenth of those who
 * have one held let it go again. Against the plain UPDATE in a transaction a request, in the same framework, on the
 * same PostgreSQL with fsync: once with the same buyers and pieces, once while there is stock for everybody, which is
 * when each request has to write. A B B A; who has a piece is counted in the database before times count.
 */
export async function run({ quick, more, log }: BenchOptions): Promise<Figures> {
  const server = await benchServer({ large: false, connections: DATABASE_CONNECTIONS });
  try {
    const district = await makeDistrict(server, quick ? 10_000 : 100_000);
    const children: ChildProcess[] = [];
    try {
      const common = [server.url, district.schema, district.secret];
      const ours = new URL('./ledger/http-server.ts', import.meta.url);
      const plain = new URL('./flash-sale/naive-server.ts', import.meta.url);
      const ports = {
        ours: await start(children, ours, [...common, district.dataDir]),
        naive: await start(children, plain, [...common, String(NAIVE_CONNECTIONS.naive)]),
        pooled: await start(children, plain, [...common, String(NAIVE_CONNECTIONS.pooled)]),
      };
      const rounds = Number(more['rounds'] ?? (quick ? 2 : 5));
      return await takeTurns({ district, ports, rounds, log });
    } finally {
      for (const child of children) await stop(child);
      await district.close();
      rmSync(district.dataDir, { recursive: true, force: true });
    }
  } finally {
    await server.close();
  }
}

async function start(children: ChildProcess[], file: URL, args: string[]): Promise<number> {
  const child = fork(file, args);
  children.push(child);
  return await new Promise<number>((resolve, reject) => {
    child.once('message', (said) => resolve((said as { port: number }).port));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  child.removeAllListeners('exit');
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

interface Turns {
  district: FlashDistrict;
  ports: Ways;
  rounds: number;
  log: (line: string) => void;
}

async function takeTurns(turns: Turns): Promise<Figures> {
  const { district, ports, rounds, log } = turns;
  const random = seededRandom(99);
  const rates: Rates = {
    sale: [],
    naiveSale: [],
    naiveHot: [],
    pooledHot: [],
    p99: [],
    oversold: 0,
    undersold: 0,
  };
  await ourSale(turns, random);
  const hello = await helloRate(ports.naive, 20_000);
  for (let round = 0; round < rounds; round += 1) {
    const ours = async () => {
      const { heard, oversold, undersold } = await ourSale(turns, random);
      rates.sale.push(heard.decided / heard.seconds);
      rates.p99.push(percentile99(heard.millis));
      rates.oversold += oversold;
      rates.undersold += undersold;
    };
    const peer = async () => {
      const rateOf = async (way: 'naive' | 'pooled', stock: number, share: number) => {
        const heard = await naiveSale(turns, random, { way, stock, share });
        return heard.decided / heard.seconds;
      };
      rates.naiveSale.push(await rateOf('pooled', PIECES, 1));
      rates.naiveHot.push(await rateOf('naive', PLENTY, 0.01));
      rates.pooledHot.push(await rateOf('pooled', PLENTY, 0.02));
    };
    for (const act of round % 2 === 0 ? [ours, peer] : [peer, ours]) await act();
    log(
      `round ${round + 1}: ${last(rates.sale)} decided/s, p99 ${last(rates.p99)} ms; plain UPDATE ${last(rates.naiveSale)}/s in the same sale, ${last(rates.naiveHot)}/s while there is stock (pooled ${last(rates.pooledHot)}/s)`,
    );
  }
  const findings = await check(sqlOf(district.owner));
  if (findings.length > 0) throw new Error(`the books: ${findings[0]!.fact}`);
  return figuresOf(rates, hello);
}

function figuresOf(rates: Rates, hello: number): Figures {
  const over = (peer: readonly number[]) => rates.sale.map((rate, index) => rate / peer[index]!);
  return {
    decided_per_second: median(rates.sale),
    naive_update_per_second: median(rates.naiveHot),
    vs_naive_update: median(over(rates.naiveHot)),
    vs_naive_update_least: Math.min(...over(rates.naiveHot)),
    vs_naive_update_most: Math.max(...over(rates.naiveHot)),
    naive_pooled_per_second: median(rates.pooledHot),
    vs_naive_pooled: median(over(rates.pooledHot)),
    naive_same_sale_per_second: median(rates.naiveSale),
    vs_naive_same_sale: median(over(rates.naiveSale)),
    bare_hello_per_second: hello,
    vs_bare_hello: median(rates.sale) / hello,
    oversold: rates.oversold,
    undersold: rates.undersold,
    p99_ms: median(rates.p99),
  };
}

const last = (values: readonly number[]) => values.at(-1)!.toFixed(0);

async function ourSale({ district, ports }: Turns, random: () => number) {
  const { groupId, tickets } = await district.open(PIECES);
  const heard = await rush({
    port: ports.ours,
    clicks: makeClicks(tickets, random),
    buyers: district.buyers,
  });
  const { rows } = await district.owner.query<{ account_id: string }>(
    `select account_id from group_share where group_id = $1 and state in ('paid', 'picked_up')`,
    [groupId],
  );
  const owners = new Set(rows.map((row) => row.account_id));
  for (const buyer of heard.bought)
    if (!owners.has(district.buyers[buyer]!.accountId))
      throw new Error('somebody was told it is hers and it is not');
  return { heard, ...leftOver(heard, rows.length) };
}

/** Pieces beyond what there is, and pieces left although somebody was told that all are sold. */
function leftOver(heard: Heard, sold: number): { oversold: number; undersold: number } {
  return {
    oversold: Math.max(0, sold - PIECES) + Math.max(0, heard.bought.size - PIECES),
    undersold: heard.refused.size > 0 ? Math.max(0, PIECES - sold) : 0,
  };
}

async function naiveSale(
  { district, ports }: Turns,
  random: () => number,
  { way, stock, share }: { way: 'naive' | 'pooled'; stock: number; share: number },
): Promise<Heard> {
  await makeNaive(district.owner, stock);
  const { tickets } = await district.open(PIECES);
  const clicks = makeClicks(tickets.slice(0, Math.ceil(tickets.length * share)), random);
  const heard = await rush({ port: ports[way], clicks, buyers: district.buyers });
  const { rows } = await district.owner.query<{ sold: number }>(
    'select count(*)::int as sold from naive_order',
  );
  if (rows[0]!.sold !== heard.bought.size) throw new Error('the plain UPDATE lost somebody');
  return heard;
}
