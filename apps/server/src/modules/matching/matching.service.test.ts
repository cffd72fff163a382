import { isRefusal, type Id } from '@wennuan/basics';
import { check, post, transfers } from '@wennuan/ledger';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { campaignDistrict, type CampaignDistrict } from '../../../test-support/campaigns.ts';
import { systemActor, visitor, type Actor } from '../../platform/actor.ts';
import { readCampaignPots, readMatches } from './pot.service.ts';

let district: CampaignDistrict;
let potId: Id;
let payer: Actor;

beforeAll(async () => {
  district = await campaignDistrict();
  payer = await district.signUp('19900000061');
  potId = await open();
}, 60_000);
afterAll(() => district.close());

const system = <T>(work: Parameters<typeof district.database.write<T>>[2]) =>
  district.database.write(systemActor('test'), 'test', work);

async function open(change: { campaignId?: Id; bankReference?: string } = {}): Promise<Id> {
  const made = await district.database.write(district.actors['accountant']!, 'test.pot', (tx) =>
    district.matching.openPot(tx, {
      campaignId: change.campaignId ?? district.campaign.id,
      organizationId: district.enterpriseId,
      amountYuan: '50',
      bankReference: change.bankReference ?? '回单 1',
      paidOn: '2026-11-20',
      agreementNumber: '配捐协议 1',
      ratioPercent: 100,
      capPerGiftYuan: '20',
      capPerPayerYuan: '30',
      fromOn: '2026-11-20',
      untilOn: '2026-11-30',
      remainderFundId: district.earmarkId,
    }),
  );
  return made.potId;
}

async function pot() {
  const page = await district.database.read(visitor(), (tx) =>
    readCampaignPots(district, tx, district.campaign.code),
  );
  return page.items[0]!;
}

test('the enterprise’s gift lies in the pot, and a campaign has one pot at a time', async () => {
  expect(await pot()).toMatchObject({ amountFen: 5_000, leftFen: 5_000, state: 'running' });
  const second = await open({ bankReference: '回单 2' }).catch((thrown: unknown) => thrown);
  expect(isRefusal(second) && second.code).toBe('pot_open_already');
  expect(await district.balance(potId)).toBe(5_000);
});

test('gifts of people are matched at once; the enterprise’s own are not; caps hold', async () => {
  await district.give(1_000);
  await district.give(9_900, { account: payer });
  await district.give(2_000, { account: payer });
  expect(await pot()).toMatchObject({ matchedFen: 4_000, leftFen: 1_000, gifts: 3 });
  expect(await district.balance(district.campaign.id)).toBe(12_900 + 4_000);
});

test('the last gift gets what is left and the pot never goes below zero', async () => {
  await Promise.all([district.give(900), district.give(800), district.give(700)]);
  const now = await pot();
  expect(now).toMatchObject({ leftFen: 0, state: 'used_up', matchedFen: 5_000 });
  expect(now.cutByPot).toBeGreaterThan(0);
  const page = await district.database.read(district.actors['auditor']!, (tx) =>
    readMatches(district, tx, { potId, limit: 50 }),
  );
  expect(page.items.map((one) => one.cutBy)).toContain('payer_cap');
  expect(page.items.reduce((sum, one) => sum + one.matchFen, 0)).toBe(5_000);
  // Past every rule of ours the ledger refuses too.
  const [outcome] = await system((tx) =>
    post(tx.sql, {
      commands: [
        {
          key: 'too-much',
          from: potId,
          to: district.campaign.id,
          amount: 1,
          reason: 'pot_match',
          document: { kind: 'gift_match', id: potId },
          actor: null,
        },
      ],
      at: tx.now,
      newId: district.newId,
    }),
  );
  expect(outcome).toMatchObject({ status: 'refused', refusal: 'balance_too_low' });
});

test('when a gift goes back, its match goes back out of its own entry, once', async () => {
  const match = await district.database.read(systemActor('test'), (tx) =>
    tx.db
      .selectFrom('gift_match')
      .select(['gift_id', 'transfer_id', 'amount_fen'])
      .where('pot_id', '=', potId)
      .orderBy('gift_serial')
      .executeTakeFirstOrThrow(),
  );
  await system((tx) =>
    district.donation.noteReturned(tx, {
      refundId: district.newId(),
      paymentId: match.gift_id,
      amountFen: 400,
      transferIds: [],
    }),
  );
  await system((tx) => district.matching.takeMatchesBack(tx));
  await system((tx) => district.matching.takeMatchesBack(tx));
  expect(await pot()).toMatchObject({ takenBackFen: 400, leftFen: 400, state: 'running' });
  const [entry] = await district.database.read(systemActor('test'), (tx) =>
    transfers(tx.sql, [match.transfer_id!]),
  );
  const broken = await district.database.read(systemActor('test'), (tx) => check(tx.sql));
  expect(entry!.reason).toBe('pot_match');
  expect(broken).toEqual([]);
});

test('what is left goes where the agreement says, three days after the end, and so does what comes later', async () => {
  district.clock.set(new Date('2026-12-03T12:00:00+08:00'));
  await system((tx) => district.matching.settlePots(tx));
  expect(await pot()).toMatchObject({ state: 'over', leftFen: 400 });
  district.clock.set(new Date('2026-12-04T12:00:00+08:00'));
  await system((tx) => district.matching.settlePots(tx));
  expect(await pot()).toMatchObject({ state: 'ended', leftFen: 0 });
  expect(await district.balance(district.earmarkId)).toBe(400);
  await district.give(500);
  expect((await pot()).matchedFen).toBe(5_000);
});
