import { spawn, type ChildProcess } from 'node:child_process';
import type { KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { addDays, dateInShanghai, newId } from '@wennuan/basics';
import { check } from '@wennuan/ledger';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { composeOn } from '../../apps/server/src/commands/application.ts';
import { openDatabase, withClient } from '../../apps/server/src/commands/database.ts';
import { migrateDatabase } from '../../apps/server/src/commands/using-database.ts';
import { asSql } from '../../apps/server/src/commands/ledger.ts';
import { signNotice, SIGNATURE_HEADER } from '../../apps/server/src/modules/donation/index.ts';
import { systemActor } from '../../apps/server/src/platform/actor.ts';
import { clusterFolder } from '../../apps/server/src/platform/postgres/cluster.ts';
import { runningPostmaster } from '../../apps/server/src/platform/postgres/postmaster.ts';

const MAIN = new URL('../../apps/server/src/main.ts', import.meta.url).pathname;
const PORT = 20_000 + (process.pid % 20_000);
const GIVERS = 12;
const GIFTS_EACH = 120;
/** Every twentieth answer is thrown away by the sender and the notice sent again, as platforms do. */
const RETRY_EVERY = 20;

const dataDir = mkdtempSync(join(tmpdir(), 'wennuan-killed-'));
let projectCode: string;
let privateKey: KeyObject;
let server: ChildProcess | null = null;

beforeAll(async () => {
  const database = await openDatabase({ dataDir, environment: {} });
  await migrateDatabase(database, () => undefined);
  const application = await composeOn(database, { log: false });
  privateKey = await application.sandbox.privateKey();
  const today = dateInShanghai(new Date());
  await application.database.write(systemActor('test'), 'test.campaign', async (tx) => {
    const text = '考验';
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
  projectCode = listed.json<{ items: { code: string }[] }>().items[0]!.code;
  await application.close();
  await database.close();
});
afterAll(async () => {
  if (server) {
    server.kill('SIGTERM');
    await new Promise((resolve) => server!.once('exit', resolve));
  }
  rmSync(dataDir, { recursive: true, force: true });
});

function startServer(): void {
  const args = [MAIN, 'start', '--no-demo', '--port', String(PORT), '--data', dataDir];
  server = spawn(process.execPath, args, {
    env: { ...process.env, DATABASE_URL: '' },
    stdio: 'ignore',
  });
}

/** Sends one notice until it is answered with a gift number; whatever fails in between is tried again. */
async function give(platformOrder: string, retry: boolean): Promise<string> {
  const paidAt = new Date().toISOString();
  for (let attempt = 0; ; attempt += 1) {
    const notice = {
      platformOrder,
      projectCode,
      amountFen: 100,
      paidAt,
      sentAt: new Date().toISOString(),
      giftId: null,
      giverName: null,
    };
    const { body, signature } = signNotice(notice, privateKey);
    try {
      const answer = await fetch(`http://127.0.0.1:${PORT}/api/platform/sandbox/notices`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature },
        body: new Uint8Array(body),
        signal: AbortSignal.timeout(5_000),
      });
      const said = (await answer.json()) as { giftNumber: string };
      if (answer.status === 200 && !(retry && attempt === 0)) return said.giftNumber;
      if (answer.status !== 200 && answer.status < 500) throw new Error(JSON.stringify(said));
    } catch (thrown) {
      if (thrown instanceof Error && thrown.message.startsWith('{')) throw thrown;
    }
    if (attempt > 0) await sleep(100);
  }
}

test('kill -9 of the server and of PostgreSQL while gifts come in: none acknowledged is lost, none is there twice', async () => {
  startServer();
  const acknowledged = new Map<string, string>();
  const giving = Promise.all(
    Array.from({ length: GIVERS }, async () => {
      for (let n = 0; n < GIFTS_EACH; n += 1) {
        const order = newId();
        acknowledged.set(order, await give(order, n % RETRY_EVERY === 0));
      }
    }),
  );
  const reached = async (count: number) => {
    while (acknowledged.size < count) await sleep(20);
  };
  const all = GIVERS * GIFTS_EACH;
  await reached(all * 0.25);
  server!.kill('SIGKILL');
  await new Promise((resolve) => server!.once('exit', resolve));
  startServer();
  await reached(all * 0.6);
  const postmaster = runningPostmaster(clusterFolder(dataDir)!);
  process.kill(postmaster!.pid, 'SIGKILL');
  await giving;

  expect(acknowledged.size).toBe(all);
  const database = await openDatabase({ dataDir, environment: {} });
  const stored = await withClient(database.ownerUrl, async (client) => {
    await client.query('begin');
    await client.query('set local row_security = off');
    await client.query(`set local search_path = ${database.schema}`);
    const { rows } = await client.query<{ platform_order: string; number: string }>(
      'select platform_order, serial::text as number from gift',
    );
    const sums = await client.query<{ gifts: string; posted: string }>(
      `select (select sum(amount_fen) from gift) as gifts,
        (select sum(amount) from ledger_transfer) as posted`,
    );
    const findings = await check(asSql(client));
    await client.query('commit');
    return { rows, sums: sums.rows[0]!, findings };
  });
  await database.close();
  expect(stored.rows.map((row) => row.platform_order).sort()).toEqual(
    [...acknowledged.keys()].sort(),
  );
  expect(new Set(acknowledged.values()).size).toBe(all);
  expect(stored.findings).toEqual([]);
  expect(stored.sums).toEqual({ gifts: String(all * 100), posted: String(all * 100) });
}, 120_000);
