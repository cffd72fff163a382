import { randomUUID } from 'node:crypto';
import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rosteredScene } from '../../../test-support/rostered.ts';
import { seenBy } from '../../../test-support/seen-by.ts';
import { idNumberOf } from '../../../test-support/residents.ts';
import { paymentsActor, systemActor, visitor, type Actor } from '../../platform/actor.ts';
import { openField } from './claims.service.ts';
import { readPersonFile } from './file.service.ts';
import { proposeMove } from './move.service.ts';
import { readMyData } from './my-data.service.ts';
import { findPersons } from './search.service.ts';

const TABLES = [
  'person',
  'person_term',
  'department_term',
  'person_fact',
  'household',
  'household_member',
  'department_purpose',
  'data_exchange',
  'person_move',
  'visit',
  'consent',
] as const;

const rostered = await rosteredScene();
const { district, scene, departments, ada, staff, allow } = rostered;
const { civilHer, bothHer, disabledHer } = rostered;

beforeAll(async () => {
  await allow(staff('district'));
  await proposeMove(scene.needs, staff('worker'), {
    personId: civilHer,
    areaCode: '410103002001',
    address: '',
    reason: '已搬家',
  });
});
afterAll(() => rostered.close());

const seen = (actor: Actor) => seenBy(district.database, actor, TABLES);
const none = Object.fromEntries(TABLES.map((table) => [table, 'no']));

describe('row-level security, tried in SQL as each login', () => {
  test('a department sees the people of its own rosters, with its own facts', async () => {
    const civil = await seen(departments.actors.civil);
    expect(civil).toMatchObject({
      person: 2,
      person_fact: 4,
      department_purpose: 0,
      data_exchange: 0,
    });
    const disabled = await seen(departments.actors.disabled);
    expect(disabled).toMatchObject({ person: 2, person_fact: 1, department_purpose: 1 });
    for (const seen of [civil, disabled])
      expect(seen).toMatchObject({
        person_term: 'no',
        household: 'no',
        household_member: 0,
        person_move: 'no',
        visit: 'no',
        consent: 'no',
      });
    const elsewhere = { ...departments.actors.civil, organizationId: randomUUID() as Id };
    expect(await seen(elsewhere)).toMatchObject({
      person: 0,
      department_term: 0,
      person_fact: 0,
    });
    const claimsAreas = { ...departments.actors.civil, areaIds: [district.areaId()] };
    expect(await seen(claimsAreas)).toEqual(civil);
  });

  test('a department reads no number and no address from the file', async () => {
    for (const column of [
      'telephone_sealed',
      'id_number_sealed',
      'address_sealed',
      'birth_date_sealed',
    ])
      await expect(
        district.database.read(departments.actors.civil, (tx) =>
          sql`select ${sql.ref(column)} from person`.execute(tx.db),
        ),
      ).rejects.toThrow('permission denied');
  });

  test('a worker meets only her people', async () => {
    expect(await seen(staff('worker'))).toMatchObject({
      person: 4,
      person_fact: 6,
      department_term: 'no',
    });
    expect(await seen(staff('worker-elsewhere'))).toEqual({
      ...Object.fromEntries(TABLES.map((table) => [table, 0])),
      department_term: 'no',
      // What is proposed to her: masked name and reason, not the file.
      person_move: 1,
    });
  });

  test('only the district office sees and writes purposes', async () => {
    expect((await seen(staff('district')))['department_purpose']).toBe(1);
    for (const name of ['worker', 'street'])
      await expect(allow(staff(name))).rejects.toThrow('row-level security');
    for (const actor of [departments.actors.civil, staff('federation'), ada])
      await expect(allow(actor)).rejects.toThrow('permission denied');
  });

  test('station operator, federation, visitors and payment platforms see no fact and no list', async () => {
    expect(await seen(departments.actors.station)).toEqual(none);
    expect(await seen(paymentsActor('sandbox'))).toEqual(none);
    expect(await seen(visitor())).toEqual(none);
    expect(await seen(staff('federation'))).toEqual({ ...none, person: 0 });
    const station = { ...departments.actors.station, areaIds: [district.areaId()] };
    expect(await seen(station)).toEqual(none);
  });

  test('a station operator gets nobody’s key but the account’s own', async () => {
    const count = async (actor: Actor) =>
      await district.database.read(actor, async (tx) => {
        const { rows } = await sql<{ n: number }>`select count(*)::int as n from data_key`.execute(
          tx.db,
        );
        return rows[0]!.n;
      });
    expect(await count(departments.actors.station)).toBe(1);
    expect(await count(systemActor('test'))).toBeGreaterThan(5);
  });

  test.each([
    [
      'a worker changing what a roster says',
      'worker',
      sql`update person_fact set until = '2026-01-01' where department_id is not null`,
    ],
    ['a worker rewriting a fact', 'worker', sql`update person_fact set value = 1`],
    ['a worker deleting a fact', 'worker', sql`delete from person_fact`],
    [
      'a worker noting in a department’s name',
      'worker',
      sql`insert into person_fact (person_id, area_id, department_id, field, value, noted_at) select id, area_id, department_ids[1], 1, 1, now() from person where cardinality(department_ids) > 0`,
    ],
    [
      'a worker deciding a move past the other community',
      'worker',
      sql`update person_move set state = 'accepted', decided_at = now()`,
    ],
    ['the office rewriting an exchange', 'district', sql`update data_exchange set purpose = 'x'`],
    [
      'the office widening a purpose',
      'district',
      sql`update department_purpose set fields = '{1}'`,
    ],
  ] as const)('refuses %s', async (_, name, statement) => {
    const tried = district.database.write(staff(name), 'test.break', async (tx) => {
      const result = await statement.execute(tx.db);
      if (result.numAffectedRows === 0n)
        throw new Error('permission denied: no row is hers to change');
    });
    await expect(tried).rejects.toThrow(/permission denied|row-level security/);
  });
});

describe('what a department’s officer finds', () => {
  const find = async (actor: Actor, text: string) =>
    (await findPersons(scene.needs, actor, { text, limit: 20 })).items.map((one) => one.id);
  test('her people by name, part, sound and ID number; nobody else’s', async () => {
    const { civil, disabled } = departments.actors;
    expect(await find(civil, 'zdb')).toEqual([civilHer]);
    expect(await find(civil, '两家')).toEqual([bothHer]);
    expect(await find(civil, idNumberOf('1951-03-08', '002'))).toEqual([bothHer]);
    expect(await find(disabled, '赵低保')).toEqual([]);
    expect(await find(civil, '孙残疾')).toEqual([]);
    expect(await find(civil, '李自来')).toEqual([]);
    expect(await find(civil, '19900000311')).toEqual([]);
    expect(await find(civil, '绿云小区9号楼')).toEqual([]);
  });

  test('her own facts and nothing that others noted', async () => {
    const file = await readPersonFile(scene.needs, departments.actors.disabled, bothHer);
    expect(file).toMatchObject({
      scope: 'own_rosters',
      maskedName: '钱*家',
      groups: [],
      visits: [],
      consents: [],
      needs: [],
      opened: [],
      masked: { telephone: null, idNumber: null, address: null, birthDate: null },
    });
    expect(file.facts.map((one) => one.field)).toEqual(['disability_grade']);
    await expect(
      readPersonFile(scene.needs, departments.actors.disabled, civilHer),
    ).rejects.toMatchObject({ code: 'person_not_in_area' });
  });

  test('through the whole application: her file and the counter, with what other modules put in', async () => {
    const { handlers, fileHandlers } = district.resident;
    const actor = departments.actors.civil;
    const call = (parts: object) => ({ actor, params: {}, query: {}, ...parts }) as never;
    const file = await handlers.readPerson(call({ params: { personId: bothHer } }));
    expect(file).toMatchObject({ scope: 'own_rosters', entitlements: [], needs: [] });
    const body = { text: '钱两家', purpose: 'counter_service' };
    expect(await fileHandlers.lookUp(call({ body }))).toMatchObject({
      outcome: 'found',
      person: {
        maskedName: '钱*家',
        groups: [{ zh: '低保家庭' }],
        openNeeds: [],
        entitlements: [],
      },
    });
  });

  test('a sensitive fact only with a reason, which she sees', async () => {
    const ask = { personId: bothHer, field: 'disability_grade', reason: '核对补贴档次' } as const;
    expect(await openField(scene.needs, departments.actors.disabled, ask)).toMatchObject({
      value: '一级 (2025-01-01 – …)',
    });
    expect((await readMyData(scene.needs, ada)).openings.at(-1)).toMatchObject({
      field: 'disability_grade',
      reason: '核对补贴档次',
      byName: 'disabled',
    });
    await expect(
      openField(scene.needs, departments.actors.civil, { ...ask, personId: disabledHer }),
    ).rejects.toMatchObject({ code: 'person_not_in_area' });
  });
});
