import { isRefusal } from '@wennuan/basics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { campaignDistrict, type CampaignDistrict } from '../../../test-support/campaigns.ts';
import { callOf } from '../../demo/call.ts';
import { systemActor, visitor, type Actor } from '../../platform/actor.ts';

let district: CampaignDistrict;
let giver: Actor;
let office: Actor;

beforeAll(async () => {
  district = await campaignDistrict();
  giver = await district.signUp('19900000081');
  office = district.actors['federation']!;
}, 60_000);
afterAll(() => district.close());

const handlers = () => district.donation.campaignHandlers;
const code = async (work: Promise<unknown>) =>
  await work.then(
    () => null,
    (thrown: unknown) => (isRefusal(thrown) ? thrown.code : thrown),
  );

test('an emergency opens in one go, before it is filed, and its clocks begin', async () => {
  const { plans } = await handlers().emergencyPlans(callOf(office));
  const { days, ...plan } = plans[0]!.plan;
  expect(days).toBeGreaterThan(0);
  const opened = await handlers().openEmergency(
    callOf(office, {
      body: {
        ...plan,
        kind: 'flood',
        closesOn: '2026-12-20',
        goalYuan: null,
        certificateNumber: '公募证 1',
        listing: '指定平台',
        ownAccount: '专户 1',
      },
    }),
  );
  expect(opened).toMatchObject({ state: 'open', filingNumber: null });
  expect(opened.formSentence).toContain('十日内补办备案');
  district.clock.set(new Date('2026-11-27T09:00:00+08:00'));
  for (const tick of district.ticks) if (tick.name.startsWith('disclosure.')) await tick.run();
  const duties = await district.database.read(systemActor('test'), (tx) =>
    tx.db
      .selectFrom('disclosure_duty')
      .select(['kind', 'due_on'])
      .where('subject_code', '=', opened.code)
      .orderBy('kind')
      .execute(),
  );
  expect(duties).toContainEqual({ kind: 'emergency_filing', due_on: '2026-12-03' });
  expect(duties).toContainEqual({ kind: 'emergency_receipts', due_on: '2026-11-28' });
});

test('news reach those who gave, and everybody reads them', async () => {
  await district.give(2_000, { account: giver });
  await handlers().publish(
    callOf(office, {
      params: { campaignId: district.campaign.id },
      body: {
        title: '第一周',
        text: '送出 40 份热饭。',
        isResult: false,
        pictureIds: [],
        tellGivers: true,
      },
    }),
  );
  await district.events.settle();
  const params = { code: district.campaign.code };
  const page = await handlers().news(callOf(visitor(), { params }));
  expect(page.items).toMatchObject([{ title: '第一周', isResult: false }]);
  const told = await district.database.read(systemActor('test'), (tx) =>
    tx.db.selectFrom('message').select(['account_id', 'link']).execute(),
  );
  expect(told).toEqual([
    { account_id: giver.accountId, link: `/campaigns/${district.campaign.code}` },
  ]);
});

test('a result waits for the end; the rest goes once, whole, and the page adds up', async () => {
  const body = { title: '结果', text: '完成。', isResult: true, pictureIds: [], tellGivers: false };
  const params = { campaignId: district.campaign.id };
  expect(await code(handlers().publish(callOf(office, { params, body })))).toBe(
    'campaign_not_ended',
  );
  const target = { kind: 'fund' as const, id: district.earmarkId };
  const settle = () => handlers().settle(callOf(office, { params, body: { target } }));
  expect(await code(settle())).toBe('campaign_not_ended');
  district.clock.set(new Date('2027-01-02T10:00:00+08:00'));
  for (const tick of district.ticks) if (tick.name === 'donation.close_campaigns') await tick.run();
  await settle();
  expect(await code(settle())).toBe('balance_too_low');
  await handlers().publish(callOf(office, { params, body }));
  const result = await handlers().result(
    callOf(visitor(), { params: { code: district.campaign.code } }),
  );
  expect(result).toMatchObject({
    giftsFen: 2_000,
    otherInFen: 0,
    otherOutFen: 0,
    leftFen: 0,
    remainders: [{ label: '暖阳专项基金', amountFen: 2_000 }],
    news: { title: '结果' },
  });
  expect(await district.balance(district.earmarkId)).toBe(2_000);
});

test('what is written down beside gifts is in no total', async () => {
  const before = await handlers().totals(callOf(visitor()));
  await handlers().record(
    callOf(office, {
      body: {
        legalForm: 'sale_promise',
        campaignId: null,
        organizationId: district.enterpriseId,
        text: '每卖出一袋米捐 1 元。',
        amountYuan: '3000',
        happenedOn: '2026-12-01',
      },
    }),
  );
  const page = await handlers().recorded(callOf(visitor(), { query: { limit: 10 } }));
  expect(page.items).toMatchObject([{ givenBy: '暖阳制造（演示）', amountFen: 300_000 }]);
  const { asOf: _, ...totals } = await handlers().totals(callOf(visitor()));
  expect(before).toMatchObject(totals);
});
