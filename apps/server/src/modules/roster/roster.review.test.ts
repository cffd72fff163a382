import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDistrict, type TestDistrict } from '../../../test-support/district.ts';
import {
  bringIn,
  departmentOfficer,
  dumpFiles,
  idNumber,
  sheetOf,
} from '../../../test-support/rosters.ts';
import { systemActor, type Actor } from '../../platform/actor.ts';

const actor = systemActor('test');
const CHEN = idNumber('19480716', 24);

/** The register of the dead knows a name, a sex and a place in neither list: only a person can say who it is. */
const DEATHS = sheetOf(
  '民政局-殡葬火化登记.csv',
  '逝者姓名,性别,身份证号,火化日期',
  '陈敏芳,女,,2026/01/29',
);
const DISABLED = sheetOf(
  '残联-持证残疾人.csv',
  '姓名,残疾人证号,残疾类别,残疾等级,性别,联系方式,现住址',
  `陈敏芳,${CHEN}52,肢体残疾,二级,女,19900001111,淮河路街道绿云社区康路1号院2号楼3单元4`,
);
const CHILDREN = sheetOf(
  '民政局-困境儿童.csv',
  '儿童姓名,性别,出生日期,身份证号,困境类型,监护人,监护人电话,街道,社区',
  `罗小利,男,2013-02-13,${idNumber('20130213', 939)},留守,罗大,19900002222,淮河路街道,绿云社区`,
  `罗小利,男,2013-02-13,,孤儿,罗大,,淮河路街道,绿云社区`,
);

let district: TestDistrict;
let civil: Actor;
let disabled: Actor;
const staff = (name: string) => district.actors[name]!;

beforeAll(async () => {
  district = await testDistrict();
  civil = await departmentOfficer(district, '民政局');
  disabled = await departmentOfficer(district, '残联');
  await bringIn(district, actor, DISABLED);
  await bringIn(district, actor, DEATHS);
  await bringIn(district, actor, CHILDREN);
});
afterAll(() => district.close());

/** The questions somebody is asked, as the two names with their rosters. */
async function askedOf(who: Actor): Promise<string[]> {
  const { items } = await district.roster.questions(who, { limit: 50 });
  return items.map(({ a, b }) =>
    [a, b]
      .map((row) => `${row.name}·${row.rosterName}`)
      .toSorted()
      .join(' | '),
  );
}

/** What rows are known by, in the order in which they came. */
async function lineages(): Promise<string[]> {
  const { rows } = await district.database.read(actor, (tx) =>
    sql<{ lineage_id: string }>`select lineage_id from source_row order by id`.execute(tx.db),
  );
  return rows.map(({ lineage_id }) => lineage_id);
}

const answerOf = (rowA: string, rowB: string, word: 'same' | 'different') => ({
  id: crypto.randomUUID(),
  row_a: rowA,
  row_b: rowB,
  word,
  area_id: district.areaId(),
  at: new Date('2026-11-23T10:00:00+08:00'),
});

describe('what a person says', () => {
  test('joins two files, and taking it back and saying it again gives back identical files', async () => {
    const [chen, dead] = (await lineages()) as [string, string];
    const apart = await dumpFiles(district);
    const said = answerOf(chen, dead, 'same');
    await district.database.write(actor, 'test.answer', async (tx) => {
      await tx.db.insertInto('link_answer').values(said).execute();
      await district.roster.markStale(tx);
    });
    await district.roster.linkIfStale();
    const joined = await dumpFiles(district);
    expect(joined).not.toBe(apart);
    const people = await district.database.read(actor, (tx) =>
      sql<{ id: string }>`select id from person where merged_into is not null`.execute(tx.db),
    );
    expect(people.rows).toHaveLength(1);
    await district.roster.undoAnswer(staff('district'), said.id);
    await district.roster.linkIfStale();
    expect(await dumpFiles(district)).toBe(apart);
    await expect(district.roster.undoAnswer(staff('district'), said.id)).rejects.toMatchObject({
      code: 'busy_elsewhere',
    });
    await district.database.write(actor, 'test.answer', async (tx) => {
      await tx.db
        .insertInto('link_answer')
        .values(answerOf(chen, dead, 'same'))
        .execute();
      await district.roster.markStale(tx);
    });
    await district.roster.linkIfStale();
    expect(await dumpFiles(district)).toBe(joined);
  });

  test('is put together with what hangs together only, and comes to what all rows together do', async () => {
    const { rows } = await district.database.read(actor, (tx) =>
      sql<{
        person_id: string;
        source_row_id: string;
      }>`select person_id, source_row_id from row_person
        where roster_name = '困境儿童' order by source_row_id`.execute(tx.db),
    );
    const part = { personId: rows[0]!.person_id, sourceRowId: rows[1]!.source_row_id };
    const made = async () => [await dumpFiles(district), await askedOf(staff('district'))];
    const together = await made();
    const { answerId } = await district.roster.separate(staff('worker'), part);
    const some = (await district.roster.linkIfStale())!;
    const parted = await made();
    expect(parted).not.toEqual(together);
    const all = await district.roster.relink(false);
    expect(some.rows).toBeLessThan(all.rows);
    expect(await made()).toEqual(parted);
    await district.roster.undoAnswer(staff('worker'), answerId);
    expect((await district.roster.linkIfStale())!.rows).toBe(some.rows);
    const again = await made();
    await district.roster.relink(false);
    expect(await made()).toEqual(again);
    expect(await district.roster.linkIfStale()).toBe(null);
  });

  test('parts a row from a file, and a file of one row from nothing', async () => {
    const { rows } = await district.database.read(actor, (tx) =>
      sql<{
        person_id: string;
        source_row_id: string;
      }>`select person_id, source_row_id from row_person
        where roster_name = '困境儿童' order by source_row_id`.execute(tx.db),
    );
    const [first, second] = rows;
    expect(first!.person_id).toBe(second!.person_id);
    const part = { personId: first!.person_id, sourceRowId: second!.source_row_id };
    await expect(district.roster.separate(staff('worker-elsewhere'), part)).rejects.toMatchObject({
      code: 'not_found',
    });
    const together = await dumpFiles(district);
    const { answerId } = await district.roster.separate(staff('worker'), part);
    await district.roster.linkIfStale();
    const after = await district.database.read(actor, (tx) =>
      sql<{
        n: number;
      }>`select count(distinct person_id)::int as n from row_person where roster_name = '困境儿童'`.execute(
        tx.db,
      ),
    );
    expect(after.rows[0]!.n).toBe(2);
    await district.roster.undoAnswer(staff('worker'), answerId);
    await district.roster.linkIfStale();
    // The row keeps whom it founded: her file is empty, and hers again if it is parted once more.
    expect(JSON.parse(await dumpFiles(district))[3]).toEqual(JSON.parse(together)[3]);
  });
});

describe('files that workers opened', () => {
  const met = (telephone: string) => ({
    name: '陈敏芳',
    gender: 'female' as const,
    birthDate: '1948-07-16',
    idNumber: CHEN,
    telephone,
    address: '绿云社区康路1号院2号楼3单元4',
    areaId: district.areaId(),
    consentForm: 'spoken' as const,
    consentNote: '',
  });

  test('take in what rosters say under their own id, and two of them become one only by a person’s word', async () => {
    const ids = await district.database.write(staff('worker'), 'test.meet', (tx) =>
      district.resident.create(tx, [met('19900001111'), met('19900001112')]),
    );
    await district.roster.linkIfStale();
    const { rows } = await district.database.read(actor, (tx) =>
      sql<{
        person_id: string;
      }>`select person_id from row_person where roster_name = '持证残疾人'`.execute(tx.db),
    );
    expect(ids).toContain(rows[0]!.person_id);
    const states = await district.database.read(actor, district.resident.derivedStates);
    expect(ids.map((id) => states.get(id)!.mergedInto)).toEqual([null, null]);
    expect(await askedOf(staff('worker'))).toContain('陈敏芳·走访登记 | 陈敏芳·走访登记');
    const { items } = await district.roster.questions(staff('worker'), { limit: 50 });
    const question = items.find(({ a, b }) => a.rosterName === b.rosterName)!;
    expect(question.evidence.length).toBeGreaterThan(1);
    await district.roster.answer(staff('worker'), { questionId: question.id, word: 'same' });
    await expect(
      district.roster.answer(staff('worker'), { questionId: question.id, word: 'different' }),
    ).rejects.toMatchObject({ code: 'busy_elsewhere' });
    await district.roster.linkIfStale();
    const joined = await district.database.read(actor, district.resident.derivedStates);
    const [older, younger] = ids.toSorted();
    expect(joined.get(younger!)!.mergedInto).toBe(older);
    expect(joined.get(older!)!.mergedInto).toBe(null);
    const { items: answers } = await district.roster.answers(staff('worker'), { limit: 10 });
    expect(answers[0]).toMatchObject({
      word: 'same',
      isUndone: false,
      maskedA: '陈*芳 · 走访登记',
    });
  });
});

describe('who is asked', () => {
  test('the worker of the community and the offices above her, nobody elsewhere, a department about its own rows', async () => {
    await district.database.write(actor, 'test.ask', async (tx) => {
      const ask = (departmentId: string | null, area: string) => ({
        id: crypto.randomUUID(),
        row_a: crypto.randomUUID(),
        row_b: crypto.randomUUID(),
        area_id: district.areaId(area),
        department_id: departmentId,
        score: 1,
        evidence: '[]',
        shown_sealed: Buffer.from(''),
        state: 'open' as const,
        opened_at: tx.now,
      });
      await tx.db
        .insertInto('link_question')
        .values([
          ask(civil.organizationId, '410103001001'),
          ask(null, '410103001'),
          ask(null, '410103'),
        ])
        .execute();
    });
    const count = (who: Actor) =>
      district.database.read(who, async (tx) => {
        const { rows } = await sql<{
          n: number;
        }>`select count(*)::int as n from link_question where evidence = '[]' and state = 'open'`.execute(
          tx.db,
        );
        return rows[0]!.n;
      });
    expect(await count(staff('worker'))).toBe(1);
    expect(await count(staff('worker-elsewhere'))).toBe(0);
    expect(await count(staff('street'))).toBe(2);
    expect(await count(staff('district'))).toBe(3);
    expect(await count(civil)).toBe(1);
    expect(await count(disabled)).toBe(0);
  });

  test('of rows themselves a department sees its own, the district all, workers and everybody else none', async () => {
    const seen = async (who: Actor) => {
      const counts: Record<string, number | 'no'> = {};
      for (const table of [
        'roster',
        'roster_delivery',
        'source_row',
        'delivery_row',
        'row_person',
        'row_presence',
        'founded_person',
      ])
        counts[table] = await district.database
          .read(who, async (tx) => {
            const { rows } = await sql<{
              n: number;
            }>`select count(*)::int as n from ${sql.table(table)}`.execute(tx.db);
            return rows[0]!.n;
          })
          .catch(() => 'no' as const);
      return counts;
    };
    const closed = { row_presence: 'no', founded_person: 'no' };
    expect(await seen(civil)).toEqual({
      roster: 2,
      roster_delivery: 2,
      source_row: 3,
      delivery_row: 3,
      row_person: 3,
      ...closed,
    });
    expect(await seen(disabled)).toEqual({
      roster: 1,
      roster_delivery: 1,
      source_row: 1,
      delivery_row: 1,
      row_person: 1,
      ...closed,
    });
    expect(await seen(staff('district'))).toEqual({
      roster: 3,
      roster_delivery: 3,
      source_row: 4,
      delivery_row: 4,
      row_person: 4,
      ...closed,
    });
    // What rosters state of the people of her community a worker sees in their files; the rows themselves she does not.
    expect(await seen(staff('worker'))).toEqual({
      roster: 0,
      roster_delivery: 0,
      source_row: 0,
      delivery_row: 0,
      row_person: 4,
      ...closed,
    });
    expect(await seen(staff('worker-elsewhere'))).toMatchObject({ source_row: 0, row_person: 0 });
    const nobody = {
      roster: 'no',
      roster_delivery: 'no',
      source_row: 'no',
      delivery_row: 'no',
      row_person: 'no',
      ...closed,
    };
    expect(await seen(staff('federation'))).toEqual(nobody);
    expect(await seen(await district.signUp('19900000001'))).toEqual(nobody);
  });

  test('a department brings in its own rosters only, whatever the file is called', async () => {
    const file = sheetOf(
      '民政局-特困供养人员.csv',
      '姓名,身份证号',
      `钱二,${idNumber('19550101')}`,
    );
    const { deliveryId } = await district.roster.read(disabled, file);
    const view = await district.roster.delivery(disabled, deliveryId);
    expect(view.departmentName).toBe('残联');
    await expect(district.roster.delivery(civil, deliveryId)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(district.roster.import(civil, [deliveryId])).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(district.roster.discard(civil, deliveryId)).rejects.toMatchObject({
      code: 'not_found',
    });
    await district.roster.discard(disabled, deliveryId);
  });
});

test('two rows of one ID number are parted and come together again without the rows of others', async () => {
  const number = idNumber('19510306', 31);
  await bringIn(
    district,
    actor,
    sheetOf('退役军人事务局-优抚对象.csv', '姓名,身份证号,优抚类别', `闫宇清,${number},烈士遗属`),
  );
  await bringIn(
    district,
    actor,
    sheetOf('民政局-高龄老人津贴.csv', '姓名,身份证号,月津贴', `闫宇清,${number},100`),
  );
  const { rows } = await district.database.read(actor, (tx) =>
    sql<{
      person_id: string;
      source_row_id: string;
    }>`select person_id, source_row_id from row_person
      where roster_name in ('优抚对象', '高龄老人津贴') order by source_row_id`.execute(tx.db),
  );
  expect(rows[0]!.person_id).toBe(rows[1]!.person_id);
  const made = async () => [await dumpFiles(district), await askedOf(staff('district'))];
  const { answerId } = await district.roster.separate(staff('district'), {
    personId: rows[0]!.person_id,
    sourceRowId: rows[1]!.source_row_id,
  });
  const some = (await district.roster.linkIfStale())!;
  const parted = await made();
  const all = await district.roster.relink(false);
  expect(some.rows).toBeLessThan(all.rows);
  expect(await made()).toEqual(parted);
  expect(JSON.parse(parted[0] as string)[3]).not.toContainEqual(
    expect.objectContaining({ ...rows[1]! }),
  );
  await district.roster.undoAnswer(staff('district'), answerId);
  expect((await district.roster.linkIfStale())!.rows).toBe(some.rows);
  const again = await made();
  await district.roster.relink(false);
  expect(await made()).toEqual(again);
});
