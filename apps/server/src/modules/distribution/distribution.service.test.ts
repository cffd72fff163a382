import { newId, type Id } from '@wennuan/basics';
import { encodeFact } from '@wennuan/policy';
import { check } from '@wennuan/ledger';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refusalOf } from '../../../test-support/loop-inputs.ts';
import { callOf, testThings, type TestThings } from '../../../test-support/things.ts';
import { systemActor, type Actor } from '../../platform/actor.ts';
import { writeSheet } from '../../platform/sheet.ts';

let things: TestThings;
let worker: Actor;
let worker2: Actor;
let approver: Actor;
let picture: Buffer;
let serial = 0;
beforeAll(async () => {
  things = await testThings();
  worker = things.actors.worker!;
  worker2 = things.actors.worker2!;
  approver = things.actors.approver!;
  picture = await sharp({ create: { width: 20, height: 20, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  await things.bring(things.items.rice, 500);
});
afterAll(() => things.close());
beforeEach(() => things.clock.set('2026-11-23T09:00:00+08:00'));

const handlers = () => things.distribution.handlers;
const at = (planId: Id, body: unknown = undefined, actor: Actor = worker) =>
  callOf(actor, { params: { planId }, body });

async function people(names: readonly string[], areaCode?: string): Promise<Id[]> {
  return await things.database.write(systemActor('test'), 'test.people', (tx) =>
    things.resident.create(
      tx,
      names.map((name) => ({
        name,
        gender: 'unknown',
        birthDate: null,
        idNumber: null,
        telephone: `1990000${String((serial += 1)).padStart(4, '0')}`,
        address: '绿云社区 3号院2号楼 1单元101',
        areaId: things.areaId(areaCode),
        consentForm: 'spoken',
        consentNote: '当面同意',
      })),
    ),
  );
}

async function draft(change: Record<string, unknown> = {}) {
  return await handlers().create(
    callOf(worker, {
      body: {
        name: '冬日慰问',
        areaCode: '410103001001',
        basis: 'person',
        onDay: '2026-11-23',
        fromTime: '09:00',
        untilTime: '11:00',
        way: 'place',
        placeId: things.counter.id,
        stockPlaceId: things.store.id,
        giverLabel: '爱心企业捐赠',
        lines: [{ itemId: things.items.rice, quantity: 1, perHead: false }],
        formId: newId(),
        ...change,
      },
    }),
  );
}
const add = (planId: Id, source: unknown, actor = worker) =>
  handlers().addRecipients(at(planId, source, actor));
const list = async (planId: Id, actor = worker) =>
  (await handlers().recipients(at(planId, undefined, actor))).items;
const decide = (
  planId: Id,
  decision: 'approve' | 'refuse' = 'approve',
  actor = approver,
  note = '',
) => handlers().decide(at(planId, { decision, note }, actor));
async function submit(planId: Id) {
  const { version } = await handlers().read(at(planId));
  return await handlers().submit(at(planId, { version }));
}
async function approved(names: readonly string[], change: Record<string, unknown> = {}) {
  const plan = await draft(change);
  await add(plan.id, { from: 'persons', personIds: await people(names) });
  await submit(plan.id);
  await decide(plan.id);
  await things.events.settle();
  return plan.id;
}
const sign = async (actor: Actor) => (await things.attachment.add(actor, picture)).id;
async function tickOf(recipientId: Id, change: Record<string, unknown> = {}, actor = worker) {
  return {
    tickId: newId(),
    recipientId,
    outcome: 'handed',
    signatureId: await sign(actor),
    pictureIds: [],
    proxy: null,
    note: '',
    ...change,
  };
}
const tick = (planId: Id, body: unknown, actor = worker) =>
  handlers().handOver(at(planId, body, actor));
const rice = async () => (await things.held(approver, things.items.rice)).quantity;

describe('a list', () => {
  it('has nobody twice, and says whom it left out and why', async () => {
    const [one, two] = await people(['王小芳', '王小芳']);
    const [far] = await people(['远方人'], '410103002001');
    const plan = await draft();
    expect(await add(plan.id, { from: 'persons', personIds: [one, two, one] })).toMatchObject({
      added: 2,
      problems: [{ line: 3, problem: 'already_listed' }],
    });
    expect(await add(plan.id, { from: 'persons', personIds: [far] })).toMatchObject({
      added: 0,
      problems: [{ problem: 'not_in_area' }],
    });
    const names = { from: 'names', unitName: '环卫三班', names: ['张三', '张三 ', '李四'] };
    expect(await add(plan.id, names)).toMatchObject({ added: 2 });
    const shown = await list(plan.id);
    expect(shown.map((row) => [row.serial, row.maskedName, row.initials, row.sameName])).toEqual([
      [1, '王*芳', 'wxf', true],
      [2, '王*芳', 'wxf', true],
      [3, '张*', 'zs', false],
      [4, '李*', 'ls', false],
    ]);
    expect(shown[2]).toMatchObject({ hasFile: false, unitName: '环卫三班' });
    expect(JSON.stringify(shown)).not.toContain('小芳');
  });

  it('counts a household once, with its heads', async () => {
    const [head, child] = await people(['赵一', '赵二']);
    await things.database.write(systemActor('test'), 'test.household', async (tx) => {
      const id = newId();
      const areaId = things.areaId();
      await tx.db
        .insertInto('household')
        .values({ id, area_id: areaId, source: 'hand', created_at: tx.now })
        .execute();
      await tx.db
        .insertInto('household_member')
        .values(
          [head!, child!].map((personId, index) => ({
            household_id: id,
            person_id: personId,
            area_id: areaId,
            is_head: index === 0,
          })),
        )
        .execute();
    });
    const lines = [{ itemId: things.items.rice, quantity: 1, perHead: true }];
    const plan = await draft({ basis: 'household', lines });
    expect(await add(plan.id, { from: 'persons', personIds: [head, child] })).toMatchObject({
      added: 1,
      problems: [{ line: 2, problem: 'already_listed' }],
    });
    const view = await handlers().read(at(plan.id));
    expect(view.needed).toMatchObject([{ needed: 2 }]);
  });

  it('comes from a group of the area, the living only, and from another list', async () => {
    const ids = await people(['低保甲', '低保乙', '低保丙']);
    const fact = encodeFact('group', 'minimum_living')!;
    const died = encodeFact('died_on', '2026-11-01')!;
    await things.database.write(systemActor('test'), 'test.facts', async (tx) => {
      const areaId = things.areaId();
      const rows = [
        ...ids.map((personId) => ({ personId, ...fact, until: null })),
        { personId: ids[2]!, ...died, until: null },
      ];
      await tx.db
        .insertInto('person_fact')
        .values(
          rows.map(({ personId, field, value, until }) => ({
            person_id: personId,
            area_id: areaId,
            field,
            value,
            until,
            noted_at: tx.now,
          })),
        )
        .execute();
    });
    const plan = await draft();
    const group = { from: 'group', areaCode: '410103001001', group: 'minimum_living' };
    expect(await add(plan.id, group)).toMatchObject({ added: 2, problems: [] });
    expect(await refusalOf(add(plan.id, { ...group, group: 'rich' }))).toBe('group_unknown');
    const copy = await draft();
    await add(plan.id, { from: 'names', unitName: '环卫一班', names: ['钱七'] });
    expect(await add(copy.id, { from: 'plan', planId: plan.id })).toMatchObject({ added: 3 });
    const unknown = { from: 'programme', programmeCode: 'P99', areaCode: '410103001001' };
    expect(await refusalOf(add(copy.id, unknown))).toBe('programme_unknown');
  });

  it('reads a sheet, with a report by line', async () => {
    await people(['孙有一', '孙同名', '孙同名']);
    const plan = await draft();
    const rows = [
      ['孙有一', ''],
      ['孙同名', ''],
      ['没有人', ''],
      ['', '环卫二班'],
      ['孙有一', ''],
      ['周扫街', '环卫二班'],
    ];
    const bytes = await writeSheet<string[]>({
      name: '名单',
      rows,
      columns: [
        { title: '姓名', width: 10, kind: 'text', of: (row) => row[0]! },
        { title: '单位', width: 10, kind: 'text', of: (row) => row[1]! },
      ],
    });
    const upload = (file: Buffer) =>
      handlers().addSheet({
        ...(at(plan.id) as object),
        request: { isMultipart: () => true, file: async () => ({ toBuffer: async () => file }) },
      } as never);
    const report = await upload(bytes);
    expect(report.added).toBe(2);
    expect(report.problems.map((one) => [one.line, one.problem, one.choices.length])).toEqual([
      [3, 'several_found', 2],
      [4, 'nobody_found', 0],
      [5, 'name_missing', 0],
      [6, 'twice_in_file', 0],
    ]);
    const nameless = await writeSheet({
      name: 'x',
      rows: [1],
      columns: [{ title: '编号', width: 5, kind: 'count', of: (row: number) => row }],
    });
    expect(await refusalOf(upload(nameless))).toBe('sheet_without_names');
  });

  it('shows who is on another list of the month', async () => {
    const ids = await people(['郑两份']);
    const first = await draft({ name: '第一次' });
    await add(first.id, { from: 'persons', personIds: ids });
    await submit(first.id);
    const second = await draft({ name: '第二次', onDay: '2026-11-30' });
    expect(await add(second.id, { from: 'persons', personIds: ids })).toMatchObject({
      elsewhere: 1,
    });
    const [row] = await list(second.id);
    expect(row!.elsewhere).toEqual([{ planName: '第一次', onDay: '2026-11-23', received: false }]);
    await handlers().cancel(at(first.id, { reason: '重复了' }));
  });
});

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
