import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId, type Id } from '@wennuan/basics';
import { type Embedded, startEmbedded } from '../../apps/server/src/platform/postgres/embedded.ts';
import { isAlive } from '../../apps/server/src/platform/postgres/postmaster.ts';
import { check, openAccounts, sequence } from '../../packages/ledger/src/index.ts';
import {
  inTransaction,
  installLedger,
  poolOf,
  SCHEMA,
} from '../../packages/ledger/test-support/books.ts';

const ROLE = 'ledger_poster';
const POSTER = join(import.meta.dirname, 'ledger-poster.ts');
const NAMES = ['one', 'two', 'three'];

let dataDir: string;
let server: Embedded;
let owner: pg.Pool;
let accounts: Id[];

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'wennuan-ledger-fault-'));
  server = await startEmbedded({ dataDir });
}, 120_000);
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Fresh books for a test: a channel and two funds. */
async function freshBooks(): Promise<void> {
  owner = poolOf(server.url);
  owner.on('error', () => {});
  await owner.query(`drop schema if exists ${SCHEMA} cascade`);
  await owner.query(`drop role if exists ${ROLE}`);
  await installLedger(owner, ROLE);
  accounts = [newId(), newId(), newId()];
  const opened = accounts.map((id, n) => {
    return { id, kind: n === 0 ? ('world' as const) : ('inner' as const), unit: 'fen', code: null };
  });
  await inTransaction(owner, (sql) => openAccounts(sql, opened));
}

interface Poster {
  child: ChildProcess;
  done: Promise<void>;
}

/** What the processes were answered after a commit: how often each key was posted, and by whom. */
class Answers {
  readonly posted = new Map<string, number>();
  readonly acknowledged = new Set<string>();
  lines = 0;

  start(name: string, batches: number): Poster {
    const args = [POSTER, server.url, ROLE, SCHEMA, name, String(batches), ...accounts];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    createInterface({ input: child.stdout! }).on('line', (line) => {
      this.lines += 1;
      for (const [key, status] of JSON.parse(line) as [string, string][]) {
        if (status === 'refused') continue;
        this.acknowledged.add(key);
        if (status === 'posted') this.posted.set(key, (this.posted.get(key) ?? 0) + 1);
      }
    });
    return { child, done: new Promise((resolve) => child.once('close', () => resolve())) };
  }

  /** Waits until the processes have answered that many batches more. */
  async more(batches: number): Promise<void> {
    const goal = this.lines + batches;
    while (this.lines < goal) await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Everything acknowledged is stored, nothing is there twice, and the books are whole. */
async function compare(answers: Answers): Promise<void> {
  const { rows } = await owner.query<{ key: string; parts: number }>(
    'select key, count(*)::int as parts from ledger_transfer group by key',
  );
  const stored = new Map(rows.map((row) => [row.key, row.parts]));
  expect([...answers.acknowledged].filter((key) => !stored.has(key))).toEqual([]);
  expect([...answers.posted].filter(([, times]) => times > 1)).toEqual([]);
  expect(rows.filter((row) => row.parts !== 1)).toEqual([]);
  expect(await inTransaction(owner, check)).toEqual([]);
  await inTransaction(owner, (sql) => sequence(sql, { limit: 1_000_000 }));
  expect(await inTransaction(owner, check)).toEqual([]);
}

/** The server process and all its children, killed at once, as a power cut would. */
async function killServer(): Promise<void> {
  // Posters may find a server that was started again a moment before its number is known here.
  while (!isAlive(server.pid)) await new Promise((resolve) => setTimeout(resolve, 5));
  const { pid } = server;
  const children = readdirSync('/proc').filter((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid;
    } catch {
      return false;
    }
  });
  process.kill(pid, 'SIGKILL');
  for (const child of children) {
    try {
      process.kill(Number(child), 'SIGKILL');
    } catch {
      // Gone already.
    }
  }
}

describe('several posting processes', () => {
  it('share accounts and keys without posting anything twice', async () => {
    await freshBooks();
    const answers = new Answers();
    await Promise.all(NAMES.map((name) => answers.start(name, 60).done));
    expect(answers.lines).toBe(180);
    const shared = [...answers.posted.keys()].filter((key) => key.startsWith('shared:'));
    expect(shared).toHaveLength(60 * 4);
    await compare(answers);
    await owner.end();
  }, 120_000);

  it('may be killed at any moment and started again', async () => {
    await freshBooks();
    const answers = new Answers();
    const running = NAMES.map((name) => answers.start(name, 80));
    for (let kill = 0; kill < 9; kill++) {
      await answers.more(3 + kill);
      const place = kill % NAMES.length;
      running[place]!.child.kill('SIGKILL');
      await running[place]!.done;
      running[place] = answers.start(NAMES[place]!, 80);
    }
    await Promise.all(running.map((poster) => poster.done));
    await compare(answers);
    await owner.end();
  }, 120_000);

  it('lose nothing that was answered when PostgreSQL is killed under them', async () => {
    await freshBooks();
    const answers = new Answers();
    const running = NAMES.map((name) => answers.start(name, 120));
    for (let kill = 0; kill < 3; kill++) {
      await answers.more(20);
      await killServer();
    }
    await Promise.all(running.map((poster) => poster.done));
    expect(answers.lines).toBe(360);
    await owner.end().catch(() => {});
    owner = poolOf(server.url);
    await compare(answers);
    await owner.end();
  }, 180_000);
});
