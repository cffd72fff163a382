import type { AddressInfo } from 'node:net';
import { newId, type Id } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { pausedCampaigns } from '../src/modules/complaint/index.ts';
import { createDonation, SIGNATURE_HEADER, signNotice } from '../src/modules/donation/index.ts';
import type { PlatformNotice } from '../src/modules/donation/index.ts';
import {
  createChannels,
  createPayment,
  createSandbox,
  NO_CHANNELS,
  type PaymentConfig,
} from '../src/modules/payment/index.ts';
import { createFund, type Outcome } from '../src/modules/fund/index.ts';
import type { KnownPerson } from '../src/modules/resident/index.ts';
import { systemActor, visitor, type Actor } from '../src/platform/actor.ts';
import { mount } from '../src/platform/http/mount.ts';
import { createServer } from '../src/platform/http/server.ts';
import { testDistrict } from './district.ts';

export type MoneyDistrict = Awaited<ReturnType<typeof moneyDistrict>>;

/** The test district with funds, the open wish campaign, a supplier, an enterprise, and a server of its own. */
export async function moneyDistrict(payments: PaymentConfig = NO_CHANNELS) {
  const district = await testDistrict();
  const { database } = district;
  const outcomes = new Map<Id, Outcome>();
  const persons = new Map<Id, KnownPerson>();
  const fund = createFund({
    ...district,
    newId,
    // Persons as the files of residents would give them; their own tests are elsewhere.
    resident: {
      people: async (_tx, ids) =>
        new Map(ids.flatMap((id) => (persons.has(id) ? [[id, persons.get(id)!] as const] : []))),
      shareWithFederation: async () => undefined,
    },
    names: district.access.names,
    giverNames: (tx, ids) => donation.giverNames(tx, ids),
    outcomes: async (_tx, ids) =>
      new Map(ids.flatMap((id) => (outcomes.has(id) ? [[id, outcomes.get(id)!] as const] : []))),
    // The list of payees has its own tests; here everybody on file may be paid.
    signedPayees: async (_tx, ids) => new Set(ids),
    needNumbers: async (_tx, ids) => new Map(ids.map((id) => [id, 'XY-000001'])),
  });
  let address = '';
  const homes = new Map<Id, number[]>();
  const sandbox = createSandbox({ ...district, fetch, baseUrl: () => address });
  const payment = createPayment({
    ...district,
    newId,
    names: district.access.names,
    giftNumbers: (tx, ids) => donation.giftNumbers(tx, ids),
    channels: createChannels(payments, sandbox.channel, { clock: district.clock, fetch }),
  });
  const donation = createDonation(
    {
      ...district,
      newId,
      fund,
      homeAreas: async (_tx, accountId) => homes.get(accountId) ?? [],
      contact: '二七区慈善总会 0371-00000000',
      payment,
      siteUrl: () => 'https://warm.example',
      pausedCampaigns,
    },
    sandbox,
  );
  const who = new Map<string, Actor>();
  const actorNamed = (name: string) => who.get(name) ?? district.actors[name];
  const app = await createServer({
    actorOf: async (request, language) =>
      actorNamed(String(request.headers['x-actor'])) ?? visitor(language),
    limitRates: false,
    log: false,
  });
  mountRecord(app, district);
  mount(app, routes.fund, fund.handlers);
  mount(app, routes.donation, donation.handlers);
  mount(app, routes.payment, { ...payment.handlers, ...donation.paymentHandlers });
  await app.listen({ port: 0, host: '127.0.0.1' });
  address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  await database.write(systemActor('test'), 'test.open_edges', (tx) =>
    donation.openWorldAccounts(tx),
  );
  const organizations = await openOrganizations(district);
  const part = {
    ...district,
    app,
    fund,
    payment,
    donation,
    sandbox,
    outcomes,
    persons,
    homes,
    who,
    ...organizations,
  };
  return {
    ...part,
    address,
    enterprise: await enterpriseAgent(part, '19900000091', organizations.enterpriseId),
    campaign: await openWishCampaign(part),
    ...helpers(part),
    async close() {
      await app.close();
      await district.close();
    },
  };
}

/** The parts of the public record, as the test district has them. */
function mountRecord(
  app: Part['app'],
  { receipt, publication, disclosure, complaint }: District,
): void {
  mount(app, routes.receipt, receipt.handlers);
  mount(app, routes.publication, publication.handlers);
  mount(app, routes.disclosure, disclosure.handlers);
  mount(app, routes.open, disclosure.openHandlers);
  mount(app, routes.complaint, complaint.handlers);
}

interface Source {
  kind: 'item' | 'fund' | 'campaign';
  id: Id;
}
interface Payee {
  kind: 'organization' | 'person';
  id: Id;
}
type District = Awaited<ReturnType<typeof testDistrict>>;
type Part = District & {
  fund: ReturnType<typeof createFund>;
  donation: ReturnType<typeof createDonation>;
  sandbox: ReturnType<typeof createSandbox>;
  app: Awaited<ReturnType<typeof createServer>>;
  persons: Map<Id, KnownPerson>;
};

async function openOrganizations({ database, organization }: District) {
  const kinds = [
    ['温馨电器供应部（测试）', 'supplier'],
    ['晨光制造公司（测试）', 'enterprise'],
  ] as const;
  const [supplier, enterprise] = await database.write(
    systemActor('test'),
    'test.organizations',
    (tx) =>
      organization.create(
        tx,
        kinds.map(([name, kind]) => ({
          name,
          kind,
          creditCode: null,
          bankAccount: null,
          namingConsent: { paper: '捐赠协议第六条', consentedOn: '2026-11-01' },
        })),
      ),
  );
  return { supplierId: supplier!.id, enterpriseId: enterprise!.id };
}

/** An account that acts for an enterprise. */
export async function enterpriseAgent(
  district: District,
  telephone: string,
  organizationId: Id,
): Promise<Actor> {
  const account = await district.signUp(telephone);
  return { ...account, role: 'enterprise_agent', organizationId };
}

async function openWishCampaign({ database, actors, donation }: Part) {
  const federation = actors['federation']!;
  return await database.write(federation, 'test.campaign', async (tx) => {
    const { campaignId } = await donation.draftCampaign(tx, {
      name: '微心愿',
      legalForm: 'public_fundraising',
      summary: '为困难居民实现小心愿',
      purpose: '帮助困难居民',
      beneficiaries: '经社区认定的困难居民',
      useOfMoney: '购买心愿物品',
      costs: '不收取管理费',
      remainderRule: '多出的善款用于同一社区下一个最早的心愿；没有时留在“微心愿”募捐活动。',
      opensOn: '2026-11-01',
      closesOn: '2027-10-31',
      goalYuan: null,
    });
    const ticks = [
      ['qualified_charity', '公募证第0001号'],
      ['filed_plan', '备案2026-01'],
      ['live_listing', '公益捐赠平台（沙箱）'],
      ['own_account', '总会专户尾号0001'],
    ] as const;
    for (const [tick, detail] of ticks)
      await donation.setTick(tx, { campaignId, tick, detail, filedOn: '2026-10-20' });
    await donation.openCampaign(tx, campaignId);
    return campaignId;
  });
}

function helpers({ database, actors, donation, fund, sandbox, app, areaId, clock, persons }: Part) {
  const as = (name: string) => actors[name]!;
  let orders = 0;
  const noticeOf = (fields: Partial<PlatformNotice>): PlatformNotice => ({
    platformOrder: `SBXTEST${(orders += 1)}`,
    projectCode: 'HD0001',
    amountFen: 100,
    paidAt: clock.now().toISOString(),
    sentAt: clock.now().toISOString(),
    giftId: null,
    giverName: null,
    ...fields,
  });
  const postNotice = async (body: Buffer, signature: string) => {
    const answer = await app.inject({
      method: 'POST',
      url: routes.donation.notice.path,
      headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature },
      body,
    });
    return { status: answer.statusCode, body: answer.json() as Record<string, unknown> };
  };
  return {
    noticeOf,
    postNotice,
    /** A person of a community, as a worker's file would hold her. */
    person(areaCode?: string): Id {
      const id = newId();
      persons.set(id, {
        id,
        name: '王测试',
        maskedName: '王**',
        gender: 'female',
        bornYear: 1950,
        areaId: areaId(areaCode),
        building: null,
        accountId: null,
      });
      return id;
    },
    /** Signs a notice as the platform does and posts it. */
    notify: async (fields: Partial<PlatformNotice>) => {
      const { body, signature } = signNotice(noticeOf(fields), await sandbox.privateKey());
      return await postNotice(body, signature);
    },
    /** Opens an item for a wish; answers the item and its project code. */
    wish: (title: string, targetFen: number, areaCode?: string) =>
      database.write(systemActor('test'), 'test.wish', async (tx) => {
        const needId = newId();
        const [opened] = await donation.openItems(tx, [
          { needId, title, text: title, areaId: areaId(areaCode), targetFen },
        ]);
        const row = await tx.db
          .selectFrom('campaign_item')
          .select('project_code')
          .where('id', '=', opened!.itemId)
          .executeTakeFirstOrThrow();
        return { needId, itemId: opened!.itemId, projectCode: row.project_code };
      }),
    /** Opens a community's mutual-aid fund. */
    communityFund: (areaCode?: string) =>
      database.write(systemActor('test'), 'test.fund', async (tx) => {
        const [opened] = await fund.createFunds(tx, [
          { name: '绿云社区互助基金', kind: 'mutual_aid', areaId: areaId(areaCode) },
        ]);
        return opened!;
      }),
    /** Proposes, approves twice and pays; answers the payment's number. */
    async payOut(source: Source, payee: Payee, amountFen: number) {
      const { proposalId } = await database.write(as('federation'), 'test.propose', (tx) =>
        fund.propose(tx, {
          source,
          payee,
          amountFen,
          purpose: '购买心愿物品',
          needId: null,
          attachmentIds: [],
          formId: newId(),
        }),
      );
      const approvalId = await database.read(as('federation'), async (tx) => {
        const row = await tx.db
          .selectFrom('proposal')
          .select('approval_id')
          .where('id', '=', proposalId)
          .executeTakeFirstOrThrow();
        return row.approval_id;
      });
      for (const name of ['approver', 'approver2'])
        await database.write(as(name), 'test.approve', (tx) =>
          fund.decide(tx, { approvalId, decision: 'approve', note: '' }),
        );
      const paid = await database.write(as('accountant'), 'test.pay', (tx) =>
        fund.pay(tx, { proposalId, bankReference: '回单0001', paidOn: '2026-11-23' }),
      );
      return { ...paid, proposalId };
    },
  };
}
