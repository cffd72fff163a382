import { newId, seededRandom } from '@wennuan/basics';
import { check } from '@wennuan/ledger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testCharity, type TestCharity } from '../../../test-support/charity.ts';
import { refusalOf } from '../../../test-support/loop-inputs.ts';
import { callOf } from '../../../test-support/things.ts';
import { accountOf } from '../sale/index.ts';

let scene: TestCharity;
beforeAll(async () => {
  scene = await testCharity();
});
afterAll(() => scene.close());

describe('opening', () => {
  it('wants papers, two people who did not plan it, things with a donor and a number for the money', async () => {
    const sale = await scene.plan();
    const { lotId } = await scene.give(3);
    expect(await refusalOf(scene.charity.submit(scene.to(sale.id)))).toBe(
      'charity_sale_papers_missing',
    );
    expect(await refusalOf(scene.open(sale.id))).toBe('charity_sale_papers_missing');
    await scene.addPapers(sale.id);
    expect(await refusalOf(scene.open(sale.id))).toBe('charity_sale_not_now');
    await scene.charity.submit(scene.to(sale.id));
    expect(await refusalOf(scene.agree(sale.id, scene.federation))).toBe('approver_is_proposer');
    await scene.agree(sale.id, scene.approver);
    expect(await refusalOf(scene.agree(sale.id, scene.approver))).toBe('approver_already_decided');
    expect((await scene.page(sale.id)).state).toBe('proposed');
    expect((await scene.agree(sale.id, scene.second)).state).toBe('approved');
    expect(await refusalOf(scene.open(sale.id))).toBe('charity_sale_without_things');
    await scene.addThing(sale.id, lotId);
    expect(await refusalOf(scene.open(sale.id))).toBe('charity_sale_receiver_missing');
    await scene.agreeToReceiver();
    const open = await scene.open(sale.id);
    expect(open).toMatchObject({ state: 'open', things: [{ offered: 3, donorName: '王阿姨' }] });
    await scene.endDays();
  });

  it('is refused on the network for a fund, and for the station’s neighbour', async () => {
    scene.begin();
    expect(await refusalOf(scene.plan({ isOnline: true }))).toBe('charity_sale_not_online');
    expect(await refusalOf(scene.plan({ closesOn: '2026-11-23' }))).toBe('charity_sale_days_wrong');
    expect(await refusalOf(scene.plan({ target: { kind: 'fund', id: newId() } }))).toBe(
      'charity_sale_target_unknown',
    );
    const sale = await scene.plan();
    const { lotId } = await scene.give(1);
    const body = {
      lotId,
      title: '布老虎',
      detail: '',
      priceYuan: '3.00',
      leftover: 'stock',
      pictureId: null,
      formId: newId(),
    };
    const elsewhere = scene.actors['worker-elsewhere']!;
    expect(await refusalOf(scene.charity.addThing(scene.to(sale.id, elsewhere, body)))).toBe(
      'place_not_yours',
    );
    expect(
      await refusalOf(scene.charity.addThing(scene.to(sale.id, scene.actors.worker!, body))),
    ).toBe('done');
  });

  it('takes no price that is none, no goods without a donor, no lot twice', async () => {
    const sale = await scene.plan();
    const { lotId } = await scene.give(1);
    for (const priceYuan of ['-1', '0', '1.005', '十元'])
      expect(await refusalOf(scene.addThing(sale.id, lotId, { priceYuan }))).toBe('amount_invalid');
    const [bought] = await scene.write((tx) =>
      tx.db.selectFrom('goods_lot').select('id').where('origin', '=', 'opening').limit(1).execute(),
    );
    expect(await refusalOf(scene.addThing(sale.id, bought!.id))).toBe('charity_sale_donor_missing');
    await scene.addThing(sale.id, lotId);
    const other = await scene.plan();
    expect(await refusalOf(scene.addThing(other.id, lotId))).toBe('charity_sale_lot_taken');
    await scene.charity.cancel(scene.to(sale.id, scene.federation, { reason: '改期' }));
    expect(await refusalOf(scene.addThing(other.id, lotId))).toBe('done');
  });
});

describe('selling', () => {
  it('keeps its lots: ordinary sales of the same thing never take them', async () => {
    scene.begin();
    const { rice } = scene.goods;
    const { lotId } = await scene.give(2);
    const sale = await scene.opened([{ lotId }]);
    const free = await scene.write((tx) =>
      scene.goodsModule.available(tx, scene.stations[0]!.id, [rice.itemId]),
    );
    const more = free.get(rice.itemId)! + 1;
    expect(await refusalOf(scene.ring(rice.variantId, more))).toBe('stock_too_low');
    const order = await scene.ring(rice.variantId, free.get(rice.itemId)!);
    expect((await scene.page(sale.id)).things[0]).toMatchObject({ left: 2, sold: 0 });
    await scene.giveBack(order, free.get(rice.itemId)!);
    expect(await refusalOf(scene.ring(sale.things[0]!.variantId, 1, { place: 1 }))).toBe(
      'charity_sale_elsewhere',
    );
    await scene.endDays();
  });

  it('sells the last piece once, however many tills try', async () => {
    scene.begin();
    const { lotId } = await scene.give(1);
    const sale = await scene.opened([{ lotId, priceYuan: '8.80' }]);
    const { variantId } = sale.things[0]!;
    const tries = await Promise.all(
      Array.from({ length: 6 }, () => refusalOf(scene.ring(variantId, 1))),
    );
    expect(tries.toSorted()).toEqual(['done', ...Array<string>(5).fill('stock_too_low')]);
    expect((await scene.page(sale.id)).proceeds).toMatchObject({ orders: 1, proceedsFen: 880 });
    await scene.endDays();
  });

  it('says before paying whom everything goes to, and takes no voucher', async () => {
    scene.begin();
    const { lotId } = await scene.give(2);
    const sale = await scene.opened([{ lotId }]);
    const { variantId } = sale.things[0]!;
    const { words } = await scene.ring(variantId, 1);
    expect(words).toContain('所得全部用于“暖冬专项基金”');
    expect(words).not.toContain('商家');
    const payments = [
      { means: 'voucher' as const, amountFen: 2_000, reference: '', entitlementId: newId() },
    ];
    expect(await refusalOf(scene.ring(variantId, 1, { payments }))).toBe('charity_sale_no_voucher');
    await scene.endDays();
    expect(await refusalOf(scene.ring(variantId, 1))).toBe('charity_sale_over');
  });
});

describe('its end', () => {
  it('publishes by itself what was given, sold and brought; the rest is stock again, or waits', async () => {
    scene.begin();
    const mine = await scene.give(5);
    const kept = await scene.give(2);
    const sale = await scene.opened([
      { lotId: mine.lotId },
      { lotId: kept.lotId, leftover: 'next_sale' },
    ]);
    const order = await scene.ring(sale.things[0]!.variantId, 3);
    await scene.giveBack(order, 1);
    await scene.endDays();
    const told = await scene.charity.publicOne(
      callOf(scene.actors.worker!, { params: { number: sale.number } }),
    );
    expect(told).toMatchObject({
      state: 'closed',
      result: {
        donors: 2,
        things: 2,
        piecesOffered: 7,
        piecesSold: 2,
        piecesLeft: 5,
        grossFen: 6_000,
        refundedFen: 2_000,
      },
    });
    expect(JSON.stringify(told)).not.toContain('takenBy');
    const lots = await scene.write((tx) => scene.goodsModule.lots(tx, [mine.lotId, kept.lotId]));
    expect(lots.get(mine.lotId)!.keptFor).toBe(null);
    expect(lots.get(kept.lotId)!.keptFor).toBe(sale.id);
    scene.begin();
    const next = await scene.plan();
    expect(await refusalOf(scene.addThing(next.id, kept.lotId))).toBe('done');
  });
});

describe('its money', () => {
  it('is in the fund only once somebody else notes that it arrived, whole and once', async () => {
    scene.begin();
    const { lotId } = await scene.give(9);
    const sale = await scene.opened([{ lotId, priceYuan: '3.33' }]);
    const before = await scene.balance(scene.fundId);
    const due = () => scene.balance(accountOf('due', sale.id, scene.stations[0]!.id));
    const order = await scene.ring(sale.things[0]!.variantId, 5);
    expect([await due(), await scene.balance(scene.fundId)]).toEqual([1_665, before]);
    expect(await refusalOf(scene.settle(sale.id))).toBe('charity_sale_not_now');
    await scene.endDays();
    await scene.giveBack(order, 2);
    expect(await refusalOf(scene.settle(sale.id, scene.federation))).toBe('planner_may_not_settle');
    await scene.settle(sale.id);
    expect([await due(), await scene.balance(scene.fundId)]).toEqual([0, before + 999]);
    expect(await refusalOf(scene.settle(sale.id, scene.accountant, 'HD2'))).toBe('settled_already');
    expect(await refusalOf(scene.giveBack(order, 1))).toBe('charity_sale_settled');
    expect(await scene.balance(scene.fundId)).toBe(before + 999);
  });

  it('equals the exact sum to the fen, after random sales and refunds, also while it is settled', async () => {
    scene.begin();
    const random = seededRandom(20_261_120);
    const below = (bound: number) => Math.floor(random() * bound);
    const lots = [await scene.give(40), await scene.give(40), await scene.give(40)];
    const prices = ['0.07', '13.37', '99.99'];
    const sale = await scene.opened(
      lots.map(({ lotId }, index) => ({ lotId, priceYuan: prices[index]! })),
    );
    const before = await scene.balance(scene.fundId);
    const orders = [];
    for (let count = 0; count < 16; count += 1) {
      const quantity = 1 + below(4);
      const order = await scene.ring(sale.things[below(3)]!.variantId, quantity);
      orders.push({ order, left: quantity });
      if (below(2) === 0) {
        const back = 1 + below(quantity);
        await scene.giveBack(order, back, below(2) === 0);
        orders.at(-1)!.left -= back;
      }
    }
    await scene.endDays();
    const last = orders.filter((one) => one.left > 0).slice(-4);
    const [, ...tries] = await Promise.all([
      scene.settle(sale.id),
      ...last.map((one) => refusalOf(scene.giveBack(one.order, 1))),
    ]);
    for (const word of tries) expect(['done', 'charity_sale_settled']).toContain(word);
    const { proceeds, things, result } = await scene.page(sale.id);
    const income = (await scene.balance(scene.fundId)) - before;
    expect(income).toBe(proceeds.settled!.netFen);
    expect(income).toBe(proceeds.proceedsFen);
    expect(income).toBe(things.reduce((sum, thing) => sum + thing.proceedsFen, 0));
    expect(result!.grossFen - result!.refundedFen).toBeGreaterThanOrEqual(income);
    expect(await scene.balance(accountOf('due', sale.id, scene.stations[0]!.id))).toBe(0);
    expect(await scene.write((tx) => check(tx.sql))).toEqual([]);
  });
});

describe('the giver of a thing', () => {
  it('reads that it was sold, for how much, and what that became', async () => {
    scene.begin();
    const donor = await scene.signUp('19900029999');
    const { lotId, giftId } = await scene.give(2, { donor });
    const sale = await scene.opened([{ lotId }]);
    await scene.ring(sale.things[0]!.variantId, 1);
    const path = () =>
      scene.goodsModule.kindGiftHandlers.myPath(callOf(donor, { params: { giftId } }));
    const sold = (await path()).steps.find((step) => step.state === 'sold')!;
    expect(sold).toMatchObject({ quantity: 1, sold: { amountFen: 2_000, arrivedOn: null } });
    await scene.endDays();
    await scene.settle(sale.id);
    const after = await path();
    expect(after.sentences[0]).toContain('卖了 ¥20.00，全部归“暖冬专项基金”，2026-11-27 已到账');
    expect(after.steps[0]!.sold!.targetLink).toMatch(/^\/funds\//);
  });
});

describe('who reads what', () => {
  it('lets everybody read an open or closed one and nobody outside the office a plan, a lot or a hand', async () => {
    scene.begin();
    const draft = await scene.plan({ name: '还没开始的义卖' });
    const asked = { params: { number: draft.number } };
    expect(await refusalOf(scene.charity.publicOne(callOf(scene.federation, asked)))).toBe(
      'not_found',
    );
    const resident = await scene.signUp('19900029998');
    const names = await scene.database.read(resident, (tx) =>
      tx.db.selectFrom('charity_sale').select('name').execute(),
    );
    expect(names.length).toBeGreaterThan(0);
    expect(names.map((row) => row.name)).not.toContain('还没开始的义卖');
    for (const column of ['planned_by', 'agreement_paper_id'] as const)
      await expect(
        scene.database.read(resident, (tx) =>
          tx.db.selectFrom('charity_sale').select(column).execute(),
        ),
      ).rejects.toThrow(/permission denied/);
    await expect(
      scene.database.read(resident, (tx) =>
        tx.db.selectFrom('charity_sale_thing').select('gift_id').execute(),
      ),
    ).rejects.toThrow(/permission denied/);
    await expect(
      scene.database.write(scene.actors.worker!, 'test.change', (tx) =>
        tx.db.updateTable('charity_sale').set({ state: 'open' }).execute(),
      ),
    ).rejects.toThrow(/permission denied/);
    const opened = await scene.database.write(scene.approver, 'test.change', (tx) =>
      tx.db.updateTable('charity_sale').set({ state: 'approved' }).executeTakeFirst(),
    );
    expect(opened.numUpdatedRows).toBe(0n);
  });
});
