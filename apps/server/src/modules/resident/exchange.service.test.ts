import { randomUUID } from 'node:crypto';
import type { Id } from '@wennuan/basics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rosteredScene } from '../../../test-support/rostered.ts';
import { systemActor, type Actor } from '../../platform/actor.ts';
import {
  addPurposes,
  askExchange,
  endPurpose,
  noteExchanges,
  readExchanges,
  readPurposes,
  type PurposeCommand,
} from './exchange.service.ts';
import { readPersonFile } from './file.service.ts';
import { readMyData } from './my-data.service.ts';

const rostered = await rosteredScene();
const { district, scene, departments, ada, staff, purpose, allow } = rostered;
const { civilHer, bothHer, nobodys } = rostered;
let purposeId: Id;

beforeAll(async () => {
  [purposeId] = (await allow(staff('district'))) as [Id];
});
afterAll(() => rostered.close());

describe('exchange between departments', () => {
  const ask = (
    actor: Actor,
    change: Partial<{ purposeId: Id; personId: Id; reason: string }> = {},
  ) =>
    askExchange(scene.needs, actor, {
      purposeId,
      personId: bothHer,
      reason: '复核资格',
      ...change,
    });

  test('C-19: other departments’ facts come only for a named purpose, field by field, and every exchange is on record', async () => {
    const { facts } = await ask(departments.actors.disabled);
    expect(facts.map((one) => [one.field, one.values[0]!.words?.zh])).toEqual([
      ['group', '低保家庭'],
      ['household_allowance_fen', '600 元'],
    ]);
    const { items } = await readExchanges(scene.needs, staff('district'), { limit: 10 });
    expect(items).toMatchObject([
      {
        kind: 'asked',
        department: '测试残联',
        purpose: '核对两项补贴资格',
        people: 1,
        byName: 'disabled',
      },
    ]);
    expect(
      (await readExchanges(scene.needs, departments.actors.disabled, { limit: 10 })).items,
    ).toHaveLength(1);
    expect(
      (await readExchanges(scene.needs, departments.actors.civil, { limit: 10 })).items,
    ).toEqual([]);
    const sections = (await readMyData(scene.needs, ada)).sections;
    expect(sections.find((one) => one.title === '部门查询记录')?.rows).toMatchObject([
      { 部门: '测试残联', 法律依据: '《社会救助暂行办法》第五十八条' },
    ]);
    expect(sections.find((one) => one.title === '登记的情况')?.rows).toHaveLength(5);
    const audit = await scene.owner.query(
      `select subject_id from audit_entry where action = 'resident.ask_exchange' and account_id = $1`,
      [departments.actors.disabled.accountId],
    );
    expect(audit.rows).toEqual([{ subject_id: bothHer }]);
  });

  test('refuses without reason, for people of others, another’s purpose, and one that has ended', async () => {
    const { civil, disabled } = departments.actors;
    await expect(ask(disabled, { reason: ' ' })).rejects.toMatchObject({ code: 'reason_required' });
    await expect(ask(disabled, { personId: civilHer })).rejects.toMatchObject({
      code: 'person_not_in_area',
    });
    await expect(ask(civil)).rejects.toMatchObject({ code: 'purpose_not_valid' });
    const [later] = await allow(staff('district'), { validFrom: '2026-12-01' });
    await expect(ask(disabled, { purposeId: later! })).rejects.toMatchObject({
      code: 'purpose_not_valid',
    });
    const [ended] = await allow(staff('district'));
    await endPurpose(scene.needs, staff('district'), ended!);
    await expect(ask(disabled, { purposeId: ended! })).rejects.toMatchObject({
      code: 'purpose_not_valid',
    });
    await expect(endPurpose(scene.needs, staff('district'), ended!)).rejects.toMatchObject({
      code: 'not_found',
    });
    const { rows } = await scene.owner.query('select count(*)::int as n from data_exchange');
    expect(rows[0].n).toBe(1);
  });

  test('C-24: no purpose and no exchange without its legal basis, also not for the system', async () => {
    for (const legalBasis of ['', null])
      await expect(
        district.database.write(systemActor('test'), 'test.basis', (tx) =>
          addPurposes(scene.needs, tx, [purpose({ legalBasis: legalBasis as string })]),
        ),
      ).rejects.toThrow(/legal_basis/);
    const came = {
      kind: 'roster_in',
      departmentId: null,
      fromDepartmentId: departments.civilId,
      purpose: '社会救助',
      fields: [1],
      people: 2,
    } as const;
    const note = (legalBasis: string) =>
      district.database.write(systemActor('test'), 'test.exchange', (tx) =>
        noteExchanges(scene.needs, tx, [{ ...came, legalBasis }]),
      );
    await expect(note('')).rejects.toThrow(/legal_basis/);
    await note('法定职责');
    const { items } = await readExchanges(scene.needs, staff('district'), { limit: 1 });
    expect(items).toMatchObject([
      { kind: 'roster_in', from: '测试民政局', legalBasis: '法定职责', people: 2 },
    ]);
    await expect(
      scene.owner.query(
        `insert into data_exchange (id, at, kind, purpose, legal_basis, fields, area_id, people) values (gen_random_uuid(), now(), 'asked', 'x', 'x', '{}', 1, 1)`,
      ),
    ).rejects.toThrow(/check/);
  });

  test('the office’s list says which purposes hold; a wrong one is refused at its field', async () => {
    const { items } = await readPurposes(scene.needs, staff('district'));
    expect(items.filter((one) => one.isValid).map((one) => one.id)).toEqual([purposeId]);
    expect(items.find((one) => one.id === purposeId)?.fields).toHaveLength(3);
    const wrong: [Partial<PurposeCommand>, string, string][] = [
      [{ departmentId: randomUUID() as Id }, 'not_found', 'departmentId'],
      [{ fields: ['shoe_size'] }, 'purpose_invalid', 'fields'],
      [{ validUntil: '2025-12-31' }, 'purpose_invalid', 'validUntil'],
      [{ validFrom: '2025-01-01', validUntil: '2026-11-22' }, 'purpose_invalid', 'validUntil'],
    ];
    for (const [change, code, field] of wrong)
      await expect(allow(staff('district'), change)).rejects.toMatchObject({ code, field });
  });

  test('nobody’s file is anybody’s department’s', async () => {
    for (const actor of [departments.actors.civil, departments.actors.disabled])
      await expect(readPersonFile(scene.needs, actor, nobodys)).rejects.toMatchObject({
        code: 'person_not_in_area',
      });
  });

  test('a purpose that names groups hears of an illness only when it names the illness', async () => {
    await departments.putFact(bothHer, departments.civilId, ['group', 'serious_illness']);
    const groupsFor = async (fields: string[]) => {
      const [id] = await allow(staff('district'), { fields });
      const { facts } = await ask(departments.actors.disabled, { purposeId: id! });
      const group = facts.find((one) => one.field === 'group')!;
      return group.values.map(({ words }) => words!.zh).toSorted();
    };
    expect(await groupsFor(['group'])).toEqual(['低保家庭']);
    expect(await groupsFor(['group', 'illness'])).toEqual(['低保家庭', '大病患者']);
  });
});
