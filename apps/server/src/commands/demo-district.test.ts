import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../tooling/test-database.ts';
import { fastFolder } from '../../../../tooling/test-server.ts';
import { openDatabase, type OpenDatabase, withClient } from './database.ts';
import { fillWithDemo } from './demo-district.ts';

let folder: string;
let given: TestDatabase;
let database: OpenDatabase;
beforeEach(async () => {
  folder = mkdtempSync(join(fastFolder(), 'wennuan-half-'));
  given = await testDatabase();
  const environment = { DATABASE_URL: given.ownerUrl };
  writeFileSync(join(folder, 'secret'), given.secret);
  database = await openDatabase({ dataDir: folder, environment });
});
afterEach(async () => {
  await database.close();
  await given.drop();
  rmSync(folder, { recursive: true, force: true });
});

const silent = () => ({ to: () => undefined, end: () => undefined });
const run = (statements: string) =>
  withClient(given.ownerUrl, (client) =>
    client.query(`set search_path = ${given.schema}; ${statements}`),
  );
const mark = (value: string) =>
  `insert into setting (name, value) values ('demo', '${value}')
    on conflict (name) do update set value = excluded.value`;
const AREA = `insert into area (code, name, level) values ('410103', '试验区', 'district')`;
const picture = () => join(folder, 'files', 'picture');

const cutOff = async () => {
  await run(`${mark('building')}; ${AREA}`);
  mkdirSync(join(folder, 'files'));
  writeFileSync(picture(), 'half');
  throw new Error('cut off');
};

test('a demo that was cut off is cleared away and built anew; a whole one is left alone', async () => {
  await expect(fillWithDemo(database, silent, cutOff)).rejects.toThrow('cut off');
  const built = await fillWithDemo(database, silent, async () => {
    expect(existsSync(picture())).toBe(false);
    await run(`${AREA}; ${mark('yes')}`);
  });
  expect(built).toBe(true);
  expect(await fillWithDemo(database, silent, cutOff)).toBe(false);
});

test('a district of its own is never cleared', async () => {
  await run(AREA);
  expect(await fillWithDemo(database, silent, cutOff)).toBe(false);
});

test('while one process builds, another is told so', async () => {
  await fillWithDemo(database, silent, async () => {
    await run(`${mark('building')}; ${AREA}`);
    await expect(fillWithDemo(database, silent, cutOff)).rejects.toThrow(
      '另一个进程正在这里建演示区',
    );
    await run(mark('yes'));
  });
});
