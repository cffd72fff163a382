import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { composeOn, type ShowProgress } from './application.ts';
import { type OpenDatabase, withClient } from './database.ts';
import { CommandError } from './errors.ts';
import { migrateDatabase, say } from './using-database.ts';

/** A demo account to print after the start. */
export interface DemoSignIn {
  who: string;
  name: string;
  password: string;
}

/**
 * Fills the district with the demo when it is empty, or when an earlier building of the demo was cut off: nobody can
 * have signed in to a half one, so it is cleared away first. Answers false, and does nothing, for any other district.
 * Refuses while another process is building.
 */
export async function fillWithDemo(
  database: OpenDatabase,
  showProgress: ShowProgress,
  build: typeof buildIn = buildIn,
): Promise<boolean> {
  return await withClient(database.ownerUrl, async (client) => {
    await takeTurn(client, database.schema);
    if (await isHalfDemo(client, database.schema)) {
      say(
        '上次演示区没有建完，清空后重建 · The demo was cut off while it was built; building it anew',
      );
      await clear(client, database);
    }
    if (!(await isEmptyDistrict(database))) return false;
    await build(database, showProgress);
    return true;
  });
}

async function buildIn(database: OpenDatabase, showProgress: ShowProgress): Promise<void> {
  const { buildDemo } = await import('../demo/index.ts');
  await buildDemo({ connection: database, dataDir: database.dataDir, showProgress });
}

/** Held by this connection for as long as it is open: a killed process leaves nothing locked. */
async function takeTurn(client: pg.Client, schema: string): Promise<void> {
  const { rows } = await client.query<{ mine: boolean }>(
    'select pg_try_advisory_lock(hashtext($1)) as mine',
    [`demo of ${schema}`],
  );
  if (rows[0]!.mine) return;
  throw new CommandError(
    '另一个进程正在这里建演示区，请等它完成，或用 --data 指定另一个文件夹。',
    'Another process is building the demo district here; wait for it, or name another folder with --data.',
  );
}

async function isHalfDemo(client: pg.Client, schema: string): Promise<boolean> {
  await client.query('begin');
  await client.query('set local row_security = off');
  await client.query(`set local search_path = ${schema}`);
  const { rows } = await client.query<{ value: string }>(
    "select value from setting where name = 'demo'",
  );
  await client.query('commit');
  return rows[0]?.value === 'building';
}

/** Everything a half demo left: its rows, its pictures, and the head of its public log. */
async function clear(client: pg.Client, database: OpenDatabase): Promise<void> {
  const { schema, dataDir } = database;
  await client.query(`drop schema ${schema} cascade`);
  rmSync(join(dataDir, 'files'), { recursive: true, force: true });
  rmSync(join(dataDir, `log-head-${schema}`), { force: true });
  await migrateDatabase(database, () => {});
}

/** True when the district has neither areas nor accounts, so that the demo may fill it. */
async function isEmptyDistrict(database: OpenDatabase): Promise<boolean> {
  return await withClient(database.ownerUrl, async (client) => {
    await client.query('begin');
    await client.query('set local row_security = off');
    await client.query(`set local search_path = ${database.schema}`);
    const { rows } = await client.query<{ empty: boolean }>(
      'select not exists (select 1 from area) and not exists (select 1 from account) as empty',
    );
    await client.query('commit');
    return rows[0]!.empty;
  });
}

/** Whom one can sign in as when this is a demo district, else nobody. */
export async function demoSignIns(database: OpenDatabase): Promise<DemoSignIn[]> {
  const application = await composeOn(database, { log: false });
  try {
    const { items, residents } = await application.access.demoSignIns();
    return [
      ...residents.map((one) => ({
        who: `${one.displayName} ${one.note}`,
        name: one.telephone,
        password: '短信验证码见 · text message at /sandbox/messages',
      })),
      ...items.map((one) => ({
        who: `${one.areaName ?? ''} ${one.displayName}`,
        name: one.name,
        password: `${one.password} + 动态码见 · code at /sandbox/codes`,
      })),
    ];
  } finally {
    await application.close();
  }
}
