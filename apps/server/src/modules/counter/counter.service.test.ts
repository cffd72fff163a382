import { newId, Refusal, type Id } from '@wennuan/basics';
import type { RouteRequest, routes } from '@wennuan/contract';
import { balances, check } from '@wennuan/ledger';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { testTills } from '../../../test-support/tills.ts';
import type { Actor } from '../../platform/actor.ts';
import { accountOf } from '../sale/index.ts';

const { shop, call, openTill } = await testTills();
afterAll(() => shop.close());
beforeEach(() => shop.clock.set('2026-11-23T10:00:00+08:00'));

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => 'none',
    (thrown: unknown) => (thrown instanceof Refusal ? thrown.code : String(thrown)),
  );

type Rung = RouteRequest<(typeof routes)['counter']['sell']>['body']['sales'][number];
/** So many bags of rice at ¥23.33, paid in cash unless something else is said. */
function riceFor(count: number, change: Partial<Rung> = {}): Rung {
  const amountFen = count * 2_333;
  return {
    key: newId(),
    at: shop.clock.now().toISOString(),
    lines: [
      { variantId: shop.goods.rice.variantId, quantity: count, priceFen: 2_333, discountFen: 0 },
    ],
    payments: [
      { means: 'cash', amountFen, codePaymentId: null, entitlementId: null, scanId: null },
    ],
    isOffline: false,
    memberCode: null,
    supervisorCode: null,
    reason: '',
    ...change,
  };
}
const sell = (tillId: Id, ...sales: Rung[]) =>
  call('sell', { params: { tillId }, body: { sales } });
const pay = (
  means: Rung['payments'][number]['means'],
  amountFen: number,
  change: Partial<Rung['payments'][number]> = {},
) => ({ means, amountFen, codePaymentId: null, entitlementId: null, scanId: null, ...change });

async function voucher(amount = 10_000): Promise<{ id: Id; actor: Actor }> {
  const { personId, account } = await shop.person({
    name: `何${newId().slice(-4)}`,
    group: 'none',
    bound: true,
  });
  const [issued] = await shop.write((tx) =>
    shop.benefit.issue(tx, [
      {
        kind: 'voucher',
        subject: { kind: 'test', id: newId() },
        personId,
        accountId: account!.accountId,
        areaId: shop.areaId(),
        fundId: shop.fundId,
        amount,
        label: '冬季代金券',
        days: 60,
      },
    ]),
  );
  return { id: issued!.entitlementId!, actor: account! };
}

async function scanOf(tillId: Id, one: { id: Id; actor: Actor }) {
  const { text } = await shop.benefit.handlers.myCode({
    actor: one.actor,
    params: { entitlementId: one.id },
  } as Parameters<typeof shop.benefit.handlers.myCode>[0]);
  return await call('scan', { params: { tillId }, body: { text, proof: '' } });
}

async function balanceOf(id: Id): Promise<number> {
  const [row] = await shop.database.read(shop.system, (tx) => balances(tx.sql, [id]));
  return row?.balance ?? 0;
}

describe('at a till', () => {
  test('a slip is printed again from the shift, or by its number; it never says with what it was paid', async () => {
    const tillId = await openTill();
    const one = await voucher();
    const { scanId } = await scanOf(tillId, one);
    const byVoucher = pay('voucher', 2_333, { entitlementId: one.id, scanId });
    const [told] = (await sell(tillId, riceFor(1, { payments: [byVoucher] }))).outcomes;
    const slips = (query: { number?: string }, till = tillId) =>
      call('slips', { params: { tillId: till }, query });
    const { items } = await slips({});
    expect(items).toMatchObject([
      { number: told!.number, goodsFen: 2_333, shareWords: '商家因您的购买捐出 ¥0.47' },
    ]);
    expect(JSON.stringify(items)).not.toMatch(/voucher|券/);
    const other = await openTill();
    expect((await slips({}, other)).items).toEqual([]);
    expect((await slips({ number: told!.number!.toLowerCase() }, other)).items).toEqual(items);
    expect((await slips({ number: 'XS9999999' })).items).toEqual([]);
  });

  test('cash, voucher and the two percent in one sale; the same key is the same sale', async () => {
    const tillId = await openTill();
    const one = await voucher();
    const scanned = await scanOf(tillId, one);
    expect(scanned).toMatchObject({ leftFen: 10_000, label: '代金券' });
    // A programme's name would tell the cashier what group she is of.
    expect(JSON.stringify(scanned)).not.toContain('冬季');
    const payable = accountOf('payable', shop.merchants[1]!);
    const before = await balanceOf(payable);
    const rung = riceFor(2, {
      payments: [
        pay('voucher', 4_000, { entitlementId: one.id, scanId: scanned.scanId }),
        pay('cash', 666),
      ],
    });
    const first = await sell(tillId, rung);
    expect(first.outcomes).toMatchObject([{ state: 'recorded' }]);
    expect(await sell(tillId, rung)).toEqual(first);
    expect(await balanceOf(one.id)).toBe(6_000);
    expect(await balanceOf(payable)).toBe(before + 4_000);
    const report = await call('shift', { params: { tillId } });
    expect(report).toMatchObject({ sales: 1, goodsFen: 4_666, shareFen: 93 });
    expect(Object.fromEntries(report.sums.map((sum) => [sum.means, sum.expectedFen]))).toEqual({
      cash: 20_666,
      wechat: 0,
      voucher: 4_000,
      coupon: 0,
    });
  });

  test('a price that changed is told, not charged; a discount needs another person’s code', async () => {
    const tillId = await openTill();
    const line = riceFor(1).lines[0]!;
    const cheap = riceFor(1, {
      lines: [{ ...line, priceFen: 2_000 }],
      payments: [pay('cash', 2_000)],
    });
    expect((await sell(tillId, cheap)).outcomes).toMatchObject([
      { state: 'refused', refusal: 'price_changed' },
    ]);
    const rung = riceFor(1, {
      lines: [{ ...line, discountFen: 333 }],
      payments: [pay('cash', 2_000)],
      reason: '外袋破损',
    });
    for (const code of ['000000', '111111', '222222', '333333'])
      expect(await codeOf(sell(tillId, { ...rung, supervisorCode: code }))).toBe(
        'supervisor_code_wrong',
      );
    expect((await sell(tillId, { ...rung, supervisorCode: '135790' })).outcomes).toMatchObject([
      { state: 'recorded' },
    ]);
    const own = { ...rung, key: newId(), supervisorCode: '135790' };
    expect(
      await codeOf(
        call('sell', { params: { tillId }, body: { sales: [own] } }, shop.actors['worker']),
      ),
    ).toBe('supervisor_same_person');
    for (const code of ['0', '1', '2', '3', '4'])
      await codeOf(sell(tillId, { ...rung, key: newId(), supervisorCode: `00000${code}` }));
    expect(await codeOf(sell(tillId, own))).toBe('supervisor_code_locked');
  });

  test('goods come back with a supervisor’s code: cash leaves the drawer', async () => {
    const tillId = await openTill();
    const rung = riceFor(2);
    await sell(tillId, rung);
    const { rows } = await shop.owner.query<{ order_id: Id; line_id: Id }>(
      `select o.id as order_id, l.id as line_id from sale_order o join sale_line l on l.order_id = o.id where o.key = $1`,
      [rung.key],
    );
    const back = {
      key: newId(),
      orderId: rows[0]!.order_id,
      lines: [{ lineId: rows[0]!.line_id, quantity: 1 }],
      restock: true,
      reason: '买多了',
      supervisorCode: '135790',
    };
    expect(await call('refund', { params: { tillId }, body: back })).toMatchObject({
      amountFen: 2_333,
    });
    const report = await call('shift', { params: { tillId } });
    expect(report).toMatchObject({ sales: 1, refunds: 1, goodsFen: 2_333, shareFen: 47 });
    expect(report.sums[0]).toMatchObject({ means: 'cash', expectedFen: 22_333 });
    const closed = await call('closeShift', {
      params: { tillId },
      body: { counted: [{ means: 'cash', yuan: '223.00' }], note: '少三角三分' },
    });
    expect(closed.sums[0]).toEqual({ means: 'cash', expectedFen: 22_333, countedFen: 22_300 });
    expect(await codeOf(sell(tillId, riceFor(1)))).toBe('shift_not_open');
  });

  test('goods of two merchants that come back together leave the drawer with all their cash', async () => {
    const tillId = await openTill();
    const { milk } = shop.goods;
    const rung = riceFor(1, {
      lines: [
        ...riceFor(1).lines,
        { variantId: milk.variantId, quantity: 1, priceFen: 1_250, discountFen: 0 },
      ],
      payments: [pay('cash', 2_333 + 1_250)],
    });
    await sell(tillId, rung);
    const { rows } = await shop.owner.query<{ id: Id; order_id: Id }>(
      'select l.id, l.order_id from sale_line l join sale_order o on o.id = l.order_id where o.key = $1',
      [rung.key],
    );
    await call('refund', {
      params: { tillId },
      body: {
        key: newId(),
        orderId: rows[0]!.order_id,
        lines: rows.map((row) => ({ lineId: row.id, quantity: 1 })),
        restock: true,
        reason: '都不要了',
        supervisorCode: '135790',
      },
    });
    const report = await call('shift', { params: { tillId } });
    expect(report.sums.find((one) => one.means === 'cash')?.expectedFen).toBe(20_000);
  });

  test('a till elsewhere is unknown, and residents have no till', async () => {
    const tillId = await openTill();
    const elsewhere = shop.actors['worker-elsewhere']!;
    expect(await codeOf(call('load', { params: { tillId } }, elsewhere))).toBe('till_unknown');
    expect((await call('places', {})).items.map((one) => one.name)).toEqual(['绿云慈善驿站']);
  });
});

describe('a payment with the code on a telephone', () => {
  const begin = (tillId: Id, authCode: string, amountFen = 2_333) => ({
    params: { tillId },
    body: { id: newId(), amountFen, merchantId: shop.merchants[1]!, authCode },
  });
  test('pays at once; belongs to one sale only, of its amount', async () => {
    const tillId = await openTill();
    const request = begin(tillId, '134567890123456788');
    expect(await call('payByCode', request)).toMatchObject({ state: 'paid' });
    const codePaymentId = request.body.id;
    const paid = [pay('wechat', 2_333, { codePaymentId })];
    expect((await sell(tillId, riceFor(1, { payments: paid }))).outcomes[0]!.state).toBe(
      'recorded',
    );
    expect(
      (await sell(tillId, riceFor(2, { payments: [pay('wechat', 4_666, { codePaymentId })] })))
        .outcomes[0]!.refusal,
    ).toBe('code_payment_differs');
    expect(
      await codeOf(call('reverseCodePayment', { params: { tillId, paymentId: codePaymentId } })),
    ).toBe('code_payment_differs');
  });
  test('用户付款中: asked again it is paid; one that never ends is reversed; a poor one says why', async () => {
    const tillId = await openTill();
    const slow = begin(tillId, '134567890123456701');
    expect(await call('payByCode', slow)).toMatchObject({ state: 'paying' });
    shop.clock.advance({ seconds: 5 });
    const asked = { params: { tillId, paymentId: slow.body.id } };
    expect(await call('askCodePayment', asked)).toMatchObject({ state: 'paid' });
    const never = begin(tillId, '134567890123456702');
    await call('payByCode', never);
    const open = { params: { tillId, paymentId: never.body.id } };
    expect(await call('askCodePayment', open)).toMatchObject({ state: 'paying' });
    expect(await call('reverseCodePayment', open)).toMatchObject({ state: 'reversed' });
    expect(await codeOf(call('payByCode', begin(tillId, '134567890123456703')))).toBe(
      'pay_code_failed',
    );
    expect(await codeOf(call('payByCode', begin(tillId, '6901234567892')))).toBe(
      'pay_code_invalid',
    );
  });
});

describe('without network', () => {
  const along = (tillId: Id, count: number, vouchers = false) =>
    call('takeAlong', {
      params: { tillId },
      body: { lines: [{ itemId: shop.goods.oil.itemId, quantity: count }], vouchers },
    });
  const oilFor = (count: number, change: Partial<Rung> = {}): Rung =>
    riceFor(count, {
      lines: [
        { variantId: shop.goods.oil.variantId, quantity: count, priceFen: 7_990, discountFen: 0 },
      ],
      payments: [pay('cash', count * 7_990)],
      isOffline: true,
      ...change,
    });

  test('two tills away at once sell what each took along, however often their journals are sent', async () => {
    const [one, other] = [await openTill(), await openTill()];
    const before = (await call('load', { params: { tillId: one } })).goods.find(
      (good) => good.itemId === shop.goods.oil.itemId,
    )!.available;
    await along(one, 5);
    await along(other, 5);
    const journal = [oilFor(2), oilFor(3)];
    const sent = await Promise.all([
      sell(one, ...journal),
      sell(one, ...journal),
      sell(other, oilFor(4)),
    ]);
    expect(sent.flatMap((told) => told.outcomes.map((outcome) => outcome.state))).toEqual(
      Array.from({ length: 5 }, () => 'recorded'),
    );
    expect((await call('load', { params: { tillId: other } })).reserve).toEqual([
      { itemId: shop.goods.oil.itemId, left: 1 },
    ]);
    expect(
      await codeOf(
        call('closeShift', { params: { tillId: other }, body: { counted: [], note: '' } }),
      ),
    ).toBe('till_away');
    for (const tillId of [one, other])
      await call('giveBack', { params: { tillId }, body: { unsent: 0 } });
    const after = await call('load', { params: { tillId: one } });
    expect(after).toMatchObject({ reserve: [], awaySince: null });
    expect(after.goods.find((good) => good.itemId === shop.goods.oil.itemId)!.available).toBe(
      before - 9,
    );
  });

  test('a voucher goes along with one till: the other says where; what was spent twice over is kept as refused', async () => {
    const one = await voucher(5_000);
    const [away, here] = [await openTill(), await openTill()];
    expect((await along(away, 1, true)).vouchers).toBeGreaterThan(0);
    expect((await along(here, 1, true)).heldElsewhere).toBeGreaterThan(0);
    expect(await codeOf(scanOf(here, one))).toBe('voucher_held');
    const held = (await call('load', { params: { tillId: away } })).vouchers.find(
      (item) => item.entitlementId === one.id,
    )!;
    expect(held).toMatchObject({ leftFen: 5_000, label: '代金券' });
    expect(held.key).toMatch(/^[0-9a-f]{64}$/);
    const spent = oilFor(1, {
      payments: [pay('voucher', 5_000, { entitlementId: one.id }), pay('cash', 2_990)],
    });
    const more = riceFor(1, {
      isOffline: true,
      payments: [pay('voucher', 2_333, { entitlementId: one.id })],
    });
    const told = await sell(away, spent, more);
    expect(told.outcomes).toMatchObject([
      { state: 'recorded' },
      {
        state: 'refused',
        refusal: 'voucher_over',
        sentence: expect.stringContaining('不能再用') as string,
      },
    ]);
    expect((await call('shift', { params: { tillId: away } })).refused).toHaveLength(1);
    for (const tillId of [away, here])
      await call('giveBack', { params: { tillId }, body: { unsent: 0 } });
    expect(await balanceOf(one.id)).toBe(0);
  });

  test('a till that will not come back is written off by a person with a reason; its clock may be a day ahead', async () => {
    const tillId = await openTill();
    await along(tillId, 3);
    const tomorrow = new Date(shop.clock.now().getTime() + 86_400_000).toISOString();
    expect((await sell(tillId, oilFor(1, { at: tomorrow }))).outcomes[0]!.state).toBe('recorded');
    const writeOff = (reason: string) =>
      call('writeOff', { params: { tillId }, body: { reason } }, shop.actors['worker']);
    expect(await codeOf(writeOff(' '))).toBe('input_invalid');
    await writeOff('平板落水，现场点过没有货');
    expect(await call('load', { params: { tillId } })).toMatchObject({
      reserve: [],
      awaySince: null,
    });
    const { rows } = await shop.owner.query(
      'select rung_at <= $1 as past from sale_order o join till_entry e on e.order_id = o.id where o.placed_at > $1',
      [shop.clock.now()],
    );
    expect(rows).toEqual([]);
  });

  test('afterwards the books are whole', async () => {
    expect(await shop.database.read(shop.system, (tx) => check(tx.sql))).toEqual([]);
  });
});
