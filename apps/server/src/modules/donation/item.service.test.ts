import { balances, check } from '@wennuan/ledger';
import type { Id } from '@wennuan/basics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moneyDistrict, type MoneyDistrict } from '../../../test-support/money.ts';
import { systemActor } from '../../platform/actor.ts';

let district: MoneyDistrict;
beforeAll(async () => {
  district = await moneyDistrict();
});
afterAll(() => district.close());

const system = systemActor('test');
const read = async (...ids: Id[]) => {
  const rows = await district.database.read(system, (tx) => balances(tx.sql, ids));
  return rows.map((row) => row.balance);
};
const close = (...itemIds: Id[]) =>
  district.database.write(system, 'test.close', (tx) =>
    district.donation.closeItems(
      tx,
      itemIds.map((itemId) => ({ itemId, reason: 'closed' })),
    ),
  );
const SOUTH = '410103001002';

describe('what is left over of a wish', () => {
  test('goes to the next-oldest open wish of the same community, to the fen, then to the campaign', async () => {
    const done = await district.wish('一台电扇', 15_000, SOUTH);
    const elsewhere = await district.wish('一本书', 5_000, '410103002001');
    const older = await district.wish('一口锅', 300, SOUTH);
    const newer = await district.wish('一盏灯', 200, SOUTH);
    await district.notify({ projectCode: done.projectCode, amountFen: 15_733 });
    await district.payOut(
      { kind: 'item', id: done.itemId },
      { kind: 'organization', id: district.supplierId },
      15_000,
    );
    const [before] = await read(district.campaign);
    const [outcome] = await close(done.itemId);
    expect(outcome!.handedOn.map((one) => [one.to, one.amountFen])).toEqual([
      [older.itemId, 300],
      [newer.itemId, 200],
      [district.campaign, 233],
    ]);
    expect(await read(done.itemId, older.itemId, newer.itemId, elsewhere.itemId)).toEqual([
      0, 300, 200, 0,
    ]);
    expect(await read(district.campaign)).toEqual([before! + 233]);
    const items = await district.database.read(system, (tx) =>
      district.donation.itemsOf(tx, [done.needId, older.needId]),
    );
    expect(items.get(done.needId)).toMatchObject({ state: 'closed', givenFen: 15_733 });
    expect(items.get(older.needId)).toMatchObject({ state: 'complete', givenFen: 300 });
    await close(newer.itemId, older.itemId);
  });

  test('closing twice, or two closing at once, hands on once', async () => {
    const wish = await district.wish('一双鞋', 500, SOUTH);
    await district.notify({ projectCode: wish.projectCode, amountFen: 80 });
    const [before] = await read(district.campaign);
    const outcomes = await Promise.all([close(wish.itemId), close(wish.itemId)]);
    expect(outcomes.flat().flatMap((one) => one.handedOn)).toHaveLength(1);
    await close(wish.itemId);
    expect(await read(wish.itemId, district.campaign)).toEqual([0, before! + 80]);
  });

  test('waits where a proposal holds it, and the sweep hands on what comes free or comes late', async () => {
    const wish = await district.wish('一张床', 50_000, SOUTH);
    await district.notify({ projectCode: wish.projectCode, amountFen: 1_000 });
    const { proposalId } = await district.database.write(
      district.actors['federation']!,
      'test.propose',
      (tx) =>
        district.fund.propose(tx, {
          source: { kind: 'item', id: wish.itemId },
          payee: { kind: 'organization', id: district.supplierId },
          amountFen: 600,
          purpose: '定金',
          needId: null,
          attachmentIds: [],
          formId: crypto.randomUUID(),
        }),
    );
    await close(wish.itemId);
    expect(await read(wish.itemId)).toEqual([600]);
    const sweep = district.donation.ticks.find((tick) => tick.name === 'donation.sweep_items')!;
    await sweep.run();
    expect(await read(wish.itemId)).toEqual([600]);
    await district.database.write(district.actors['federation']!, 'test.cancel', (tx) =>
      district.fund.cancelProposal(tx, { proposalId, reason: '不买了' }),
    );
    await district.notify({ projectCode: wish.projectCode, amountFen: 7 });
    await sweep.run();
    expect(await read(wish.itemId)).toEqual([0]);
  });

  test('a campaign’s page counts moving inside it neither as in nor as out', async () => {
    const page = (await district.app.inject('/api/public/campaigns/HD0001')).json() as {
      campaign: { inFen: number; outFen: number; balanceFen: number; gifts: number };
    };
    const gifts = await district.database.read(system, (tx) =>
      tx.db.selectFrom('gift').select('amount_fen').execute(),
    );
    const given = gifts.reduce((sum, gift) => sum + Number(gift.amount_fen), 0);
    expect(page.campaign).toMatchObject({
      inFen: given,
      outFen: 15_000,
      balanceFen: given - 15_000,
      gifts: gifts.length,
    });
  });
});

test('a reopened need gets an item of its own; two open ones at once are refused', async () => {
  const open = (needId: Id) =>
    district.database.write(system, 'test.open', (tx) =>
      district.donation.openItems(tx, [
        { needId, title: '再来', text: '再来', areaId: district.areaId(), targetFen: 100 },
      ]),
    );
  const { needId, itemId } = await district.wish('一把伞', 100);
  await expect(open(needId)).rejects.toThrow('campaign_item_one_open_per_need');
  await close(itemId);
  const [again] = await open(needId);
  const items = await district.database.read(system, (tx) =>
    district.donation.itemsOf(tx, [needId]),
  );
  expect(items.get(needId)).toMatchObject({ itemId: again!.itemId, state: 'open' });
});

test('after all this the books are whole', async () => {
  expect(await district.database.read(system, (tx) => check(tx.sql))).toEqual([]);
});
