import { randomUUID } from 'node:crypto';
import { isRefusal, type Id } from '@wennuan/basics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campaignDistrict, type CampaignDistrict } from '../../../test-support/campaigns.ts';
import { callOf } from '../../demo/call.ts';
import { paymentsActor, systemActor, visitor, type Actor } from '../../platform/actor.ts';

let district: CampaignDistrict;
let giver: Actor;
let other: Actor;

beforeAll(async () => {
  district = await campaignDistrict();
  giver = await district.signUp('19900000071');
  other = await district.signUp('19900000072');
}, 60_000);
afterAll(() => district.close());

const code = async (work: Promise<unknown>) =>
  await work.then(
    () => null,
    (thrown: unknown) => (isRefusal(thrown) ? thrown.code : thrown),
  );
const system = <T>(work: Parameters<typeof district.database.write<T>>[2]) =>
  district.database.write(systemActor('test'), 'test', work);
const handlers = () => district.pledge.handlers;

/** The sandbox platform tells that a gift begun here was paid. */
async function paid(giftId: Id, fen: number): Promise<void> {
  await district.database.write(paymentsActor('test'), 'test.receive', (tx) =>
    district.donation.receiveGifts(tx, [
      {
        platformOrder: `P${giftId.slice(-8)}`,
        projectCode: district.campaign.code,
        amountFen: fen,
        paidAt: district.clock.now().toISOString(),
        giftId,
        giverName: null,
      },
    ]),
  );
  await district.events.settle();
}

const body = () => ({
  campaignId: district.campaign.id,
  amountYuan: '200',
  instalments: [
    { dueOn: '2026-11-25', amountYuan: '150' },
    { dueOn: '2026-12-25', amountYuan: '50' },
  ],
  agreementNumber: null,
  displayName: null,
  formId: randomUUID(),
});

describe('a pledge', () => {
  let pledgeId: Id;

  test('is promised in instalments that add up; sent twice it is one', async () => {
    const form = body();
    const made = await handlers().promise(callOf(giver, { body: form }));
    const again = await handlers().promise(callOf(giver, { body: form }));
    expect(again.id).toBe(made.id);
    pledgeId = made.id;
    expect(made).toMatchObject({ promisedFen: 20_000, givenFen: 0, state: 'open' });
    const wrong = { ...body(), amountYuan: '201' };
    expect(await code(handlers().promise(callOf(giver, { body: wrong })))).toBe(
      'pledge_sum_differs',
    );
  });

  test('is in no total: the campaign has received nothing', async () => {
    const page = await handlers().ofCampaign(
      callOf(visitor(), { params: { code: district.campaign.code } }),
    );
    expect(page).toMatchObject({ promisedFen: 20_000, givenFen: 0 });
    expect(await district.balance(district.campaign.id)).toBe(0);
  });

  test('is nobody else’s to see or to give for', async () => {
    expect((await handlers().myPledges(callOf(other))).items).toEqual([]);
    const give = handlers().give(
      callOf(other, { params: { pledgeId }, body: { amountYuan: '1', formId: randomUUID() } }),
    );
    expect(await code(give)).toBe('not_found');
  });

  test('is reminded of a week before, and stands on the desk when it is overdue, once each', async () => {
    await system((tx) => district.pledge.watchPledges(tx));
    await system((tx) => district.pledge.watchPledges(tx));
    district.clock.set(new Date('2026-11-26T10:00:00+08:00'));
    await system((tx) => district.pledge.watchPledges(tx));
    await system((tx) => district.pledge.watchPledges(tx));
    const { titles, tasks } = await district.database.read(systemActor('test'), async (tx) => ({
      titles: await tx.db.selectFrom('message').select('link').execute(),
      tasks: await tx.db
        .selectFrom('task')
        .select('kind')
        .where('subject_id', '=', pledgeId)
        .where('closed_at', 'is', null)
        .execute(),
    }));
    expect(titles.map((one) => one.link)).toEqual(['/my/pledges', '/my/pledges']);
    expect(tasks).toEqual([{ kind: 'pledge_overdue' }]);
  });

  test('is fulfilled by gifts begun for it once they have arrived, and by gifts linked later, never twice', async () => {
    const begun = await handlers().give(
      callOf(giver, { params: { pledgeId }, body: { amountYuan: '150', formId: randomUUID() } }),
    );
    expect((await handlers().myPledges(callOf(giver))).items[0]).toMatchObject({ givenFen: 0 });
    await paid(begun.giftId, 15_000);
    expect((await handlers().myPledges(callOf(giver))).items[0]).toMatchObject({
      givenFen: 15_000,
      overdueFen: 0,
    });
    const { giftNumber } = await district.give(5_000);
    const office = district.actors['federation']!;
    const link = () =>
      handlers().link(callOf(office, { params: { pledgeId }, body: { giftNumber } }));
    expect(await link()).toMatchObject({ state: 'fulfilled', givenFen: 20_000 });
    expect(await code(link())).toBe('pledge_gift_taken');
    const elsewhere = await district.openCampaign('另一个活动');
    const strange = await district.give(100, { campaign: elsewhere });
    const wrong = handlers().link(
      callOf(office, { params: { pledgeId }, body: { giftNumber: strange.giftNumber } }),
    );
    expect(await code(wrong)).toBe('pledge_gift_differs');
  });
});

describe('a monthly gift', () => {
  const month = async (who = giver) => (await handlers().myMonthly(callOf(who))).items[0]!;

  test('is asked about once a month, with a link, and nothing is taken', async () => {
    await handlers().startMonthly(
      callOf(giver, {
        body: {
          campaignId: district.campaign.id,
          amountYuan: '20',
          dayOfMonth: 28,
          displayName: null,
          formId: randomUUID(),
        },
      }),
    );
    const before = await district.balance(district.campaign.id);
    await system((tx) => district.pledge.askForMonth(tx));
    expect((await month()).turns).toEqual([]);
    district.clock.set(new Date('2026-11-28T10:00:00+08:00'));
    await system((tx) => district.pledge.askForMonth(tx));
    await system((tx) => district.pledge.askForMonth(tx));
    expect((await month()).turns).toMatchObject([{ month: '2026-11', state: 'asked' }]);
    expect(await district.balance(district.campaign.id)).toBe(before);
  });

  test('is given by one tap; pressed twice it is one gift; another cannot', async () => {
    const { turns } = await month();
    const params = { turnId: turns[0]!.id };
    const call = { params, request: { ip: '127.0.0.1' } };
    expect(await code(handlers().giveMonth(callOf(other, { params })))).toBe('not_found');
    const first = await handlers().giveMonth(callOf(giver, call));
    const second = await handlers().giveMonth(callOf(giver, call));
    expect(second.giftId).toBe(first.giftId);
    await paid(first.giftId, 2_000);
    expect(await month()).toMatchObject({ givenFen: 2_000, turns: [{ state: 'given' }] });
    expect(await code(handlers().skipMonth(callOf(giver, { params })))).toBe('monthly_turn_ended');
  });

  test('may be skipped for a month, and ends with its campaign', async () => {
    district.clock.set(new Date('2026-12-28T10:00:00+08:00'));
    await system((tx) => district.pledge.askForMonth(tx));
    await handlers().skipMonth(callOf(giver, { params: { turnId: (await month()).turns[0]!.id } }));
    expect((await month()).turns.map((turn) => turn.state)).toEqual(['skipped', 'given']);
    district.clock.set(new Date('2027-01-28T10:00:00+08:00'));
    await system((tx) => district.pledge.askForMonth(tx));
    expect(await month()).toMatchObject({ state: 'ended', nextOn: null });
  });
});
