import { balances, check } from '@wennuan/ledger';
import { fixedClock, newId, type Id } from '@wennuan/basics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alipayGateway, type AlipayGateway } from '../../../test-support/gateways/alipay.ts';
import { wechatGateway, type WechatGateway } from '../../../test-support/gateways/wechat.ts';
import { moneyDistrict, type MoneyDistrict } from '../../../test-support/money.ts';
import { alipayBill, tradeBill } from '../../../test-support/statements.ts';
import { systemActor } from '../../platform/actor.ts';
import { NO_CHANNELS, orderNumberOf } from '../payment/index.ts';

let wechat: WechatGateway;
let alipay: AlipayGateway;
let district: MoneyDistrict;
const system = systemActor('test');
const YESTERDAY = '2026-11-22';
const clock = fixedClock('2026-11-23T09:00:00+08:00');
beforeAll(async () => {
  [wechat, alipay] = await Promise.all([wechatGateway(clock, 'public_key'), alipayGateway(clock)]);
  district = await moneyDistrict({
    ...NO_CHANNELS,
    siteUrl: 'https://warm.example',
    ownPage: true,
    wechat: wechat.settings,
    alipay: alipay.settings,
  });
});
afterAll(async () => {
  await district.close();
  await Promise.all([wechat.close(), alipay.close()]);
});

const tick = async () => {
  const fetching = district.donation.ticks.find((one) => one.name === 'donation.fetch_bills')!;
  await fetching.run();
};
const bills = () =>
  district.database.read(system, (tx) =>
    tx.db
      .selectFrom('channel_bill')
      .selectAll()
      .where('day', '=', YESTERDAY)
      .orderBy('channel')
      .execute(),
  );
const balance = async () =>
  (await district.database.read(system, (tx) => balances(tx.sql, [district.campaign])))[0]!.balance;
const begin = async (channel: string, amountYuan: string) => {
  const answer = await district.app.inject({
    method: 'POST',
    url: '/api/gifts',
    payload: {
      target: { kind: 'campaign', id: district.campaign },
      amountYuan,
      name: {
        displayName: null,
        hideFromPublic: true,
        hideFromRecipient: true,
        hideFromStaff: false,
      },
      formId: newId(),
      channel,
    },
  });
  return orderNumberOf((answer.json() as { giftId: Id }).giftId);
};
const notify = async (raw: { headers: object; body: Buffer }) =>
  (
    await district.app.inject({
      method: 'POST',
      url: '/api/channels/alipay/notices',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: raw.body.toString('utf8'),
    })
  ).body;

describe('Alipay', () => {
  test('an order whose giver never came to the cashier ends after its time; what is paid late all the same is one gift', async () => {
    const order = await begin('alipay', '16');
    const ask = district.donation.ticks.find((tick) => tick.name === 'donation.ask_platform')!;
    const state = () =>
      district.database.read(system, async (tx) => {
        const asked = tx.db.selectFrom('gift_payment').select('state');
        return (await asked.where('order_number', '=', order).executeTakeFirstOrThrow()).state;
      });
    for (const [minutes, expected] of [
      [2, 'begun'],
      [34, 'failed'],
    ] as const) {
      for (const one of [clock, district.clock]) one.advance({ minutes });
      await ask.run();
      expect(await state()).toBe(expected);
    }
    alipay.pay(order, 1_600);
    const before = await balance();
    await Promise.all([notify(alipay.noticeOf(order)), notify(alipay.noticeOf(order))]);
    expect(await balance()).toBe(before + 1_600);
    expect(await state()).toBe('paid');
  });

  test('a notice fifteen times is one gift; forged or altered it is none', async () => {
    const order = await begin('alipay', '15');
    alipay.pay(order, 1_500);
    const before = await balance();
    expect(await notify(alipay.noticeOf(order, {}, 'AAAA'))).toBe('failure');
    expect(await notify(alipay.noticeOf(order, { total_amount: '1500.00' }))).toBe('success');
    expect(await notify(alipay.noticeOf(order, { app_id: '2021000000000009' }))).toBe('failure');
    expect(await balance()).toBe(before);
    for (let times = 0; times < 15; times += 1)
      expect(await notify(alipay.noticeOf(order))).toBe('success');
    expect(await balance()).toBe(before + 1_500);
  });
});

describe('the bill of yesterday', () => {
  test('is not asked for before the morning, and not believed while a channel is away', async () => {
    await tick();
    expect(await bills()).toEqual([]);
    for (const one of [clock, district.clock]) one.advance({ minutes: 120 });
    wechat.setDown(true);
    await tick();
    expect(await bills()).toMatchObject([
      { channel: 'alipay', state: 'none' },
      { channel: 'wechat', state: 'away' },
    ]);
    wechat.setDown(false);
  });

  test('is fetched once, imported and reconciled; gifts whose notice never came are there', async () => {
    const silent = await begin('wechat', '7');
    wechat.bills.set(
      YESTERDAY,
      Buffer.from(
        tradeBill([{ order: silent, amount: '7.00', fee: '0.04000', at: '2026-11-22 10:00:00' }]),
      ),
    );
    const before = await balance();
    await tick();
    expect(await bills()).toMatchObject([
      { channel: 'alipay' },
      { channel: 'wechat', state: 'imported', new_gifts: 1, differences: 0, tries: 2 },
    ]);
    expect(await balance()).toBe(before + 696);
    const asked = wechat.asked.length;
    await tick();
    expect(wechat.asked.length).toBe(asked);
  });

  test('fetched again it is identical, or noted as another one and not taken', async () => {
    const again = async () => {
      const answer = await district.app.inject({
        method: 'POST',
        url: `/api/channel-bills/wechat/${YESTERDAY}`,
        headers: { 'x-actor': 'accountant' },
      });
      return answer.statusCode;
    };
    district.who.set('accountant', district.actors['accountant']!);
    const before = await balance();
    expect(await again()).toBe(200);
    expect(await bills()).toMatchObject([{}, { state: 'imported', tries: 2 }]);
    wechat.bills.set(YESTERDAY, Buffer.from(tradeBill([{ order: 'OTHER1' }, { order: 'OTHER2' }])));
    expect(await again()).toBe(200);
    expect(await bills()).toMatchObject([{}, { state: 'differs' }]);
    expect(await balance()).toBe(before);
  });

  test('of Alipay is read by its own columns: gifts, fees and refunds, once', async () => {
    const order = await begin('alipay', '20');
    alipay.pay(order, 2_000);
    await notify(alipay.noticeOf(order));
    const before = await balance();
    const lines = [
      { order, amount: '20.00', fee: '-0.12' },
      { order: 'ALI0001', amount: '3.00', fee: '-0.02' },
      { order: 'ALI0001', amount: '3.00', fee: '0.02', refundNumber: 'RF-ALI-1' },
    ];
    const file = { name: 'alipay.csv', bytes: Buffer.from(alipayBill(lines)) };
    const bring = () =>
      district.database.write(system, 'test.import', (tx) =>
        district.donation.importStatements(tx, [file]),
      );
    expect(await bring()).toMatchObject({ newGifts: 1, newRefunds: 1, differences: 0 });
    expect(await bring()).toMatchObject({ newGifts: 0, newRefunds: 0, newFeesFen: 0 });
    expect(await balance()).toBe(before - 12);
    const row = await district.database.read(system, (tx) =>
      tx.db
        .selectFrom('gift_payment')
        .select(['channel', 'merchant', 'refunded_fen'])
        .where('order_number', '=', 'ALI0001')
        .executeTakeFirstOrThrow(),
    );
    expect(row).toEqual({ channel: 'alipay', merchant: '2088000000000001', refunded_fen: 300 });
  });

  test('spoiled is refused whole, with the line', async () => {
    const spoiled = alipayBill([{ order: 'ALI0002', amount: '1.0001' }]);
    const refused = district.database.write(system, 'test.import', (tx) =>
      district.donation.importStatements(tx, [{ name: 'x.csv', bytes: Buffer.from(spoiled) }]),
    );
    await expect(refused).rejects.toMatchObject({
      problems: [{ code: 'amount_too_fine', line: 6 }],
    });
    expect(await district.database.read(system, (tx) => check(tx.sql))).toEqual([]);
  });
});
