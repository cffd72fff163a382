import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@wennuan/basics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signNotice, SIGNATURE_HEADER } from '../../apps/server/src/modules/donation/index.ts';
import { type GivingServer, startGivingServer } from '../../tooling/giving-server.ts';

const GIVERS = 12;
const GIFTS_EACH = 120;
/** Every twentieth answer is thrown away by the sender and the notice sent again, as platforms do. */
const RETRY_EVERY = 20;

const dataDir = mkdtempSync(join(tmpdir(), 'wennuan-killed-'));
let server: GivingServer;

beforeAll(async () => {
  server = await startGivingServer(dataDir);
}, 240_000);
afterAll(async () => {
  await server?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Sends one notice until it is answered with a gift number; whatever fails in between is tried again. */
async function give(platformOrder: string, retry: boolean): Promise<string> {
  const paidAt = new Date().toISOString();
  for (let attempt = 0; ; attempt += 1) {
    const notice = {
      platformOrder,
      projectCode: server.projectCode,
      amountFen: 100,
      paidAt,
      sentAt: new Date().toISOString(),
      giftId: null,
      giverName: null,
    };
    const { body, signature } = signNotice(notice, server.privateKey);
    try {
      const answer = await fetch(`http://127.0.0.1:${server.port}/api/platform/sandbox/notices`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature },
        body: new Uint8Array(body),
        signal: AbortSignal.timeout(5_000),
      });
      const said = (await answer.json()) as { giftNumber: string };
      if (answer.status === 200 && !(retry && attempt === 0)) return said.giftNumber;
      if (answer.status !== 200 && answer.status < 500) throw new Error(JSON.stringify(said));
    } catch (thrown) {
      if (thrown instanceof Error && thrown.message.startsWith('{')) throw thrown;
    }
    if (attempt > 0) await sleep(100);
  }
}

test('kill -9 of the server and of PostgreSQL while gifts come in: none acknowledged is lost, none is there twice', async () => {
  const acknowledged = new Map<string, string>();
  const giving = Promise.all(
    Array.from({ length: GIVERS }, async () => {
      for (let n = 0; n < GIFTS_EACH; n += 1) {
        const order = newId();
        acknowledged.set(order, await give(order, n % RETRY_EVERY === 0));
      }
    }),
  );
  const reached = async (count: number) => {
    while (acknowledged.size < count) await sleep(20);
  };
  const all = GIVERS * GIFTS_EACH;
  await reached(all * 0.25);
  await server.killServer();
  await reached(all * 0.6);
  await server.killDatabase();
  await giving;

  expect(acknowledged.size).toBe(all);
  const books = await server.books();
  expect([...books.gifts.keys()].toSorted()).toEqual([...acknowledged.keys()].toSorted());
  expect(new Set(acknowledged.values()).size).toBe(all);
  expect(books).toMatchObject({ postedFen: all * 100, findings: 0 });
}, 300_000);
