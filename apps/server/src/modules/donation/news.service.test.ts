import { isRefusal, newId, type Id } from '@wennuan/basics';
import { check, post } from '@wennuan/ledger';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { campaignDistrict, type CampaignDistrict } from '../../../test-support/campaigns.ts';
import { callOf } from '../../demo/call.ts';
import { systemActor, visitor, type Actor } from '../../platform/actor.ts';
import { BANK_ACCOUNT } from '../fund/index.ts';

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

test('what lies in the campaign’s aid pot goes along: whole thousands openly, the rest to the heir’s pot', async () => {
  const { database, fund } = district;
  const system = systemActor('test');
  const campaign = await district.openCampaign('冬衣');
  const target = { kind: 'fund' as const, id: district.earmarkId };
  await district.give(300_000, { campaign });
  const aid = [{ sourceId: campaign.id, personId: newId(), amountFen: 12_300, holdName: null }];
  const move = (from: Id, to: Id, amount: number) => ({
    key: `test:${newId()}`,
    from,
    to,
    amount,
    reason: 'payout',
    document: { kind: 'test', id: newId() },
    actor: null,
  });
  // Two fillings of ¥1,000; ¥123 is paid, ¥400 is committed to somebody.
  const potId = await database.write(system, 'test.aid', async (tx) => {
    const { pots, fillings } = await fund.aidOut(tx, aid);
    const pot = pots.get(campaign.id)!;
    const more = { ...move(campaign.id, pot, 100_000), reason: 'aid_set_aside' };
    const commands = [...fillings, more, move(pot, BANK_ACCOUNT, 12_300)];
    await post(tx.sql, { commands, at: tx.now, newId });
    await fund.holdAmounts(tx, {
      document: { kind: 'test', id: newId() },
      sourceId: campaign.id,
      lines: [{ id: newId(), amountFen: 40_000, isPerson: true }],
    });
    return pot;
  });
  const before = await district.balance(target.id);
  const params = { campaignId: campaign.id };
  district.clock.set(new Date('2027-02-02T10:00:00+08:00'));
  for (const tick of district.ticks) if (tick.name === 'donation.close_campaigns') await tick.run();
  await handlers().settle(callOf(office, { params, body: { target } }));
  // ¥1,000 stood in the campaign; of the ¥1,477 that lay free in its pot ¥1,000 go openly.
  expect(await district.balance(target.id)).toBe(before + 200_000);
  expect(await district.balance(campaign.id)).toBe(0);
  expect(await district.balance(potId)).toBe(40_000);
  const heirs = await database.read(system, (tx) =>
    tx.db.selectFrom('aid_pot').select('id').where('source_id', '=', target.id).execute(),
  );
  expect(await district.balance(heirs[0]!.id)).toBe(47_700);
  // What went from pot to pot shows nowhere: not in the fund’s sums, nor in what it set aside for persons.
  const { code: fundCode } = (await database.read(system, (tx) => fund.listFunds(tx, {}))).find(
    (one) => one.id === target.id,
  )!;
  const page = await fund.handlers.publicFund(
    callOf(visitor(), { params: { code: fundCode }, query: { limit: 10 } }),
  );
  expect(page).toMatchObject({ setAsideFen: 0, fund: { balanceFen: before + 200_000 } });
  const { remainders, leftFen } = await handlers().result(
    callOf(visitor(), { params: { code: campaign.code } }),
  );
  expect({ remainders, leftFen }).toMatchObject({
    remainders: [{ label: '暖阳专项基金', amountFen: 200_000 }],
    leftFen: 0,
  });
  expect(await code(handlers().settle(callOf(office, { params, body: { target } })))).toBe(
    'balance_too_low',
  );
  expect(await database.read(system, (tx) => check(tx.sql))).toEqual([]);
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
