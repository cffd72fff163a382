import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idNumber } from '../../apps/server/test-support/rosters.ts';
import { testDatabase, type TestDatabase } from '../../tooling/test-database.ts';

const MAIN = new URL('../../apps/server/src/main.ts', import.meta.url).pathname;
const AREAS = new URL('../../demo/areas.csv', import.meta.url).pathname;
const ROWS = 3_000;

const folder = mkdtempSync(join(tmpdir(), 'wennuan-roster-'));
let database: TestDatabase;
let sql: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  sql = new pg.Client({
    connectionString: database.ownerUrl,
    options: `-c search_path=${database.schema} -c row_security=off`,
  });
  await sql.connect();
  writeFileSync(join(folder, 'secret'), database.secret);
  await ended(run(['areas', 'import', AREAS]));
});
afterAll(async () => {
  await sql.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** A command on this test's database. */
function run(args: string[]): ChildProcess {
  const { ownerUrl, schema } = database;
  return spawn(process.execPath, [MAIN, ...args, '--data', folder], {
    env: { ...process.env, DATABASE_URL: ownerUrl, DISTRICT_SCHEMA: schema },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function ended(child: ChildProcess): Promise<number | null> {
  child.stdout!.resume();
  child.stderr!.resume();
  return await new Promise((resolve) => child.on('exit', resolve));
}

function rosterFile(name: string, grade: string): string {
  const rows = Array.from({ length: ROWS }, (_, index) => {
    const day = `19${50 + (index % 40)}0${1 + (index % 9)}1${index % 9}`;
    return `刘小${'一二三四五六七八九十'[index % 10]!},${idNumber(day, 1 + Math.floor(index / 40))}21,肢体残疾,${grade}`;
  });
  const path = join(folder, name);
  writeFileSync(path, ['姓名,残疾人证号,残疾类别,残疾等级', ...rows].join('\n'));
  return path;
}

/** What is in force, as one text. */
async function state(): Promise<string> {
  const { rows } = await sql.query(`
    select (select current_delivery_id from roster limit 1) as delivery,
      (select count(*)::int from person) as persons,
      (select md5(string_agg(concat(person_id, field, value, since, until), ',' order by person_id, field, value)) from person_fact) as facts,
      (select count(*)::int from row_presence where until is null) as present`);
  return JSON.stringify(rows[0]);
}

test(
  'an import killed in the middle leaves the last delivery in force, and may be run again',
  { timeout: 300_000 },
  async () => {
    expect(await ended(run(['rosters', 'import', rosterFile('残联-持证残疾人.csv', '二级')]))).toBe(
      0,
    );
    const before = await state();
    expect(JSON.parse(before)).toMatchObject({ present: ROWS });
    const next = rosterFile('残联-持证残疾人2026年11月.csv', '一级');
    const child = run(['rosters', 'import', next]);
    child.stdout!.resume();
    await new Promise<void>((resolve) => {
      // It says so when everything is read, and begins to write what follows.
      child.stderr!.on('data', (text: Buffer) => text.toString().includes('合并人员') && resolve());
    });
    // Until the rows' days are being changed, which nobody else sees yet.
    await waitForWriting();
    child.kill('SIGKILL');
    await new Promise((resolve) => child.on('exit', resolve));
    expect(await state()).toBe(before);
    expect(await ended(run(['rosters', 'import', next]))).toBe(0);
    const after = JSON.parse(await state());
    expect(after.delivery).not.toBe(JSON.parse(before).delivery);
    expect(after.present).toBe(ROWS);
    const { rows } = await sql.query(
      `select value, until is null as holds, count(*)::int as n from person_fact where field = 11 group by 1, 2 order by 1`,
    );
    // The old grade has ended and stays as history.
    expect(rows).toEqual([
      { value: '1', holds: true, n: ROWS },
      { value: '2', holds: false, n: ROWS },
    ]);
  },
);

/** Waits for a transaction that holds the roster and has written something. */
async function waitForWriting(): Promise<void> {
  for (;;) {
    const { rows } = await sql.query(
      `select 1 from pg_stat_activity where datname = current_database() and backend_xid is not null and pid <> pg_backend_pid()`,
    );
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
