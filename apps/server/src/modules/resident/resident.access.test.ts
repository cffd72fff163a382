import { newId, type Id } from '@wennuan/basics';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDistrict, type TestDistrict } from '../../../test-support/district.ts';
import { residentScene, someone } from '../../../test-support/residents.ts';
import { seenBy } from '../../../test-support/seen-by.ts';
import { paymentsActor, systemActor, visitor, type Actor } from '../../platform/actor.ts';
import { bindTelephone, unbind } from './binding.service.ts';
import { askRequest } from './my-data.service.ts';
import { openField } from './claims.service.ts';
import { declareRelative, recordVisit, withdrawConsent } from './record.service.ts';

const TABLES = [
  'person',
  'person_term',
  'person_binding',
  'person_share',
  'visit',
  'consent',
  'field_opening',
  'data_request',
] as const;

let district: TestDistrict;
let scene: Awaited<ReturnType<typeof residentScene>>;
let ada: Actor;
let berta: Actor;
let wang: Id;
const staff = (name: string) => district.actors[name]!;

const seen = (actor: Actor) => seenBy(district.database, actor, TABLES);
const isSeen = (actor: Actor, personId: Id) =>
  district.database.read(actor, async (tx) =>
    (await scene.resident.people(tx, [personId])).has(personId),
  );

beforeAll(async () => {
  district = await testDistrict();
  scene = await residentScene(district);
  ada = await district.signUp('19900000001');
  berta = await district.signUp('19900000002');
  wang = await scene.meet({ consentNote: '金丝雀同意' });
  await bindTelephone(scene.needs, staff('worker'), {
    personId: wang,
    telephone: '19900000001',
    method: 'face_to_face',
  });
  await recordVisit(scene.needs, staff('worker'), {
    personId: wang,
    purpose: 'care_check',
    visitedAt: '2026-11-22T10:00:00+08:00',
    note: '金丝雀走访',
  });
  await openField(scene.needs, staff('worker'), {
    personId: wang,
    field: 'name',
    reason: '金丝雀理由',
  });
  await askRequest(scene.needs, ada, { kind: 'correct', text: '金丝雀请求' });
  await declareRelative(scene.needs, staff('worker'), { personId: wang, relation: '金丝雀姑侄' });
  await district.database.write(staff('street'), 'test.share', (tx) =>
    scene.resident.shareWithFederation(tx, [{ personId: wang, basis: 'consent' }]),
  );
});
afterAll(async () => {
  await scene.owner.end();
  await district.close();
});

describe('row-level security, tried in SQL as each login', () => {
  test('staff see their areas, the street what is below it', async () => {
    const all = {
      person: 1,
      person_term: 14,
      person_binding: 1,
      person_share: 1,
      visit: 1,
      consent: 1,
      field_opening: 1,
      data_request: 1,
    };
    for (const name of ['worker', 'worker2', 'street', 'district'])
      expect(await seen(staff(name))).toEqual(all);
    expect(await seen(systemActor('test'))).toEqual(all);
  });

  test('staff elsewhere see nothing', async () => {
    const none = Object.fromEntries(TABLES.map((table) => [table, 0]));
    for (const name of ['worker-elsewhere', 'street-elsewhere'])
      expect(await seen(staff(name))).toEqual(none);
    expect(await seen({ ...staff('worker'), areaIds: [] })).toEqual(none);
  });

  test('a resident sees the person bound to her, another none', async () => {
    const own = {
      person: 1,
      person_term: 'no',
      person_binding: 1,
      person_share: 1,
      visit: 1,
      consent: 1,
      field_opening: 1,
      data_request: 1,
    };
    expect(await seen(ada)).toEqual(own);
    const nothing = Object.fromEntries(
      TABLES.map((table) => [table, table === 'person_term' ? 'no' : 0]),
    );
    expect(await seen(berta)).toEqual(nothing);
    expect(await seen({ ...berta, areaIds: [district.areaId()] })).toEqual(nothing);
  });

  test('the federation sees the person shared with it, and none of her file', async () => {
    expect(await seen(staff('approver'))).toEqual({
      ...Object.fromEntries(TABLES.map((table) => [table, 'no'])),
      person: 1,
    });
    const other = await scene.meet({ name: '李不相干', idNumber: null });
    expect(await isSeen(staff('federation'), other)).toBe(false);
    expect(await isSeen(staff('worker'), other)).toBe(true);
  });

  test('visitors and payment platforms may not even ask', async () => {
    const no = Object.fromEntries(TABLES.map((table) => [table, 'no']));
    expect(await seen(visitor())).toEqual(no);
    expect(await seen(paymentsActor('sandbox'))).toEqual(no);
  });

  test.each([
    [
      'staff moving a person into another area',
      'worker',
      sql`update person set area_id = area_id + 1`,
    ],
    ['staff rewriting an opening', 'worker', sql`update field_opening set reason_sealed = ''`],
    ['staff deleting an opening', 'worker', sql`delete from field_opening`],
    ['staff deleting a person', 'worker', sql`delete from person`],
    ['staff rewriting a visit', 'worker', sql`update visit set note_sealed = ''`],
    ['the federation changing a person', 'federation', sql`update person set gender = 'male'`],
    [
      'the federation reading what a tie is',
      'approver',
      sql`select relation_sealed from relative_declaration`,
    ],
  ] as const)('refuses %s', async (_, name, statement) => {
    await expect(
      district.database.write(staff(name), 'test.break', (tx) => statement.execute(tx.db)),
    ).rejects.toThrow('permission denied');
  });

  test('refuses a resident sharing herself, binding herself, or consenting for another', async () => {
    const tries = [
      sql`update person set shared_with_federation = true`,
      sql`insert into consent (id, account_id, purpose, form, given_at) values (${newId()}, ${berta.accountId}, 'x', 'own_account', now())`,
    ];
    for (const statement of tries)
      await expect(
        district.database.write(ada, 'test.break', (tx) => statement.execute(tx.db)),
      ).rejects.toThrow('row-level security');
    await expect(
      district.database.write(berta, 'test.break', (tx) =>
        tx.db.updateTable('person').set({ account_id: berta.accountId }).execute(),
      ),
    ).rejects.toThrow('permission denied');
  });
});

test('nothing personal is anywhere in the database in the clear', async () => {
  const { rows: tables } = await scene.owner.query<{ name: string }>(
    `select format('%I', table_name) as name from information_schema.tables where table_schema = $1`,
    [district.connection.schema],
  );
  const canaries = [
    '王秀芳',
    '19900000074',
    '19900000001',
    someone.idNumber,
    '3号楼',
    '1951-03-08',
    '金丝雀',
  ];
  const spellings = canaries.flatMap((text) => [
    text,
    Buffer.from(text).toString('hex'),
    Buffer.from(text).toString('base64').slice(0, -3),
  ]);
  expect(tables.length).toBeGreaterThan(20);
  for (const { name } of tables) {
    const { rows } = await scene.owner.query<{ line: string }>(
      `select t::text as line from ${name} t`,
    );
    const dump = rows.map((row) => row.line).join('\n');
    for (const spelling of spellings)
      expect(dump.includes(spelling), `${spelling} in ${name}`).toBe(false);
  }
});

describe('binding', () => {
  test('shows an account its person, and tells it', async () => {
    const personOf = (actor: Actor) =>
      district.database.read(actor, (tx) => scene.resident.personOf(tx, actor.accountId!));
    expect(await personOf(ada)).toBe(wang);
    expect(await personOf(berta)).toBeNull();
    const { rows } = await scene.owner.query('select topic from message where account_id = $1', [
      ada.accountId,
    ]);
    expect(rows).toContainEqual({ topic: 'service' });
  });

  test('is one to one, and keeps its history', async () => {
    const other = await scene.meet({ name: '李桂英', idNumber: null, telephone: null });
    const bind = (personId: Id, telephone: string) =>
      bindTelephone(scene.needs, staff('worker'), { personId, telephone, method: 'id_check' });
    await expect(bind(other, '19900000001')).rejects.toMatchObject({ code: 'already_bound' });
    await expect(bind(other, '19900000999')).rejects.toMatchObject({ code: 'account_unknown' });
    await expect(bind(other, '123')).rejects.toMatchObject({ code: 'telephone_invalid' });
    await expect(bind(newId(), '19900000002')).rejects.toMatchObject({
      code: 'person_not_in_area',
    });
    const elsewhere = await scene.meet(
      { name: '兰台人', idNumber: null, areaId: district.areaId('410103002001') },
      staff('worker-elsewhere'),
    );
    await expect(
      scene.bind(elsewhere, ada.accountId!, staff('worker-elsewhere')),
    ).rejects.toMatchObject({ code: 'already_bound' });

    await bind(other, '19900000002');
    await bind(other, '19900000002');
    const carla = await district.signUp('19900000003');
    await scene.bind(other, carla.accountId!);
    expect(await isSeen(carla, other)).toBe(true);
    expect(await isSeen(berta, other)).toBe(false);
    await unbind(scene.needs, staff('worker'), other);
    expect(await isSeen(carla, other)).toBe(false);
    await expect(unbind(scene.needs, staff('worker'), other)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(unbind(scene.needs, staff('worker-elsewhere'), other)).rejects.toMatchObject({
      code: 'person_not_in_area',
    });
    const { rows } = await scene.owner.query(
      'select account_id, ended_at is not null as ended from person_binding where person_id = $1 order by bound_at, id',
      [other],
    );
    expect(rows).toEqual([
      { account_id: berta.accountId, ended: true },
      { account_id: carla.accountId, ended: true },
    ]);
  });

  test('two workers binding one account at once: one of them is refused', async () => {
    const dora = await district.signUp('19900000004');
    const [one, two] = [
      await scene.meet({ name: '孙一', idNumber: null }),
      await scene.meet({ name: '孙二', idNumber: null }),
    ];
    const outcomes = await Promise.allSettled([
      scene.bind(one, dora.accountId!, staff('worker')),
      scene.bind(two, dora.accountId!, staff('worker2')),
    ]);
    expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find((outcome) => outcome.status === 'rejected')).toMatchObject({
      reason: { code: 'already_bound' },
    });
  });

  test('makes what the account agreed to before the person’s own', async () => {
    const emma = await district.signUp('19900000005');
    const consents = await district.database.write(emma, 'test.consent', (tx) =>
      scene.resident.noteConsents(tx, [
        {
          personId: null,
          accountId: emma.accountId,
          areaId: district.areaId(),
          purpose: 'need_handling',
          form: 'own_account',
          note: '',
        },
      ]),
    );
    const person = await scene.meet({ name: '周五', idNumber: null });
    await scene.bind(person, emma.accountId!);
    const { rows } = await scene.owner.query(
      'select id from consent where person_id = $1 and account_id = $2',
      [person, emma.accountId],
    );
    expect(rows.map((row) => row.id)).toContain(consents[0]);
  });
});

describe('standing aside', () => {
  test('goes by declaration and by being the person herself, for many at once', async () => {
    const accounts = [staff('worker').accountId!, staff('worker2').accountId!, ada.accountId!];
    const ask = (actor: Actor, persons: Id[]) =>
      district.database.read(actor, (tx) => scene.resident.relativesOf(tx, accounts, persons));
    const expected = new Set([staff('worker').accountId!, ada.accountId!]);
    expect(await ask(staff('approver'), [wang, newId()])).toEqual(expected);
    expect(await ask(staff('worker2'), [wang])).toEqual(expected);
    expect(await ask(staff('approver'), [newId()])).toEqual(new Set());
    expect(await ask(staff('approver'), [])).toEqual(new Set());
  });

  test('is declared once, for somebody one may see', async () => {
    await declareRelative(scene.needs, staff('worker'), { personId: wang, relation: '姑侄' });
    await declareRelative(scene.needs, staff('approver2'), { personId: wang, relation: '邻居' });
    await expect(
      declareRelative(scene.needs, staff('worker-elsewhere'), { personId: wang, relation: '表亲' }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('sharing with the federation', () => {
  test('ends with the consent it rested on, unless a proposal is on file', async () => {
    const franka = await district.signUp('19900000006');
    const person = await scene.meet({ name: '吴六', idNumber: null });
    await scene.bind(person, franka.accountId!);
    const agree = async () => {
      const [id] = await district.database.write(franka, 'test.consent', (tx) =>
        scene.resident.noteConsents(tx, [
          {
            personId: person,
            accountId: franka.accountId,
            areaId: district.areaId(),
            purpose: 'share_with_federation',
            form: 'own_account',
            note: '',
          },
        ]),
      );
      return id!;
    };
    const share = (basis: 'consent' | 'proposal', actor = staff('street')) =>
      district.database.write(actor, 'test.share', (tx) =>
        scene.resident.shareWithFederation(tx, [{ personId: person, basis }]),
      );
    const first = await agree();
    await expect(share('consent', staff('street-elsewhere'))).rejects.toMatchObject({
      code: 'person_not_in_area',
    });
    await expect(share('consent', staff('federation'))).rejects.toMatchObject({
      code: 'person_not_in_area',
    });
    await share('consent');
    expect(await isSeen(staff('federation'), person)).toBe(true);
    await share('consent', staff('federation'));
    await expect(withdrawConsent(scene.needs, berta, first)).rejects.toMatchObject({
      code: 'not_found',
    });
    await withdrawConsent(scene.needs, franka, first);
    expect(await isSeen(staff('federation'), person)).toBe(false);
    await expect(withdrawConsent(scene.needs, franka, first)).rejects.toMatchObject({
      code: 'not_found',
    });

    const second = await agree();
    await share('consent');
    await share('proposal');
    await withdrawConsent(scene.needs, franka, second);
    expect(await isSeen(staff('federation'), person)).toBe(true);
  });
});
