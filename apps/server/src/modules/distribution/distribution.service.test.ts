import { newId } from '@wennuan/basics';
import { check } from '@wennuan/ledger';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { testHanding } from '../../../test-support/handing.ts';
import { refusalOf } from '../../../test-support/loop-inputs.ts';
import { callOf } from '../../../test-support/things.ts';
import { systemActor, type Actor } from '../../platform/actor.ts';

const {
  things,
  worker,
  worker2,
  approver,
  handlers,
  at,
  people,
  draft,
  add,
  list,
  decide,
  submit,
  approved,
  tickOf,
  tick,
  rice,
} = await testHanding();
afterAll(() => things.close());
beforeEach(() => things.clock.set('2026-11-23T09:00:00+08:00'));

describe('goods for a list', () => {
  it('are set aside as pieces, and given back when refused', async () => {
    const before = await rice();
    const plan = await draft();
    expect(await refusalOf(submit(plan.id))).toBe('list_empty');
    await add(plan.id, { from: 'persons', personIds: await people(['一', '二', '三']) });
    const view = await submit(plan.id);
    expect(view).toMatchObject({ state: 'submitted', valueFen: 15_000 });
    expect(view.ready).toMatchObject([{ taken: 3, left: 3, handed: 0 }]);
    expect(await rice()).toBe(before - 3);
    expect(await refusalOf(add(plan.id, { from: 'names', unitName: 'x', names: ['晚来'] }))).toBe(
      'plan_not_open',
    );
    expect(await refusalOf(decide(plan.id, 'approve', things.actors.street!))).toBe(
      'place_not_yours',
    );
    expect(await refusalOf(decide(plan.id, 'refuse'))).toBe('reason_required');
    expect(await decide(plan.id, 'refuse', approver, '名单未公示')).toMatchObject({
      state: 'draft',
      ready: [],
    });
    expect(await rice()).toBe(before);
    await submit(plan.id);
    expect(await decide(plan.id)).toMatchObject({ state: 'approved' });
    expect(await refusalOf(decide(plan.id))).toBe('approval_closed');
    expect(await handlers().cancel(at(plan.id, { reason: '改期' }))).toMatchObject({
      state: 'cancelled',
    });
    expect(await rice()).toBe(before);
  });

  it('are refused when there are not enough, and nothing is set aside', async () => {
    const before = await rice();
    const plan = await draft({
      lines: [{ itemId: things.items.rice, quantity: 400, perHead: false }],
    });
    await add(plan.id, { from: 'persons', personIds: await people(['甲', '乙']) });
    expect(await refusalOf(submit(plan.id))).toBe('stock_too_low');
    expect(await rice()).toBe(before);
  });

  it('of two plans that want the last pieces at once, one gets them', async () => {
    const itemId = await things.addItem('西瓜', '个');
    await things.bring(itemId, 3);
    const plans = await Promise.all(
      ['甲', '乙'].map(async (name) => {
        const plan = await draft({ lines: [{ itemId, quantity: 2, perHead: false }] });
        await add(plan.id, { from: 'persons', personIds: await people([`抢${name}`]) });
        return plan.id;
      }),
    );
    const results = await Promise.all(plans.map((planId) => refusalOf(submit(planId))));
    expect(results.toSorted()).toEqual(['done', 'stock_too_low']);
  });

  it('are agreed to by somebody else than who asked, and imported food only with its papers', async () => {
    const itemId = await things.addItem('进口牛奶', '箱', { imported: true });
    await things.bring(itemId, 5);
    const plan = await draft({ lines: [{ itemId, quantity: 1, perHead: false }] });
    await add(plan.id, { from: 'persons', personIds: await people(['喝奶']) });
    expect(await refusalOf(submit(plan.id))).toBe('papers_required');
    const own = await handlers().create(
      callOf(things.actors.street!, {
        body: {
          name: '街道自办',
          areaCode: '410103001',
          basis: 'person',
          onDay: '2026-11-24',
          fromTime: null,
          untilTime: null,
          way: 'place',
          placeId: things.counter.id,
          stockPlaceId: things.counter.id,
          giverLabel: '街道',
          lines: [{ itemId: things.items.oil, quantity: 1, perHead: false }],
          formId: newId(),
        },
      }),
    );
    await things.bring(things.items.oil, 2, { placeId: things.counter.id });
    await add(own.id, { from: 'names', unitName: '志愿队', names: ['赵六'] }, things.actors.street);
    const { version } = await handlers().read(at(own.id, undefined, things.actors.street));
    await handlers().submit(at(own.id, { version }, things.actors.street));
    expect(await refusalOf(decide(own.id, 'approve', things.actors.street!))).toBe(
      'approver_is_proposer',
    );
  });
});

describe('the day', () => {
  it('hands over once, also to two phones at the same moment', async () => {
    const planId = await approved(['甲一']);
    const [row] = await list(planId);
    const [first, second] = [await tickOf(row!.id), await tickOf(row!.id, {}, worker2)];
    const results = await Promise.all([
      refusalOf(tick(planId, first)),
      refusalOf(tick(planId, second, worker2)),
    ]);
    expect(results.toSorted()).toEqual(['already_handed', 'done']);
    const view = await handlers().read(at(planId));
    expect(view.ready).toMatchObject([{ taken: 1, handed: 1, left: 0 }]);
    expect(view.figures).toMatchObject({ handed: 1, waiting: 0 });
  });

  it('answers the same tick the same, however often it is sent', async () => {
    const planId = await approved(['甲二', '甲三']);
    const [row] = await list(planId);
    const body = await tickOf(row!.id);
    const one = await tick(planId, body);
    const [two, three] = await Promise.all([tick(planId, body), tick(planId, body)]);
    expect(two).toEqual(one);
    expect(three.at).toBe(one.at);
    expect(one.signature).not.toBeNull();
    expect((await handlers().read(at(planId))).ready).toMatchObject([{ left: 1 }]);
  });

  it('knows proxies, refusals, absence and death, and lets the absent come later', async () => {
    const planId = await approved(['乙一', '乙二', '乙三', '乙四']);
    const [one, two, three, four] = await list(planId);
    const none = { signatureId: null };
    const proxy = { name: '乙小一', relation: 'family', reason: '本人住院' };
    expect(await tick(planId, await tickOf(one!.id, { outcome: 'proxy', proxy }))).toMatchObject({
      proxy,
    });
    await tick(planId, await tickOf(two!.id, { ...none, outcome: 'refused', note: '家里有' }));
    await tick(planId, await tickOf(three!.id, { ...none, outcome: 'absent' }));
    await tick(planId, await tickOf(four!.id, { ...none, outcome: 'died' }));
    await tick(planId, await tickOf(three!.id));
    expect((await handlers().read(at(planId))).figures).toMatchObject({
      handed: 1,
      proxy: 1,
      refused: 1,
      absent: 0,
      died: 1,
    });
    expect(await refusalOf(tick(planId, await tickOf(one!.id)))).toBe('already_handed');
  });

  it('begins on the day, and ends when leftovers are back', async () => {
    const before = await rice();
    const planId = await approved(['丙一', '丙二', '丙三'], { onDay: '2026-11-24' });
    const [one] = await list(planId);
    const body = await tickOf(one!.id);
    expect(await refusalOf(tick(planId, body))).toBe('not_yet_the_day');
    things.clock.set('2026-11-24T09:30:00+08:00');
    await tick(planId, body);
    expect(await refusalOf(handlers().cancel(at(planId, { reason: '不办了' })))).toBe(
      'handed_over_already',
    );
    const [ready] = (await handlers().read(at(planId))).ready;
    const close = (returned: number, reason = '') =>
      handlers().close(at(planId, { lines: [{ readyId: ready!.id, returned }], reason }));
    expect(await refusalOf(close(3))).toBe('pieces_too_many');
    expect(await refusalOf(close(1))).toBe('reason_required');
    expect(await close(1, '一袋被雨淋湿')).toMatchObject({ state: 'closed' });
    expect(await rice()).toBe(before - 2);
    expect(await refusalOf(tick(planId, await tickOf(one!.id)))).toBe('plan_not_approved');
  });

  it('goes to the door as a task for each building, which closes with its last tick', async () => {
    const planId = await approved(['丁一', '丁二'], { way: 'door', placeId: null });
    const { number } = await handlers().read(at(planId));
    const tasks = async () =>
      (
        await things.desk.handlers.tasks(
          callOf(worker, { query: { limit: 50, kind: 'hand_over' } }),
        )
      ).items.filter((task) => task.number === number);
    expect(await tasks()).toMatchObject([
      { subjectKind: 'distribution', building: expect.stringContaining('3号院') },
    ]);
    const [task] = await tasks();
    expect(await handlers().read(at(task!.subjectId))).toMatchObject({ id: planId });
    for (const row of await list(planId)) await tick(planId, await tickOf(row.id));
    expect(await tasks()).toEqual([]);
  });

  it('tells who is bound to an account where to come, with number and word, and shows it on her page', async () => {
    const [personId] = await people(['戊一']);
    const resident = await things.signUp('19900009001');
    await things.database.write(worker, 'test.bind', (tx) =>
      things.resident.bind(tx, [
        { personId: personId!, accountId: resident.accountId!, method: 'face_to_face' },
      ]),
    );
    const plan = await draft();
    await add(plan.id, { from: 'persons', personIds: [personId] });
    const mine = () => handlers().mine(callOf(resident));
    await submit(plan.id);
    expect((await mine()).items).toEqual([]);
    await decide(plan.id);
    await things.events.settle();
    const [own] = (await mine()).items;
    expect(own).toMatchObject({
      state: 'today',
      serial: 1,
      goods: [{ name: '大米', quantity: 1 }],
    });
    const inbox = await things.message.handlers.inbox(callOf(resident, { query: { limit: 10 } }));
    expect(inbox.items[0]!.body).toContain(`编号 1、暗语“${own!.word}”`);
    await tick(plan.id, await tickOf((await list(plan.id))[0]!.id));
    expect((await mine()).items[0]).toMatchObject({ state: 'received' });
  });
});

it('traces a recalled batch to the hands that took it, for those who may know them', async () => {
  const itemId = await things.addItem('香油', '瓶');
  const lotId = await things.bring(itemId, 10, { batch: 'XY-7' });
  const planId = await approved(['己一', '己二'], {
    lines: [{ itemId, quantity: 2, perHead: false }],
  });
  const [row] = await list(planId);
  await tick(planId, await tickOf(row!.id));
  await things.events.settle();
  const recall = (actor: Actor) =>
    things.goods.handlers.recall(
      callOf(actor, { params: { lotId }, body: { reason: '抽检不合格' } }),
    );
  const way = await recall(worker);
  expect(way.handedOver).toMatchObject([{ serial: 1, maskedName: '己*', quantity: 2 }]);
  expect(way.resting.reduce((sum, one) => sum + one.quantity, 0)).toBe(8);
  const blind = await things.goods.handlers.lotTrace(callOf(approver, { params: { lotId } }));
  expect(blind).toMatchObject({ handedOver: [], elsewhere: 2 });
  const [, second] = await list(planId);
  expect(await refusalOf(tick(planId, await tickOf(second!.id)))).toBe('stock_too_low');
});

it('keeps the books whole after all this', async () => {
  const findings = await things.database.read(systemActor('test'), (tx) => check(tx.sql));
  expect(findings).toEqual([]);
});
