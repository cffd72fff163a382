import pg from 'pg';
import { expect, test } from 'vitest';
import { testDatabase } from './test-database.ts';

test('each test database is a separate clone that can be dropped', async () => {
  const [one, two] = await Promise.all([testDatabase(), testDatabase()]);
  expect(one.ownerUrl).not.toBe(two.ownerUrl);
  const client = new pg.Client(one.ownerUrl);
  await client.connect();
  await client.query('create table only_here ()');
  await client.end();
  const other = new pg.Client(two.ownerUrl);
  await other.connect();
  const found = await other.query(`select to_regclass('only_here') as it`);
  await other.end();
  expect(found.rows).toEqual([{ it: null }]);
  await Promise.all([one.drop(), two.drop()]);
  await expect(new pg.Client(one.ownerUrl).connect()).rejects.toThrow(/does not exist/);
});
