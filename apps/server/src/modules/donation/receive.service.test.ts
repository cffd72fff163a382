import { balances, check } from '@wennuan/ledger';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moneyDistrict, type MoneyDistrict } from '../../../test-support/money.ts';
import { systemActor } from '../../platform/actor.ts';
import { type PlatformNotice, signNotice } from '../payment/index.ts';

let district: MoneyDistrict;
beforeAll(async () => {
  district = await moneyDistrict();
});
afterAll(() => district.close());

const system = systemActor('test');
const balanceOf = async (id: string) =>
  (await district.database.read(system, (tx) => balances(tx.sql, [id])))[0]!;
const post = async (notice: PlatformNotice) => {
  const { body, signature } = signNotice(notice, await district.sandbox.privateKey());
  return await district.postNotice(body, signature);
};
const giftsOf = (platformOrder: string) =>
  district.database.read(system, (tx) =>
    tx.db.selectFrom('gift').selectAll().where('platform_order', '=', platformOrder).execute(),
  );

describe('a signed notice', () => {
  test('becomes a gift in the books, and repeating it answers the same number', async () => {
    const before = (await balanceOf(district.campaign)).inflow;
    const notice = district.noticeOf({ amountFen: 250 });
    const first = await post(notice);
    expect(first).toMatchObject({ status: 200, body: { repeated: false } });
    district.clock.advance({ seconds: 5 });
    const again = await post({ ...notice, sentAt: district.clock.now().toISOString() });
    expect(again.body).toEqual({ ...first.body, repeated: true });
    expect((await balanceOf(district.campaign)).inflow).toBe(before + 250);
  });

  test('altered under the same order is refused, noted, and moves nothing', async () => {
    const notice = district.noticeOf({ amountFen: 300 });
    await post(notice);
    const before = (await balanceOf(district.campaign)).inflow;
    expect(await post({ ...notice, amountFen: 30_000 })).toMatchObject({
      status: 409,
      body: { code: 'notice_altered' },
    });
    expect((await balanceOf(district.campaign)).inflow).toBe(before);
    const noted = await district.database.read(system, (tx) =>
      tx.db
        .selectFrom('audit_entry')
        .select('reason')
        .where('subject_id', '=', notice.platformOrder)
        .execute(),
    );
    expect(noted).toContainEqual({ reason: 'notice_altered' });
  });

  test('forged, unsigned or of an unknown project is refused', async () => {
    const notice = district.noticeOf({});
    const { body, signature } = signNotice(notice, await district.sandbox.privateKey());
    const forged = Buffer.from(body.toString().replace('"amountFen":100', '"amountFen":999'));
    expect((await district.postNotice(forged, signature)).body['code']).toBe('signature_invalid');
    expect((await district.postNotice(body, '')).body['code']).toBe('signature_invalid');
    expect((await district.notify({ projectCode: 'W999999' })).body['code']).toBe(
      'project_unknown',
    );
    expect(await giftsOf(notice.platformOrder)).toEqual([]);
  });

  test.each([0, -1, 1.5, 2 ** 53])('of %d fen is no amount', async (amountFen) => {
    expect((await district.notify({ amountFen })).body['code']).toBe('amount_invalid');
  });

  test('a hundred at once, half of them twice and in any order, count once each', async () => {
    const before = (await balanceOf(district.campaign)).inflow;
    const notices = Array.from({ length: 100 }, (_, index) =>
      district.noticeOf({ amountFen: index + 1 }),
    );
    const sent = [...notices, ...notices.filter((_, index) => index % 2 === 0)].toReversed();
    const answers = await Promise.all(sent.map(post));
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
    const numbers = new Map(
      answers.map((one) => [one.body['platformOrder'], one.body['giftNumber']]),
    );
    for (const answer of answers)
      expect(answer.body['giftNumber']).toBe(numbers.get(answer.body['platformOrder']));
    expect(new Set(numbers.values()).size).toBe(100);
    expect(answers.filter((answer) => answer.body['repeated']).length).toBe(50);
    expect((await balanceOf(district.campaign)).inflow).toBe(before + 5_050);
  });

  test('one altered notice in a batch fails alone', async () => {
    const good = district.noticeOf({});
    const first = district.noticeOf({});
    await post(first);
    const answers = await Promise.all([post(good), post({ ...first, amountFen: 7 })]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 409]);
  });
});

describe('through the cashier', () => {
  const start = async (itemId: string, amountYuan: string, displayName: string | null = null) => {
    const answer = await district.app.inject({
      method: 'POST',
      url: '/api/gifts',
      payload: {
        target: { kind: 'item', id: itemId },
        amountYuan,
        name: { displayName, hideFromPublic: displayName === null },
        formId: crypto.randomUUID(),
      },
    });
    return answer.json() as { giftId: string; token: string; cashierUrl: string; code?: string };
  };
  const pay = async (orderId: string) =>
    (
      await district.app.inject({ method: 'POST', url: `/api/sandbox/orders/${orderId}/pay` })
    ).json() as { returnPath: string; delivered: boolean; code?: string };
  const read = async (token: string) =>
    (await district.app.inject(`/api/gifts/${token}`)).json() as Record<string, unknown>;

  test('one yuan is paid, told over HTTP, and seen by whoever holds the link', async () => {
    const { itemId } = await district.wish('一台电扇', 15_000);
    const { giftId, token, cashierUrl } = await start(itemId, '１');
    expect(cashierUrl).toContain(giftId);
    expect(await read(token)).toMatchObject({ state: 'waiting', trace: null, amountFen: 100 });
    expect(await pay(giftId)).toEqual({ returnPath: `/gifts/${token}`, delivered: true });
    expect(await read(token)).toMatchObject({
      state: 'received',
      targetLabel: '一台电扇',
      displayName: '爱心人士',
      legalForm: 'public_fundraising',
    });
    expect((await pay(giftId)).code).toBe('payment_already_made');
    expect((await read('x'.repeat(43)))['code']).toBe('not_found');
  });

  test('the same form sent twice at once begins one gift', async () => {
    const { itemId } = await district.wish('一把椅子', 15_000);
    const payload = {
      target: { kind: 'item', id: itemId },
      amountYuan: '2',
      name: { displayName: null },
      formId: crypto.randomUUID(),
    };
    const answers = await Promise.all(
      [1, 2, 3].map(() => district.app.inject({ method: 'POST', url: '/api/gifts', payload })),
    );
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1);
  });

  test('a notice that was lost is found by asking the platform', async () => {
    const { itemId } = await district.wish('一口锅', 15_000);
    const { giftId, token } = await start(itemId, '3', '李老师');
    await district.database.write(system, 'test.lost', (tx) =>
      tx.db
        .updateTable('sandbox_order')
        .set({ state: 'paid', platform_order: `LOST${giftId}`, paid_at: tx.now })
        .where('id', '=', giftId)
        .execute(),
    );
    const ask = district.donation.ticks.find((tick) => tick.name === 'donation.ask_platform')!;
    await ask.run();
    expect(await read(token)).toMatchObject({ state: 'waiting' });
    district.clock.advance({ seconds: 61 });
    await ask.run();
    expect(await read(token)).toMatchObject({ state: 'received', displayName: '李老师' });
  });

  test('what nobody pays fails after half an hour, and what the platform does not know soon after', async () => {
    const { itemId } = await district.wish('一盏灯', 15_000);
    const unpaid = await start(itemId, '1');
    const lost = await start(itemId, '1');
    await district.database.write(system, 'test.forget', (tx) =>
      tx.db
        .updateTable('sandbox_order')
        .set({ id: crypto.randomUUID() })
        .where('id', '=', lost.giftId)
        .execute(),
    );
    district.clock.advance({ minutes: 31 });
    const ask = district.donation.ticks.find((tick) => tick.name === 'donation.ask_platform')!;
    await ask.run();
    expect((await read(unpaid.token))['state']).toBe('failed');
    expect((await read(lost.token))['state']).toBe('waiting');
    district.clock.advance({ minutes: 20 });
    await ask.run();
    expect((await read(lost.token))['state']).toBe('failed');
  });

  test('a notice that differs from the order is refused', async () => {
    const { itemId, projectCode } = await district.wish('一床被子', 15_000);
    const { giftId } = await start(itemId, '5');
    const answer = await district.notify({ giftId, projectCode, amountFen: 50_000 });
    expect(answer.body['code']).toBe('notice_altered');
  });

  test.each(['0', '-1', '1.005', '9007199254740992', '一百', ''])(
    '%j yuan begin no gift',
    async (typed) => {
      const { code } = await start(district.campaign, typed);
      expect(['amount_invalid', 'input_invalid']).toContain(code);
    },
  );
});

test('the gift that completes a wish tells it once, and later gifts may overshoot', async () => {
  const { itemId, projectCode, needId } = await district.wish('一台收音机', 300);
  await district.notify({ projectCode, amountFen: 200 });
  await Promise.all([1, 2, 3].map(() => district.notify({ projectCode, amountFen: 150 })));
  await district.events.settle();
  const events = await district.database.read(system, async (tx) => {
    const { eventsAfter } = await import('@wennuan/ledger');
    return (await eventsAfter(tx.sql, 0, 10_000)).filter((event) => event.subjectId === itemId);
  });
  expect(events.map((event) => [event.topic, event.body])).toEqual([
    ['donation.item_complete', { itemId, needId }],
  ]);
  expect((await balanceOf(itemId)).inflow).toBe(650);
});

test('after all this the books are whole', async () => {
  expect(await district.database.read(system, (tx) => check(tx.sql))).toEqual([]);
});
