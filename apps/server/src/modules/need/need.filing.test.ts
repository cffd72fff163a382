import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refusalOf, wishRecord } from '../../../test-support/loop-inputs.ts';
import { testLoop, type TestLoop } from '../../../test-support/loop.ts';

let loop: TestLoop;
beforeAll(async () => {
  loop = await testLoop();
});
afterAll(() => loop.close());
beforeEach(() => loop.clock.set('2026-11-23T09:00:00+08:00'));

describe('filing', () => {
  it('numbers each kind from its own counter and says by when it is answered', async () => {
    const asker = await loop.resident();
    const wish = await loop.file(asker, {});
    expect(wish.number).toMatch(/^XY-\d{6}$/);
    // 16 working hours from Monday 09:00: Tuesday's end and half an hour of Wednesday.
    expect(wish.answerBy).toBe('2026-11-25T01:00:00.000Z');
    const help = await loop.file(asker, { kind: 'help_request', title: '看病', amountYuan: null });
    expect(help.number).toMatch(/^QZ-\d{6}$/);
    const next = await loop.file(await loop.resident(), {});
    expect(Number(next.number.slice(3))).toBe(Number(wish.number.slice(3)) + 1);
  });

  it('answers a repeated form the same and files one need, also at the same moment', async () => {
    const asker = await loop.resident();
    const formId = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => loop.file(asker, { formId })));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect((await loop.file(asker, { formId })).id).toBe(answers[0]!.id);
  });

  it('lets an asker have one open wish, also when two are filed at the same moment', async () => {
    const asker = await loop.resident();
    const results = await Promise.all(
      [1, 2, 3].map(() => refusalOf(loop.file(asker, { formId: randomUUID() }))),
    );
    expect(results.filter((result) => result === 'done')).toHaveLength(1);
    expect(results.filter((result) => result === 'need_open_already')).toHaveLength(2);
  });

  it.each([
    ['wish_amount_limit', { amountYuan: '500.01' }],
    ['amount_invalid', { amountYuan: '0' }],
    ['amount_invalid', { amountYuan: '-1' }],
    ['amount_invalid', { amountYuan: '1.555' }],
    ['amount_invalid', { amountYuan: '9007199254740993' }],
    ['wish_goods_excluded', { title: '两条香烟' }],
    ['text_too_long', { story: '长'.repeat(501) }],
    ['area_unknown', { areaCode: '410103' }],
    ['area_unknown', { areaCode: '999999' }],
    ['telephone_invalid', { contactTelephone: '12345' }],
  ])('refuses with %s: %j', async (code, change) => {
    expect(await refusalOf(loop.file(await loop.resident(), change))).toBe(code);
  });

  it('takes full-width digits, emoji, direction marks and markup as what they are: text', async () => {
    const asker = await loop.resident();
    const title = '风扇🙂 \u202Eabc <script>alert(1)</script>';
    const { id } = await loop.file(asker, { title, amountYuan: '１５０' });
    const own = await loop.read(asker, id);
    expect(own.title).toBe(title);
    expect(own.amountFen).toBe(15_000);
  });

  it('refuses ten megabytes by the schema, before anything is stored', async () => {
    const asker = await loop.resident();
    await expect(loop.file(asker, { story: '大'.repeat(10_000_000) })).rejects.toThrow(
      /too_big|2000/i,
    );
  });

  it('is done by a worker for a person on file, with the form of her consent', async () => {
    const personId = randomUUID();
    loop.people.persons.set(personId, { name: '李桂兰', areaId: 1, accountId: null });
    const acting = {
      relation: 'worker',
      personId,
      personName: '',
      consentForm: 'spoken',
      consentNote: '走访时口头同意',
    };
    const { worker, street } = loop.staff;
    const { id } = await loop.file(worker, { acting });
    const view = await loop.read(street, id);
    expect(view.maskedName).toBe('李*兰');
    expect(await refusalOf(loop.file(worker, { acting }))).toBe('need_open_already');
    expect(await refusalOf(loop.file(worker, {}))).toBe('consent_required');
    const silent = { ...acting, consentForm: 'not_possible', consentNote: '' };
    expect(await refusalOf(loop.file(worker, { acting: silent }))).toBe('consent_required');
    const unknown = { ...acting, personId: randomUUID() };
    expect(await refusalOf(loop.file(worker, { acting: unknown }))).toBe('person_not_in_area');
    expect(await refusalOf(loop.file(worker, { acting, areaCode: '410103002001' }))).toBe(
      'person_not_in_area',
    );
  });

  it('tells her own from what she asks for another', async () => {
    const asker = await loop.resident();
    const acting = {
      relation: 'neighbour',
      personId: null,
      personName: '钱大爷',
      consentForm: 'spoken',
      consentNote: '',
    };
    const [own, his] = [await loop.file(asker, {}), await loop.file(asker, { acting })];
    const mine = await loop.need.handlers.mine(loop.call(asker, { query: { limit: 50 } }));
    const isForAnother = new Map(mine.items.map((one) => [one.id, one.isForAnother]));
    expect([own, his].map(({ id }) => isForAnother.get(id))).toEqual([false, true]);
  });

  it('C-16: tells the standard, the steps, the limit and the appeal', async () => {
    const asker = await loop.resident();
    const { number } = await loop.file(asker, {});
    const [message] = await loop.messagesOf(asker);
    expect(message!.title).toContain(number);
    for (const word of ['11月25日09:00', '不超过 500 元', '步骤', '您确认', '30 天内申诉'])
      expect(message!.body).toContain(word);
    const own = (await loop.need.handlers.mine(loop.call(asker, { query: { limit: 50 } })))
      .items[0]!;
    expect(own.nextStep).toContain('时限内联系您');
  });
});

describe('two workers at once', () => {
  it('one moves, the other learns that somebody was faster', async () => {
    const { worker, worker2 } = loop.staff;
    const { id } = await loop.file(await loop.resident(), {});
    const results = await Promise.all([
      refusalOf(loop.move(worker, id, wishRecord({ version: 0 }))),
      refusalOf(loop.move(worker2, id, { move: 'refuse', note: '不行', version: 0 })),
    ]);
    expect(results.toSorted()).toEqual(['busy_elsewhere', 'done']);
  });
});
