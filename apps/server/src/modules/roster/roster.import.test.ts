import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testDistrict, type TestDistrict } from '../../../test-support/district.ts';
import { bringIn, dumpFiles, idNumber, sheetOf } from '../../../test-support/rosters.ts';
import { systemActor } from '../../platform/actor.ts';
import { importDeliveries } from './import.service.ts';

const HEADER = '姓名,残疾人证号,残疾类别,残疾等级,性别,联系方式,现住址';
const LIU = `${idNumber('19500214')}21`;
const LI = `${idNumber('19610307', 4)}32`;
const ZHOU = `${idNumber('19720521', 11)}43`;
const line = (name: string, number: string, grade: string) =>
  `${name},${number},肢体残疾,${grade},${name === '周大山' ? '男' : '女'},19900001111,淮河路街道绿云社区康路1号院2号楼3单元4`;
const october = () =>
  sheetOf('残联-持证残疾人.csv', HEADER, line('刘小芳', LIU, '二级'), line('李秀英', LI, '三级'));
const november = () =>
  sheetOf(
    '残联-持证残疾人（2026年11月）.csv',
    HEADER,
    line('刘小芳', LIU, '一级'),
    line('周大山', ZHOU, '四级'),
  );

let district: TestDistrict;
const actor = systemActor('test');

beforeAll(async () => {
  district = await testDistrict();
});
afterAll(() => district.close());

/** Facts of one field, by name of the person. */
async function factsOf(field: number): Promise<Record<string, string[]>> {
  return await district.database.read(actor, async (tx) => {
    const { rows } = await sql<{ person_id: string; value: number; since: string; until: string }>`
      select person_id, value, since, until from person_fact where field = ${field} order by since nulls first`.execute(
      tx.db,
    );
    const known = await district.resident.people(
      tx,
      rows.map(({ person_id }) => person_id),
    );
    const facts: Record<string, string[]> = {};
    for (const { person_id, value, since, until } of rows)
      (facts[known.get(person_id)!.name] ??= []).push(`${value} ${since ?? '…'}–${until ?? '…'}`);
    return facts;
  });
}

describe('deliveries of one roster', () => {
  test('the first makes persons, facts and what they are found by', async () => {
    const figures = await bringIn(district, actor, october());
    expect(figures).toMatchObject({ rows: 2, persons: 2, newPersons: 2 });
    expect(await factsOf(1)).toEqual({ 刘小芳: ['3 …–…'], 李秀英: ['3 …–…'] });
    expect(await factsOf(11)).toEqual({ 刘小芳: ['2 …–…'], 李秀英: ['3 …–…'] });
    const { items } = await district.roster.list(district.actors['district']!);
    expect(items).toMatchObject([
      { departmentName: '残联', name: '持证残疾人', groupCode: 'disabled', rowCount: 2 },
    ]);
  });

  test('C-24: it stands in the register of exchanges with its purpose and legal ground', async () => {
    const { rows } = await district.database.read(actor, (tx) =>
      sql`select kind, legal_basis, fields, people from data_exchange`.execute(tx.db),
    );
    expect(rows).toEqual([
      { kind: 'roster_in', legal_basis: '法定职责', fields: [1, 10, 11], people: 2 },
    ]);
  });

  test('the same file again changes nothing', async () => {
    const before = await dumpFiles(district);
    const again = await district.roster.read(actor, october());
    expect(again.outcome).toBe('same');
    await district.roster.relink(false);
    expect(await dumpFiles(district)).toBe(before);
  });

  test('the next says what is new, gone and changed, and ends what is over', async () => {
    district.clock.set(new Date('2026-12-01T09:00:00+08:00'));
    const { deliveryId } = await district.roster.read(actor, november());
    const view = await district.roster.delivery(actor, deliveryId);
    expect(view).toMatchObject({ rowCount: 2, newCount: 1, goneCount: 1, changedCount: 1 });
    await district.roster.import(actor, [deliveryId]);
    // 刘小芳 is the same person under another grade; 李秀英 stands in the roster no more.
    expect(await factsOf(11)).toEqual({
      刘小芳: ['2 …–2026-12-01', '1 2026-12-01–…'],
      李秀英: ['3 …–2026-12-01'],
      周大山: ['4 2026-12-01–…'],
    });
    const links = await district.roster.links();
    expect(links.map(({ row }) => row)).toEqual([2, 3]);
  });

  test('one read and thrown away leaves nothing', async () => {
    const before = await dumpFiles(district);
    const { deliveryId } = await district.roster.read(
      actor,
      sheetOf('残联-持证残疾人.csv', HEADER, line('吴一', `${idNumber('19800101')}11`, '一级')),
    );
    const rows = () =>
      district.database.read(actor, async (tx) =>
        sql<{ n: number }>`select count(*)::int as n from source_row`.execute(tx.db),
      );
    expect((await rows()).rows[0]!.n).toBe(5);
    await district.roster.discard(actor, deliveryId);
    expect((await rows()).rows[0]!.n).toBe(4);
    await expect(district.roster.import(actor, [deliveryId])).rejects.toMatchObject({
      code: 'delivery_decided',
    });
    expect(await dumpFiles(district)).toBe(before);
  });
});

describe('when something goes wrong', () => {
  let waiting: string;
  let month = 0;
  beforeEach(async () => {
    month += 1;
    const number = `${idNumber(`19810${month}02`)}11`;
    const file = sheetOf('残联-持证残疾人.csv', HEADER, line('王一', number, '一级'));
    waiting = (await district.roster.read(actor, file)).deliveryId;
  });

  test('a fault in the middle of an import leaves the last delivery as it stood', async () => {
    const before = await dumpFiles(district);
    const broken = {
      ...district,
      newId: () => crypto.randomUUID(),
      newPersonId: () => crypto.randomUUID(),
      resident: {
        ...district.resident,
        replaceDerived: () => Promise.reject(new Error('the power went')),
      },
    };
    await expect(importDeliveries(broken, actor, [waiting])).rejects.toThrow('the power went');
    expect(await dumpFiles(district)).toBe(before);
    expect((await district.roster.delivery(actor, waiting)).state).toBe('read');
    expect(await district.roster.import(actor, [waiting])).toMatchObject({ rows: 4 });
  });

  test('of two imports of one roster at once the second is told', async () => {
    await district.database.write(actor, 'test.hold', async (tx) => {
      await sql`select 1 from roster for update`.execute(tx.db);
      await expect(district.roster.import(actor, [waiting])).rejects.toMatchObject({
        code: 'roster_busy',
      });
    });
  });
});

test('no login may change a row that came in', async () => {
  for (const login of ['system', 'staff', 'department'] as const)
    await expect(
      district.database.write({ ...actor, login }, 'test.change', (tx) =>
        sql`update source_row set sheet = 1`.execute(tx.db),
      ),
    ).rejects.toThrow('permission denied');
});

test('rows whose retention is over go, with the key that opened them', async () => {
  const keys = () =>
    district.database.read(actor, (tx) =>
      tx.db.selectFrom('source_row').select('delivery_id').distinct().execute(),
    );
  const before = await keys();
  district.clock.set(new Date('2031-01-01T09:00:00+08:00'));
  await district.roster.expire();
  expect(await keys()).toEqual([]);
  await district.database.read(actor, async (tx) => {
    const boxes = await district.vault.findBoxes(
      tx,
      before.map(({ delivery_id }) => delivery_id),
    );
    expect(boxes.size).toBe(0);
  });
  await district.roster.linkIfStale();
  expect(await factsOf(11)).toEqual({});
});

test('rows that two waiting files share are kept with whichever comes into force', async () => {
  const file = (...names: string[]) =>
    sheetOf(
      '退役军人事务局-优抚对象.csv',
      '姓名,身份证号,优抚类别',
      ...names.map((name, order) => `${name},${idNumber('19600711', order)},烈士遗属`),
    );
  const first = await district.roster.read(actor, file('郑一', '郑二'));
  const second = await district.roster.read(actor, file('郑一', '郑二', '郑三'));
  const figures = await district.roster.import(actor, [second.deliveryId]);
  expect(figures).toMatchObject({ rows: 3, persons: 3 });
  await district.roster.discard(actor, first.deliveryId);
  expect(await district.roster.relink(false)).toMatchObject({ rows: 3, persons: 3 });
});
