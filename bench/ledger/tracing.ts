import type pg from 'pg';
import { type Id, newId, seededRandom } from '@wennuan/basics';
import {
  openAccounts,
  post,
  trace,
  type TraceRequest,
  type TraceResult,
  type TransferCommand,
} from '../../packages/ledger/src/index.ts';
import { fillLedger, type FilledLedger } from './history.ts';
import { type BenchServer, median, percentile99, secondsOf, sqlOf } from './server.ts';

export interface TracingFigures {
  trace_p99_ms_1m: number;
  trace_p99_ms_10m: number | null;
  trace_vs_recursive: number;
  back_50k_gifts_ms: number;
  adversary_ms: number;
  adversary_steps: number;
}

interface Options {
  large: boolean;
  quick: boolean;
  log: (line: string) => void;
}

/** Traces in a ledger of a million transfers (a tenth when quick), of ten million when large. */
export async function benchTracing(server: BenchServer, options: Options): Promise<TracingFigures> {
  const { large, quick, log } = options;
  const [small, filled] = await filledDistrict(server, {
    name: 'million',
    size: quick ? 100_000 : 1_000_000,
    log,
  });
  const p99 = await oneHop(small, filled, quick ? 300 : 4_000);
  const recursive = await againstRecursive(small, filled, { rounds: quick ? 2 : 8, log });
  await small.end();
  const special = await server.connect('million');
  const back = await backBehindGifts(special, quick ? 5 : 30);
  const adversary = await againstAdversary(special, quick ? 20_000 : 100_000);
  await special.end();
  let p99Large: number | null = null;
  if (large) {
    const [client, more] = await filledDistrict(server, {
      name: 'ten_million',
      size: 10_000_000,
      log,
    });
    p99Large = await oneHop(client, more, 4_000);
    await client.end();
  }
  return {
    trace_p99_ms_1m: p99,
    trace_p99_ms_10m: p99Large,
    trace_vs_recursive: recursive,
    back_50k_gifts_ms: back,
    ...adversary,
  };
}

async function filledDistrict(
  server: BenchServer,
  { name, size, log }: { name: string; size: number; log: (line: string) => void },
): Promise<[pg.Client, FilledLedger]> {
  log(`tracing: filling ${size} transfers`);
  await server.makeDistrict(name);
  const client = await server.connect(name);
  return [client, await fillLedger(client, size, log)];
}

/** Milliseconds that 99 of 100 one-hop traces stay below, asked over the wire, half each way. */
async function oneHop(client: pg.Client, filled: FilledLedger, count: number): Promise<number> {
  const sql = sqlOf(client);
  const random = seededRandom(99);
  const any = (list: readonly Id[]) => list[Math.floor(random() * list.length)]!;
  const millis: number[] = [];
  for (let n = 0; n < count + 200; n++) {
    const forward = n % 2 === 0;
    const request: TraceRequest = {
      start: { transferId: any(forward ? filled.gifts : filled.payments) },
      direction: forward ? 'forward' : 'backward',
      maxHops: 1,
    };
    const seconds = await secondsOf(() => trace(sql, request));
    if (n >= 200) millis.push(seconds * 1_000);
  }
  return percentile99(millis);
}

/**
 * The usual way: edges with an id, an amount and two accounts, and a recursive query. It has no positions, so
 * it adds them up for each account it comes to; the answer is the same, fen for fen.
 */
const RECURSIVE = `
  with recursive path (hop, account_id, inner_, lo, hi) as (
    select 0, e.from_id, true, b.sum_, b.sum_ + e.amount
    from edge e cross join lateral (
      select coalesce(sum(x.amount), 0) as sum_ from edge x where x.from_id = e.from_id and x.id < e.id
    ) as b
    where e.transfer_id = $1
    union all
    select p.hop + 1, o.from_id, a.kind = 'inner',
      b.sum_ + greatest(p.lo - o.at_, 0), b.sum_ + least(p.hi - o.at_, o.amount)
    from path p
    cross join lateral (
      select x.id, x.from_id, x.amount, sum(x.amount) over (order by x.id) - x.amount as at_
      from edge x where x.to_id = p.account_id
    ) as o
    join ledger_account a on a.id = o.from_id
    cross join lateral (
      select case when a.kind = 'inner' then (
        select coalesce(sum(x.amount), 0) from edge x where x.from_id = o.from_id and x.id < o.id
      ) else 0 end as sum_
    ) as b
    where p.inner_ and o.at_ < p.hi and o.at_ + o.amount > p.lo and p.hop < $2
  )
  select hop, account_id, sum(hi - lo)::bigint as amount from path where hop > 0
  group by hop, account_id order by hop, account_id`;

async function againstRecursive(
  client: pg.Client,
  filled: FilledLedger,
  { rounds, log }: { rounds: number; log: (line: string) => void },
): Promise<number> {
  await client.query(`
    create table edge (id bigint generated always as identity primary key, transfer_id uuid not null,
      from_id uuid not null, to_id uuid not null, amount bigint not null);`);
  // The order of posting: ids were given out in it.
  await client.query(`insert into edge (transfer_id, from_id, to_id, amount)
    select id, from_id, to_id, amount from ledger_transfer order by id`);
  await client.query(`create index on edge (from_id, id); create index on edge (to_id, id);
    create unique index on edge (transfer_id)`);
  await client.query('vacuum analyze edge');
  const sql = sqlOf(client);
  const random = seededRandom(7);
  const ratios: number[] = [];
  const maxHops = 3;
  for (let round = 0; round < rounds; round++) {
    const transferId = filled.payments[Math.floor(random() * filled.payments.length)]!;
    const request: TraceRequest = { start: { transferId }, direction: 'backward', maxHops };
    const ours = () => trace(sql, request);
    const theirs = () => client.query<EdgeGroup>(RECURSIVE, [transferId, maxHops]);
    sameGroups(await ours(), (await theirs()).rows);
    const times = { ours: [] as number[], theirs: [] as number[] };
    for (const turn of ['ours', 'theirs', 'theirs', 'ours'] as const) {
      times[turn].push(await secondsOf(turn === 'ours' ? ours : theirs));
    }
    ratios.push(median(times.theirs) / median(times.ours));
    log(
      `  recursive: ${(median(times.theirs) * 1_000).toFixed(1)} ms, ours ${(median(times.ours) * 1_000).toFixed(2)} ms`,
    );
  }
  return median(ratios);
}

interface EdgeGroup {
  hop: number;
  account_id: Id;
  amount: string;
}

/** The two answers must be the same before any time counts. */
function sameGroups(ours: TraceResult, theirs: readonly EdgeGroup[]): void {
  const lines = (groups: { hop: number; accountId: Id; amount: number }[]) =>
    groups
      .map(({ hop, accountId, amount }) => `${hop} ${accountId} ${amount}`)
      .sort()
      .join('\n');
  const peer = theirs.map((row) => {
    return { hop: row.hop, accountId: row.account_id, amount: Number(row.amount) };
  });
  if (lines(ours.groups) !== lines(peer)) throw new Error('the recursive query answers otherwise');
}

async function opened(client: pg.Client, inner: number, world: number): Promise<Id[]> {
  const kinds = [...Array<'inner'>(inner).fill('inner'), ...Array<'world'>(world).fill('world')];
  const accounts = kinds.map((kind) => ({ id: newId(), kind, unit: 'fen', code: null }));
  await openAccounts(sqlOf(client), accounts);
  return accounts.map((account) => account.id);
}

async function posted(client: pg.Client, commands: TransferCommand[]): Promise<Id[]> {
  const ids: Id[] = [];
  for (let begin = 0; begin < commands.length; begin += 5_000) {
    await client.query('begin');
    const part = commands.slice(begin, begin + 5_000);
    const outcomes = await post(sqlOf(client), { commands: part, at: new Date(), newId });
    await client.query('commit');
    for (const one of outcomes) if (one.status !== 'refused') ids.push(one.transferIds[0]!);
  }
  return ids;
}

function command(from: Id, to: Id, amount: number): TransferCommand {
  const id = newId();
  const document = { kind: 'bench', id };
  return { key: id, from, to, amount, reason: 'bench', document, actor: null };
}

/** Milliseconds of the whole backward trace of one payment that 50,000 gifts of one yuan stand behind. */
async function backBehindGifts(client: pg.Client, times: number): Promise<number> {
  const [fund, item, channel, shop] = (await opened(client, 2, 2)) as [Id, Id, Id, Id];
  await posted(
    client,
    Array.from({ length: 50_000 }, () => command(channel, fund, 100)),
  );
  const [, payment] = await posted(client, [
    command(fund, item, 5_000_000),
    command(item, shop, 5_000_000),
  ]);
  await client.query('vacuum analyze ledger_transfer');
  const request: TraceRequest = {
    start: { transferId: payment! },
    direction: 'backward',
    maxHops: 9,
  };
  const millis: number[] = [];
  for (let n = 0; n < times; n++) {
    let result: TraceResult | undefined;
    millis.push(
      (await secondsOf(async () => (result = await trace(sqlOf(client), request)))) * 1_000,
    );
    const last = result!.groups.at(-1)!;
    if (last.entries !== 50_000 || result!.unresolved.length > 0)
      throw new Error('gifts are missing');
  }
  return median(millis);
}

/** Money sent round and round between ten accounts in crumbs; the trace of it all, forty hops deep. */
async function againstAdversary(
  client: pg.Client,
  size: number,
): Promise<{ adversary_ms: number; adversary_steps: number }> {
  const ids = await opened(client, 10, 1);
  const [channel, circle] = [ids[10]!, ids.slice(0, 10)];
  const random = seededRandom(13);
  const any = () => Math.floor(random() * 10);
  const [start] = await posted(
    client,
    circle.map((id) => command(channel, id, 30_000)),
  );
  const crumbs = Array.from({ length: size }, () => {
    const from = any();
    return command(
      circle[from]!,
      circle[(from + 1 + Math.floor(random() * 9)) % 10]!,
      1 + Math.floor(random() * 9),
    );
  });
  await posted(client, crumbs);
  const request: TraceRequest = {
    start: { transferId: start! },
    direction: 'forward',
    maxHops: 40,
  };
  let result: TraceResult | undefined;
  const seconds = await secondsOf(async () => (result = await trace(sqlOf(client), request)));
  const { amount, resting, unresolved, steps } = result!;
  const kept =
    resting.reduce((sum, rest) => sum + rest.amount, 0) +
    unresolved.reduce((sum, piece) => sum + piece.to - piece.from, 0);
  if (kept !== amount || steps > 20_000) throw new Error('the trace lost something or its measure');
  return { adversary_ms: seconds * 1_000, adversary_steps: steps };
}
