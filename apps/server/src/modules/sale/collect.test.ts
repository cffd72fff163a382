import { setTimeout as sleep } from 'node:timers/promises';
import { newId, type Id } from '@wennuan/basics';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { refusalOf } from '../../../test-support/loop-inputs.ts';
import { sales } from '../../../test-support/sales.ts';
import { testShop, type TestShop } from '../../../test-support/shop.ts';
import { callOf } from '../../../test-support/things.ts';
import type { Actor } from '../../platform/actor.ts';

/** What `npm run soak -- station` found, each as small as it can be. */

const MINUTE_MILLIS = 60_000;
let shop: TestShop;
beforeAll(async () => {
  shop = await testShop();
});
afterAll(() => shop.close());

const stateOf = async (key: Id) => {
  const { rows } = await shop.owner.query<{ state: string; refunded_fen: string }>(
    'select state, refunded_fen from sale_order where id = $1 or key = $1',
    [key],
  );
  return { state: rows[0]!.state, refundedFen: Number(rows[0]!.refunded_fen) };
};
const tick = (name: string) =>
  [...shop.sale.ticks, ...shop.groupBuy.ticks].find((one) => one.name === name)!.run();

it('an order that is paid while its time to pay is being ended stays paid', async () => {
  const buyer = await shop.signUp('19900004801');
  const { orders } = await shop.sale.handlers.order(
    callOf(buyer, {
      body: {
        key: newId(),
        placeId: shop.stations[0]!.id,
        kind: 'pick_up',
        delivery: null,
        lines: [{ variantId: shop.goods.rice.variantId, quantity: 1, shownPriceFen: 2_333 }],
      },
    }),
  );
  const orderId = orders[0]!.id;
  shop.clock.set(new Date(shop.clock.now().getTime() + 16 * MINUTE_MILLIS));
  const merchant = await shop.write((tx) => shop.catalogue.merchantRows(tx, [shop.merchants[1]!]));
  let ending: Promise<unknown> = Promise.resolve();
  await shop.write(async (tx) => {
    await shop.sale.takePayment(tx, {
      orderId,
      merchantNumber: merchant.get(shop.merchants[1]!)!.payment_number,
      transaction: 'AT-THE-LAST-MOMENT',
      amountFen: 2_333,
      paidAt: shop.clock.now(),
    });
    // It is still seen as waiting, and the clock waits for the row of the order.
    ending = tick('sale.cancel_unpaid');
    await untilSomebodyWaits();
  });
  await ending;
  expect(await stateOf(orderId)).toEqual({ state: 'paid', refundedFen: 0 });
});

async function untilSomebodyWaits(): Promise<void> {
  for (;;) {
    const { rows } = await shop.owner.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return;
    await sleep(5);
  }
}

/** A group of three that was reached, ordered and has arrived; each neighbour with her share and code. */
async function arrivedGroup(serial: number) {
  const worker = shop.actors['worker']!;
  const group = await shop.write((tx) =>
    shop.groupBuy.open(tx, {
      placeId: shop.stations[0]!.id,
      variantId: shop.goods.rice.variantId,
      title: '东北大米 5 kg',
      description: '',
      minimumPieces: 3,
      limitPieces: 3,
      householdPieces: 1,
      holdMinutes: 10,
      steps: [{ fromPieces: 1, priceYuan: '30' }],
      closesAt: new Date(shop.clock.now().getTime() + 60 * MINUTE_MILLIS).toISOString(),
      pickUpOn: '2026-12-31',
      pickUpHours: '09:00–17:00',
      formId: newId(),
    }),
  );
  const buyers: { actor: Actor; shareId: Id; code: string }[] = [];
  for (let index = 0; index < 3; index += 1) {
    const actor = await shop.signUp(`199000048${serial}${index}`);
    const joined = await shop.groupBuy.join({
      groupId: group.id,
      accountId: actor.accountId!,
      householdKey: actor.accountId!,
      wanted: 1,
    });
    if (joined.outcome !== 'held') throw new Error(joined.outcome);
    await shop.write((tx) =>
      shop.groupBuy.takePayments(tx, [
        { shareId: joined.shareId, amountFen: 3_000, paidAt: tx.now },
      ]),
    );
    buyers.push({ actor, shareId: joined.shareId, code: '' });
  }
  await tick('group_buy.settle');
  const body = { reference: '供货单 1' };
  const asWorker = { ...worker, login: 'system' as const };
  await shop.database.write(asWorker, 'test.order', (tx) =>
    shop.groupBuy.noteOrder(tx, { groupId: group.id, ...body }),
  );
  await shop.database.write(asWorker, 'test.arrive', (tx) =>
    shop.groupBuy.noteArrival(tx, group.id),
  );
  for (const buyer of buyers) {
    const { items } = await shop.groupBuy.handlers.mine(callOf(buyer.actor, {}));
    buyer.code = items.find((item) => item.id === buyer.shareId)!.pickUpCode!;
  }
  const pickUp = (code: string) =>
    shop.database.write(asWorker, 'test.pick_up', (tx) =>
      shop.groupBuy.pickUp(tx, { code, note: '' }),
    );
  return { buyers, pickUp };
}

it('a share that was fetched is a sale that was fetched, and its buyer cannot send its money back by herself', async () => {
  const { buyers, pickUp } = await arrivedGroup(1);
  const [first] = buyers;
  const { rows } = await shop.owner.query<{ id: Id }>('select id from sale_order where key = $1', [
    first!.shareId,
  ]);
  const cancel = () =>
    shop.sale.handlers.cancel(callOf(first!.actor, { params: { orderId: rows[0]!.id } }));
  expect(await refusalOf(cancel())).toBe('group_share_paid');
  await pickUp(first!.code);
  expect(await stateOf(first!.shareId)).toEqual({ state: 'collected', refundedFen: 0 });
  expect(await refusalOf(cancel())).toBe('group_share_paid');
});

it('what the station paid back is not handed out as well', async () => {
  const { buyers, pickUp } = await arrivedGroup(2);
  const [, second] = buyers;
  const { rows } = await shop.owner.query<{ id: Id; line: Id }>(
    'select o.id, l.id as line from sale_order o join sale_line l on l.order_id = o.id where o.key = $1',
    [second!.shareId],
  );
  await sales(shop).giveBack(
    { orderId: rows[0]!.id, goodsFen: 0, shareFen: 0, lines: [{ id: rows[0]!.line, quantity: 1 }] },
    1,
  );
  expect(await refusalOf(pickUp(second!.code))).toBe('order_not_now');
});
