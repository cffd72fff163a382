import { newId, type Id } from '@wennuan/basics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { moneyDistrict, type MoneyDistrict } from '../../../test-support/money.ts';
import { callOf } from '../../demo/call.ts';
import { paymentsActor, type Actor } from '../../platform/actor.ts';

let district: MoneyDistrict;

beforeAll(async () => {
  district = await moneyDistrict();
  await district.database.write(district.actors['accountant']!, 'test.pot', (tx) =>
    district.matching.openPot(tx, {
      campaignId: district.campaign,
      organizationId: district.enterpriseId,
      amountYuan: '500',
      bankReference: '回单 1',
      paidOn: '2026-11-20',
      agreementNumber: '配捐协议 1',
      ratioPercent: 100,
      capPerGiftYuan: '100',
      capPerPayerYuan: '100',
      fromOn: '2026-11-20',
      untilOn: '2026-11-30',
      remainderFundId: null,
    }),
  );
}, 60_000);
afterAll(() => district.close());

/** Somebody who speaks for an organisation. */
const agent = (name: string, organizationId: Id) =>
  district.addStaff({ name, role: 'enterprise_agent', organizationId });

async function give(actor: Actor, amountFen: number): Promise<void> {
  const { giftId } = await district.database.write(actor, 'test.begin', (tx) =>
    district.donation.startGift(tx, {
      target: { kind: 'campaign', id: district.campaign },
      amountYuan: String(amountFen / 100),
      name: {
        displayName: null,
        hideFromPublic: true,
        hideFromRecipient: true,
        hideFromStaff: false,
      },
      formId: newId(),
    }),
  );
  await district.database.write(paymentsActor('test'), 'test.receive', (tx) =>
    district.donation.receiveGifts(tx, [
      {
        platformOrder: `C${giftId.slice(-8)}`,
        projectCode: 'HD0001',
        amountFen,
        paidAt: district.clock.now().toISOString(),
        giftId,
        giverName: null,
      },
    ]),
  );
  await district.events.settle();
}

async function found(): Promise<{ kind: string; evidence: { code: string; value: string }[] }[]> {
  const { supervision, actors } = district;
  await supervision.handlers.look(callOf(actors['district']!));
  const page = await supervision.handlers.findings(
    callOf(actors['district']!, { query: { limit: 50 } }),
  );
  return page.items.filter((one) => one.kind.startsWith('matched_'));
}

test('whom nothing was paid back and who is no agent of the enterprise is no finding', async () => {
  await give(await district.signUp('19900000051'), 5_000);
  expect(await found()).toEqual([]);
});

test('the enterprise’s own people who draw their own matching are found', async () => {
  await give(await agent('own', district.enterpriseId), 3_000);
  const [case1] = await found();
  expect(case1).toMatchObject({ kind: 'matched_own_people' });
  expect(case1!.evidence).toContainEqual({ code: 'matched', value: '¥30.00' });
});

test('a giver who gets her matched gift back out of the campaign is found, once it is at least what she gave', async () => {
  await give(await agent('supplier', district.supplierId), 4_000);
  const source = { kind: 'campaign' as const, id: district.campaign };
  const payee = { kind: 'organization' as const, id: district.supplierId };
  await district.payOut(source, payee, 3_999);
  expect((await found()).map((one) => one.kind)).toEqual(['matched_own_people']);
  await district.payOut(source, payee, 4_000);
  const circle = (await found()).find((one) => one.kind === 'matched_paid_back');
  expect(circle!.evidence).toContainEqual({ code: 'given', value: '¥40.00' });
  expect(circle!.evidence).toContainEqual({ code: 'paid_back', value: '¥79.99' });
});
