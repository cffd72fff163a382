import { spawn, type ChildProcess } from 'node:child_process';
import type { KeyObject } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { addDays, dateInShanghai } from '@wennuan/basics';
import { composeOn } from '../apps/server/src/commands/application.ts';
import { openDatabase, withClient } from '../apps/server/src/commands/database.ts';
import { asSql } from '../apps/server/src/commands/ledger.ts';
import { migrateDatabase } from '../apps/server/src/commands/using-database.ts';
import { systemActor } from '../apps/server/src/platform/actor.ts';
import { clusterFolder } from '../apps/server/src/platform/postgres/cluster.ts';
import { runningPostmaster } from '../apps/server/src/platform/postgres/postmaster.ts';
import { check } from '../packages/ledger/src/index.ts';

const MAIN = new URL('../apps/server/src/main.ts', import.meta.url).pathname;
const READY_WITHIN_MILLIS = 60_000;

/** The product as a district runs it, in a process of its own that can be killed. */
export interface GivingServer {
  port: number;
  projectCode: string;
  privateKey: KeyObject;
  /** Kills the server with -9 and starts it again; resolves when it answers. */
  killServer(): Promise<void>;
  /** Kills PostgreSQL with -9; resolves when the server answers from the database again. */
  killDatabase(): Promise<void>;
  /** The total that the campaign's page shows now, or null while it shows none. */
  shownFen(): Promise<number | null>;
  /** What the books hold after everything has come to rest. */
  books(): Promise<Books>;
  close(): Promise<void>;
}

export interface Books {
  /** Gift number by the platform's order. */
  gifts: Map<string, { number: string; amountFen: number }>;
  postedFen: number;
  findings: number;
}

/** Makes an empty district with one open campaign in the folder, and starts the product on it. */
export async function startGivingServer(dataDir: string): Promise<GivingServer> {
  const { projectCode, privateKey } = await openCampaign(dataDir);
  // Any free port at first, which it keeps.
  let port = 0;
  let child: ChildProcess;
  const start = () => {
    const args = [MAIN, 'start', '--no-demo', '--port', String(port), '--data', dataDir];
    const env = { ...process.env, DATABASE_URL: '' };
    child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    child.stdout!.on('data', (part: Buffer) => {
      said += port === 0 ? part.toString() : '';
      port ||= Number(/http:\/\/localhost:(\d+)\s/.exec(said)?.[1] ?? 0);
    });
  };
  const shownFen = async () => {
    try {
      const address = `http://127.0.0.1:${port}/api/public/campaigns/${projectCode}`;
      const answer = await fetch(address, { signal: AbortSignal.timeout(2_000) });
      if (!answer.ok) return null;
      const said = (await answer.json()) as { campaign: { inFen: number } };
      return said.campaign.inFen;
    } catch {
      return null;
    }
  };
  const ready = async () => {
    const until = performance.now() + READY_WITHIN_MILLIS;
    while ((await shownFen()) === null) {
      if (performance.now() > until) throw new Error('the server did not come back');
      // While it was away somebody else may have had its port.
      if (child.exitCode !== null) start();
      await sleep(50);
    }
  };
  const ended = () => new Promise((resolve) => child.once('exit', resolve));
  start();
  await ready();
  return {
    port,
    projectCode,
    privateKey,
    shownFen,
    async killServer() {
      const end = ended();
      child.kill('SIGKILL');
      await end;
      start();
      await ready();
    },
    async killDatabase() {
      process.kill(runningPostmaster(clusterFolder(dataDir)!)!.pid, 'SIGKILL');
      await sleep(500);
      await ready();
    },
    books: () => readBooks(dataDir),
    async close() {
      const end = ended();
      child.kill('SIGTERM');
      await end;
    },
  };
}

async function openCampaign(dataDir: string) {
  const database = await openDatabase({ dataDir, environment: {} });
  await migrateDatabase(database, () => undefined);
  const application = await composeOn(database, { log: false });
  const today = dateInShanghai(new Date());
  const text = '公益日';
  await application.database.write(systemActor('bench'), 'bench.campaign', async (tx) => {
    const { campaignId } = await application.donation.draftCampaign(tx, {
      name: text,
      legalForm: 'agreed_gift',
      summary: text,
      purpose: text,
      beneficiaries: text,
      useOfMoney: text,
      costs: text,
      remainderRule: text,
      opensOn: today,
      closesOn: addDays(today, 30),
      goalYuan: null,
    });
    const account = { tick: 'own_account', detail: text, filedOn: today } as const;
    await application.donation.setTick(tx, { campaignId, ...account });
    await application.donation.openCampaign(tx, campaignId);
  });
  const listed = await application.app.inject('/api/public/campaigns');
  const privateKey = await application.sandbox.privateKey();
  await application.close();
  await database.close();
  const [campaign] = listed.json<{ items: { code: string }[] }>().items;
  return { projectCode: campaign!.code, privateKey };
}

async function readBooks(dataDir: string): Promise<Books> {
  const database = await openDatabase({ dataDir, environment: {} });
  try {
    return await withClient(database.ownerUrl, async (client) => {
      await client.query('begin');
      await client.query('set local row_security = off');
      await client.query(`set local search_path = ${database.schema}`);
      const { rows } = await client.query<{ order: string; serial: string; amount: string }>(
        'select platform_order as order, serial::text as serial, amount_fen::text as amount from gift',
      );
      const posted = await client.query<{ sum: string }>(
        'select coalesce(sum(amount), 0)::text as sum from ledger_transfer',
      );
      const findings = await check(asSql(client));
      await client.query('commit');
      return {
        gifts: new Map(
          rows.map((row) => [row.order, { number: row.serial, amountFen: Number(row.amount) }]),
        ),
        postedFen: Number(posted.rows[0]!.sum),
        findings: findings.length,
      };
    });
  } finally {
    await database.close();
  }
}
