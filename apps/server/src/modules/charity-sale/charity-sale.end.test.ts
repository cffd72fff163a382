import { newId } from '@wennuan/basics';
import { check } from '@wennuan/ledger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCampaign } from '../../../test-support/campaigns.ts';
import { testCharity, type TestCharity } from '../../../test-support/charity.ts';
import { refusalOf } from '../../../test-support/loop-inputs.ts';
import { callOf } from '../../../test-support/things.ts';
import { openCashier } from '../../../test-support/tills.ts';
import type { Actor } from '../../platform/actor.ts';

let scene: TestCharity;
beforeAll(async () => {
  scene = await testCharity();
  await scene.agreeToReceiver();
});
afterAll(() => scene.close());

describe('money that comes in parts', () => {
  it('is in the fund with the last of them, each under its own reference; tills give nothing back meanwhile', async () => {
    scene.begin();
    const { lotId } = await scene.give(9);
    const sale = await scene.opened([{ lotId, priceYuan: '10.00' }]);
    const before = await scene.balance(scene.fundId);
    const order = await scene.ring(sale.things[0]!.variantId, 5);
    await scene.endDays();
    const part = (
      amountYuan: string | undefined,
      bankReference: string,
      actor = scene.accountant,
    ) =>
      scene.charity.settle(
        scene.to(sale.id, actor, {
          bankReference,
          paidOn: '2026-11-27',
          ...(amountYuan && { amountYuan }),
        }),
      );
    expect(await refusalOf(part('50.01', 'P0'))).toBe('proceeds_too_high');
    const first = await part('20', 'P1');
    expect(first).toMatchObject({ receivedFen: 2_000, proceeds: { settled: null } });
    expect(await scene.balance(scene.fundId)).toBe(before);
    expect(await refusalOf(part('10', 'P1'))).toBe('bank_reference_taken');
    expect(await refusalOf(part('30.01', 'P2'))).toBe('proceeds_too_high');
    expect(await refusalOf(scene.giveBack(order, 1))).toBe('charity_sale_settled');
    // Two say the rest arrived at the same moment: once.
    const words = await Promise.all([
      refusalOf(part(undefined, 'P2')),
      refusalOf(part(undefined, 'P3')),
    ]);
    expect(words.toSorted()).toEqual(['done', 'settled_already']);
    const done = await scene.page(sale.id);
    expect(done).toMatchObject({
      receivedFen: 5_000,
      receipts: [
        { bankReference: 'P1', amountFen: 2_000 },
        { amountFen: 3_000, paidOn: '2026-11-27' },
      ],
      proceeds: { settled: { netFen: 5_000 } },
    });
    expect(await scene.balance(scene.fundId)).toBe(before + 5_000);
    expect(await scene.write((tx) => check(tx.sql))).toEqual([]);
  });
});

describe('ending before the last day', () => {
  it('wants a reason and two others; then nothing more is sold and the result is published at once', async () => {
    scene.begin();
    const { lotId } = await scene.give(4);
    const sale = await scene.opened([{ lotId }]);
    const { variantId } = sale.things[0]!;
    await scene.ring(variantId, 1);
    const ask = () =>
      scene.charity.askEnd(scene.to(sale.id, scene.federation, { reason: '下雨，没有人来' }));
    const decide = (actor = scene.approver, decision: 'approve' | 'refuse' = 'approve') =>
      scene.charity.decideEnd(scene.to(sale.id, actor, { decision, note: '同意不同意' }));
    expect(await refusalOf(decide())).toBe('charity_sale_not_now');
    expect((await ask()).end).toMatchObject({ reason: '下雨，没有人来', state: 'proposed' });
    expect(await refusalOf(ask())).toBe('charity_sale_not_now');
    expect(await refusalOf(decide(scene.federation))).toBe('approver_is_proposer');
    expect(await decide(scene.approver, 'refuse')).toMatchObject({ state: 'open', end: null });
    await ask();
    await decide();
    expect(await refusalOf(scene.ring(variantId, 1))).toBe('done');
    const over = await decide(scene.second);
    expect(over).toMatchObject({
      state: 'closed',
      isSelling: false,
      result: { piecesSold: 2, piecesLeft: 2, grossFen: 4_000 },
    });
    expect(await refusalOf(scene.ring(variantId, 1))).toBe('charity_sale_over');
    await scene.endDays();
    await scene.settle(sale.id, scene.accountant, 'ENDED');
    expect((await scene.page(sale.id)).proceeds.settled).toMatchObject({ netFen: 4_000 });
  });

  it('waits for an order that is not paid yet, and sells nothing meanwhile', async () => {
    scene.begin();
    const { buyer, sale, order, campaignId } = await orderedOnline();
    await scene.charity.askEnd(scene.to(sale.id, scene.federation, { reason: '提前结束' }));
    for (const actor of [scene.approver, scene.second])
      await scene.charity.decideEnd(scene.to(sale.id, actor, { decision: 'approve', note: '' }));
    expect(await scene.page(sale.id)).toMatchObject({ state: 'open', isSelling: false });
    expect(await refusalOf(scene.ring(sale.things[0]!.variantId, 1))).toBe('charity_sale_over');
    await pay(buyer, order.id);
    await scene.ticks.find((tick) => tick.name === 'charity_sale.run')!.run();
    expect(await scene.page(sale.id)).toMatchObject({
      state: 'closed',
      result: { grossFen: 4_000 },
    });
    const before = await scene.balance(campaignId);
    await scene.endDays();
    await scene.settle(sale.id, scene.accountant, 'ONLINE2');
    expect((await scene.balance(campaignId)) - before).toBe(4_000);
  });
});

let campaigns = 0;
/** Two pieces of an online charity sale for a campaign of public fundraising, ordered on a telephone. */
async function orderedOnline() {
  const campaign = await openCampaign(scene, `义卖助餐${(campaigns += 1)}`);
  const { lotId } = await scene.give(3);
  const sale = await scene.opened([{ lotId }], {
    isOnline: true,
    target: { kind: 'campaign', id: campaign.id },
  });
  const buyer = await scene.signUp(`199000277${String(10 + campaigns)}`);
  const { orders } = await scene.sale.handlers.order(
    callOf(buyer, {
      body: {
        key: newId(),
        placeId: scene.stations[0]!.id,
        kind: 'pick_up',
        delivery: null,
        lines: [{ variantId: sale.things[0]!.variantId, quantity: 2, shownPriceFen: 2_000 }],
      },
    }),
  );
  return { buyer, sale, order: orders[0]!, campaignId: campaign.id };
}
/** Its money, as the federation's own number tells of it. */
const pay = async (buyer: Actor, orderId: string) =>
  await scene.write((tx) =>
    scene.sale.takePayment(tx, {
      orderId,
      merchantNumber: '1990000YM01',
      transaction: `T${orderId}`,
      amountFen: 4_000,
      paidAt: tx.now,
    }),
  );

describe('an order on a telephone', () => {
  it('says whom everything goes to, is paid into the federation’s number, fetched, and all of it reaches the campaign', async () => {
    scene.begin();
    const { buyer, sale, order, campaignId } = await orderedOnline();
    expect(order).toMatchObject({ channel: 'charity_sale', state: 'waiting', goodsFen: 4_000 });
    expect(order.shareWords).toContain('所得全部用于');
    await pay(buyer, order.id);
    const mine = async () =>
      await scene.sale.handlers.one(callOf(buyer, { params: { orderId: order.id } }));
    const paid = await mine();
    expect(paid).toMatchObject({ state: 'paid', pickUpCode: expect.stringMatching(/^\d{6}$/) });
    await scene.write((tx) =>
      scene.sale.handOverOrder(tx, {
        placeId: scene.stations[0]!.id,
        pickUpCode: paid.pickUpCode!,
        note: '',
      }),
    );
    expect((await scene.page(sale.id)).things[0]).toMatchObject({
      sold: 2,
      left: 1,
      proceedsFen: 4_000,
    });
    const before = await scene.balance(campaignId);
    await scene.endDays();
    expect(await scene.balance(campaignId)).toBe(before);
    await scene.settle(sale.id, scene.accountant, 'ONLINE1');
    expect((await scene.balance(campaignId)) - before).toBe(4_000);
    expect((await mine()).shares[0]).toMatchObject({ state: 'given' });
  });
});

describe('a till’s shift', () => {
  it('tells donated goods apart from what merchants sold, also when they come back', async () => {
    scene.begin();
    const { lotId } = await scene.give(5);
    const sale = await scene.opened([{ lotId }]);
    const cashier = await openCashier(scene);
    const till = scene.counter.handlers;
    await till.setSupervisorCode(callOf(scene.actors.worker!, { body: { code: '135790' } }));
    const { id: tillId } = await till.addTill(
      callOf(cashier, { body: { placeId: scene.stations[0]!.id, name: '义卖台' } }),
    );
    const params = { tillId };
    await till.openShift(callOf(cashier, { params, body: { floatYuan: '0' } }));
    const [thing] = sale.things;
    const ring = (variantId: string, priceFen: number) => ({
      key: newId(),
      at: scene.clock.now().toISOString(),
      lines: [{ variantId, quantity: 2, priceFen, discountFen: 0 }],
      payments: [
        {
          means: 'cash' as const,
          amountFen: 2 * priceFen,
          codePaymentId: null,
          entitlementId: null,
          scanId: null,
        },
      ],
      isOffline: false,
      memberCode: null,
      supervisorCode: null,
      reason: '',
    });
    const { outcomes } = await till.sell(
      callOf(cashier, {
        params,
        body: { sales: [ring(thing!.variantId, 2_000), ring(scene.goods.rice.variantId, 2_333)] },
      }),
    );
    const shift = async () => await till.shift(callOf(cashier, { params }));
    expect(await shift()).toMatchObject({ goodsFen: 8_666, charityFen: 4_000, shareFen: 93 });
    const { items } = await scene.sale.handlers.orders(
      callOf(cashier, { query: { text: outcomes[0]!.number!, limit: 1 } }),
    );
    await till.refund(
      callOf(cashier, {
        params,
        body: {
          key: newId(),
          orderId: items[0]!.id,
          lines: [{ lineId: items[0]!.lines[0]!.id, quantity: 1 }],
          restock: true,
          reason: '不要了',
          supervisorCode: '135790',
        },
      }),
    );
    expect(await shift()).toMatchObject({ goodsFen: 6_666, charityFen: 2_000, shareFen: 93 });
    await scene.endDays();
  });
});

describe('what must be told of it', () => {
  it('is on the calendar from its end, due in three months, with a draft out of the books', async () => {
    scene.begin();
    const { lotId } = await scene.give(3);
    const sale = await scene.opened([{ lotId }]);
    await scene.ring(sale.things[0]!.variantId, 2);
    await scene.endDays();
    await scene.settle(sale.id, scene.accountant, 'TOLD');
    await scene.write((tx) => scene.disclosure.openDuties(tx));
    const duties = await scene.write((tx) =>
      scene.disclosure.duties(tx, { subjectCode: sale.number }),
    );
    expect(duties).toMatchObject([
      { kind: 'charity_sale_result', dueOn: '2027-02-26', coversFrom: '2026-11-24' },
    ]);
    const { text, duty } = await scene.write((tx) => scene.disclosure.draft(tx, duties[0]!.id));
    expect(text).toContain('卖出 2 件，所得 ¥40.00，还剩 1 件。');
    expect(text).toContain('¥40.00 已于 2026-11-27 全部进入“暖冬专项基金”');
    expect(duty.subject.link).toBe(`/charity-sales/${sale.number}`);
  });
});
