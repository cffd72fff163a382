import { newId, seededRandom, fixedClock } from '@wennuan/basics';
import { balances, check } from '@wennuan/ledger';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  WECHAT_MERCHANT,
  type WechatGateway,
  wechatGateway,
} from '../../../test-support/gateways/wechat.ts';
import { moneyDistrict, type MoneyDistrict } from '../../../test-support/money.ts';
import { tradeBill } from '../../../test-support/statements.ts';
import { systemActor } from '../../platform/actor.ts';
import { createChannels, NO_CHANNELS, orderNumberOf, type RawNotice } from '../payment/index.ts';

const system = systemActor('test');
/** Stands where the district's clock stands, and goes with it. */
const clock = fixedClock('2026-11-23T09:00:00+08:00');
let gateway: WechatGateway;
let district: MoneyDistrict;
beforeAll(async () => {
  gateway = await wechatGateway({ now: () => (district ?? { clock }).clock.now() }, 'public_key');
  district = await moneyDistrict({
    ...NO_CHANNELS,
    siteUrl: 'https://warm.example',
    ownPage: true,
    wechat: gateway.settings,
  });
});
afterAll(async () => {
  await district.close();
  await gateway.close();
});

async function begin(amountYuan: string) {
  const answer = await district.app.inject({
    method: 'POST',
    url: '/api/gifts',
    payload: {
      target: { kind: 'campaign', id: district.campaign },
      amountYuan,
      name: { displayName: null },
      formId: newId(),
      channel: 'wechat',
    },
  });
  const begun = answer.json() as { giftId: string; token: string; code: string };
  expect(answer.statusCode).toBe(200);
  return { ...begun, orderNumber: orderNumberOf(begun.giftId) };
}

async function tell(notice: RawNotice) {
  const answer = await district.app.inject({
    method: 'POST',
    url: '/api/channels/wechat/notices',
    headers: { ...(notice.headers as Record<string, string>), 'content-type': 'application/json' },
    body: notice.body,
  });
  return { status: answer.statusCode, body: answer.json() as { code: string } };
}

const inflow = async () =>
  (await district.database.read(system, (tx) => balances(tx.sql, [district.campaign])))[0]!.inflow;
const stateOf = async (giftId: string) => {
  const row = await district.database.read(system, (tx) =>
    tx.db
      .selectFrom('gift_payment')
      .select(['state', 'merchant', 'order_number'])
      .where('id', '=', giftId)
      .executeTakeFirstOrThrow(),
  );
  return row;
};
const ask = () =>
  district.donation.ticks.find((one) => one.name === 'donation.ask_platform')!.run();

describe('notices of WeChat Pay', () => {
  test('a payment begins with its key, and one notice makes it a gift', async () => {
    const { giftId, orderNumber, code } = await begin('27');
    expect(code).toContain(orderNumber);
    expect(await stateOf(giftId)).toEqual({
      state: 'begun',
      merchant: WECHAT_MERCHANT,
      order_number: orderNumber,
    });
    gateway.pay(orderNumber);
    const before = await inflow();
    expect(await tell(gateway.noticeOf(orderNumber))).toMatchObject({
      status: 200,
      body: { code: 'SUCCESS' },
    });
    expect(await inflow()).toBe(before + 2700);
    expect((await stateOf(giftId)).state).toBe('paid');
  });

  test('fifteen times over a day, in any order, many at once: each gift is there once', async () => {
    const random = seededRandom(15);
    const begun: Awaited<ReturnType<typeof begin>>[] = [];
    for (let n = 0; n < 8; n += 1) begun.push(await begin(String(n + 1)));
    for (const { orderNumber } of begun) gateway.pay(orderNumber);
    const before = await inflow();
    for (let time = 0; time < 15; time += 1) {
      const shuffled = begun.toSorted(() => random() - 0.5);
      const answers = await Promise.all(
        shuffled.map(({ orderNumber }) => tell(gateway.noticeOf(orderNumber))),
      );
      expect(answers.every(({ status }) => status === 200)).toBe(true);
      district.clock.advance({ minutes: 96 });
    }
    expect(await inflow()).toBe(before + 3600);
    const kept = await district.database.read(system, (tx) =>
      tx.db
        .selectFrom('payment_notice')
        .select(['outcome', 'body_sealed'])
        .where('order_number', '=', begun[0]!.orderNumber)
        .orderBy('received_at')
        .execute(),
    );
    expect(kept.map(({ outcome }) => outcome)).toEqual(['received', ...Array(14).fill('repeated')]);
    expect(kept.some((row) => row.body_sealed.includes('TRANSACTION.SUCCESS'))).toBe(false);
  });

  test('the same notice ten times at one moment: one gift, one kept notice that was heard ten times', async () => {
    const { orderNumber } = await begin('4');
    gateway.pay(orderNumber);
    const before = await inflow();
    const notice = gateway.noticeOf(orderNumber);
    const answers = await Promise.all(Array.from({ length: 10 }, () => tell(notice)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(await inflow()).toBe(before + 400);
    const kept = await district.database.read(system, (tx) =>
      tx.db
        .selectFrom('payment_notice')
        .select('times')
        .where('order_number', '=', orderNumber)
        .execute(),
    );
    expect(kept).toEqual([{ times: 10 }]);
  });

  test('forged, stale, for another merchant: refused, and nothing moves', async () => {
    const { orderNumber, giftId } = await begin('5');
    gateway.pay(orderNumber);
    const before = await inflow();
    const good = gateway.noticeOf(orderNumber);
    const stale = new Date(district.clock.now().getTime() - 3_600_000);
    for (const notice of [
      { ...good, headers: { ...good.headers, 'wechatpay-nonce': 'x' } },
      gateway.noticeOf(orderNumber, {}, stale),
      gateway.noticeOf(orderNumber, { mchid: '1900000009' }),
    ])
      expect(await tell(notice)).toMatchObject({ status: 401, body: { code: 'FAIL' } });
    expect(await inflow()).toBe(before);
    expect((await stateOf(giftId)).state).toBe('begun');
    await tell(good);
    expect(await inflow()).toBe(before + 500);
  });

  test('another amount than was begun, or than was received, is altered: noted, not booked', async () => {
    const { orderNumber, giftId } = await begin('6');
    gateway.pay(orderNumber);
    const before = await inflow();
    const more = { amount: { total: 60_000, currency: 'CNY' } };
    await tell(gateway.noticeOf(orderNumber, more));
    expect(await inflow()).toBe(before);
    expect((await stateOf(giftId)).state).toBe('begun');
    await tell(gateway.noticeOf(orderNumber));
    await tell(gateway.noticeOf(orderNumber, more));
    expect(await inflow()).toBe(before + 600);
    const outcomes = await district.database.read(system, (tx) =>
      tx.db
        .selectFrom('payment_notice')
        .select('outcome')
        .where('order_number', '=', orderNumber)
        .orderBy('id')
        .execute(),
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['altered', 'received', 'altered']);
  });

  test('that never comes: the channel is asked, and then the gift is there', async () => {
    const paid = await begin('7');
    const open = await begin('8');
    const closed = await begin('9');
    gateway.pay(paid.orderNumber);
    gateway.orders.get(closed.orderNumber)!.state = 'CLOSED';
    const before = await inflow();
    district.clock.advance({ minutes: 2 });
    gateway.setDown(true);
    await ask();
    expect((await stateOf(paid.giftId)).state).toBe('unknown');
    gateway.setDown(false);
    district.clock.advance({ minutes: 2 });
    await ask();
    expect(await inflow()).toBe(before + 700);
    expect((await stateOf(paid.giftId)).state).toBe('paid');
    expect((await stateOf(open.giftId)).state).toBe('begun');
    expect((await stateOf(closed.giftId)).state).toBe('failed');
    // The notice comes after all: the same gift.
    await tell(gateway.noticeOf(paid.orderNumber));
    expect(await inflow()).toBe(before + 700);
  });

  test('of an order the channel lost, or left open, is not waited for after its time; money that comes late is booked once', async () => {
    const lost = await begin('13');
    const open = await begin('14');
    gateway.orders.delete(lost.orderNumber);
    district.clock.advance({ minutes: 2 });
    await ask();
    expect((await stateOf(lost.giftId)).state).toBe('begun');
    district.clock.advance({ minutes: 40 });
    gateway.setDown(true);
    await ask();
    expect((await stateOf(lost.giftId)).state).toBe('unknown');
    gateway.setDown(false);
    district.clock.advance({ minutes: 20 });
    await ask();
    expect((await stateOf(lost.giftId)).state).toBe('failed');
    expect((await stateOf(open.giftId)).state).toBe('failed');
    expect(gateway.orders.get(open.orderNumber)!.state).toBe('CLOSED');
    const asked = gateway.asked.length;
    district.clock.advance({ hours: 12 });
    await ask();
    expect(gateway.asked).toHaveLength(asked);
    // The channel was wrong: the notice finds the order, twice at once.
    const found = { out_trade_no: lost.orderNumber, amountFen: 1300, transaction: '4200000013' };
    gateway.orders.set(lost.orderNumber, { ...gateway.orders.get(open.orderNumber)!, ...found });
    gateway.pay(lost.orderNumber);
    const before = await inflow();
    const notice = gateway.noticeOf(lost.orderNumber);
    await Promise.all([tell(notice), tell(notice)]);
    expect(await inflow()).toBe(before + 1300);
    expect((await stateOf(lost.giftId)).state).toBe('paid');
  });

  test('and the bill of the day tell of one gift, whichever comes first', async () => {
    const first = await begin('11');
    const second = await begin('12');
    for (const { orderNumber } of [first, second]) gateway.pay(orderNumber);
    const before = await inflow();
    await tell(gateway.noticeOf(first.orderNumber));
    const bytes = Buffer.from(
      tradeBill([
        { order: first.orderNumber, amount: '11.00', fee: '0.07000', at: '2026-11-23 10:00:00' },
        { order: second.orderNumber, amount: '12.00', fee: '0.07000', at: '2026-11-23 10:00:00' },
      ]),
    );
    const report = await district.database.write(system, 'test.import', (tx) =>
      district.donation.importStatements(tx, [{ name: 'bill.csv', bytes }]),
    );
    expect(report).toMatchObject({ newGifts: 1, newFeesFen: 14 });
    await tell(gateway.noticeOf(second.orderNumber));
    expect(await inflow()).toBe(before + 2300);
    expect(await district.database.read(system, (tx) => check(tx.sql))).toEqual([]);
  });

  test('of a refund takes the money back once; the bill’s own word adds the fee', async () => {
    const { orderNumber } = await begin('10');
    gateway.pay(orderNumber);
    await tell(gateway.noticeOf(orderNumber));
    const balance = async () =>
      (await district.database.read(system, (tx) => balances(tx.sql, [district.campaign])))[0]!
        .balance;
    const before = await balance();
    const refund = {
      mchid: WECHAT_MERCHANT,
      out_trade_no: orderNumber,
      out_refund_no: 'RF1',
      success_time: district.clock.now().toISOString(),
      amount: { total: 1000, refund: 1000 },
    };
    await tell(gateway.refundNotice(refund));
    await tell(gateway.refundNotice(refund));
    expect(await balance()).toBe(before - 1000);
    const bytes = Buffer.from(
      tradeBill([
        { order: orderNumber, fee: '0.06000' },
        { order: orderNumber, fee: '-0.06000', refund: { number: 'RF1', amount: '10.00' } },
      ]),
    );
    const report = await district.database.write(system, 'test.import', (tx) =>
      district.donation.importStatements(tx, [{ name: 'refund.csv', bytes }]),
    );
    expect(report).toMatchObject({ newGifts: 0, differences: 0 });
    expect(await balance()).toBe(before - 1000);
    expect(await district.database.read(system, (tx) => check(tx.sql))).toEqual([]);
  });
});

test('a channel that is not set up has no address', async () => {
  const answer = await district.app.inject({
    method: 'POST',
    url: '/api/channels/alipay/notices',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'out_trade_no=1',
  });
  expect(answer.statusCode).toBe(404);
});

test('without the own page the platform’s cashier is the only way offered (C-02)', async () => {
  const offered = (await district.app.inject('/api/public/ways-to-pay')).json() as {
    items: { code: string }[];
  };
  expect(offered.items.map(({ code }) => code)).toEqual(['sandbox', 'wechat']);
  const channels = createChannels(
    { ...NO_CHANNELS, wechat: gateway.settings },
    district.sandbox.channel,
    { clock: district.clock, fetch },
  );
  expect(channels.offered.map(({ code }) => code)).toEqual(['sandbox']);
  expect(() => channels.choose('wechat')).toThrow('channel_unknown');
  expect(channels.of('wechat')).not.toBeNull();
});
