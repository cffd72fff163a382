import { randomUUID } from 'node:crypto';
import type { Id } from '@wennuan/basics';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { campaignDistrict, type CampaignDistrict } from '../../../test-support/campaigns.ts';
import type { Actor } from '../../platform/actor.ts';
import { loginUrl, type Login } from '../../platform/database/roles.ts';

/** What each login sees of promises when somebody asks the database directly, past every rule of the application. */
let district: CampaignDistrict;
let giver: Actor;
let stranger: Actor;
const clients: pg.Client[] = [];

beforeAll(async () => {
  district = await campaignDistrict();
  giver = await district.signUp('19900000031');
  stranger = await district.signUp('19900000032');
  await district.database.write(giver, 'test.promise', async (tx) => {
    await district.pledge.promise(tx, {
      campaignId: district.campaign.id,
      amountYuan: '10',
      instalments: [{ dueOn: '2026-12-01', amountYuan: '10' }],
      agreementNumber: null,
      displayName: null,
      formId: randomUUID(),
    });
    await district.pledge.startMonthly(tx, {
      campaignId: district.campaign.id,
      amountYuan: '5',
      dayOfMonth: 8,
      displayName: null,
      formId: randomUUID(),
    });
  });
}, 60_000);
afterAll(async () => {
  for (const client of clients) await client.end();
  await district.close();
});

async function ask(login: Login, text: string, account: Id | null = null) {
  const client = new pg.Client({
    connectionString: loginUrl(district.connection, login),
    options: `-c search_path=${district.connection.schema}`,
  });
  clients.push(client);
  await client.connect();
  await client.query(`set app.areas = '{}'; set app.account = '${account ?? ''}'`);
  return (await client.query(text)).rows as Record<string, unknown>[];
}

test('a visitor sees the promise, and neither who made it nor which gift kept it', async () => {
  expect(await ask('public', 'select number, amount_fen from pledge')).toHaveLength(1);
  for (const closed of [
    'select account_id from pledge',
    'select * from pledge_gift',
    'select * from monthly_gift',
    'select account_id from gift_match',
  ])
    await expect(ask('public', closed), closed).rejects.toThrow('permission denied');
});

test('a resident sees her own promises and months, and changes nobody else’s', async () => {
  expect(await ask('resident', 'select id from pledge', giver.accountId)).toHaveLength(1);
  expect(await ask('resident', 'select id from monthly_gift', giver.accountId)).toHaveLength(1);
  for (const table of ['pledge', 'monthly_gift', 'monthly_turn'])
    expect(await ask('resident', `select id from ${table}`, stranger.accountId)).toEqual([]);
  await ask(
    'resident',
    "update monthly_gift set state = 'ended', ended_on = '2026-12-01'",
    stranger.accountId,
  );
  expect(await ask('resident', 'select state from monthly_gift', giver.accountId)).toEqual([
    { state: 'running' },
  ]);
});

test('nobody but the system writes matches, and nobody moves a pot’s terms', async () => {
  const match = 'update gift_match set taken_back_fen = 0';
  for (const login of ['public', 'resident', 'staff', 'federation'] as const)
    await expect(ask(login, match), login).rejects.toThrow('permission denied');
  await expect(ask('federation', 'update matching_pot set amount_fen = 1')).rejects.toThrow(
    'permission denied',
  );
});
