import { newId, type Id } from '@wennuan/basics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moneyDistrict, type MoneyDistrict } from '../../../test-support/money.ts';
import { systemActor, visitor } from '../../platform/actor.ts';
import { pageName } from './complaint.ts';

type Answer = Record<string, unknown> & { number: string; code: string; answerBy: string };

let district: MoneyDistrict;
let app: MoneyDistrict['app'];
beforeAll(async () => {
  district = await moneyDistrict();
  app = district.app;
  district.who.set('giver', await district.signUp('19900000001'));
});
afterAll(() => district.close());

const get = async <T>(url: string, as = '') =>
  (await app.inject({ url, headers: { 'x-actor': as } })).json() as T;
const post = async (url: string, payload: object, as = '') =>
  (await app.inject({ method: 'POST', url, payload, headers: { 'x-actor': as } })).json() as Answer;
const complain = (change: object = {}, as = '') =>
  post(
    '/api/complaints',
    {
      route: 'federation',
      subject: { kind: 'campaign', code: 'HD0001' },
      text: '这个活动的照片像是别处的，请核实。',
      contact: null,
      formId: newId(),
      ...change,
    },
    as,
  );
const follow = ({ number, code }: Answer) =>
  get<Answer>(`/api/public/complaints/${number}?code=${code}`);
const idOf = async (number: string, as: string): Promise<Id> =>
  (await get<{ items: { id: Id; number: string }[] }>('/api/complaints', as)).items.find(
    (one) => one.number === number,
  )!.id;

describe('C-30: the report button', () => {
  test('takes a report from anybody, answers in five working days, and is followed by number and code', async () => {
    const taken = await complain();
    // Monday 2026-11-23 and five working days.
    expect(taken).toMatchObject({ number: 'TS-000001', answerBy: '2026-11-30' });
    expect(await follow(taken)).toMatchObject({
      state: 'open',
      subjectName: '微心愿',
      text: '这个活动的照片像是别处的，请核实。',
      answer: null,
    });
    expect(await follow({ ...taken, code: 'AAAA-BBBB-CCCC' })).toMatchObject({
      code: 'check_code_wrong',
    });
    const tasks = await district.database.read(systemActor('test'), (tx) =>
      tx.db
        .selectFrom('task')
        .select(['roles', 'due_at'])
        .where('kind', '=', 'answer_complaint')
        .execute(),
    );
    expect(tasks).toMatchObject([{ roles: ['federation_officer'] }]);
    expect(tasks[0]!.due_at.toISOString()).toBe('2026-11-30T01:00:00.000Z');
  });

  test('a page is named as people call it, never by its address', () => {
    expect(pageName('/wall')).toBe('“心愿墙”页面');
    expect(pageName('/wishes/0198c0de')).toBe('“心愿”页面');
    expect(pageName('/')).toBe('“首页”页面');
    expect(pageName('/constructor/x')).toBe('网站页面');
    expect(pageName('/wall', 'en')).toBe('the page “Wish wall”');
    expect(pageName('/constructor/x', 'en')).toBe('a page of the site');
  });

  test('the same form twice is one report; an unknown campaign is none', async () => {
    const formId = newId();
    const both = await Promise.all([complain({ formId }), complain({ formId })]);
    expect(both[0]).toEqual(both[1]);
    expect(await complain({ subject: { kind: 'campaign', code: 'HD9999' } })).toMatchObject({
      code: 'not_found',
    });
  });

  test('an answer may pause the campaign: no gift is begun, the page says why, its givers are told', async () => {
    const wish = await district.wish('一台电扇', 20_000);
    const begin = () =>
      district.database.write(district.who.get('giver')!, 'test.give', (tx) =>
        district.donation.startGift(tx, {
          target: { kind: 'item', id: wish.itemId },
          amountYuan: '5',
          name: {
            displayName: null,
            hideFromPublic: true,
            hideFromRecipient: true,
            hideFromStaff: false,
          },
          formId: newId(),
        }),
      );
    const { giftId } = await begin();
    await district.app.inject({ method: 'POST', url: `/api/sandbox/orders/${giftId}/pay` });
    const taken = await complain({}, 'giver');
    const id = await idOf(taken.number, 'federation');
    const answer = {
      answer: '照片正在核实，核实前暂停。',
      isPublic: true,
      act: 'pause',
      tellDonors: true,
    };
    expect(
      await post(
        `/api/complaints/${id}/answer`,
        { ...answer, answer: '请打 199 0000 0001 联系我' },
        'federation',
      ),
    ).toMatchObject({ code: 'public_text_names_person' });
    expect(await post(`/api/complaints/${id}/answer`, answer, 'federation')).toMatchObject({
      state: 'answered',
      late: false,
    });
    expect(await post(`/api/complaints/${id}/answer`, answer, 'federation')).toMatchObject({
      code: 'complaint_answered',
    });
    expect(await get('/api/public/campaigns/HD0001/pause')).toMatchObject({
      act: 'pause',
      reason: '照片正在核实，核实前暂停。',
    });
    await expect(begin()).rejects.toMatchObject({ code: 'campaign_not_open' });
    await district.events.settle();
    await district.events.settle();
    const told = await district.database.read(systemActor('test'), (tx) =>
      tx.db
        .selectFrom('message')
        .select('link')
        .where('account_id', '=', district.who.get('giver')!.accountId!)
        .execute(),
    );
    expect(told.map((row) => String(row.link)).sort()).toEqual(['/complaints', '/my/gifts']);
    expect(await get('/api/public/complaints')).toMatchObject({
      items: [{ number: taken.number, answer: '照片正在核实，核实前暂停。', act: 'pause' }],
      answered: 1,
    });

    const again = await complain();
    const next = await idOf(again.number, 'federation');
    await post(`/api/complaints/${next}/answer`, { ...answer, act: 'resume' }, 'federation');
    expect(await get('/api/public/campaigns/HD0001/pause')).toMatchObject({ act: null });
    await expect(begin()).resolves.toBeDefined();
  });
});

describe('C-31: a complaint to civil affairs about the charity', () => {
  test('reaches the district office and not the federation; its answer may be for its writer alone', async () => {
    const taken = await complain({
      route: 'civil_affairs',
      subject: { kind: 'charity', code: null },
      text: '总会迟迟不公布年度报告。',
      contact: '不愿留名',
    });
    expect(taken.answerBy > '2026-12-15').toBe(true);
    const seen = async (as: string) =>
      (await get<{ items?: { number: string }[] }>('/api/complaints', as)).items?.map(
        (one) => one.number,
      );
    expect(await seen('federation')).not.toContain(taken.number);
    expect(await seen('district')).toEqual([taken.number]);
    const id = await idOf(taken.number, 'district');
    const elsewhere = await get(`/api/complaints/${id}`, 'federation');
    expect(elsewhere).toMatchObject({ code: 'not_found' });
    expect(await get(`/api/complaints/${id}`, 'district')).toMatchObject({
      contact: '不愿留名',
      campaignPaused: null,
    });
    const answer = {
      answer: '已责令总会十日内公布。',
      isPublic: false,
      act: 'none',
      tellDonors: false,
    };
    expect(
      await post(`/api/complaints/${id}/answer`, { ...answer, act: 'pause' }, 'district'),
    ).toMatchObject({ code: 'input_invalid' });
    await post(`/api/complaints/${id}/answer`, answer, 'district');
    expect(await follow(taken)).toMatchObject({
      state: 'answered',
      answer: '已责令总会十日内公布。',
    });
    const shown = await get<{ items: unknown[] }>('/api/public/complaints');
    expect(JSON.stringify(shown.items)).not.toContain('责令');
  });

  test('its words are sealed, and no other login reads a line of it', async () => {
    const raw = await district.database.read(systemActor('test'), (tx) =>
      tx.db.selectFrom('complaint').select(['text_sealed', 'answer_sealed']).execute(),
    );
    for (const row of raw)
      expect(row.text_sealed.toString('utf8')).not.toMatch(/[\u4e00-\u9fff]{4}/);
    for (const actor of [visitor(), district.who.get('giver')!])
      await expect(
        district.database.read(actor, (tx) =>
          tx.db.selectFrom('complaint').select('text_sealed').execute(),
        ),
      ).rejects.toThrow(/permission denied/);
    const worker = await district.database.read(district.actors['worker']!, (tx) =>
      tx.db.selectFrom('complaint').select('number').execute(),
    );
    expect(worker).toEqual([]);
  });
});
