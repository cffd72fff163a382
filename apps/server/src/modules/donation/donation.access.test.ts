import { newId, type Id } from '@wennuan/basics';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moneyDistrict, type MoneyDistrict } from '../../../test-support/money.ts';
import type { Actor } from '../../platform/actor.ts';
import { loginUrl, type Login } from '../../platform/database/roles.ts';

/** What each login sees when somebody asks the database directly, past every rule of the application. */
let district: MoneyDistrict;
let giver: Actor;
let stranger: Actor;
let giftId: Id;
let token: string;
let claimId: Id;
let personProposal: Id;
const clients: pg.Client[] = [];

beforeAll(async () => {
  district = await moneyDistrict();
  giver = await district.signUp('19900000021');
  stranger = await district.signUp('19900000022');
  district.who.set('giver', giver);
  const wish = await district.wish('一台电扇', 15_000);
  const begun = await district.app.inject({
    method: 'POST',
    url: '/api/gifts',
    headers: { 'x-actor': 'giver' },
    payload: {
      target: { kind: 'item', id: wish.itemId },
      amountYuan: '1',
      name: { displayName: '张阿姨', hideFromPublic: true },
      formId: newId(),
    },
  });
  ({ giftId, token } = begun.json() as { giftId: Id; token: string });
  await district.app.inject({ method: 'POST', url: `/api/sandbox/orders/${giftId}/pay` });
  ({ claimId } = await district.database.write(district.enterprise, 'test.claim', (tx) =>
    district.donation.claimItem(tx, {
      itemId: wish.itemId,
      amountYuan: '10',
      agreementNumber: '协议1',
      formId: newId(),
    }),
  ));
  const fund = await district.communityFund();
  await district.notify({ projectCode: fund.code, amountFen: 50_000 });
  ({ proposalId: personProposal } = await district.payOut(
    { kind: 'fund', id: fund.id },
    { kind: 'person', id: district.person() },
    10_000,
  ));
});
afterAll(async () => {
  for (const client of clients) await client.end();
  await district.close();
});

async function ask(login: Login, text: string, scope: { areas?: number[]; account?: Id } = {}) {
  const client = new pg.Client({
    connectionString: loginUrl(district.connection, login),
    options: `-c search_path=${district.connection.schema}`,
  });
  clients.push(client);
  await client.connect();
  await client.query(
    `set app.areas = '{${(scope.areas ?? []).join(',')}}'; set app.account = '${scope.account ?? ''}'`,
  );
  return (await client.query(text)).rows as Record<string, unknown>[];
}

describe('who gave', () => {
  test('is not for visitors: orders are closed to them, and a gift says nothing private', async () => {
    await expect(ask('public', 'select * from gift_order')).rejects.toThrow('permission denied');
    await expect(ask('public', 'select platform_order from gift')).rejects.toThrow(
      'permission denied',
    );
    const [gift] = await ask(
      'public',
      `select public_name, amount_fen from gift where id = '${giftId}'`,
    );
    expect(gift).toEqual({ public_name: null, amount_fen: '100' });
  });

  test('a resident sees her own order and nobody else’s', async () => {
    const own = `select id from gift_order`;
    expect(await ask('resident', own, { account: giver.accountId! })).toEqual([{ id: giftId }]);
    expect(await ask('resident', own, { account: stranger.accountId! })).toEqual([]);
    expect(await ask('resident', own)).toEqual([]);
  });

  test('nobody but the holder of the link opens it, and a kept gift is not taken by another', async () => {
    const { createHash } = await import('node:crypto');
    const hash = createHash('sha256').update(token).digest('hex');
    const byToken = (value: string) => `select id from gift_order_by_token('\\x${value}')`;
    expect(await ask('public', byToken(hash))).toEqual([{ id: giftId }]);
    expect(await ask('public', byToken('00'))).toEqual([]);
    const keep = `select keep_gift('\\x${hash}') as id`;
    expect(await ask('resident', keep, { account: stranger.accountId! })).toEqual([{ id: null }]);
    expect(await ask('resident', keep, { account: giver.accountId! })).toEqual([{ id: giftId }]);
    await expect(ask('public', keep)).rejects.toThrow('permission denied');
  });

  test('staff of communities and streets never see orders', async () => {
    await expect(ask('staff', 'select id from gift_order')).rejects.toThrow('permission denied');
  });
});

describe('what is final', () => {
  test.each<[Login, string]>([
    ['federation', 'update gift set amount_fen = 1'],
    ['federation', 'delete from gift'],
    ['payments', 'update gift set amount_fen = 1'],
    ['system', 'update gift set amount_fen = 1'],
    ['federation', 'update payment set amount_fen = 1'],
    ['system', 'delete from payment'],
    ['federation', 'update approval_decision set decision = $$approve$$'],
    ['system', 'delete from approval_decision'],
    ['staff', 'update campaign_item set target_fen = 1'],
    ['staff', 'update campaign set remainder_rule = $$mine$$'],
    ['payments', 'update campaign_item set state = $$closed$$'],
    ['payments', 'select token_hash from gift_order'],
    ['resident', 'update claim set state = $$paid$$'],
    ['public', 'select * from sandbox_order'],
    ['federation', 'select * from sandbox_order'],
  ])('%s may not: %s', async (login, text) => {
    await expect(ask(login, text)).rejects.toThrow('permission denied');
  });
});

describe('proposals and payments', () => {
  const find = `select id from proposal`;
  test('staff see those of their own areas only', async () => {
    const here = district.actors['street']!.areaIds;
    const elsewhere = district.actors['street-elsewhere']!.areaIds;
    expect(await ask('staff', find, { areas: [...here] })).toContainEqual({ id: personProposal });
    expect(await ask('staff', find, { areas: [...elsewhere] })).toEqual([]);
    expect(await ask('staff', find)).toEqual([]);
  });

  test('staff cannot approve in SQL what they may only cancel', async () => {
    const areas = [...district.actors['street']!.areaIds];
    await expect(
      ask('staff', `update proposal set state = 'approved' where id = '${personProposal}'`, {
        areas,
      }),
    ).rejects.toThrow('row-level security');
    await expect(
      ask('staff', `update approval set state = 'approved', closed_at = now()`, { areas }),
    ).rejects.toThrow('row-level security');
  });

  test('nobody outside sees a payment to a person, nor whom a payment was for', async () => {
    for (const login of ['public', 'resident'] as const) {
      expect(await ask(login, 'select number from payment')).toEqual([]);
      await expect(ask(login, 'select payee_id from payment')).rejects.toThrow('permission denied');
      await expect(ask(login, 'select * from proposal')).rejects.toThrow('permission denied');
    }
  });

  test('an approver of the federation cannot give another’s word', async () => {
    const insert = `insert into approval_decision (approval_id, place, account_id, proposer_id, decision, at)
      select id, 9, '${stranger.accountId}', proposer_id, 'approve', now() from approval limit 1`;
    await expect(
      ask('federation', insert, { account: district.actors['approver']!.accountId! }),
    ).rejects.toThrow('row-level security');
  });
});

describe('claims', () => {
  test('an enterprise sees its own, everybody only that something is claimed, by whom and until when', async () => {
    const find = 'select id from claim';
    expect(await ask('resident', find, { account: district.enterprise.accountId! })).toEqual([
      { id: claimId },
    ]);
    expect(await ask('resident', find, { account: stranger.accountId! })).toEqual([]);
    await expect(ask('public', find)).rejects.toThrow('permission denied');
    const shown = await ask(
      'public',
      `select * from item_claims((select array_agg(id) from campaign_item), '2026-11-23T09:00:00+08:00')`,
    );
    expect(Object.keys(shown[0]!)).toEqual([
      'item_id',
      'locked_fen',
      'locked_until',
      'enterprise_name',
    ]);
  });

  test('a visitor cannot lock items, nor a resident free claims', async () => {
    await expect(ask('public', `select * from lock_items('{}', now())`)).rejects.toThrow('denied');
    await expect(ask('resident', `select * from cancel_claims('{}')`)).rejects.toThrow('denied');
  });
});

test('a campaign that has not opened is not for visitors', async () => {
  await district.database.write(district.actors['federation']!, 'test.draft', (tx) =>
    district.donation.draftCampaign(tx, {
      name: '草稿',
      legalForm: 'public_fundraising',
      summary: '草稿',
      purpose: '草稿',
      beneficiaries: '草稿',
      useOfMoney: '草稿',
      costs: '草稿',
      remainderRule: '草稿',
      opensOn: '2026-12-01',
      closesOn: '2026-12-31',
      goalYuan: null,
    }),
  );
  expect(await ask('public', `select code from campaign where name = '草稿'`)).toEqual([]);
  expect(await ask('federation', `select name from campaign where name = '草稿'`)).toHaveLength(1);
});
