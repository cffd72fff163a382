import { newId, type Id } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { check } from '@wennuan/ledger';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookDistrict, type BookDistrict } from '../../../test-support/book.ts';
import { systemActor, type Actor } from '../../platform/actor.ts';
import { mount } from '../../platform/http/mount.ts';
import { createServer } from '../../platform/http/server.ts';
import { cashHandlers } from './cash.routes.ts';

let district: BookDistrict;
let app: Awaited<ReturnType<typeof createServer>>;
let counterId: Id;
const NOVEMBER = '2026-11';
const HEAD = '交易日期,收入,支出,余额,流水号,对方户名,摘要\n';

beforeAll(async () => {
  district = await bookDistrict();
  app = await createServer({
    actorOf: async (request) => whoIs(String(request.headers['x-actor'])),
    limitRates: false,
    log: false,
  });
  mount(
    app,
    routes.cash,
    cashHandlers({
      ...district,
      newId,
      names: district.access.names,
      siteUrl: () => 'https://warm.example',
    }),
  );
  const areaCode = district.place.ref(district.areaId()).code;
  counterId = (await as('accountant', 'POST', '/api/cash/counters', { name: '服务台', areaCode }))
    .body.id;
});
afterAll(async () => {
  await app.close();
  await district.close();
});

/** Staff by name; `operator` runs the station of the worker's community. */
function whoIs(name: string): Actor {
  if (name !== 'operator') return district.as(name);
  return { ...district.as('worker'), role: 'station_operator', login: 'station' };
}

/** Asks over HTTP as somebody; answers status and body. */
async function as(who: string, method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url,
    headers: { 'x-actor': who },
    ...(payload && { payload }),
  });
  return { status: answer.statusCode, body: answer.json(), code: answer.json().code as string };
}

const take = (who: string, change: object = {}) =>
  as(who, 'POST', `/api/cash/counters/${counterId}/gifts`, {
    target: { kind: 'campaign', id: district.campaign },
    amountYuan: '100',
    formId: newId(),
    ...change,
  });
const counter = async () => {
  const { body } = await as('accountant', 'GET', '/api/cash/counters');
  return body.items.find((one: { id: Id }) => one.id === counterId);
};
const held = async (code: string) => {
  const { rows } = await district.trial(NOVEMBER);
  const row = rows.find((one) => one.code === code && one.detail === null);
  return (row?.closingDebitFen ?? 0) - (row?.closingCreditFen ?? 0);
};
const picture = async (who: string) => {
  const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#777' } })
    .png()
    .toBuffer();
  return (await district.attachment.add(district.as(who), bytes)).id;
};

describe('cash over a counter', () => {
  test('is a gift with a slip, once for a form, and cash on hand', async () => {
    const formId = newId();
    const first = await take('worker', { formId, giverName: '老刘' });
    expect(first).toMatchObject({
      status: 200,
      body: { number: 'XJ-000001', amountFen: 10_000, giverName: '老刘', inAccount: false },
    });
    expect(first.body.qrSvg).toContain('<svg');
    const again = await take('worker', { formId, giverName: '老刘' });
    expect(again.body).toMatchObject({ giftId: first.body.giftId, number: 'XJ-000001' });
    expect(await counter()).toMatchObject({ gifts: 1, onHandFen: 10_000, onWayFen: 0 });
    expect(await held('1001')).toBe(10_000);
  });

  test('meets the gates of its legal form, and a telephone that nobody has', async () => {
    const fund = await district.communityFund();
    const mutual = { target: { kind: 'fund', id: fund.id } };
    expect((await take('worker', mutual)).code).toBe('not_signed_in');
    expect((await take('worker', { telephone: '19900009999' })).code).toBe('cash_giver_unknown');
    expect((await take('worker', { target: { kind: 'campaign', id: newId() } })).code).toBe(
      'not_found',
    );
    expect((await take('worker', { amountYuan: '0.001' })).code).toBe('amount_invalid');
  });

  test('a worker of another community sees neither counter nor slip', async () => {
    const list = await as('worker-elsewhere', 'GET', '/api/cash/counters');
    expect(list.body.items).toEqual([]);
    expect((await take('worker-elsewhere')).code).toBe('not_found');
  });

  test('a difference is noted by one and confirmed by another who counted too', async () => {
    const count = (counted: object, note = '') =>
      as('worker', 'POST', `/api/cash/counters/${counterId}/counts`, { counted, note });
    expect((await count({ '5000': 1 })).code).toBe('cash_note_required');
    const noted = await count({ '5000': 1 }, '少五十元，再找');
    const countId = noted.body.lastCount.id;
    expect(noted.body.lastCount).toMatchObject({ differenceFen: -5_000, mayConfirm: false });
    const pay = { amountYuan: '50', slipNumber: 'JK1', paidInOn: '2026-11-23' };
    const deposit = (body: object) =>
      as('accountant', 'POST', `/api/cash/counters/${counterId}/deposits`, body);
    expect((await deposit(pay)).code).toBe('cash_count_waits');
    const confirm = (who: string, amountYuan: string) =>
      as(who, 'POST', `/api/cash/counts/${countId}/confirmation`, { amountYuan });
    expect((await confirm('worker', '50')).code).toBe('second_person_required');
    expect((await confirm('accountant', '60')).code).toBe('cash_count_differs');
    expect((await confirm('accountant', '50')).status).toBe(200);
    expect((await deposit({ ...pay, amountYuan: '100.01' })).code).toBe('cash_not_on_hand');
    expect((await deposit(pay)).body).toMatchObject({ number: 'JK-000001', state: 'on_way' });
    expect((await deposit({ ...pay, amountYuan: '1' })).code).toBe('cash_slip_used');
    expect(await counter()).toMatchObject({ onHandFen: 5_000, onWayFen: 5_000 });
  });

  test('the bank’s line meets the paying-in slip; the cash account is what is on hand and on its way', async () => {
    expect(await held('1001')).toBe(10_000);
    const report = await district.statement(
      `${HEAD}2026-11-23,50.00,,50.00,LS900,,现金缴款 JK1\n`,
      'cash.csv',
    );
    expect(report).toMatchObject({ added: 1, matched: 1 });
    const { body } = await as('accountant', 'GET', '/api/cash/deposits');
    expect(body.items[0]).toMatchObject({ state: 'at_bank', bankDay: '2026-11-23' });
    expect(await held('1001')).toBe(5_000);
    expect(await held('1002')).toBe(5_000);
    expect(await district.reconciliation(NOVEMBER)).toMatchObject({ agrees: true, bankOnly: [] });
    const refused = await as('accountant', 'POST', `/api/cash/deposits/${body.items[0].id}/void`, {
      reason: '金额写错',
    });
    expect(refused.code).toBe('cash_deposit_at_bank');
  });
});

describe('a donation box', () => {
  const counted = { '1000': 3, '100': 5, '50': 1 };
  let boxId: Id;
  const open = async (who: string, change: object = {}) =>
    as(who, 'POST', `/api/cash/boxes/${boxId}/openings`, {
      sealFound: 'F 001',
      sealIntact: true,
      sealNext: 'F002',
      counted,
      note: '',
      attachmentIds: [await picture(who)],
      ...change,
    });
  const confirm = (who: string, openingId: Id, body: object) =>
    as(who, 'POST', `/api/cash/openings/${openingId}/confirmation`, { counted: body });

  test('is opened and counted by two, and is one anonymous gift', async () => {
    const made = await as('accountant', 'POST', '/api/cash/boxes', {
      counterId,
      place: '便民服务大厅',
      campaignId: district.campaign,
      sealNumber: 'F001',
    });
    boxId = made.body.id;
    expect(made.body).toMatchObject({ number: 'XZ-0001', state: 'sealed' });
    const before = await counter();
    expect((await open('worker', { sealIntact: false })).code).toBe('seal_note_required');
    const opened = await open('worker');
    const opening = opened.body.openings[0];
    expect(opening).toMatchObject({ amountFen: 3_550, mayConfirm: false });
    expect(opening.pictures).toHaveLength(1);
    expect((await open('accountant')).code).toBe('box_opening_waits');
    expect((await counter()).onHandFen).toBe(before.onHandFen);
    // The second person does not see what the first one counted.
    const seen = await as('accountant', 'GET', '/api/cash/boxes');
    expect(seen.body.items[0].openings[0]).toMatchObject({ amountFen: null, mayConfirm: true });
    expect((await confirm('worker', opening.id, counted)).code).toBe('second_person_required');
    const other = { '1000': 3, '100': 4, '50': 3 };
    expect((await confirm('accountant', opening.id, other)).code).toBe('cash_count_differs');
    const ended = await Promise.all([
      confirm('accountant', opening.id, counted),
      confirm('federation', opening.id, counted),
    ]);
    expect(new Set(ended.map((one) => one.status))).toEqual(new Set([200, 404]));
    expect(await counter()).toMatchObject({ onHandFen: before.onHandFen + 3_550 });
    const { body } = await as('accountant', 'GET', '/api/cash/gifts');
    expect(body.items[0]).toMatchObject({ boxNumber: 'XZ-0001', giverName: '爱心人士' });
  });

  test('a station’s operator sees its boxes and seals, and no picture of the protocol', async () => {
    const { status, body } = await as('operator', 'GET', '/api/cash/boxes');
    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      { number: 'XZ-0001', campaign: expect.stringMatching(/./), openings: [{ pictures: [] }] },
    ]);
  });

  test('the database itself wants two people and an honest sum', async () => {
    const bug = (values: object) =>
      district.database.write(systemActor('test'), 'test.bug', async (tx) => {
        await tx.db.updateTable('box_opening').set(values).where('box_id', '=', boxId).execute();
      });
    const worker = district.as('worker').accountId!;
    await expect(bug({ confirmed_by: worker })).rejects.toThrow('box_opening_two_people');
    const insert = district.database.write(systemActor('test'), 'test.bug', (tx) =>
      tx.db
        .insertInto('box_opening')
        .values({
          id: newId(),
          box_id: boxId,
          area_id: district.areaId(),
          opened_at: tx.now,
          seal_found: 'F002',
          seal_intact: true,
          counted: { '100': 1 },
          amount_fen: 1_000,
          note: '',
          counted_by: worker,
        })
        .execute(),
    );
    await expect(insert).rejects.toThrow('box_opening_sum');
  });

  test('a worker reads her counter’s cash and writes none of it', async () => {
    const write = district.database.write(district.as('worker'), 'test.bug', (tx) =>
      tx.db.deleteFrom('cash_gift').execute(),
    );
    await expect(write).rejects.toThrow('permission denied');
    expect(await district.database.read(systemActor('test'), (tx) => check(tx.sql))).toEqual([]);
  });
});
