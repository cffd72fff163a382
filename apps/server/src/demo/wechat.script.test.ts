import { check } from '@wennuan/ledger';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { campaignDistrict, type CampaignDistrict } from '../../test-support/campaigns.ts';
import { systemActor } from '../platform/actor.ts';
import type { Demo } from './index.ts';
import { endWechat, giveByWechat } from './wechat.script.ts';

let district: CampaignDistrict;
const system = systemActor('test');
beforeAll(async () => {
  district = await campaignDistrict({ wechatSandbox: true });
});
afterAll(() => district.close());

test('gifts over WeChat Pay, the bill of their day, and a refund come to their end as in real life', async () => {
  const demo = {
    ...district,
    staff: new Map(Object.entries(district.actors)),
    money: { campaigns: { homes: district.campaign } },
    moment: () => undefined,
  } as unknown as Demo;
  const paidTwice = await giveByWechat(demo);
  expect(paidTwice.day).toBe('2026-11-23');
  district.clock.advance({ days: 1 });
  await endWechat(demo, paidTwice);
  const { bills, gifts, returns, findings } = await district.database.read(system, async (tx) => ({
    bills: await tx.db.selectFrom('channel_bill').selectAll().execute(),
    gifts: await tx.db.selectFrom('gift_payment').select(['channel', 'state']).execute(),
    returns: await tx.db.selectFrom('gift_return').select(['state', 'refund_state']).execute(),
    findings: await check(tx.sql),
  }));
  expect(bills).toMatchObject([
    { channel: 'wechat', day: '2026-11-23', state: 'imported', new_gifts: 0, differences: 0 },
  ]);
  expect(gifts.filter((one) => one.channel === 'wechat')).toHaveLength(6);
  expect(new Set(gifts.map((one) => one.state))).toEqual(new Set(['paid']));
  expect(returns).toEqual([{ state: 'done', refund_state: 'done' }]);
  expect(findings).toEqual([]);
});

test('a paid order’s notice comes in over the same door as the real one’s, and a stranger’s page is not found', async () => {
  const get = (path: string) => district.app.inject({ url: `/api/sandbox/wechat/${path}` });
  expect((await get('0'.repeat(32))).statusCode).toBe(404);
  const ways = await district.app.inject({ url: '/api/public/ways-to-pay' });
  expect(ways.json()).toMatchObject({ items: [{}, { code: 'wechat', name: '微信支付（沙箱）' }] });
});
