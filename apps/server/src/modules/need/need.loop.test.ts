import { randomUUID } from 'node:crypto';
import { isRefusal, type Id } from '@wennuan/basics';
import { appendEvents, leavesFrom } from '@wennuan/ledger';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { helpRecord, testLoop, wishRecord, type TestLoop } from '../../../test-support/loop.ts';
import { systemActor, visitor, type Actor } from '../../platform/actor.ts';

let loop: TestLoop;
beforeAll(async () => {
  loop = await testLoop();
});
afterAll(() => loop.close());
beforeEach(() => loop.clock.set('2026-11-23T09:00:00+08:00'));

const PICTURE = randomUUID();
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (thrown: unknown) => {
      if (isRefusal(thrown)) return thrown.code;
      throw thrown;
    },
  );
const messagesOf = async (actor: Actor) => {
  const rows = await loop.database.read(actor, (tx) =>
    tx.db.selectFrom('message').select('sealed').orderBy('id', 'desc').execute(),
  );
  return await loop.database.read(actor, async (tx) => {
    const box = (await loop.vault.findBoxes(tx, [actor.accountId!])).get(actor.accountId!)!;
    return rows.map((row) => JSON.parse(box.open(row.sealed)) as { title: string; body: string });
  });
};
const tell = (topic: string, body: object) =>
  loop.database.write(systemActor('test'), null, (tx) =>
    appendEvents(tx.sql, [
      { id: randomUUID(), topic, subjectKind: 'test', subjectId: randomUUID(), areaId: null, body },
    ]),
  );

/** A wish that is verified and on the wall. */
async function wishOnWall(asker: Actor, change: Record<string, unknown> = {}) {
  const { id } = await loop.file(asker, {});
  await loop.move(loop.staff.worker, id, wishRecord(change));
  await loop.settle();
  return id;
}

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

  it('C-16: tells the standard, the steps, the limit and the appeal', async () => {
    const asker = await loop.resident();
    const { number } = await loop.file(asker, {});
    const [message] = await messagesOf(asker);
    expect(message!.title).toContain(number);
    for (const word of ['11月25日09:00', '不超过 500 元', '步骤', '您确认', '30 天内申诉'])
      expect(message!.body).toContain(word);
    const own = (await loop.need.handlers.mine(loop.call(asker, { query: { limit: 50 } })))
      .items[0]!;
    expect(own.nextStep).toContain('时限内联系您');
  });
});

describe('a wish', () => {
  it('is met with a neighbour’s thing, delivered with a photo, and closed only on the asker’s word', async () => {
    const asker = await loop.resident();
    const giver = await loop.resident();
    const { worker, worker2 } = loop.staff;
    const id = await wishOnWall(asker);
    const offer = await loop.resource.handlers.offerForWish(
      loop.call(giver, {
        params: { needId: id },
        body: { kind: 'goods', title: '新风扇', quantity: 1, note: '', expiresOn: null },
      }),
    );
    expect(offer.state).toBe('reserved');
    await loop.settle();
    expect((await loop.read(asker, id)).state).toBe('matched');
    await loop.move(worker, id, { move: 'start' });
    expect(await refusalOf(loop.move(worker, id, { move: 'deliver' }))).toBe(
      'delivery_photo_required',
    );
    expect(await refusalOf(loop.move(worker, id, { move: 'close' }))).toBe('feedback_required');
    await loop.move(worker, id, { move: 'deliver', attachmentIds: [PICTURE] });
    await loop.settle();
    const [card] = (await loop.wall()).filter(({ need_id }) => need_id === id);
    expect(card).toMatchObject({ state: 'delivered', picture_ids: [PICTURE] });
    const callBack = {
      move: 'call_back',
      met: 'yes',
      words: '很好',
      calledAt: '2026-11-23T01:00:00Z',
    };
    expect(await refusalOf(loop.move(worker, id, callBack))).toBe('second_worker_required');
    expect(
      await refusalOf(loop.move(worker, id, { move: 'confirm', met: 'yes', words: '代她说' })),
    ).toBe('move_not_yours');
    await loop.move(asker, id, { move: 'confirm', met: 'yes', words: '凉快多了，谢谢' });
    const closed = await loop.move(worker2, id, { move: 'close' });
    expect(closed.state).toBe('closed');
    expect(closed.history.map(({ move }) => move)).toEqual([
      'file',
      'verify',
      'match',
      'start',
      'deliver',
      'confirm',
      'close',
    ]);
    await loop.settle();
    const wish = await loop.need.handlers.wish(loop.call(visitor(), { params: { needId: id } }));
    expect(wish.steps.map(({ step }) => step)).toEqual(['verified', 'delivered', 'confirmed']);
    expect(wish.thanks).not.toBeNull();
    // Giver → the need's own account → handed over: the trace of a thing is that of money.
    const leaves = await loop.database.read(systemActor('test'), (tx) => leavesFrom(tx.sql, 0, 10));
    expect(leaves.map(({ unit }) => unit)).toEqual(Array(2).fill(`piece:${offer.id}`));
    expect(leaves[0]!.transfer.to).toBe(leaves[1]!.transfer.from);
  });

  it('is met with money: the item fills, the purchase is paid, the rest goes on when it ends', async () => {
    const asker = await loop.resident();
    const { worker } = loop.staff;
    const id = await wishOnWall(asker);
    const matched = await loop.move(worker, id, { move: 'match', way: 'item', offerId: null });
    expect(matched.state).toBe('verified');
    expect(
      await refusalOf(loop.move(worker, id, { move: 'match', way: 'item', offerId: null })),
    ).toBe('move_not_possible');
    await loop.settle();
    const item = loop.items.get(id)!;
    expect(item).toMatchObject({ title: '一台风扇', targetFen: 13_900 });
    item.givenFen = 100;
    await tell('donation.gift_received', {
      needId: id,
      itemId: item.itemId,
      giftId: randomUUID(),
      amountFen: 100,
    });
    Object.assign(item, { state: 'claimed', claimedUntil: new Date('2026-11-26T01:00:00Z') });
    await tell('donation.claimed', { needId: id, itemId: item.itemId });
    await loop.settle();
    expect((await loop.wall()).find(({ need_id }) => need_id === id)).toMatchObject({
      state: 'claimed',
      given_fen: 100,
      ways: ['money', 'goods', 'hours'],
    });
    Object.assign(item, { state: 'complete', givenFen: 13_900, claimedUntil: null });
    await tell('donation.item_complete', { needId: id, itemId: item.itemId });
    await loop.settle();
    expect((await loop.read(asker, id)).state).toBe('matched');
    await tell('fund.proposed', {
      needId: id,
      proposalId: PICTURE,
      amountFen: 13_900,
      number: 'BF-000001',
    });
    await tell('fund.paid', {
      needId: id,
      proposalId: PICTURE,
      amountFen: 13_900,
      number: 'BF-000001',
    });
    await loop.settle();
    const view = await loop.read(worker, id);
    expect(view.state).toBe('under_way');
    expect(view.history.at(-1)!.note).toContain('¥139.00');
    // Of a wish the federation sees the card and the item, never the need.
    expect(await refusalOf(loop.read(loop.staff.federation, id))).toBe('not_found');
    await loop.move(worker, id, { move: 'deliver', attachmentIds: [PICTURE] });
    await loop.move(asker, id, { move: 'confirm', met: 'yes', words: '谢谢' });
    await loop.move(worker, id, { move: 'close' });
    await loop.settle();
    expect(item.state).toBe('closed');
  });

  it('whose promise runs out goes back to the wall with its clock going on', async () => {
    const asker = await loop.resident();
    const giver = await loop.resident();
    const id = await wishOnWall(asker);
    const take = (actor: Actor) =>
      loop.resource.handlers.offerForWish(
        loop.call(actor, {
          params: { needId: id },
          body: { kind: 'hours', title: '两小时陪伴', quantity: 120, note: '', expiresOn: null },
        }),
      );
    const taken = await Promise.all(
      [giver, await loop.resident()].map((actor) => refusalOf(take(actor))),
    );
    expect(taken.toSorted()).toEqual(['done', 'wish_already_met']);
    await loop.settle();
    expect(await refusalOf(take(giver))).toBe('wish_already_met');
    loop.clock.set('2026-11-26T09:00:01+08:00');
    for (const tick of loop.resource.ticks) await tick.run();
    await loop.settle();
    const own = await loop.read(asker, id);
    expect(own.state).toBe('verified');
    expect(own.clock!.stage).toBe('match');
    expect((await loop.wall()).find(({ need_id }) => need_id === id)!.state).toBe('open');
  });

  it('lapses after 60 days, with a word to the asker, and is gone from the wall', async () => {
    const asker = await loop.resident();
    const id = await wishOnWall(asker);
    loop.clock.set('2027-01-23T09:00:00+08:00');
    await loop.need.lapse();
    await loop.settle();
    expect((await loop.read(asker, id)).state).toBe('lapsed');
    expect((await messagesOf(asker))[0]!.body).toContain('60 天');
    expect((await loop.wall()).some(({ need_id }) => need_id === id)).toBe(false);
  });

  it('is never published in words that lead to its person', async () => {
    const { worker } = loop.staff;
    const { id } = await loop.file(await loop.resident(), {});
    const tryText = (publicText: string) => loop.move(worker, id, wishRecord({ publicText }));
    for (const text of ['请打一九九零零零零一二三四', '住3号楼', '身份证 410199194912310021'])
      await expect(tryText(text)).rejects.toMatchObject({
        code: 'public_text_names_person',
        field: 'publicText',
      });
    expect(await refusalOf(loop.move(worker, id, wishRecord({ priceYuan: '501' })))).toBe(
      'wish_amount_limit',
    );
    expect(await refusalOf(loop.move(worker, id, wishRecord({ publicText: null })))).toBe(
      'reason_required',
    );
  });
});

describe('an act without money or message', () => {
  it('can be undone for ten minutes; its message waits as long', async () => {
    const asker = await loop.resident();
    const { worker, worker2 } = loop.staff;
    const { id } = await loop.file(asker, {});
    const before = await messagesOf(asker);
    await loop.move(worker, id, { move: 'refuse', note: '不属于微心愿' });
    loop.clock.advance({ minutes: 5 });
    await loop.need.sendNotices();
    expect(await messagesOf(asker)).toEqual(before);
    expect(await refusalOf(loop.move(worker2, id, { move: 'undo' }))).toBe('move_not_possible');
    const undone = await loop.move(worker, id, { move: 'undo' });
    expect(undone.state).toBe('submitted');
    loop.clock.advance({ minutes: 30 });
    await loop.need.sendNotices();
    expect(await messagesOf(asker)).toEqual(before);
    await loop.move(worker, id, { move: 'refuse', note: '不属于微心愿' });
    loop.clock.advance({ minutes: 10, seconds: 1 });
    expect(await refusalOf(loop.move(worker, id, { move: 'undo' }))).toBe('move_not_possible');
    await loop.need.sendNotices();
    expect((await messagesOf(asker))[0]!.body).toMatch(/不属于微心愿.*30 天内.*申诉/);
  });

  it('takes a published card back with the verification', async () => {
    const asker = await loop.resident();
    const id = await wishOnWall(asker);
    expect((await loop.wall()).some(({ need_id }) => need_id === id)).toBe(true);
    const undone = await loop.move(loop.staff.worker, id, { move: 'undo' });
    await loop.settle();
    expect('verifications' in undone && undone.verifications).toEqual([]);
    expect(undone.clock!.stage).toBe('verify');
    expect((await loop.wall()).some(({ need_id }) => need_id === id)).toBe(false);
  });
});

describe('a help request', () => {
  const fileHelp = async (asker: Actor) =>
    (
      await loop.file(asker, {
        kind: 'help_request',
        title: '手术费',
        story: '住院花光了积蓄',
        amountYuan: '8000',
      })
    ).id;

  it('goes by statutory aid first, then the fund by proposal, and back by the asker’s word', async () => {
    const asker = await loop.resident();
    const { worker, street, federation } = loop.staff;
    const id = await fileHelp(asker);
    expect(await refusalOf(loop.move(worker, id, helpRecord([], { secondSource: null })))).toBe(
      'second_source_required',
    );
    expect(await refusalOf(loop.move(worker, id, helpRecord([], { statutory: [] })))).toBe(
      'statutory_first',
    );
    await loop.move(worker, id, helpRecord(['medical_aid']));
    await loop.move(worker, id, { move: 'send_up', note: '属实，建议医疗救助后由互助基金补足' });
    expect(await refusalOf(loop.move(worker, id, { move: 'refuse', note: '不行' }))).toBe(
      'move_not_yours',
    );
    await loop.move(street, id, { move: 'assess', note: '同意' });
    const fund = { move: 'match', way: 'fund', offerId: null };
    expect(await refusalOf(loop.move(street, id, fund))).toBe('statutory_first');
    const referred = await loop.move(street, id, {
      move: 'refer',
      to: 'medical_aid',
      reason: '符合医疗救助',
    });
    expect(referred.state).toBe('referred');
    expect('statutoryDeadline' in referred && referred.statutoryDeadline).toBeTruthy();
    expect(
      await refusalOf(loop.move(asker, id, { move: 'confirm', met: 'yes', words: '好' })),
    ).toBe('move_not_possible');
    await loop.move(street, id, { move: 'note_referral_result', note: '已批 3000 元' });
    await loop.move(street, id, fund);
    expect(await refusalOf(loop.read(federation, id))).toBe('not_found');
    const proposal = {
      needId: id,
      proposalId: randomUUID(),
      amountFen: 500_000,
      number: 'BF-000002',
    };
    await tell('fund.proposed', proposal);
    await loop.settle();
    expect((await loop.read(federation, id)).state).toBe('matched');
    expect((await loop.read(federation, id)).history.length).toBeGreaterThan(4);
    await tell('fund.paid', proposal);
    await loop.settle();
    await loop.move(worker, id, { move: 'deliver', attachmentIds: [PICTURE] });
    await loop.move(asker, id, { move: 'confirm', met: 'partly', words: '还差一点' });
    const last = await loop.move(asker, id, {
      move: 'confirm',
      met: 'partly',
      words: '这样也好，谢谢',
    });
    expect(last.state).toBe('fed_back');
    expect((await loop.move(street, id, { move: 'close' })).state).toBe('closed');
  });

  it('C-20: never stands on the wall, whatever anybody does', async () => {
    const { worker } = loop.staff;
    const id = await fileHelp(await loop.resident());
    expect(
      await refusalOf(
        loop.move(worker, id, helpRecord([], { publicTitle: '救救她', publicText: '求助' })),
      ),
    ).toBe('input_invalid');
    await loop.move(worker, id, helpRecord());
    expect(
      await refusalOf(loop.move(worker, id, { move: 'match', way: 'item', offerId: null })),
    ).toBe('move_not_possible');
    await loop.settle();
    expect((await loop.wall()).some(({ need_id }) => need_id === id)).toBe(false);
    const card = (kind: string) =>
      loop.database.write(systemActor('test'), null, (tx) =>
        tx.db
          .insertInto('wish_card')
          .values({
            need_id: id,
            kind,
            title: '',
            text: '',
            area_id: 3,
            state: 'open',
            target_fen: 0,
            ways: [],
            since: tx.now,
          })
          .execute(),
      );
    await expect(card('help_request')).rejects.toThrow(/wish_card_kind_check/);
    await expect(card('micro_wish')).rejects.toThrow(/foreign key/);
  });

  it('that is refused can be appealed to the street once, within 30 days, and be overturned', async () => {
    const asker = await loop.resident();
    const { worker, street, streetElsewhere } = loop.staff;
    const id = await fileHelp(asker);
    await loop.move(worker, id, { move: 'refuse', note: '不符合条件' });
    expect(await refusalOf(loop.move(street, id, { move: 'overturn', note: '应受理' }))).toBe(
      'move_not_possible',
    );
    loop.clock.set('2026-12-23T08:00:00+08:00');
    await loop.move(asker, id, { move: 'appeal', note: '我确实困难' });
    expect(await refusalOf(loop.move(worker, id, { move: 'uphold', note: '维持' }))).toBe(
      'move_not_yours',
    );
    expect(
      await refusalOf(
        loop.move(streetElsewhere, id, { move: 'overturn', note: '应受理', version: 2 }),
      ),
    ).toBe('not_found');
    const overturned = await loop.move(street, id, { move: 'overturn', note: '应受理' });
    expect(overturned.state).toBe('verified');
    // What the street found is no check of statutory aid: that is still to be done before money.
    expect(
      await refusalOf(loop.move(street, id, { move: 'match', way: 'fund', offerId: null })),
    ).toBe('statutory_first');
  });

  it('can be appealed no more after 30 days', async () => {
    const asker = await loop.resident();
    const id = await fileHelp(asker);
    await loop.move(loop.staff.worker, id, { move: 'refuse', note: '不符合条件' });
    loop.clock.advance({ days: 30, minutes: 1 });
    expect(await refusalOf(loop.move(asker, id, { move: 'appeal', note: '我确实困难' }))).toBe(
      'appeal_too_late',
    );
  });

  it('goes to unconfirmed after three tries on three days, never to closed', async () => {
    const asker = await loop.resident();
    const { worker } = loop.staff;
    const id = await fileHelp(asker);
    await loop.move(worker, id, helpRecord());
    const proposal = { needId: id, proposalId: randomUUID(), amountFen: 1, number: 'BF-000003' };
    await tell('fund.proposed', proposal);
    await loop.settle();
    await loop.move(worker, id, { move: 'deliver', attachmentIds: [PICTURE] });
    await loop.move(worker, id, { move: 'note_try', note: '无人接听' });
    await loop.move(worker, id, { move: 'note_try', note: '无人接听' });
    loop.clock.advance({ days: 1 });
    await loop.move(worker, id, { move: 'note_try', note: '上门无人' });
    expect(await refusalOf(loop.move(worker, id, { move: 'give_up', note: '' }))).toBe(
      'tries_not_enough',
    );
    loop.clock.advance({ days: 1 });
    await loop.move(worker, id, { move: 'note_try', note: '无人接听' });
    const view = await loop.move(worker, id, { move: 'give_up', note: '' });
    expect(view.state).toBe('unconfirmed');
    expect((await loop.move(asker, id, { move: 'reopen', note: '我回来了' })).state).toBe(
      'verified',
    );
  });

  it('is not verified by a relative', async () => {
    const { worker } = loop.staff;
    const personId = randomUUID() as Id;
    loop.people.persons.set(personId, { name: '赵大山', areaId: 1, accountId: null });
    loop.people.relatives.add(`${worker.accountId}:${personId}`);
    const acting = {
      relation: 'worker',
      personId,
      personName: '',
      consentForm: 'paper',
      consentNote: '',
    };
    const { id } = await loop.file(loop.staff.worker2, {
      kind: 'help_request',
      title: '取暖',
      amountYuan: null,
      acting,
    });
    expect(await refusalOf(loop.move(worker, id, helpRecord()))).toBe('relative_must_stand_aside');
    expect((await loop.move(loop.staff.worker2, id, helpRecord())).state).toBe('verified');
  });

  it('is merged with its duplicate, which the page shows', async () => {
    const asker = await loop.resident();
    const { worker } = loop.staff;
    const first = await fileHelp(asker);
    const second = await fileHelp(asker);
    const view = await loop.need.handlers.read(loop.call(worker, { params: { needId: second } }));
    expect(view.possibleDuplicates.map(({ id }) => id)).toContain(first);
    expect(
      await refusalOf(loop.move(worker, second, { move: 'merge', intoNumber: view.number })),
    ).toBe('merge_into_itself');
    const into = view.possibleDuplicates.find(({ id }) => id === first)!.number;
    expect((await loop.move(worker, second, { move: 'merge', intoNumber: into })).state).toBe(
      'merged',
    );
  });
});

describe('the clock of a need', () => {
  const clockOf = async (actor: Actor, id: Id) => (await loop.read(actor, id)).clock!;

  it('stops only while it waits for the asker', async () => {
    const asker = await loop.resident();
    const { worker } = loop.staff;
    const { id } = await loop.file(asker, {});
    loop.clock.set('2026-11-23T11:00:00+08:00');
    await loop.move(worker, id, { move: 'return_for_more', note: '要多大的风扇？' });
    expect(await clockOf(worker, id)).toMatchObject({ state: 'paused', workingMinutesLeft: 840 });
    loop.clock.set('2026-12-01T10:00:00+08:00');
    expect(await clockOf(worker, id)).toMatchObject({ state: 'paused', workingMinutesLeft: 840 });
    await loop.move(asker, id, { move: 'answer', note: '16 寸' });
    expect(await clockOf(worker, id)).toMatchObject({ state: 'running', workingMinutesLeft: 840 });
  });

  it('of a reopened need goes on with the first one', async () => {
    const asker = await loop.resident();
    const { worker, worker2 } = loop.staff;
    const id = await wishOnWall(asker);
    loop.clock.set('2026-11-24T09:00:00+08:00');
    const before = await clockOf(worker, id);
    expect(before).toMatchObject({ stage: 'match', workingMinutesLeft: 160 * 60 - 480 });
    await tell('fund.proposed', {
      needId: id,
      proposalId: randomUUID(),
      amountFen: 1,
      number: 'BF-000004',
    });
    await loop.settle();
    await loop.move(worker, id, { move: 'deliver', attachmentIds: [PICTURE] });
    await loop.move(worker2, id, {
      move: 'paper_slip',
      met: 'yes',
      words: '签字',
      attachmentIds: [PICTURE],
    });
    await loop.move(worker, id, { move: 'close' });
    loop.clock.set('2026-12-15T09:00:00+08:00');
    await loop.move(asker, id, { move: 'reopen', note: '风扇坏了' });
    expect(await clockOf(worker, id)).toMatchObject({
      stage: 'match',
      workingMinutesLeft: 160 * 60 - 480,
    });
  });

  it('that ran out escalates to the street, then to the district, and the history says so', async () => {
    const asker = await loop.resident();
    const { worker } = loop.staff;
    const { id } = await loop.file(asker, {});
    const watch = () => loop.desk.ticks[0]!.run();
    loop.clock.set('2026-11-24T09:00:00+08:00');
    await watch();
    loop.clock.set('2026-11-25T09:00:00+08:00');
    await watch();
    await loop.settle();
    expect(await loop.read(worker, id)).toMatchObject({
      escalatedTo: 'street',
      clock: { state: 'overdue' },
    });
    // A machine clock that jumps back takes nothing back.
    loop.clock.set('2026-11-20T09:00:00+08:00');
    await watch();
    expect(await loop.read(worker, id)).toMatchObject({
      escalatedTo: 'street',
      clock: { state: 'overdue' },
    });
    loop.clock.set('2026-11-30T09:00:00+08:00');
    await watch();
    await loop.settle();
    const view = await loop.read(worker, id);
    expect(view.escalatedTo).toBe('district');
    expect(view.history.map(({ move }) => move)).toEqual([
      'file',
      'clock_warned',
      'escalate',
      'escalate',
    ]);
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

describe('what everybody may know', () => {
  it('a slip’s code tells the state and nothing of whom or what for', async () => {
    const { worker } = loop.staff;
    const { id } = await loop.file(await loop.resident(), { title: '一台很特别的风扇' });
    const slip = await loop.need.handlers.slip(loop.call(worker, { params: { needId: id } }));
    expect(slip.qrSvg).toContain('<svg');
    const code = slip.lookUpPath.split('/').at(-1)!;
    const known = await loop.need.handlers.lookUp(loop.call(visitor(), { params: { code } }));
    expect(known).toMatchObject({
      number: slip.number,
      state: 'submitted',
      communityName: '绿云社区',
    });
    expect(JSON.stringify(known)).not.toContain('特别');
    for (const wrong of ['AAAAAAAAAAAAAAAA', "'; drop table need; --", ''])
      expect(
        await refusalOf(
          loop.need.handlers.lookUp(loop.call(visitor(), { params: { code: wrong } })),
        ),
      ).toBe('not_found');
  });

  it('medians per street, none where fewer than five closed', async () => {
    await loop.need.refreshFigures();
    const figures = await loop.need.handlers.responses(loop.call(visitor(), {}));
    const street = figures.areas.find(({ area }) => area.name === '淮河路街道')!;
    expect(street.filed).toBeGreaterThan(10);
    expect(street.unconfirmed).toBeGreaterThanOrEqual(0);
    expect(street.closed < 5 ? street.medianCloseDays : 0).toBe(street.closed < 5 ? null : 0);
    expect(figures.areas.find(({ area }) => area.name === '建中街街道')).toMatchObject({
      closed: 0,
      medianCloseDays: null,
    });
  });

  it('C-17: neither wall nor steps nor figures hold what an asker wrote', async () => {
    const asker = await loop.resident();
    const { id } = await loop.file(asker, { title: '独一无二的标题', story: '独一无二的故事' });
    await loop.move(loop.staff.worker, id, wishRecord());
    await loop.settle();
    const everything = await loop.database.read(visitor(), async (tx) => {
      const cards = await tx.db.selectFrom('wish_card').selectAll().execute();
      const steps = await tx.db.selectFrom('wish_step').selectAll().execute();
      const figures = await tx.db.selectFrom('response_figure').selectAll().execute();
      return JSON.stringify([cards, steps, figures]);
    });
    expect(everything).toContain(id);
    for (const secret of ['独一无二', asker.accountId!, asker.displayName])
      expect(everything).not.toContain(secret);
  });
});
