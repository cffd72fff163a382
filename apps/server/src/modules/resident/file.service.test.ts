import { randomUUID } from 'node:crypto';
import { newId, type Id } from '@wennuan/basics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestDistrict } from '../../../test-support/district.ts';
import { fileScene } from '../../../test-support/files.ts';
import { openField } from './claims.service.ts';
import { endConsent, endFact, giveConsent } from './facts.service.ts';
import { withdrawConsent } from './record.service.ts';
import type { SourceLine } from './resident.needs.ts';

let district: TestDistrict;
let scene: Awaited<ReturnType<typeof fileScene>>;
const staff = (name: string) => district.actors[name]!;

beforeAll(async () => {
  scene = await fileScene();
  ({ district } = scene);
});
afterAll(() => scene.close());

describe('a file', () => {
  test('has every fact in words with its source, and conflicts side by side', async () => {
    const personId = randomUUID() as Id;
    const { civilId, disabledId } = scene.departments;
    await scene.departments.putPeople([
      { id: personId, name: '周两说', departments: [civilId, disabledId] },
    ]);
    await scene.departments.putFact(personId, civilId, ['group', 'minimum_living']);
    await scene.departments.putFact(personId, civilId, ['born_on', '1951-03-08']);
    await scene.departments.putFact(personId, disabledId, ['born_on', '1951-08-03']);
    await scene.departments.putFact(personId, disabledId, ['disability_grade', 'grade_2']);
    await scene.departments.putFact(personId, civilId, ['registered_area', '410103002001']);
    await scene.departments.putFact(personId, civilId, ['registered_area', '410199999999']);
    const line = (department: string, says: SourceLine['says']): SourceLine => ({
      sourceRowId: newId(),
      departmentId: civilId,
      department,
      roster: '名册',
      deliveredOn: '2026-10-01',
      says: { name: '周两说', ...says },
    });
    scene.sources.set(personId, [
      line('民政', { address: '绿云小区1号楼', telephone: '19900000001' }),
      line('残联', { address: '绿云小区2号楼', telephone: '199 0000 0001' }),
      line('医保', { address: null }),
    ]);
    const file = await scene.read(personId);
    expect(file.groups).toMatchObject([
      {
        words: { zh: '低保家庭' },
        since: '2025-01-01',
        isCurrent: true,
        source: { kind: 'roster', department: '测试民政局' },
      },
    ]);
    const fact = (field: string) => file.facts.find((one) => one.field === field)!;
    expect(fact('born_on')).toMatchObject({ isConflict: true, isSensitive: false });
    expect(fact('born_on').values.map((one) => one.words?.zh)).toEqual([
      '1951-**-**',
      '1951-**-**',
    ]);
    const born = await openField(scene.needs, staff('worker'), {
      personId,
      field: 'birth_date',
      reason: '核对出生日期',
    });
    expect(born.said.map((one) => one.value).toSorted()).toEqual(['1951-03-08', '1951-08-03']);
    expect(fact('disability_grade')).toMatchObject({ isSensitive: true, isConflict: false });
    expect(fact('disability_grade').values[0]!.words).toBeNull();
    expect(file.registered).toEqual([
      { code: '410103002001', name: '兰台社区' },
      { code: '410199999999', name: null },
    ]);
    expect(file.claims.map((one) => one.field)).toEqual(['address']);
    expect(file.claims[0]!.values).toMatchObject([
      { masked: '绿云小区***', sources: [{ department: '民政', on: '2026-10-01' }] },
      { masked: '绿云小区***', sources: [{ department: '残联' }] },
    ]);
    expect(file).toMatchObject({
      aid: [{ amountFen: 10_000 }],
      entitlements: [{ code: 'P03' }, { code: 'P09' }],
    });
    expect(JSON.stringify(file)).not.toContain('19900000001');
    const opened = await openField(scene.needs, staff('worker'), {
      personId,
      field: 'address',
      reason: '核对住址',
    });
    expect(opened.said.map((one) => one.value)).toEqual(['绿云小区1号楼', '绿云小区2号楼']);
  });

  test('a sensitive fact opens with a reason only, and leaves a row', async () => {
    const personId = await scene.meetAnother();
    await scene.departments.putFact(personId, scene.departments.civilId, [
      'child_hardship',
      'parent_in_prison',
    ]);
    expect(JSON.stringify((await scene.read(personId)).facts)).not.toContain('服刑');
    const ask = { personId, field: 'child_hardship', reason: '核对帮扶方案' } as const;
    await expect(
      openField(scene.needs, staff('worker'), { ...ask, reason: ' ' }),
    ).rejects.toMatchObject({ code: 'reason_required' });
    await expect(openField(scene.needs, staff('worker-elsewhere'), ask)).rejects.toMatchObject({
      code: 'person_not_in_area',
    });
    expect((await openField(scene.needs, staff('worker'), ask)).value).toContain('父母服刑');
    expect((await scene.read(personId)).opened).toMatchObject([
      { field: 'child_hardship', byName: 'worker', reason: '核对帮扶方案' },
    ]);
  });
});

describe('C-23: sensitive data by hand', () => {
  test('is kept only on a separate consent for its purpose', async () => {
    const personId = await scene.meetAnother();
    await scene.note({ personId });
    const illness = { personId, field: 'illness', value: 'dialysis' } as const;
    await expect(scene.note(illness)).rejects.toMatchObject({
      code: 'fact_consent_required',
      field: 'consentForm',
    });
    await expect(scene.note({ ...illness, consentForm: 'not_possible' })).rejects.toMatchObject({
      code: 'consent_required',
    });
    await scene.note({ ...illness, consentForm: 'spoken', consentNote: '已说明用于大病救助' });
    await scene.note({ personId, field: 'bedridden', value: 'yes' });
    await expect(
      scene.note({ personId, field: 'woman_hardship', value: 'single_mother' }),
    ).rejects.toMatchObject({ code: 'fact_consent_required' });
    expect((await scene.read(personId)).consents.map((one) => one.purpose)).toEqual([
      'need_handling',
      'health_data',
    ]);
  });

  test('of a child under 14 only through the guardian', async () => {
    const personId = await scene.meetAnother({
      name: '小朋友',
      birthDate: '2015-05-05',
      idNumber: null,
      consentForm: 'guardian',
      gender: 'unknown',
    });
    const hardship = { personId, field: 'child_hardship', value: 'left_behind' } as const;
    await expect(scene.note({ ...hardship, consentForm: 'spoken' })).rejects.toMatchObject({
      code: 'consent_required',
    });
    await expect(
      giveConsent(scene.needs, staff('worker'), {
        personId,
        purpose: 'child_data',
        form: 'paper',
        note: '',
      }),
    ).rejects.toMatchObject({ code: 'consent_required' });
    await scene.note({ ...hardship, consentForm: 'guardian' });
    expect((await scene.read(personId)).consents.at(-1)).toMatchObject({
      purpose: 'child_data',
      form: 'guardian',
    });
  });

  test('goes when the consent is taken back, at the counter or by herself; what rosters say stays', async () => {
    const personId = await scene.meetAnother();
    const ada = await district.signUp('19900000888');
    await scene.bind(personId, ada.accountId!);
    await scene.departments.putFact(personId, scene.departments.civilId, ['illness', 'cancer']);
    const noteIllness = () =>
      scene.note({ personId, field: 'illness', value: 'stroke', consentForm: 'spoken' });
    const said = async () => {
      await district.events.settle();
      const opened = await openField(scene.needs, staff('worker'), {
        personId,
        field: 'illness',
        reason: '核对',
      });
      return opened.value;
    };
    const consentId = async () =>
      (await scene.read(personId)).consents.find(
        (one) => one.purpose === 'health_data' && one.withdrawnAt === null,
      )!.id;
    await noteIllness();
    expect(await said()).toContain('脑中风');
    const ended = { personId, consentId: await consentId() };
    await endConsent(scene.needs, staff('worker'), ended);
    expect(await said()).toBe('恶性肿瘤 (2025-01-01 – …)');
    await expect(endConsent(scene.needs, staff('worker'), ended)).rejects.toMatchObject({
      code: 'not_found',
    });
    await noteIllness();
    await withdrawConsent(scene.needs, ada, await consentId());
    expect(await said()).toBe('恶性肿瘤 (2025-01-01 – …)');
  });
});

describe('noting facts', () => {
  test.each([
    ['living_alone', 'perhaps', null],
    ['died_on', '20261101', null],
    ['income_per_head_fen', '一千', null],
    ['living_alone', 'yes', '2026-11-24'],
  ] as const)('refuses %s %s since %s', async (field, value, since) => {
    const personId = await scene.meetAnother();
    await expect(scene.note({ personId, field, value, since })).rejects.toMatchObject({
      code: 'fact_invalid',
    });
  });

  test('money in yuan, dates as written; ended by the worker, a roster’s not', async () => {
    const personId = await scene.meetAnother();
    const [id] = await scene.note({
      personId,
      field: 'income_per_head_fen',
      value: '812.50',
      since: '2026-01-01',
    });
    await scene.departments.putFact(personId, scene.departments.civilId, ['employment', 'retired']);
    const file = await scene.read(personId);
    expect(file.facts.find((one) => one.field === 'income_per_head_fen')!.values).toMatchObject([
      { words: { zh: '812.50 元' }, source: { kind: 'worker' }, isCurrent: true },
    ]);
    const rosters = file.facts.find((one) => one.field === 'employment')!.values[0]!.id;
    await endFact(scene.needs, staff('worker'), { personId, factId: id! });
    await expect(
      endFact(scene.needs, staff('worker'), { personId, factId: rosters }),
    ).rejects.toMatchObject({ code: 'not_found' });
    expect(
      (await scene.read(personId)).facts.find((one) => one.field === 'income_per_head_fen')!.values,
    ).toMatchObject([{ isCurrent: false, until: '2026-11-23' }]);
  });

  test('not for people of others, nor by the street or the office', async () => {
    const personId = await scene.meetAnother();
    await expect(scene.note({ personId }, staff('worker-elsewhere'))).rejects.toMatchObject({
      code: 'person_not_in_area',
    });
    await expect(scene.note({ personId }, scene.departments.actors.civil)).rejects.toThrow(
      'permission denied',
    );
  });
});
