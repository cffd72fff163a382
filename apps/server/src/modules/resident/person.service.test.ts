import { newId, type Id } from '@wennuan/basics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDistrict, type TestDistrict } from '../../../test-support/district.ts';
import { idNumberOf, residentScene, someone } from '../../../test-support/residents.ts';
import { withoutIds } from '../../../test-support/ids.ts';
import { visitor, type Actor } from '../../platform/actor.ts';
import { openField } from './claims.service.ts';
import { readPersonFile } from './file.service.ts';
import { createPerson } from './person.service.ts';
import { findPersons } from './search.service.ts';
import { recordVisit } from './record.service.ts';

let district: TestDistrict;
let scene: Awaited<ReturnType<typeof residentScene>>;
let wang: Id;
const staff = (name: string) => district.actors[name]!;
const find = (actor: Actor, search: { text?: string; after?: string; limit?: number } = {}) =>
  findPersons(scene.needs, actor, { limit: 50, ...search });
const { consentForm, consentNote, ...written } = someone;
const form = { ...written, consentForm, consentNote, areaCode: '410103001001' };

beforeAll(async () => {
  district = await testDistrict();
  scene = await residentScene(district);
  wang = await scene.meet();
});
afterAll(async () => {
  await scene.owner.end();
  await district.close();
});

describe('opening a file', () => {
  test('answers the person masked, with the consent on file', async () => {
    const view = await createPerson(scene.needs, staff('worker'), {
      ...form,
      name: '赵小花',
      idNumber: null,
    });
    expect(view).toMatchObject({
      maskedName: '赵*花',
      area: { code: '410103001001', name: '绿云社区', level: 'community' },
      bornYear: 1951,
      hasAccount: false,
    });
    const file = await readPersonFile(scene.needs, staff('worker'), view.id);
    expect(file.consents).toMatchObject([
      { purpose: 'need_handling', form: 'spoken', notedBy: 'worker', withdrawnAt: null },
    ]);
  });

  test.each([
    ['an area of others', { areaCode: '410103002001' }, 'area_unknown'],
    ['a street', { areaCode: '410103001' }, 'area_unknown'],
    ['an area that is none', { areaCode: '999999' }, 'area_unknown'],
    ['a telephone that is none', { telephone: '12345' }, 'telephone_invalid'],
    ['an ID number that is none', { idNumber: '123' }, 'id_number_invalid'],
    ['a birth date to come', { idNumber: null, birthDate: '2030-01-01' }, 'born_in_future'],
    ['no consent', { consentForm: 'not_possible' }, 'consent_required'],
    ['an account’s own word', { consentForm: 'own_account' }, 'consent_required'],
  ] as const)('refuses %s', async (_, change, code) => {
    await expect(
      createPerson(scene.needs, staff('worker'), { ...form, ...change }),
    ).rejects.toMatchObject({ code });
  });

  test('is not for the federation, nor for residents, whatever a route might let through', async () => {
    const resident = await district.signUp('19900000031');
    for (const actor of [staff('federation'), resident, visitor()])
      await expect(scene.meet({}, { ...actor, areaIds: [district.areaId()] })).rejects.toThrow(
        'permission denied',
      );
  });

  test('leaves an audit row and no person when one of many is wrong', async () => {
    const count = async () => (await scene.owner.query('select from person')).rowCount;
    const before = await count();
    await expect(
      district.database.write(staff('worker'), 'test.meet', (tx) =>
        scene.resident.create(tx, [
          { ...someone, areaId: district.areaId() },
          { ...someone, areaId: district.areaId(), idNumber: 'x' },
        ]),
      ),
    ).rejects.toMatchObject({ code: 'id_number_invalid' });
    expect(await count()).toBe(before);
    const { rows } = await scene.owner.query(
      "select action from audit_entry where subject_kind = 'person' and subject_id = $1",
      [wang],
    );
    expect(rows).toEqual([{ action: 'test.meet' }]);
  });
});

describe('finding', () => {
  test.each([
    '王秀芳',
    ' 王 秀芳',
    '王',
    '秀芳',
    'wangxiufang',
    'Wang Xiu Fang',
    'xiufang',
    'wxf',
    'wangxf',
    '王秀芳 1951',
    'wxf 0074',
    '19900000074',
    '+86 199 0000 0074',
    '0074',
    someone.idNumber,
    someone.idNumber.toLowerCase(),
    someone.idNumber.slice(-6),
    '1951 0020',
    '绿云 3号楼',
    '绿云小区3栋401',
    '王秀芳 绿云小区',
  ])('by %j', async (text) => {
    expect((await find(staff('worker'), { text })).items.map((one) => one.id)).toContain(wang);
  });
  test.each([
    '芳秀',
    '王秀芬',
    'wangxiuf ang1',
    'wf',
    '1990000007',
    '王秀芳 1952',
    'wxf 0075',
    '绿云小区4栋',
    '%',
    "'; drop table person; --",
    '',
    ' ,，',
    '1'.repeat(60),
  ])('not by %j', async (text) => {
    if (text.trim() === '') return;
    expect((await find(staff('worker'), { text })).items.map((one) => one.id)).not.toContain(wang);
  });

  test('only in one’s own areas: the street below it, nobody next door', async () => {
    const ids = async (name: string) =>
      (await find(staff(name), { text: someone.idNumber })).items.map((one) => one.id);
    expect(await ids('worker2')).toContain(wang);
    expect(await ids('street')).toContain(wang);
    expect(await ids('worker-elsewhere')).toEqual([]);
    expect(await ids('street-elsewhere')).toEqual([]);
    expect((await find(staff('worker-elsewhere'))).items).toEqual([]);
  });

  test('pages through all without loss or repetition', async () => {
    for (let order = 10; order < 15; order += 1)
      await scene.meet({ name: `甲${order}`, idNumber: idNumberOf('1951-03-08', `0${order * 2}`) });
    const all = (await find(staff('worker'))).items.map((one) => one.id);
    const seen: Id[] = [];
    let after: string | undefined;
    do {
      const page = await find(staff('worker'), { limit: 2, ...(after && { after }) });
      seen.push(...page.items.map((one) => one.id));
      after = page.next ?? undefined;
    } while (after);
    expect(seen).toEqual(all);
  });
});

describe('a file', () => {
  test('is masked, and tells what was noted', async () => {
    await recordVisit(scene.needs, staff('worker2'), {
      personId: wang,
      purpose: 'care_check',
      visitedAt: '2026-11-22T10:00:00+08:00',
      note: '一切都好',
    });
    const file = await readPersonFile(scene.needs, staff('street'), wang);
    expect(file.masked).toEqual({
      telephone: '199****0074',
      idNumber: `410*************${someone.idNumber.slice(-2)}`,
      address: '绿云小区***',
      birthDate: '1951-**-**',
    });
    expect(file.visits).toMatchObject([
      { purpose: 'care_check', byName: 'worker2', note: '一切都好' },
    ]);
    expect(withoutIds(JSON.stringify(file))).not.toMatch(/王秀芳|19900000074|3号楼|03-08/);
  });

  test('lists the needs that the port knows', async () => {
    const needsOf = async () => [
      {
        id: newId(),
        number: 'XY-000001',
        title: '电风扇',
        state: 'verified',
        filedAt: '2026-11-22T10:00:00Z',
      },
    ];
    const file = await readPersonFile({ ...scene.needs, needsOf }, staff('worker'), wang);
    expect(file.needs).toMatchObject([{ number: 'XY-000001' }]);
  });

  test('of others is not there', async () => {
    for (const name of ['worker-elsewhere', 'street-elsewhere', 'federation', 'auditor'])
      await expect(readPersonFile(scene.needs, staff(name), wang)).rejects.toThrow();
    await expect(readPersonFile(scene.needs, staff('worker'), newId())).rejects.toMatchObject({
      code: 'person_not_in_area',
    });
  });
});

describe('opening a field', () => {
  const open = (
    actor: Actor,
    field: 'name' | 'telephone' | 'id_number' | 'address' | 'birth_date',
    reason = '上门前打电话',
  ) => openField(scene.needs, actor, { personId: wang, field, reason });

  test('gives the value and leaves who, what, when and why', async () => {
    const before = (await readPersonFile(scene.needs, staff('worker'), wang)).opened.length;
    expect(await open(staff('worker'), 'telephone')).toEqual({ value: '19900000074', said: [] });
    expect(await open(staff('street'), 'name')).toEqual({ value: '王秀芳', said: [] });
    expect(await open(staff('worker'), 'id_number')).toEqual({ value: someone.idNumber, said: [] });
    expect(await open(staff('worker'), 'address')).toEqual({ value: someone.address, said: [] });
    expect(await open(staff('worker'), 'birth_date')).toEqual({ value: '1951-03-08', said: [] });
    const { opened } = await readPersonFile(scene.needs, staff('worker2'), wang);
    expect(opened).toHaveLength(before + 5);
    expect(opened.slice(before, before + 2)).toEqual([
      {
        at: district.clock.now().toISOString(),
        byName: 'worker',
        field: 'telephone',
        reason: '上门前打电话',
      },
      {
        at: district.clock.now().toISOString(),
        byName: 'street',
        field: 'name',
        reason: '上门前打电话',
      },
    ]);
    const { rows } = await scene.owner.query(
      "select account_id, reason from audit_entry where action = 'resident.open_field' and subject_id = $1 order by id",
      [wang],
    );
    expect(rows.slice(0, 2)).toEqual([
      { account_id: staff('worker').accountId, reason: 'telephone' },
      { account_id: staff('street').accountId, reason: 'name' },
    ]);
  });

  test('needs a reason and the right area; a refused try leaves nothing opened', async () => {
    const count = async () => (await scene.owner.query('select from field_opening')).rowCount;
    const before = await count();
    for (const reason of ['', ' ', '。', 'x'])
      await expect(open(staff('worker'), 'name', reason)).rejects.toMatchObject({
        code: 'reason_required',
      });
    await expect(open(staff('worker-elsewhere'), 'name')).rejects.toMatchObject({
      code: 'person_not_in_area',
    });
    expect(await count()).toBe(before);
  });

  test('that is empty says so, and is noted all the same', async () => {
    const bare = await scene.meet({
      name: '无名',
      telephone: null,
      idNumber: null,
      birthDate: null,
      address: '',
    });
    const opened = await openField(scene.needs, staff('worker'), {
      personId: bare,
      field: 'telephone',
      reason: '核对',
    });
    expect(opened).toEqual({ value: null, said: [] });
    expect((await readPersonFile(scene.needs, staff('worker'), bare)).opened).toHaveLength(1);
  });
});

test('a person whose key was destroyed can no longer be read nor found; her row stays as deleted', async () => {
  const gone = await scene.meet({ name: '将被删除', idNumber: null });
  await scene.owner.query('delete from data_key where owner = $1', [gone]);
  expect((await find(staff('worker'), { text: '将被删除' })).items).toEqual([]);
  expect(await readPersonFile(scene.needs, staff('worker'), gone)).toMatchObject({
    isErased: true,
    maskedName: '已删除',
    masked: { telephone: null, idNumber: null, address: null, birthDate: null },
    visits: [],
    facts: [],
  });
});
