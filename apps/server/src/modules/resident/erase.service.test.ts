import type { Id } from '@wennuan/basics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestDistrict } from '../../../test-support/district.ts';
import { fileScene } from '../../../test-support/files.ts';
import { someone } from '../../../test-support/residents.ts';
import type { Actor } from '../../platform/actor.ts';
import { grantErasure } from './erase.service.ts';
import { askRequest, readMyData, readMyName } from './my-data.service.ts';
import { recordVisit } from './record.service.ts';
import { findPersons } from './search.service.ts';

let district: TestDistrict;
let scene: Awaited<ReturnType<typeof fileScene>>;
const staff = (name: string) => district.actors[name]!;

beforeAll(async () => {
  scene = await fileScene();
  ({ district } = scene);
});
afterAll(() => scene.close());

describe('asking to be deleted', () => {
  async function asks(telephone: string, kind: 'delete' | 'correct' = 'delete') {
    const account = await district.signUp(telephone);
    const personId = await scene.meetAnother({ telephone });
    await scene.bind(personId, account.accountId!);
    await scene.note({ personId });
    await recordVisit(scene.needs, staff('worker'), {
      personId,
      purpose: 'care_check',
      visitedAt: '2026-11-20T10:00:00+08:00',
      note: '金丝雀',
    });
    const { id } = await askRequest(scene.needs, account, { kind, text: '请删除我的信息' });
    return { account, personId, requestId: id };
  }
  const grant = (requestId: Id, actor: Actor = staff('worker')) =>
    grantErasure(scene.needs, actor, requestId);

  test('destroys her key where no duty keeps it; her row stays as deleted', async () => {
    const { account, personId, requestId } = await asks('19900000901');
    const { outcome, answer } = await grant(requestId);
    expect(outcome).toBe('erased');
    expect(answer).toContain('档案已经删除');
    const keys = await scene.owner.query('select 1 from data_key where owner = $1', [personId]);
    expect(keys.rows).toEqual([]);
    expect(await scene.read(personId)).toMatchObject({
      isErased: true,
      maskedName: '已删除',
      facts: [],
    });
    expect(
      (await findPersons(scene.needs, staff('worker'), { text: '19900000901', limit: 9 })).items,
    ).toEqual([]);
    expect(await readMyName(scene.needs, account)).toEqual({ name: null });
    expect((await readMyData(scene.needs, account)).requests[0]).toMatchObject({ answer });
    await expect(
      recordVisit(scene.needs, staff('worker'), {
        personId,
        purpose: 'care_check',
        visitedAt: '2026-11-23T08:00:00+08:00',
        note: '',
      }),
    ).rejects.toMatchObject({ code: 'person_not_in_area' });
    await expect(grant(requestId)).rejects.toMatchObject({ code: 'nothing_to_erase' });
  });

  test('keeps what departments and running aid must keep, and names it; her own words go', async () => {
    const { personId, requestId } = await asks('19900000902');
    await scene.departments.putPeople([
      {
        id: personId,
        name: someone.name,
        departments: [scene.departments.civilId],
        telephone: '19900000902',
      },
    ]);
    scene.duties.set(personId, '正在领取的护理补贴：须保存到最后一次发放后五年。');
    const { outcome, answer } = await grant(requestId);
    expect(outcome).toBe('kept');
    expect(answer).toContain('测试民政局的名册');
    expect(answer).toContain('护理补贴');
    const file = await scene.read(personId);
    expect(file).toMatchObject({
      isErased: false,
      facts: [],
      masked: { telephone: null, address: null },
      visits: [{ note: '' }],
    });
    expect(file.masked.idNumber).not.toBeNull();
    expect(
      (await findPersons(scene.needs, staff('worker'), { text: '19900000902', limit: 9 })).items,
    ).toEqual([]);
    expect(
      (await findPersons(scene.needs, staff('worker'), { text: '王秀芳', limit: 99 })).items.map(
        (one) => one.id,
      ),
    ).toContain(personId);
  });

  test('refuses another request, others’ people, and an account without a file', async () => {
    const correct = await asks('19900000903', 'correct');
    await expect(grant(correct.requestId)).rejects.toMatchObject({ code: 'nothing_to_erase' });
    const other = await asks('19900000904');
    await expect(grant(other.requestId, staff('worker-elsewhere'))).rejects.toMatchObject({
      code: 'not_found',
    });
    const account = await district.signUp('19900000905');
    const { id } = await askRequest(scene.needs, account, { kind: 'delete', text: '请删除' });
    await expect(grant(id, staff('district'))).rejects.toMatchObject({ code: 'nothing_to_erase' });
  });
});

test('a resident is greeted by her name once she is bound', async () => {
  const account = await district.signUp('19900000777');
  expect(await readMyName(scene.needs, account)).toEqual({ name: null });
  const personId = await scene.meetAnother({ name: '吴有名' });
  await scene.bind(personId, account.accountId!);
  expect(await readMyName(scene.needs, account)).toEqual({ name: '吴有名' });
});
