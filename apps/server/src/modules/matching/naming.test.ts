import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { campaignDistrict, type CampaignDistrict } from '../../../test-support/campaigns.ts';
import { callOf } from '../../demo/call.ts';
import { visitor, type Actor } from '../../platform/actor.ts';

const NAME = '暖阳制造（演示）';
let district: CampaignDistrict;
let office: Actor;

beforeAll(async () => {
  district = await campaignDistrict();
  office = district.actors['federation']!;
}, 60_000);
afterAll(() => district.close());

/** Notes or takes back the enterprise's consent, as the office does. */
const consent = (paper: string | null) =>
  district.organization.handlers.setNaming(
    callOf(office, {
      params: { organizationId: district.enterpriseId },
      body: { consent: paper === null ? null : { paper, consentedOn: '2026-11-20' } },
    }),
  );
const accountant = () => district.actors['accountant']!;

/** The enterprise gives to a fund, promises, sells for a cause, and fills a pot; each leaves a trace in public. */
async function giveEveryWay(round: number): Promise<void> {
  await district.database.write(accountant(), 'test.agreed', (tx) =>
    district.donation.recordAgreedGifts(tx, [
      {
        fundId: district.earmarkId,
        organizationId: district.enterpriseId,
        amountFen: 500_000,
        bankReference: `回单 ${round}`,
        paidOn: '2026-11-20',
      },
    ]),
  );
  await district.pledge.handlers.record(
    callOf(office, {
      body: {
        campaignId: district.campaign.id,
        organizationId: district.enterpriseId,
        amountYuan: '200',
        instalments: [{ dueOn: '2026-11-25', amountYuan: '200' }],
        agreementNumber: `认捐协议 ${round}`,
        formId: randomUUID(),
      },
    }),
  );
  await district.donation.campaignHandlers.record(
    callOf(office, {
      body: {
        legalForm: 'sale_promise',
        campaignId: null,
        organizationId: district.enterpriseId,
        text: '每卖出一袋米捐 1 元。',
        amountYuan: '3000',
        happenedOn: '2026-11-20',
      },
    }),
  );
}

/** All that everybody can read of it. */
async function publicText(): Promise<string> {
  const { code } = district.campaign;
  const call = { params: { code }, query: { limit: 50 } };
  const pages = await Promise.all([
    district.pledge.handlers.ofCampaign(callOf(visitor(), call)),
    district.matching.handlers.ofCampaign(callOf(visitor(), call)),
    district.donation.campaignHandlers.recorded(callOf(visitor(), { query: { limit: 50 } })),
    district.app.inject('/api/open/movements.json').then(({ statusCode, payload }) => {
      expect(statusCode).toBe(200);
      return payload;
    }),
  ]);
  return JSON.stringify(pages);
}

test('C-18: without its consent no public page names an enterprise that gives; with it they do', async () => {
  await consent(null);
  await giveEveryWay(1);
  await district.database.write(accountant(), 'test.pot', (tx) =>
    district.matching.openPot(tx, {
      campaignId: district.campaign.id,
      organizationId: district.enterpriseId,
      amountYuan: '50',
      bankReference: '回单 池',
      paidOn: '2026-11-20',
      agreementNumber: '配捐协议 1',
      ratioPercent: 100,
      capPerGiftYuan: '20',
      capPerPayerYuan: '30',
      fromOn: '2026-11-20',
      untilOn: '2026-11-30',
      remainderFundId: null,
    }),
  );
  const nameless = await publicText();
  expect(nameless).not.toContain('暖阳制造');
  expect(nameless).toContain('爱心企业配捐');
  expect(nameless).toContain('爱心人士');
  // The office knows all the same who gave and who promised.
  const { items } = await district.pledge.handlers.pledges(
    callOf(office, { query: { limit: 10 } }),
  );
  expect(items).toMatchObject([{ promisedBy: NAME }]);
  await consent('捐赠协议第六条');
  await giveEveryWay(2);
  const named = await publicText();
  expect(named).toContain(`${NAME}配捐`);
  expect(named.split(NAME).length).toBeGreaterThan(4);
});

test('C-18: a special fund says with whom it was agreed only on the partner’s paper', async () => {
  const open = async (namingPaper: string | null) => {
    const fund = await district.fund.handlers.createFund(
      callOf(office, {
        body: {
          name: `敬老专项基金${namingPaper ?? ''}`,
          kind: 'special',
          areaCode: null,
          agreement: {
            partnerName: NAME,
            agreementNumber: `专项协议 ${namingPaper ?? '无'}`,
            agreedOn: '2026-11-01',
            purpose: '敬老',
            remainderRule: '转入一般基金',
            namingPaper,
          },
        },
      }),
    );
    const call = { params: { code: fund.code }, query: { limit: 10 } };
    const page = (actor: Actor) => district.fund.handlers.publicFund(callOf(actor, call));
    return [(await page(visitor())).agreement, (await page(office)).agreement];
  };
  expect(await open(null)).toMatchObject([{ partnerName: '爱心企业' }, { partnerName: NAME }]);
  expect(await open('第五条')).toMatchObject([{ partnerName: NAME }, { partnerName: NAME }]);
});

test('who notes a consent is the federation; a day to come is none, and its paper is nobody else’s', async () => {
  const url = `/api/organizations/${district.enterpriseId}/naming-consent`;
  const answer = await district.app.inject({ method: 'PUT', url, payload: { consent: null } });
  expect(answer.statusCode).toBe(401);
  const ahead = { paper: '授权书', consentedOn: '2027-01-01' };
  const params = { organizationId: district.enterpriseId };
  await expect(
    district.organization.handlers.setNaming(callOf(office, { params, body: { consent: ahead } })),
  ).rejects.toMatchObject({ code: 'input_invalid', field: 'consentedOn' });
  await consent('捐赠协议第六条');
  const list = (actor: Actor) =>
    district.organization.handlers.list(callOf(actor, { query: { limit: 50 } }));
  const seen = async (actor: Actor) =>
    (await list(actor)).items.find((one) => one.id === district.enterpriseId)!.namingConsent;
  expect(await seen(office)).toEqual({ paper: '捐赠协议第六条', consentedOn: '2026-11-20' });
  expect(await seen(district.actors['worker']!)).toBeNull();
});
