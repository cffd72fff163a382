import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@wennuan/basics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyDatabase, type TestDatabase } from '../../../../../tooling/test-database.ts';
import { compose, type Application } from '../../compose/index.ts';
import { migrate } from './migrate.ts';

const folder = mkdtempSync(join(tmpdir(), 'wennuan-two-'));
let database: TestDatabase;
const districts: Record<string, Application> = {};

beforeAll(async () => {
  database = await emptyDatabase();
  for (const schema of ['river', 'hill']) {
    const connection = { ownerUrl: database.ownerUrl, schema, secret: database.secret };
    await migrate(connection);
    districts[schema] = await compose({
      connection,
      dataDir: join(folder, schema),
      clock: systemClock,
      sandbox: true,
      limitRates: false,
      federationContact: '0371-00002727',
      log: false,
    });
  }
});
afterAll(async () => {
  for (const district of Object.values(districts)) await district.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

test('two districts share a database and know nothing of each other', async () => {
  const sheet = (name: string) =>
    Buffer.from(`code,name,level,parent_code\n990001,${name},district,\n`);
  await districts['river']!.place.importSheet(sheet('河区'));
  await districts['hill']!.place.importSheet(sheet('山区'));
  const brand = async (schema: string) =>
    (await districts[schema]!.app.inject('/api/district')).json<{ brand: string }>().brand;
  expect([await brand('river'), await brand('hill')]).toEqual(['温暖河', '温暖山']);

  await districts['river']!.app.inject({
    method: 'POST',
    url: '/api/session/codes',
    payload: { telephone: '19900000001' },
  });
  const texts = async (schema: string) =>
    (await districts[schema]!.app.inject('/api/sandbox/messages')).json<{ items: unknown[] }>();
  expect((await texts('river')).items).toHaveLength(1);
  expect((await texts('hill')).items).toHaveLength(0);
  await districts['river']!.events.settle();
  await districts['hill']!.events.settle();
});

test('migrating again changes nothing', async () => {
  const ran = await migrate({
    ownerUrl: database.ownerUrl,
    schema: 'river',
    secret: database.secret,
  });
  expect(ran).toEqual([]);
});
