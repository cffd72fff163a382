import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  emptyDatabase,
  type TestDatabase,
  testDatabase,
} from '../../../../../tooling/test-database.ts';
import { migrate } from '../database/migrate.ts';
import { createBackup } from './backup.ts';
import { checkBackup } from './check-backup.ts';
import { listMigrations } from './district-tables.ts';
import { PlainError, type ShowProgress } from './plain-error.ts';
import { restoreBackup } from './restore.ts';

const quiet: ShowProgress = () => ({ to() {}, end() {} });
const LAST_OF_OLD = '0036-create-sandbox-platform';

let folder: string;
let old: TestDatabase;
let all: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wennuan-upgrade-'));
  mkdirSync(join(folder, 'data'));
  const newest = await emptyDatabase();
  all = await migrate(newest);
  await newest.drop();
  old = await emptyDatabase();
  await migrate({ ...old, only: all.filter((name) => name <= LAST_OF_OLD) });
  await query(
    old,
    `insert into district.area (code, name, level, valid_from)
     values ('410103', '二七区', 'district', '1955-01-01')`,
  );
});

afterAll(async () => {
  await old?.drop();
  rmSync(folder, { recursive: true, force: true });
});

test('a backup of an older version is restored as it was and then brought to this version', async () => {
  const file = join(folder, 'old.backup');
  await createBackup({ ...old, dataDir: folder, file, withKeys: false, showProgress: quiet });
  const backup = await checkBackup(file, quiet);
  expect(backup.header.migrations.length).toBeLessThan(all.length);

  const target = await emptyDatabase();
  await migrate({ ...target, only: backup.header.migrations });
  const check = async () => [];
  const dataDir = join(folder, 'data');
  await restoreBackup({ ...target, dataDir, backup, check, showProgress: quiet });
  await migrate(target);

  expect(await query(target, 'select code, name from district.area')).toEqual([
    { code: '410103', name: '二七区' },
  ]);
  const client = new pg.Client(target.ownerUrl);
  await client.connect();
  expect(await listMigrations(client, target.schema)).toEqual(all.toSorted());
  await client.end();
  await target.drop();
});

async function query({ ownerUrl }: TestDatabase, statement: string): Promise<unknown[]> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  try {
    return (await client.query(statement)).rows as unknown[];
  } finally {
    await client.end();
  }
}

test('an older version says in a sentence that the district is of a newer one, and changes nothing', async () => {
  const newer = await emptyDatabase();
  await migrate(newer);
  await query(
    newer,
    `insert into district.kysely_migration (name, timestamp) values ('9999-of-tomorrow', '2099-01-01')`,
  );
  const refusal = await migrate(newer).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(PlainError);
  expect(String(refusal)).toMatch(/更新的版本.+9999-of-tomorrow[\s\S]+newer version/);
  await newer.drop();
});

test('several at once bring one district, and two of one name in one server, to this version', async () => {
  const empty = await emptyDatabase();
  const made = await testDatabase();
  const ran = await Promise.all([empty, empty, made, made, made, made].map((one) => migrate(one)));
  expect(ran.map((names) => names.length).toSorted((a, b) => a - b)).toEqual([
    0,
    0,
    0,
    0,
    0,
    all.length,
  ]);
  await Promise.all([empty.drop(), made.drop()]);
});
