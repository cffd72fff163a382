import { once } from 'node:events';
import pg from 'pg';
import copyStreams from 'pg-copy-streams';
import { newId, type Id } from '@wennuan/basics';
import {
  balances,
  openAccounts,
  post,
  type TransferCommand,
} from '../../packages/ledger/src/index.ts';
import { type BenchServer, median, secondsOf, sqlOf } from './server.ts';
import { makeTpcb, tpcbAgrees, tpcbHot } from './tpcb.ts';

const CLIENTS = 16;
const GIFTS_PER_COMMIT = 1_000;

export interface PostingFigures {
  gifts_per_second: number;
  copy_rows_per_second: number;
  tpcb_hot_per_second: number;
  txn_each_per_second: number;
  vs_tpcb_hot: number;
  vs_copy: number;
  vs_txn_each: number;
}

interface Accounts {
  channel: Id;
  fund: Id;
}

/** Gifts of a turn, with every id that posting will draw, so that a second ledger can hold the same rows. */
interface Gifts {
  commits: TransferCommand[][];
  ids: Id[][];
  /** The rows of each commit as COPY text, taken from the ledger that posted them first. */
  copyText: { transfers: string; outbox: string }[];
}

/**
 * Gifts into one hot fund, durable: this ledger in commits of a thousand, against COPY of the very same rows
 * into the same tables in commits of the same size, a TPC-B style transaction on one hot row at 16 clients,
 * and this ledger with one transaction a gift at 16 clients. Turns A B B A; rows compared at the end.
 */
export async function benchPosting(
  server: BenchServer,
  options: { quick: boolean; log: (line: string) => void },
): Promise<PostingFigures> {
  const { quick, log } = options;
  const rounds = quick ? 2 : 6;
  const commits = quick ? 5 : 25;
  const accounts = { channel: newId(), fund: newId() };
  for (const schema of ['source', 'ours', 'copied', 'each', 'tpcb']) {
    await server.makeDistrict(schema);
    const client = await server.connect(schema);
    await openAccounts(sqlOf(client), [
      { id: accounts.channel, kind: 'world', unit: 'fen', code: null },
      { id: accounts.fund, kind: 'inner', unit: 'fen', code: null },
    ]);
    if (schema === 'tpcb') await makeTpcb(client);
    await client.end();
  }
  log(`posting: ${rounds} rounds of ${commits} commits of ${GIFTS_PER_COMMIT} gifts`);
  const gifts = await prepare(server, accounts, { rounds, commits });
  const peers = await connectPeers(server);
  const rates: Record<'ours' | 'copy' | 'tpcb' | 'each', number[]> = {
    ours: [],
    copy: [],
    tpcb: [],
    each: [],
  };
  const seconds = quick ? 1 : 4;
  for (const [round, turn] of gifts.entries()) {
    const size = commits * GIFTS_PER_COMMIT;
    const acts: Record<keyof typeof rates, () => Promise<number>> = {
      ours: async () => size / (await secondsOf(() => postGifts(peers.ours, turn))),
      copy: async () => size / (await secondsOf(() => copyGifts(peers.copied, turn.copyText))),
      tpcb: () => tpcbHot(peers.tpcb, seconds),
      each: () => postEach(peers.each, accounts, seconds),
    };
    const order: (keyof typeof rates)[] = ['ours', 'copy', 'tpcb', 'each'];
    for (const act of round % 2 === 0 ? order : order.reverse()) rates[act].push(await acts[act]());
    log(
      `  round ${round + 1}: ${order.map((act) => `${act} ${Math.round(rates[act].at(-1)!)}`).join(', ')} a second`,
    );
  }
  await compareResults(server, accounts, gifts);
  for (const client of [peers.ours, peers.copied, ...peers.tpcb, ...peers.each]) await client.end();
  return figuresOf(rates);
}

function figuresOf(rates: Record<'ours' | 'copy' | 'tpcb' | 'each', number[]>): PostingFigures {
  const ratio = (peer: keyof typeof rates) =>
    median(rates.ours.map((rate, round) => rate / rates[peer][round]!));
  return {
    gifts_per_second: median(rates.ours),
    copy_rows_per_second: median(rates.copy),
    tpcb_hot_per_second: median(rates.tpcb),
    txn_each_per_second: median(rates.each),
    vs_tpcb_hot: ratio('tpcb'),
    vs_copy: ratio('copy'),
    vs_txn_each: ratio('each'),
  };
}

async function connectPeers(server: BenchServer) {
  const many = (schema: string) =>
    Promise.all(Array.from({ length: CLIENTS }, () => server.connect(schema)));
  return {
    ours: await server.connect('ours'),
    copied: await server.connect('copied'),
    tpcb: await many('tpcb'),
    each: await many('each'),
  };
}

function giftOf({ channel, fund }: Accounts, n: number): TransferCommand {
  const id = newId();
  const amount = 100 + (n % 20) * 50;
  const document = { kind: 'gift', id };
  return {
    key: `gift:${id}`,
    from: channel,
    to: fund,
    amount,
    reason: 'gift',
    document,
    actor: null,
  };
}

/** Makes the gifts of all rounds and, by posting them untimed, the rows that COPY will bring. */
async function prepare(
  server: BenchServer,
  accounts: Accounts,
  size: { rounds: number; commits: number },
): Promise<Gifts[]> {
  const client = await server.connect('source');
  const rounds: Gifts[] = [];
  for (let round = 0; round < size.rounds; round++) {
    const turn: Gifts = { commits: [], ids: [], copyText: [] };
    for (let commit = 0; commit < size.commits; commit++) {
      turn.commits.push(Array.from({ length: GIFTS_PER_COMMIT }, (_, n) => giftOf(accounts, n)));
      turn.ids.push(Array.from({ length: GIFTS_PER_COMMIT + 1 }, () => newId()));
    }
    await postGifts(client, turn);
    for (const ids of turn.ids) turn.copyText.push(await copyOut(client, ids));
    rounds.push(turn);
  }
  await client.end();
  return rounds;
}

async function postGifts(client: pg.Client, turn: Gifts): Promise<void> {
  const sql = sqlOf(client);
  for (const [commit, commands] of turn.commits.entries()) {
    let next = 0;
    const ids = turn.ids[commit]!;
    await client.query('begin');
    const at = new Date('2026-11-22T00:00:00Z');
    const outcomes = await post(sql, { commands, at, newId: () => ids[next++]! });
    await client.query('commit');
    if (outcomes.some((outcome) => outcome.status !== 'posted')) throw new Error('not posted');
  }
}

/** Gifts a second that the clients post into one account with one durable transaction a gift. */
export async function postEach(
  clients: readonly pg.Client[],
  accounts: Accounts,
  seconds: number,
): Promise<number> {
  const begin = performance.now();
  let done = 0;
  await Promise.all(
    clients.map(async (client) => {
      const sql = sqlOf(client);
      while (performance.now() < begin + seconds * 1_000) {
        await client.query('begin');
        await post(sql, { commands: [giftOf(accounts, done)], at: () => new Date(), newId });
        await client.query('commit');
        done += 1;
      }
    }),
  );
  return done / ((performance.now() - begin) / 1_000);
}

const COLUMNS = `id, key, part, from_id, to_id, amount, from_at, from_outflow, from_inflow, to_at, to_outflow,
  of_id, link, link_place, link_count, hold, reason, document_kind, document_id, actor_id, at`;
const OUTBOX_COLUMNS = 'id, topic, subject_kind, subject_id, area_id, body, transfer_ids, at';

async function copyOut(client: pg.Client, ids: readonly Id[]): Promise<Gifts['copyText'][number]> {
  const list = ids.map((id) => `'${id}'`).join();
  return {
    transfers: await copyText(
      client,
      `select ${COLUMNS} from ledger_transfer where id in (${list}) order by to_at`,
    ),
    outbox: await copyText(client, `select ${OUTBOX_COLUMNS} from outbox where id in (${list})`),
  };
}

async function copyText(client: pg.Client, rows: string): Promise<string> {
  const stream = client.query(copyStreams.to(`copy (${rows}) to stdout`));
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(stream, 'end');
  return Buffer.concat(chunks).toString();
}

/** The rows a posting writes, into the tables it writes; COPY can not move the counters of the account. */
async function copyGifts(client: pg.Client, texts: Gifts['copyText']): Promise<void> {
  for (const { transfers, outbox } of texts) {
    await client.query('begin');
    await copyInto(client, `ledger_transfer (${COLUMNS})`, transfers);
    await copyInto(client, `outbox (${OUTBOX_COLUMNS})`, outbox);
    await client.query('commit');
  }
}

async function copyInto(client: pg.Client, table: string, text: string): Promise<void> {
  const stream = client.query(copyStreams.from(`copy ${table} from stdin`));
  stream.end(text);
  await once(stream, 'finish');
}

/** The same rows in both ledgers, counters that fit, and no money lost by TPC-B; else there is no ratio. */
async function compareResults(
  server: BenchServer,
  accounts: Accounts,
  gifts: readonly Gifts[],
): Promise<void> {
  const total = gifts
    .flatMap((turn) => turn.commits.flat())
    .reduce((sum, one) => sum + one.amount, 0);
  const hashes = new Set<string>();
  for (const schema of ['ours', 'copied']) {
    const client = await server.connect(schema);
    const { rows } = await client.query<{ hash: string }>(
      `select md5(string_agg(md5(row(${COLUMNS})::text), '' order by to_at)) as hash from ledger_transfer`,
    );
    hashes.add(rows[0]!.hash);
    if (schema === 'ours') {
      const [fund] = await balances(sqlOf(client), [accounts.fund]);
      if (fund?.inflow !== total) throw new Error('the fund has not what was given');
    }
    await client.end();
  }
  if (hashes.size !== 1) throw new Error('the two ledgers do not hold the same rows');
  const client = await server.connect('tpcb');
  if (!(await tpcbAgrees(client))) throw new Error('TPC-B lost something');
  await client.end();
}
