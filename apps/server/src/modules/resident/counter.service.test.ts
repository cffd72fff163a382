import type { Id } from '@wennuan/basics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestDistrict } from '../../../test-support/district.ts';
import { fileScene } from '../../../test-support/files.ts';
import { idNumberOf } from '../../../test-support/residents.ts';
import type { Actor } from '../../platform/actor.ts';
import { lookUp } from './counter.service.ts';
import { takeIn } from './taking-in.service.ts';

let district: TestDistrict;
let scene: Awaited<ReturnType<typeof fileScene>>;
const staff = (name: string) => district.actors[name]!;

beforeAll(async () => {
  scene = await fileScene();
  ({ district } = scene);
});
afterAll(() => scene.close());

describe('at the counter', () => {
  const look = (text: string, actor: Actor = staff('worker')) =>
    lookUp(scene.needs, actor, { text, purpose: 'counter_service' });
  let personId: Id;
  const idNumber = idNumberOf('1940-01-02', '002');
  beforeAll(async () => {
    personId = await scene.meetAnother({
      name: '冯窗口',
      birthDate: '1940-01-02',
      idNumber,
      telephone: '19900000661',
    });
    await scene.departments.putFact(personId, scene.departments.civilId, ['group', 'elderly']);
  });

  test.each([
    idNumber,
    ` ${idNumber.slice(0, 6)} ${idNumber.slice(6)} `,
    `${idNumber}31`,
    '19900000661',
    '冯窗口 0661',
    `fck ${idNumber.slice(-4)}`,
    `1940 ${idNumber.slice(-4)}`,
  ])('%j says who it is, what she is entitled to, what she had', async (text) => {
    expect(await look(text)).toMatchObject({
      outcome: 'found',
      person: {
        id: personId,
        maskedName: '冯*口',
        age: 86,
        groups: [{ zh: '高龄老人' }],
        entitlements: [{ code: 'P03' }],
        aid: [{ amountFen: 10_000 }],
        diedOn: null,
      },
    });
  });

  test('several are listed masked, an unknown ID number can begin a file', async () => {
    const twin = await scene.meetAnother({ name: '冯窗口', telephone: '19900000662' });
    const answer = await look('冯窗口');
    expect(answer).toMatchObject({ outcome: 'several', person: null });
    expect(answer.others.map((one) => one.id).toSorted()).toEqual([personId, twin].toSorted());
    const unknown = idNumberOf('1999-09-09');
    expect(await look(unknown)).toEqual({
      outcome: 'unknown',
      person: null,
      others: [],
      idNumber: unknown,
      unplaced: false,
    });
    expect(await look(idNumber, staff('worker-elsewhere'))).toMatchObject({ outcome: 'unknown' });
  });

  test('who stands in rosters without a community is taken in by the worker who sees her card', async () => {
    const hers = idNumberOf('1938-04-05', '004');
    const lost = await scene.meetAnother({ name: '无处', birthDate: '1938-04-05', idNumber: hers });
    for (const table of ['person', 'person_term', 'person_fact'])
      await scene.owner.query(
        `update ${table} set area_id = $1 where ${table === 'person' ? 'id' : 'person_id'} = $2`,
        [district.areaId('410103'), lost],
      );
    expect(await look(hers)).toMatchObject({ outcome: 'unknown', person: null, unplaced: true });
    // The street has no community of its own to take her into, and a part of a number is none.
    expect(await look(hers, staff('street'))).toMatchObject({ unplaced: false });
    await expect(takeIn(scene.needs, staff('worker'), hers.slice(0, 17))).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await takeIn(scene.needs, staff('worker'), hers)).toEqual({ id: lost });
    expect(await look(hers)).toMatchObject({ outcome: 'found', person: { id: lost } });
    expect((await scene.read(lost)).moves).toMatchObject([{ state: 'accepted', byName: 'worker' }]);
    // Whoever has a community is nobody's to take.
    await expect(takeIn(scene.needs, staff('worker-elsewhere'), hers)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('every look-up leaves a row with its purpose, what was typed does not stay', async () => {
    const rows = async () =>
      (
        await scene.owner.query(
          `select subject_id, reason from audit_entry where action = 'resident.look_up' order by id`,
        )
      ).rows;
    const before = (await rows()).length;
    await look(idNumber);
    await look('41019919000101001X');
    const all = await rows();
    expect(all.slice(before)).toEqual([
      { subject_id: personId, reason: 'look_up:counter_service' },
      { subject_id: '', reason: 'counter_service' },
    ]);
    expect((await scene.read(personId)).opened.at(-1)).toMatchObject({
      field: 'look_up',
      reason: '窗口办事',
    });
    const { rows: audit } = await scene.owner.query('select * from audit_entry');
    expect(JSON.stringify(audit)).not.toContain(idNumber);
  });

  test('says when a death is registered', async () => {
    await scene.departments.putFact(personId, scene.departments.civilId, ['died_on', '2026-10-10']);
    expect((await look(idNumber)).person).toMatchObject({ diedOn: '2026-10-10' });
  });
});
