import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@wennuan/basics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compose, type Application } from '../../apps/server/src/compose/index.ts';
import { migrate } from '../../apps/server/src/platform/database/migrate.ts';
import { startEmbedded, type Embedded } from '../../apps/server/src/platform/postgres/embedded.ts';

const folder = mkdtempSync(join(tmpdir(), 'wennuan-away-'));
let server: Embedded;
let application: Application;

beforeAll(async () => {
  server = await startEmbedded({ dataDir: folder, durable: false });
  const connection = { ownerUrl: server.url, schema: 'district', secret: '5a'.repeat(32) };
  await migrate(connection);
  application = await compose({
    connection,
    dataDir: folder,
    clock: systemClock,
    sandbox: true,
    limitRates: false,
    federationContact: '0371-00002727',
    log: false,
  });
  await application.events.start();
});
afterAll(async () => {
  await application.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

let asked = 0;
/** Somebody new asks for a code each time: the same number would have to wait for its next one. */
const ask = () =>
  application.app.inject({
    method: 'POST',
    url: '/api/session/codes',
    payload: { telephone: `1990000${String((asked += 1)).padStart(4, '0')}` },
  });

test('while the database is away the answer says so, and everything goes on by itself once it is back', async () => {
  expect((await ask()).statusCode).toBe(200);
  await server.stop();
  const away = await ask();
  expect(away.statusCode).toBe(503);
  expect(away.json()).toMatchObject({ code: 'database_away' });
  expect(away.json().message).toContain('什么都没有丢失');
  expect(away.headers['retry-after']).toBe('2');
  // Now no connection is left, and a new one finds nobody.
  expect((await ask()).statusCode).toBe(503);

  server = await startEmbedded({ dataDir: folder, durable: false });
  const back = await ask();
  expect(back.statusCode).toBe(200);
  await application.events.settle();
});

test('an idle connection that breaks is nobody’s error', async () => {
  await Promise.all(Array.from({ length: 6 }, ask));
  await server.stop();
  server = await startEmbedded({ dataDir: folder, durable: false });
  const answers = await Promise.all(Array.from({ length: 6 }, ask));
  for (const answer of answers) expect([200, 429, 503]).toContain(answer.statusCode);
  expect((await ask()).statusCode).toBe(200);
});
