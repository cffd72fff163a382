import { newId } from '@wennuan/basics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moneyDistrict, type MoneyDistrict } from '../../../test-support/money.ts';

let district: MoneyDistrict;
beforeAll(async () => {
  district = await moneyDistrict();
});
afterAll(() => district.close());

const plan = {
  name: '五个老人之家',
  legalForm: 'public_fundraising' as const,
  summary: '改造五处老人之家',
  purpose: '改造',
  beneficiaries: '社区老人',
  useOfMoney: '装修与设备',
  costs: '不收取管理费',
  remainderRule: '余款用于助老项目',
  opensOn: '2026-11-20',
  closesOn: '2026-12-31',
  goalYuan: '250000',
};
const federation = () => district.actors['federation']!;
const draft = (change: Partial<typeof plan> = {}) =>
  district.database
    .write(federation(), 'test.draft', (tx) =>
      district.donation.draftCampaign(tx, { ...plan, ...change }),
    )
    .then((drafted) => drafted.campaignId);
type Tick = 'qualified_charity' | 'filed_plan' | 'live_listing' | 'own_account';
const tick = (campaignId: string, name: Tick, filedOn: string | null = null) =>
  district.database.write(federation(), 'test.tick', (tx) =>
    district.donation.setTick(tx, { campaignId, tick: name, detail: '编号1', filedOn }),
  );
const open = (campaignId: string) =>
  district.database.write(federation(), 'test.open', (tx) =>
    district.donation.openCampaign(tx, campaignId),
  );
const give = async (campaignId: string) =>
  (
    await district.app.inject({
      method: 'POST',
      url: '/api/gifts',
      payload: {
        target: { kind: 'campaign', id: campaignId },
        amountYuan: '1',
        name: { displayName: null },
        formId: newId(),
      },
    })
  ).json() as { code?: string; giftId?: string };

describe('public fundraising', () => {
  test('C-01: says what is missing, the certificate first, opens with the four ticks ten days after filing, and then takes gifts', async () => {
    const id = await draft();
    await expect(open(id)).rejects.toMatchObject({
      code: 'campaign_ticks_missing',
      params: { missing: '公开募捐资格证书、方案备案（满十日）、指定平台上线、总会专用账户' },
    });
    await tick(id, 'qualified_charity');
    await tick(id, 'live_listing');
    await tick(id, 'own_account');
    await tick(id, 'filed_plan', '2026-11-14');
    await expect(open(id)).rejects.toMatchObject({ params: { missing: '方案备案（满十日）' } });
    expect((await give(id)).code).toBe('not_found');
    district.clock.advance({ days: 1 });
    await open(id);
    expect((await give(id)).giftId).toBeDefined();
  });

  test('is refused by the database too when the rule is forgotten', async () => {
    const id = await draft();
    const force = (columns: Record<string, string>) =>
      district.database.write(federation(), 'test.bug', (tx) =>
        tx.db
          .updateTable('campaign')
          .set({ state: 'open', opened_on: '2026-11-24', ...columns })
          .where('id', '=', id)
          .execute(),
      );
    const all = { certificate_number: '1', listing: '1', own_account: '1', filing_number: '1' };
    await expect(force({})).rejects.toThrow('campaign_public_fundraising_has_ticks');
    await expect(force({ ...all, filed_on: '2026-11-15' })).rejects.toThrow('has_ticks');
    await expect(force({ ...all, filed_on: '2026-11-14', listing: '' })).rejects.toThrow(
      'has_ticks',
    );
  });

  test('outside its dates it takes nothing, and the tick ends it', async () => {
    district.clock.set('2026-12-31T23:59:00+08:00');
    const before = await give(district.campaign);
    expect(before.giftId).toBeDefined();
    const id = await draft({ opensOn: '2027-01-10', closesOn: '2027-01-20' });
    for (const name of ['qualified_charity', 'live_listing', 'own_account'] as const)
      await tick(id, name);
    await tick(id, 'filed_plan', '2026-12-20');
    await open(id);
    expect((await give(id)).code).toBe('campaign_not_open');
    district.clock.set('2027-01-20T12:00:00+08:00');
    expect((await give(id)).giftId).toBeDefined();
    district.clock.set('2027-01-21T00:00:00+08:00');
    expect((await give(id)).code).toBe('campaign_not_open');
    await district.donation.ticks.find((one) => one.name === 'donation.close_campaigns')!.run();
    const page = (await district.app.inject('/api/public/campaigns')).json() as {
      items: { id: string; state: string }[];
    };
    expect(page.items.find((one) => one.id === id)?.state).toBe('closed');
  });
});

test('a community’s fund takes mutual aid of its own bound residents only', async () => {
  const fund = await district.communityFund();
  const resident = await district.signUp('19900000011');
  district.who.set('resident', resident);
  const mutual = async (actor: string | null) =>
    (
      await district.app.inject({
        method: 'POST',
        url: '/api/gifts',
        headers: actor ? { 'x-actor': actor } : {},
        payload: {
          target: { kind: 'fund', id: fund.id },
          amountYuan: '5',
          name: { displayName: null },
          formId: newId(),
        },
      })
    ).json() as { code?: string; giftId?: string };
  expect((await mutual(null)).code).toBe('not_signed_in');
  expect((await mutual('resident')).code).toBe('not_permitted');
  district.homes.set(resident.accountId!, [district.areaId()]);
  const { giftId } = await mutual('resident');
  const paid = await district.app.inject({
    method: 'POST',
    url: `/api/sandbox/orders/${giftId}/pay`,
  });
  expect(paid.json()).toMatchObject({ delivered: true });
  const page = (await district.app.inject(`/api/public/funds/${fund.code}`)).json() as {
    fund: { inFen: number };
    movements: { items: { label: string; counterparty: string }[] };
  };
  expect(page.fund.inFen).toBe(500);
  expect(page.movements.items).toMatchObject([{ label: '捐赠', counterparty: '爱心人士' }]);
});
