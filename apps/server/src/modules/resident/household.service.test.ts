import type { Id } from '@wennuan/basics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDistrict, type TestDistrict } from '../../../test-support/district.ts';
import { idNumberOf, residentScene } from '../../../test-support/residents.ts';
import { systemActor, type Actor } from '../../platform/actor.ts';
import { keepStated, statedByHand } from './derived.store.ts';
import { readPersonFile } from './file.service.ts';
import {
  addMembers,
  chooseHead,
  createHouseholds,
  endMember,
  type MemberCommand,
} from './household.service.ts';
import { decideMove, proposeMove, readMove } from './move.service.ts';
import { relativesOf } from './record.service.ts';
import { findPersons } from './search.service.ts';

const ELSEWHERE = '410103002001';

let district: TestDistrict;
let scene: Awaited<ReturnType<typeof residentScene>>;
const staff = (name: string) => district.actors[name]!;
let order = 0;
const meet = (name: string, actor?: Actor, areaCode?: string) => {
  order += 1;
  return scene.meet(
    {
      name,
      birthDate: '1971-04-05',
      idNumber: idNumberOf('1971-04-05', `${String(order).padStart(2, '0')}2`),
      telephone: null,
      ...(areaCode && { areaId: district.areaId(areaCode) }),
    },
    actor,
  );
};
const create = async (personId: Id, actor = staff('worker')) => {
  const [id] = await district.database.write(actor, 'test.household', (tx) =>
    createHouseholds(scene.needs, tx, [{ personId, since: '2026-01-01' }]),
  );
  return id!;
};
const add = (
  command: Partial<MemberCommand> & { householdId: Id; personId: Id },
  actor = staff('worker'),
) =>
  district.database.write(actor, 'test.member', (tx) =>
    addMembers(scene.needs, tx, [{ relation: 'child', since: null, version: null, ...command }]),
  );
const file = (personId: Id, actor = staff('worker')) =>
  readPersonFile(scene.needs, actor, personId);

beforeAll(async () => {
  district = await testDistrict();
  scene = await residentScene(district);
});
afterAll(async () => {
  await scene.owner.end();
  await district.close();
});

describe('a household by hand', () => {
  test('is put together, changes its head, and loses a member on a day', async () => {
    const [mother, son] = [await meet('郑母亲'), await meet('郑儿子')];
    const householdId = await create(mother);
    await add({ householdId, personId: son, version: 0 });
    let [home] = (await file(son)).households;
    expect(home).toMatchObject({
      source: 'hand',
      version: 1,
      members: [
        { personId: mother, maskedName: '郑*亲', isHead: true, isSelf: false },
        { personId: son, relation: 'child', isHead: false, isSelf: true },
      ],
    });
    await chooseHead(scene.needs, staff('worker'), { householdId, personId: son, version: 1 });
    [home] = (await file(son)).households;
    expect(home!.members.map((one) => [one.personId, one.isHead])).toEqual([
      [son, true],
      [mother, false],
    ]);
    const leave = { householdId, personId: mother, until: '2026-11-20', version: 2 };
    await expect(
      endMember(scene.needs, staff('worker'), { ...leave, version: 1 }),
    ).rejects.toMatchObject({ code: 'busy_elsewhere' });
    await expect(
      endMember(scene.needs, staff('worker'), { ...leave, until: '2026-11-24' }),
    ).rejects.toMatchObject({ code: 'input_invalid', field: 'until' });
    await endMember(scene.needs, staff('worker'), leave);
    expect((await file(mother)).households[0]!.members).toMatchObject([
      { personId: son, until: null },
      { personId: mother, until: '2026-11-20' },
    ]);
    await add({ householdId, personId: mother, relation: 'parent' });
    expect((await file(mother)).households[0]!.members).toMatchObject([
      { personId: son },
      { personId: mother, relation: 'parent', until: null },
    ]);
  });

  test('takes nobody who is in another, and nobody of others', async () => {
    const [one, two] = [await meet('甲一'), await meet('甲二')];
    const householdId = await create(one);
    await create(two);
    await expect(create(one)).rejects.toMatchObject({ code: 'already_member' });
    await expect(add({ householdId, personId: two })).rejects.toMatchObject({
      code: 'already_member',
      field: 'personId',
    });
    const three = await meet('甲三');
    await expect(create(three, staff('worker-elsewhere'))).rejects.toMatchObject({
      code: 'person_not_in_area',
    });
    const far = await meet('甲远', staff('worker-elsewhere'), ELSEWHERE);
    await expect(add({ householdId, personId: far })).rejects.toMatchObject({
      code: 'person_not_in_area',
    });
    await expect(
      add({ householdId, personId: three }, staff('worker-elsewhere')),
    ).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('two workers at once: the second looks again', async () => {
    const [head, one, two] = [await meet('乙户'), await meet('乙一'), await meet('乙二')];
    const householdId = await create(head);
    const both = await Promise.allSettled([
      add({ householdId, personId: one, version: 0 }),
      add({ householdId, personId: two, version: 0 }, staff('worker2')),
    ]);
    expect(both.map((each) => each.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('C-10: relatives', () => {
  const ties = (actor: Actor, accountIds: readonly Id[], personIds: readonly Id[]) =>
    district.database.read(actor, (tx) => relativesOf(tx, accountIds, personIds));

  test('who lives in one household with somebody stands aside for her, whoever asks', async () => {
    const [officer, mother, stranger] = [
      await meet('丙员'),
      await meet('丙母'),
      await meet('丙邻'),
    ];
    const approver = staff('approver').accountId!;
    await scene.bind(officer, approver);
    const householdId = await create(officer);
    expect(await ties(staff('federation'), [approver], [mother])).toEqual(new Set());
    await add({ householdId, personId: mother, relation: 'parent' });
    for (const actor of [staff('federation'), staff('street-elsewhere'), systemActor('test')]) {
      expect(await ties(actor, [approver, staff('approver2').accountId!], [mother])).toEqual(
        new Set([approver]),
      );
      expect(await ties(actor, [approver], [stranger])).toEqual(new Set());
      expect(await ties(actor, [approver], [officer])).toEqual(new Set([approver]));
    }
    await endMember(scene.needs, staff('worker'), {
      householdId,
      personId: mother,
      until: '2026-11-23',
      version: 1,
    });
    expect(await ties(staff('federation'), [approver], [mother])).toEqual(new Set());
  });
});

describe('moving to another community', () => {
  const propose = (personId: Id, change: Partial<{ areaCode: string; reason: string }> = {}) =>
    proposeMove(scene.needs, staff('worker'), {
      personId,
      areaCode: ELSEWHERE,
      address: '兰台小区5号楼',
      reason: '随女儿居住',
      ...change,
    });
  const decide = (
    moveId: Id,
    decision: 'accept' | 'refuse' | 'withdraw',
    actor: string,
    note = '',
  ) => decideMove(scene.needs, staff(actor), { moveId, decision, note });
  const sees = async (actor: string, personId: Id) =>
    await file(personId, staff(actor)).then(
      () => true,
      () => false,
    );

  test('the worker she leaves proposes, the one she comes to accepts; everything follows', async () => {
    const personId = await meet('丁迁居');
    const householdId = await create(personId);
    const { id } = await propose(personId);
    expect(await sees('worker-elsewhere', personId)).toBe(false);
    expect(await readMove(scene.needs, staff('worker-elsewhere'), id)).toMatchObject({
      maskedName: '丁*居',
      from: '绿云社区',
      to: '兰台社区',
      reason: '随女儿居住',
      may: ['accept', 'refuse'],
    });
    expect((await readMove(scene.needs, staff('worker'), id)).may).toEqual(['withdraw']);
    await expect(propose(personId)).rejects.toMatchObject({ code: 'move_under_way' });
    const open = await scene.owner.query(
      'select area_id from task where subject_id = $1 and closed_at is null',
      [id],
    );
    expect(open.rows).toEqual([{ area_id: district.areaId(ELSEWHERE) }]);
    expect(await decide(id, 'accept', 'worker-elsewhere')).toEqual({ state: 'accepted' });
    expect(await sees('worker', personId)).toBe(false);
    const found = await findPersons(scene.needs, staff('worker-elsewhere'), {
      text: '兰台小区',
      limit: 9,
    });
    expect(found.items.map((one) => one.id)).toEqual([personId]);
    const moved = await file(personId, staff('worker-elsewhere'));
    expect(moved).toMatchObject({
      area: { name: '兰台社区' },
      moves: [{ state: 'accepted', byName: 'worker' }],
      facts: [
        { field: 'living_area', values: [{ words: { zh: '兰台社区' }, since: '2026-11-23' }] },
      ],
      households: [{ id: householdId, members: [{ isSelf: true }] }],
    });
    for (const table of [
      'person_term',
      'person_fact',
      'household_member',
      'household',
      'consent',
    ]) {
      const { rows } = await scene.owner.query(
        `select distinct area_id from ${table} where ${table === 'household' ? 'id' : 'person_id'} = $1`,
        [table === 'household' ? householdId : personId],
      );
      expect(rows, table).toEqual([{ area_id: district.areaId(ELSEWHERE) }]);
    }
    const left = await scene.owner.query(
      'select 1 from task where subject_id = $1 and closed_at is null',
      [id],
    );
    expect(left.rows).toEqual([]);
    await expect(decide(id, 'accept', 'worker-elsewhere')).rejects.toMatchObject({
      code: 'busy_elsewhere',
    });
  });

  test('puts the new address into what her worker wrote down, so that linking rows keeps it', async () => {
    const personId = await meet('丁留址');
    const stated = async () =>
      (
        await district.database.read(systemActor('test'), (tx) => statedByHand(scene.needs, tx))
      ).find((one) => one.id === personId)!;
    const before = await stated();
    await district.database.write(systemActor('test'), null, (tx) =>
      keepStated(scene.needs, tx, [before]),
    );
    const { id } = await propose(personId);
    await decide(id, 'accept', 'worker-elsewhere');
    expect(await stated()).toEqual({
      ...before,
      areaId: district.areaId(ELSEWHERE),
      identity: { ...before.identity, address: '兰台小区5号楼' },
    });
  });

  test('may be refused with a reason, or withdrawn; nothing moves then', async () => {
    const personId = await meet('戊不迁');
    const first = await propose(personId);
    await expect(decide(first.id, 'refuse', 'worker-elsewhere')).rejects.toMatchObject({
      code: 'reason_required',
    });
    await decide(first.id, 'refuse', 'worker-elsewhere', '查无此人居住');
    const second = await propose(personId);
    await decide(second.id, 'withdraw', 'worker');
    expect((await file(personId)).moves).toMatchObject([
      { state: 'withdrawn' },
      { state: 'refused', note: '查无此人居住' },
    ]);
    expect(await sees('worker', personId)).toBe(true);
  });

  test('nobody decides for the other side, and nobody else at all', async () => {
    const personId = await meet('己旁观');
    const { id } = await propose(personId);
    await expect(decide(id, 'accept', 'worker')).rejects.toMatchObject({ code: 'not_permitted' });
    await expect(decide(id, 'withdraw', 'worker-elsewhere')).rejects.toMatchObject({
      code: 'not_permitted',
    });
    await expect(decide(id, 'accept', 'street-elsewhere')).rejects.toMatchObject({
      code: 'not_permitted',
    });
    await expect(
      decideMove(
        scene.needs,
        { ...staff('worker'), areaIds: [district.areaId('410103001002')] },
        { moveId: id, decision: 'accept', note: '' },
      ),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test.each([
    ['a street', { areaCode: '410103002' }, 'area_unknown'],
    ['where she lives', { areaCode: '410103001001' }, 'area_unknown'],
    ['a place that is none', { areaCode: '999999' }, 'area_unknown'],
    ['no reason', { reason: '。' }, 'reason_required'],
  ])('refuses %s', async (_, change, code) => {
    const personId = await meet('庚原地');
    await expect(propose(personId, change)).rejects.toMatchObject({ code });
  });
});
