import { fork } from 'node:child_process';
import type { KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, addDays, dateInShanghai } from '@wennuan/basics';
import { signNotice, SIGNATURE_HEADER } from '../../apps/server/src/modules/donation/index.ts';
import { systemActor } from '../../apps/server/src/platform/actor.ts';
import type { Connection } from '../../apps/server/src/platform/database/roles.ts';
import { emptyDistrict } from '../empty-district.ts';
import { openSenders } from './senders.ts';
import { type BenchServer, median, percentile99 } from './server.ts';
import { makeTpcb, tpcbAgrees, tpcbHot } from './tpcb.ts';

const CLIENTS = 16;
/** As many as a platform's machines keep open on a giving day; each waits for its answer before it sends again. */
const CONNECTIONS = 1_024;
const SECRET = '27'.repeat(32);
const SCHEMA = 'over_http';
const PEER = 'beside_http';

export interface HttpFigures {
  http_gifts_per_second: number;
  http_p99_ms: number;
  http_vs_tpcb_hot: number;
}

/**
 * Gifts over HTTP, the whole path: a signed notice in, its signature checked over the exact bytes, the
 * gift stored and posted to one campaign, the answer after the commit. Against the TPC-B style
 * transaction on one hot row, A B B A on the same server; counted and summed before times count.
 */
export async function benchHttp(
  server: BenchServer,
  { quick, log }: { quick: boolean; log: (line: string) => void },
): Promise<HttpFigures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wennuan-bench-http-'));
  const connection = { ownerUrl: server.url, schema: SCHEMA, secret: SECRET };
  const { projectCode, privateKey } = await openCampaign(connection, dataDir);
  const child = fork(new URL('./http-server.ts', import.meta.url), [
    server.url,
    SCHEMA,
    SECRET,
    dataDir,
  ]);
  try {
    const port = await new Promise<number>((resolve, reject) => {
      child.once('message', (said) => resolve((said as { port: number }).port));
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    });
    return await takeTurns(server, { port, projectCode, privateKey, quick, log });
  } finally {
    child.removeAllListeners('exit');
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Turns {
  privateKey: KeyObject;
  port: number;
  projectCode: string;
  quick: boolean;
  log: (line: string) => void;
}

async function takeTurns(server: BenchServer, turns: Turns): Promise<HttpFigures> {
  const clients = await Promise.all(Array.from({ length: CLIENTS }, () => server.connect(PEER)));
  const reader = await server.connect(SCHEMA);
  const rounds = turns.quick ? 2 : 12;
  // A turn of about three seconds, as the hot row has.
  const perRound = turns.quick ? 5_000 : 30_000;
  const rates = { http: [] as number[], tpcb: [] as number[], p99: [] as number[] };
  await reader.query(`create schema ${PEER}`);
  await makeTpcb(clients[0]!);
  const senders = await openSenders(turns.port, CONNECTIONS);
  await senders.send(makeRequests(turns, 20_000));
  for (let round = 0; round < rounds; round += 1) {
    const requests = makeRequests(turns, perRound);
    const over = async () => {
      const sent = await senders.send(requests);
      if (sent.statuses.get(200) !== perRound)
        throw new Error(`not every gift was taken: ${JSON.stringify([...sent.statuses])}`);
      rates.http.push(perRound / sent.seconds);
      rates.p99.push(percentile99(sent.millis));
    };
    const peer = async () => rates.tpcb.push(await tpcbHot(clients, turns.quick ? 1 : 3));
    for (const act of round % 2 === 0 ? [over, peer] : [peer, over]) await act();
    turns.log(
      `http round ${round + 1}: ${rates.http.at(-1)!.toFixed(0)} gifts/s, hot row ${rates.tpcb.at(-1)!.toFixed(0)}/s`,
    );
  }
  senders.close();
  await compare(reader, 20_000 + rounds * perRound);
  if (!(await tpcbAgrees(clients[0]!))) throw new Error('the hot row lost money');
  await Promise.all([reader, ...clients].map((client) => client.end()));
  return {
    http_gifts_per_second: median(rates.http),
    http_p99_ms: median(rates.p99),
    http_vs_tpcb_hot: median(rates.http.map((rate, index) => rate / rates.tpcb[index]!)),
  };
}

/** Every gift acknowledged is stored once, and the ledger holds the same sum. */
async function compare(
  reader: Awaited<ReturnType<BenchServer['connect']>>,
  gifts: number,
): Promise<void> {
  const { rows } = await reader.query<{ gifts: number; same: boolean }>(`
    select (select count(*)::int from gift) as gifts,
      (select sum(amount_fen) from gift) = (select sum(amount) from ledger_transfer) as same`);
  if (rows[0]!.gifts !== gifts || !rows[0]!.same)
    throw new Error(`gifts and ledger differ: ${JSON.stringify(rows[0])} instead of ${gifts}`);
}

/** Signed notices as whole HTTP requests, made before the clock runs. */
function makeRequests({ projectCode, privateKey }: Turns, count: number): Buffer[] {
  const now = new Date().toISOString();
  return Array.from({ length: count }, (_, index) => {
    const { body, signature } = signNotice(
      {
        platformOrder: newId(),
        projectCode,
        amountFen: 100 + (index % 900),
        paidAt: now,
        sentAt: now,
        giftId: null,
        giverName: null,
      },
      privateKey,
    );
    const head = [
      'POST /api/platform/sandbox/notices HTTP/1.1',
      'host: 127.0.0.1',
      'content-type: application/json',
      `${SIGNATURE_HEADER}: ${signature}`,
      `content-length: ${body.length}`,
    ].join('\r\n');
    return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body]);
  });
}

/** An empty district with one open campaign; answers its project code, and the platform's signing key. */
async function openCampaign(
  connection: Connection,
  dataDir: string,
): Promise<{ projectCode: string; privateKey: KeyObject }> {
  const application = await emptyDistrict(connection, dataDir);
  try {
    const { app, donation, database, sandbox } = application;
    const today = dateInShanghai(new Date());
    await database.write(systemActor('bench'), 'bench.campaign', async (tx) => {
      const { campaignId } = await donation.draftCampaign(tx, {
        name: '快慢测试',
        legalForm: 'agreed_gift',
        summary: '测试',
        purpose: '测试',
        beneficiaries: '测试',
        useOfMoney: '测试',
        costs: '无',
        remainderRule: '测试',
        opensOn: today,
        closesOn: addDays(today, 300),
        goalYuan: null,
      });
      const account = { tick: 'own_account', detail: '测试账户', filedOn: today } as const;
      await donation.setTick(tx, { campaignId, ...account });
      await donation.openCampaign(tx, campaignId);
    });
    const listed = (await app.inject('/api/public/campaigns')).json<{
      items: { code: string }[];
    }>();
    return { projectCode: listed.items[0]!.code, privateKey: await sandbox.privateKey() };
  } finally {
    await application.close();
  }
}
