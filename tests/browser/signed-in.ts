import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '@wennuan/basics';
import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import { SESSION_COOKIE } from '../../apps/server/src/modules/access/index.ts';
import type { Actor } from '../../apps/server/src/platform/actor.ts';
import { openPage, type Width } from './browser.ts';

/** An application under test that answers at an address. */
export interface Served {
  connection: { ownerUrl: string; schema: string };
  clock: Clock;
  address: string;
}

/** Somebody's page, signed in without typing: signing in has stories of its own. */
export async function signedIn(
  browser: Browser,
  { connection, clock, address }: Served,
  { actor, width }: { actor: Actor; width: Width },
): Promise<Page> {
  const token = randomUUID();
  const client = new pg.Client({
    connectionString: connection.ownerUrl,
    options: `-c search_path=${connection.schema}`,
  });
  await client.connect();
  await client.query(
    `insert into session (token_hash, account_id, role_id, created_at, last_seen_at, expires_at)
     values ($1, $2, $3, $4, $4, $4::timestamptz + interval '30 days')`,
    [createHash('sha256').update(token).digest(), actor.accountId, actor.roleId, clock.now()],
  );
  await client.end();
  const page = await openPage(browser, { address, width });
  await page.context().addCookies([{ name: SESSION_COOKIE, value: token, url: address }]);
  return page;
}
