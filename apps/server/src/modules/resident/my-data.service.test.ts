import { newId, type Id } from '@wennuan/basics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDistrict, type TestDistrict } from '../../../test-support/district.ts';
import { residentScene, someone } from '../../../test-support/residents.ts';
import { systemActor, type Actor } from '../../platform/actor.ts';
import {
  addAssessment,
  answerRequest,
  askRequest,
  readMyData,
  readRequest,
} from './my-data.service.ts';
import { openField } from './claims.service.ts';
import { recordVisit, withdrawConsent } from './record.service.ts';
import { listAssessments } from './request.store.ts';

let district: TestDistrict;
let scene: Awaited<ReturnType<typeof residentScene>>;
let ada: Actor;
let berta: Actor;
const staff = (name: string) => district.actors[name]!;
const mine = (actor: Actor) => readMyData(scene.needs, actor);

beforeAll(async () => {
  district = await testDistrict();
  scene = await residentScene(district);
  ada = await district.signUp('19900000001');
  berta = await district.signUp('19900000002');
});
afterAll(async () => {
  await scene.owner.end();
  await district.close();
});

describe('C-25: access, copy, correction, deletion, transfer', () => {
  test('an account no worker has bound sees itself, and no person of the same number', async () => {
    await scene.meet({ telephone: '19900000002', idNumber: null, name: '同号人' });
    expect(await mine(berta)).toEqual({
      account: {
        telephone: '19900000002',
        displayName: berta.displayName,
        since: district.clock.now().toISOString(),
      },
      person: null,
      consents: [],
      openings: [],
      sections: [],
      requests: [],
    });
  });

  test('one page holds everything: identity, consents, visits, who looked, what others hold', async () => {
    const wang = await scene.meet();
    await openField(scene.needs, staff('worker'), {
      personId: wang,
      field: 'telephone',
      reason: '上门前打电话',
    });
    await recordVisit(scene.needs, staff('worker'), {
      personId: wang,
      purpose: 'verification',
      visitedAt: '2026-11-22T23:30:00+08:00',
      note: '家里风扇坏了',
    });
    await scene.bind(wang, ada.accountId!);
    const sections = [
      async () => [
        { title: '我的心愿', rows: [{ 编号: 'XY-000001' }] },
        { title: '空', rows: [] },
      ],
    ];
    const data = await readMyData({ ...scene.needs, sections }, ada);
    expect(data.person).toEqual({
      name: '王秀芳',
      telephone: '19900000074',
      idNumber: someone.idNumber,
      address: someone.address,
      birthDate: '1951-03-08',
      area: { code: '410103001001', name: '绿云社区', level: 'community' },
    });
    expect(data.openings).toMatchObject([
      { byName: 'worker', field: 'telephone', reason: '上门前打电话' },
    ]);
    expect(data.consents).toMatchObject([
      { purpose: 'need_handling', form: 'spoken', notedBy: 'worker' },
    ]);
    expect(data.sections).toEqual([
      {
        title: '走访记录',
        rows: [{ 日期: '2026-11-22', 目的: '认定', 走访人: 'worker', 记录: '家里风扇坏了' }],
      },
      { title: '我的心愿', rows: [{ 编号: 'XY-000001' }] },
      {
        title: '收到的消息',
        rows: [expect.objectContaining({ 标题: '您的账号已与居民档案绑定' })],
      },
    ]);
  });

  test('in English every label is English; what was written stays as it was written', async () => {
    const { sections } = await readMyData(scene.needs, { ...ada, language: 'en' });
    expect(sections.map(({ title }) => title)).toEqual(['Visits', 'Messages received']);
    expect(sections[0]!.rows).toEqual([
      { Date: '2026-11-22', Why: 'to verify', 'Who came': 'worker', Note: '家里风扇坏了' },
    ]);
  });

  test('a consent is withdrawn as easily as it was given', async () => {
    const { consents } = await mine(ada);
    await withdrawConsent(scene.needs, ada, consents[0]!.id);
    expect((await mine(ada)).consents[0]!.withdrawnAt).toBe(district.clock.now().toISOString());
  });

  test('a request goes to the community’s desk and is answered by a person within 15 days', async () => {
    const { id, answerBy } = await askRequest(scene.needs, ada, {
      kind: 'correct',
      text: '我的门牌是402',
    });
    expect(answerBy).toBe('2026-12-08');
    const { rows: tasks } = await scene.owner.query(
      'select kind, area_id from task where subject_id = $1',
      [id],
    );
    expect(tasks).toEqual([{ kind: 'answer_request', area_id: district.areaId() }]);
    expect(await readRequest(scene.needs, staff('worker'), id)).toMatchObject({
      kind: 'correct',
      text: '我的门牌是402',
      answer: null,
    });
    for (const name of ['worker-elsewhere', 'street-elsewhere'])
      await expect(readRequest(scene.needs, staff(name), id)).rejects.toMatchObject({
        code: 'not_found',
      });
    await expect(
      answerRequest(scene.needs, staff('worker-elsewhere'), { id, answer: '好' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await answerRequest(scene.needs, staff('worker'), { id, answer: '已经更正' });
    await expect(
      answerRequest(scene.needs, staff('worker2'), { id, answer: '好' }),
    ).rejects.toMatchObject({ code: 'busy_elsewhere' });
    expect((await mine(ada)).requests).toMatchObject([
      { id, kind: 'correct', state: 'answered', text: '我的门牌是402', answer: '已经更正' },
    ]);
    expect((await mine(berta)).requests).toEqual([]);
  });

  test('a request of somebody without a community goes to the district', async () => {
    const nobody = { ...berta, areaId: null };
    const { id } = await askRequest(scene.needs, nobody, {
      kind: 'delete',
      text: '请删除我的信息',
    });
    expect((await readRequest(scene.needs, staff('district'), id)).kind).toBe('delete');
    await expect(readRequest(scene.needs, staff('street'), id)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('C-25: the register of impact assessments', () => {
  let id: Id;
  const add = (actor: Actor, assessedOn: string) =>
    addAssessment(scene.needs, actor, {
      title: '走访拍照',
      assessedOn,
      conclusion: '不拍人，不留原图。',
    });

  test('keeps each for three years from its date', async () => {
    ({ id } = await add(staff('district'), '2024-02-29'));
    await add(staff('auditor'), '2026-11-23');
    const list = await district.database.read(staff('auditor'), listAssessments);
    expect(list.map((one) => [one.assessedOn, one.keepUntil])).toEqual([
      ['2026-11-23', '2029-11-23'],
      ['2024-02-29', '2027-02-28'],
    ]);
  });

  test('takes none of a day to come', async () => {
    await expect(add(staff('district'), '2026-11-24')).rejects.toMatchObject({
      code: 'input_invalid',
      field: 'assessedOn',
    });
  });

  test('cannot be shortened or deleted by anybody', async () => {
    for (const actor of [
      staff('district'),
      staff('administrator'),
      staff('auditor'),
      systemActor('test'),
      ada,
    ]) {
      await expect(
        district.database.write(actor, 'test.break', (tx) =>
          tx.db.deleteFrom('impact_assessment').where('id', '=', id).execute(),
        ),
      ).rejects.toThrow('permission denied');
      await expect(
        district.database.write(actor, 'test.break', (tx) =>
          tx.db.updateTable('impact_assessment').set({ keep_until: '2026-01-01' }).execute(),
        ),
      ).rejects.toThrow('permission denied');
    }
    await expect(
      scene.owner.query(
        "insert into impact_assessment (id, title, conclusion, assessed_on, keep_until, added_at) values ($1, 'x', 'x', '2026-01-01', '2028-12-31', now())",
        [newId()],
      ),
    ).rejects.toThrow('check constraint');
  });
});
