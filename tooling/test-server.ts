import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { attachEmbedded, startEmbedded } from '../apps/server/src/platform/postgres/embedded.ts';
import {
  isMarkAlive,
  processMark,
  stopPostmaster,
} from '../apps/server/src/platform/postgres/postmaster.ts';
import { freeSharedMemoryBytes } from '../apps/server/src/platform/postgres/settings.ts';

/** What a test needs to find the server: `testDatabase` reads it. */
export interface TestServer {
  /** Of the superuser on the database `postgres`. */
  url: string;
  template: string;
  /** Why there is no template: only the tests that need it fail. */
  broken: string | null;
  schema: string;
  secret: string;
  /** A folder of this run that every worker may write in. */
  sharedDir: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: TestServer;
  }
}

const PREFIX = 'wennuan-test-';
const ENOUGH_BYTES = 1_500_000_000;
const SERVER: Omit<TestServer, 'url' | 'broken' | 'sharedDir'> = {
  template: 'district_template',
  schema: 'district',
  secret: '74'.repeat(32),
};

/** Vitest's global set-up: one PostgreSQL for the whole run and one migrated template to clone. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const parent = fastFolder();
  await clearAbandoned(parent);
  const dataDir = mkdtempSync(join(parent, `${PREFIX}${processMark()}-`));
  const server = await startEmbedded({ dataDir, durable: false });
  const sharedDir = mkdtempSync(join(tmpdir(), `${PREFIX}${processMark()}-shared-`));
  const stop = async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
    rmSync(sharedDir, { recursive: true, force: true });
  };
  const broken = await makeTemplate(server.url).then(
    () => null,
    (error: unknown) => `The migrations failed: ${String(error)}`,
  );
  project.provide('testServer', { url: server.url, ...SERVER, broken, sharedDir });
  return stop;
}

/** Where tests put their clusters: in memory if there is enough, as cloning on a disk is fifty times slower. */
export function fastFolder(): string {
  return freeSharedMemoryBytes() > ENOUGH_BYTES ? '/dev/shm' : tmpdir();
}

/** Stops and removes what test runs that were killed left behind. */
async function clearAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const mark = name.startsWith(PREFIX) ? name.slice(PREFIX.length).split('-')[0]! : null;
    if (!mark || isMarkAlive(mark)) continue;
    const dataDir = join(parent, name);
    const left = await attachEmbedded(dataDir).catch(() => null);
    if (left) await stopPostmaster(left.pid);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function makeTemplate(url: string): Promise<void> {
  const admin = new pg.Client(url);
  await admin.connect();
  try {
    await admin.query(`create database ${SERVER.template}`);
    const ownerUrl = withDatabase(url, SERVER.template);
    await migrateTemplate(ownerUrl);
    await admin.query(
      `alter database ${SERVER.template} with is_template true allow_connections false`,
    );
  } finally {
    await admin.end();
  }
}

type Migrate = (options: { ownerUrl: string; schema: string; secret: string }) => Promise<string[]>;

async function migrateTemplate(ownerUrl: string): Promise<void> {
  const root = join(import.meta.dirname, '..');
  const file = join(root, 'apps/server/src/platform/database/migrate.ts');
  if (existsSync(file)) {
    const { migrate } = (await import(pathToFileURL(file).href)) as { migrate: Migrate };
    await migrate({ ownerUrl, schema: SERVER.schema, secret: SERVER.secret });
    return;
  }
  await applyLedgerAlone(ownerUrl, join(root, 'packages/ledger/migrations'));
}

/** The ledger is a library of its own: its files alone make a working schema. */
async function applyLedgerAlone(ownerUrl: string, folder: string): Promise<void> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  try {
    await client.query(`create schema ${SERVER.schema}; set search_path = ${SERVER.schema}`);
    const files = existsSync(folder) ? readdirSync(folder).toSorted() : [];
    for (const name of files.filter((file) => file.endsWith('.sql'))) {
      await client.query(readFileSync(join(folder, name), 'utf8'));
    }
  } finally {
    await client.end();
  }
}

/** The same server and user, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
