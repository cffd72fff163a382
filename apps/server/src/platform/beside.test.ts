import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../tooling/test-database.ts';
import { beside, type Beside } from './beside.ts';
import { isOutage } from './database/outage.ts';

const NOW = new Date('2026-11-22T02:00:00Z');
let connection: TestDatabase;
let doubling: Beside<number, string>;
beforeAll(async () => {
  connection = await testDatabase();
  const file = new URL('../../test-support/doubling.worker.ts', import.meta.url);
  doubling = beside(file, connection);
});
afterAll(async () => {
  await doubling.close();
  await connection.drop();
});

test('a batch runs in the thread at the moment it was given, in its order', async () => {
  const moment = NOW.toISOString();
  expect(await doubling.run([3, 1], NOW)).toEqual([`6 ${moment}`, `2 ${moment}`]);
});

test('what the database refuses is thrown here with its code', async () => {
  await expect(doubling.run([0], NOW)).rejects.toMatchObject({ code: '22012' });
  expect(await doubling.run([4], NOW)).toHaveLength(1);
});

test('a thread that ends in the middle is an outage, and the next batch has a new one', async () => {
  const thrown = await doubling.run([13], NOW).catch((error: unknown) => error);
  expect(isOutage(thrown)).toBe(true);
  expect(await doubling.run([5], NOW)).toEqual([`10 ${NOW.toISOString()}`]);
});
