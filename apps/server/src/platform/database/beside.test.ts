import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../../tooling/test-database.ts';
import type { Beside } from '../beside.ts';
import { type Commands, databaseBeside } from './beside.ts';
import { isOutage } from './outage.ts';

const NOW = new Date('2026-11-22T02:00:00Z');
let connection: TestDatabase;
let doubling: Beside<Commands<number>, string[]>;
beforeAll(async () => {
  connection = await testDatabase();
  const file = new URL('../../../test-support/doubling.worker.ts', import.meta.url);
  doubling = databaseBeside(file, connection);
});
const double = (commands: number[]) => doubling.run({ commands, now: NOW });
afterAll(async () => {
  await doubling.close();
  await connection.drop();
});

test('a batch runs in the thread at the moment it was given, in its order', async () => {
  const moment = NOW.toISOString();
  expect(await double([3, 1])).toEqual([`6 ${moment}`, `2 ${moment}`]);
});

test('what the database refuses is thrown here with its code', async () => {
  await expect(double([0])).rejects.toMatchObject({ code: '22012' });
  expect(await double([4])).toHaveLength(1);
});

test('batches given together run one after another, each at its own moment; one that fails fails alone', async () => {
  const moments = [0, 1, 2].map((second) => new Date(NOW.getTime() + second * 1_000));
  const [first, second, third] = await Promise.allSettled(
    moments.map((now, index) => doubling.run({ commands: [[1], [0], [2]][index]!, now })),
  );
  expect(first).toMatchObject({ value: [`2 ${moments[0]!.toISOString()}`] });
  expect(second).toMatchObject({ reason: { code: '22012' } });
  expect(third).toMatchObject({ value: [`4 ${moments[2]!.toISOString()}`] });
});

test('a thread that ends in the middle is an outage, and the next batch has a new one', async () => {
  const thrown = await double([13]).catch((error: unknown) => error);
  expect(isOutage(thrown)).toBe(true);
  expect(await double([5])).toEqual([`10 ${NOW.toISOString()}`]);
});

test('an error that ends the thread is told with the outage', async () => {
  const thrown = await double([31]).catch((error: unknown) => error);
  expect(isOutage(thrown)).toBe(true);
  expect(String(thrown)).toContain('no memory left');
  expect(await double([5])).toEqual([`10 ${NOW.toISOString()}`]);
});
