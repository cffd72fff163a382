import { randomUUID } from 'node:crypto';
import type { Id } from '@wennuan/basics';
import { balances } from '@wennuan/ledger';
import { paymentsActor, systemActor, type Actor } from '../src/platform/actor.ts';
import { testDistrict } from './district.ts';

export type CampaignDistrict = Awaited<ReturnType<typeof campaignDistrict>>;

/** The test district with an open campaign for the public, an enterprise and its earmark. */
export async function campaignDistrict(options: { wechatSandbox?: boolean } = {}) {
  const district = await testDistrict(options);
  const { actors, database, donation, fund, organization } = district;
  const campaign = await openCampaign(district, '邻里助餐');
  const [enterprise] = await database.write(actors['federation']!, 'test.enterprise', (tx) =>
    organization.create(tx, [
      {
        kind: 'enterprise',
        name: '暖阳制造（演示）',
        creditCode: null,
        bankAccount: null,
        namingConsent: { paper: '捐赠协议第六条', consentedOn: '2026-11-01' },
      },
    ]),
  );
  const [earmark] = await database.write(actors['federation']!, 'test.fund', (tx) =>
    fund.createFunds(tx, [{ name: '暖阳专项基金', kind: 'special', areaId: null }]),
  );
  let orders = 0;
  return {
    ...district,
    campaign,
    enterpriseId: enterprise!.id,
    earmarkId: earmark!.id,
    openCampaign: (name: string) => openCampaign(district, name),
    /** A gift that the sandbox platform tells of; with an account it was begun by that account on our page. */
    async give(fen: number, by: { account?: Actor; campaign?: { id: Id; code: string } } = {}) {
      const to = by.campaign ?? campaign;
      const begun = by.account
        ? await database.write(by.account, 'test.begin', (tx) =>
            donation.startGift(tx, {
              target: { kind: 'campaign', id: to.id },
              amountYuan: String(fen / 100),
              name: anonymous,
              formId: randomUUID(),
            }),
          )
        : null;
      const paid = await database.write(paymentsActor('test'), 'test.receive', (tx) =>
        donation.receiveGifts(tx, [
          {
            platformOrder: `T${String((orders += 1)).padStart(6, '0')}`,
            projectCode: to.code,
            amountFen: fen,
            paidAt: district.clock.now().toISOString(),
            giftId: begun?.giftId ?? null,
            giverName: null,
          },
        ]),
      );
      await district.events.settle();
      const [outcome] = paid;
      if (outcome!.status === 'refused') throw new Error(outcome!.code);
      return outcome!;
    },
    async balance(accountId: Id): Promise<number> {
      const [held] = await database.read(systemActor('test'), (tx) =>
        balances(tx.sql, [accountId]),
      );
      return held?.balance ?? 0;
    },
  };
}

const anonymous = {
  displayName: null,
  hideFromPublic: true,
  hideFromRecipient: true,
  hideFromStaff: false,
};

/** A campaign of public fundraising behind its four ticks. */
export async function openCampaign(
  {
    actors,
    database,
    donation,
  }: Pick<Awaited<ReturnType<typeof testDistrict>>, 'actors' | 'database' | 'donation'>,
  name: string,
): Promise<{ id: Id; code: string }> {
  return await database.write(actors['federation']!, 'test.campaign', async (tx) => {
    const { campaignId } = await donation.draftCampaign(tx, {
      name,
      legalForm: 'public_fundraising',
      summary: '为社区里做不了饭的老人送一顿热饭。',
      purpose: '助餐',
      beneficiaries: '高龄独居老人',
      useOfMoney: '购买餐食，按月与餐厅结算',
      costs: '无',
      remainderRule: '剩余资金转入“暖阳专项基金”用于助餐。',
      opensOn: '2026-11-20',
      closesOn: '2026-12-31',
      goalYuan: '50000',
    });
    for (const tick of ['qualified_charity', 'filed_plan', 'live_listing', 'own_account'] as const)
      await donation.setTick(tx, { campaignId, tick, detail: `${tick} 1`, filedOn: '2026-11-01' });
    await donation.openCampaign(tx, campaignId);
    const [row] = await donation.campaigns(tx, { ids: [campaignId] });
    return { id: campaignId, code: row!.code };
  });
}
