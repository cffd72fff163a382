import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDistrict, type TestDistrict } from '../../../test-support/district.ts';
import {
  bringIn,
  idNumber,
  readAndDiscard,
  refusalOf,
  type RosterFile,
  sheetOf,
  workbook,
} from '../../../test-support/rosters.ts';
import { systemActor } from '../../platform/actor.ts';

const actor = systemActor('test');
let district: TestDistrict;
beforeAll(async () => {
  district = await testDistrict();
});
afterAll(() => district.close());

const refusal = (file: RosterFile) => refusalOf(district, actor, file);

describe('tables as offices draw them', () => {
  const person = (order: number) => [
    `闫宇${'甲乙丙丁戊己庚辛壬癸'[order % 10]!}`,
    idNumber('19550429', 200 + order),
  ];
  const areasOf = async (deliveryId: string) =>
    await district.database.read(actor, async (tx) => {
      const rows = await tx.db
        .selectFrom('row_person')
        .innerJoin('delivery_row', 'delivery_row.source_row_id', 'row_person.source_row_id')
        .where('delivery_row.delivery_id', '=', deliveryId)
        .select(['delivery_row.line', 'row_person.area_id'])
        .orderBy('delivery_row.sheet')
        .orderBy('delivery_row.line')
        .execute();
      return rows.map(({ line, area_id }) => `${line} ${district.place.area(area_id).name}`);
    });

  test('a sheet for each community, and headings between people, say where they live', async () => {
    const file = await workbook('民政局-低保分社区.xlsx', [
      { name: '绿云社区', rows: [['姓名', '身份证号'], person(1), ['小计', '1人'], person(2)] },
      {
        name: '其他',
        rows: [
          ['低保家庭名册'],
          ['姓名', '身份证号'],
          ['一、淮南社区（2户）'],
          person(3),
          ['小计', '1'],
          ['（二）绿云社区'],
          person(4),
          ['合计', '2'],
        ],
      },
    ]);
    const { deliveryId } = await district.roster.read(actor, file);
    const view = await district.roster.delivery(actor, deliveryId);
    expect(view.sheets.map(({ place, rowCount }) => [place, rowCount])).toEqual([
      ['绿云社区', 2],
      [null, 2],
    ]);
    await district.roster.import(actor, [deliveryId]);
    expect(await areasOf(deliveryId)).toEqual([
      '2 绿云社区',
      '4 绿云社区',
      '4 淮南社区',
      '7 绿云社区',
    ]);
  });

  test('a cell merged over several people counts for each', async () => {
    const view = await readAndDiscard(
      district,
      actor,
      await workbook('民政局-低保合并.xlsx', [
        {
          name: '名册',
          rows: [
            ['社区', '低保证号', '姓名', '身份证号'],
            ['天上人间社区', 'DB1', ...person(1)],
            [null, null, ...person(2)],
          ],
          merges: [
            { startRow: 1, startCol: 0, endRow: 2, endCol: 0 },
            { startRow: 1, startCol: 1, endRow: 2, endCol: 1 },
          ],
        },
      ]),
    );
    expect(view.problems.map(({ line, kind }) => `${line} ${kind}`)).toEqual([
      '2 area_unknown',
      '3 area_unknown',
    ]);
  });

  test('another table below, other groups on other sheets, and members in numbered columns are refused', async () => {
    const below = sheetOf(
      '民政局-低保.csv',
      '姓名,身份证号,社区',
      `${person(1).join(',')},绿云社区`,
      '社区,姓名,身份证号',
      `绿云社区,${person(2).join(',')}`,
    );
    expect(await refusal(below)).toBe('roster_two_tables');
    const above = sheetOf(
      '民政局-低保.csv',
      '姓名,身份证号',
      person(1).join(','),
      '序号,姓名,身份证号,社区,电话',
      `1,${person(2).join(',')},绿云社区,19900004996`,
    );
    expect(await refusal(above)).toBe('roster_two_tables');
    const rows = [['姓名', '身份证号'], person(1)];
    const groups = await workbook('民政局-名册.xlsx', [
      { name: '低保户', rows },
      { name: '特困人员', rows },
    ]);
    expect(await refusal(groups)).toBe('roster_several_groups');
    const members = sheetOf(
      '民政局-低保.csv',
      '成员1姓名,成员1身份证号,成员2姓名,成员2身份证号',
      [...person(1), ...person(2)].join(','),
    );
    expect(await refusal(members)).toBe('roster_side_by_side');
    const family = sheetOf(
      '民政局-低保.csv',
      '申请人姓名,申请人身份证号,共同生活成员姓名,共同生活成员身份证号',
      [...person(1), ...person(2)].join(','),
    );
    expect(await refusal(family)).toBe('roster_side_by_side');
  });

  test('the list of another community is no new delivery of this one', async () => {
    const list = (name: string, order: number) =>
      sheetOf(
        `妇联-${name}单亲母亲.csv`,
        '姓名,身份证号,困难类型',
        `${person(order).join(',')},单亲`,
      );
    await bringIn(district, actor, list('绿云社区', 5));
    const { deliveryId } = await district.roster.read(actor, list('淮南社区', 6));
    expect(await district.roster.delivery(actor, deliveryId)).toMatchObject({
      newCount: 1,
      goneCount: 0,
    });
  });

  test('a roster without communities says of how many nobody knows theirs, until it comes with the column', async () => {
    const known = async () => {
      const { items } = await district.roster.list(actor);
      return items.find(({ name }) => name === '大病患者')!.unplacedCount;
    };
    const bare = [person(7), person(8)].map((cells) => cells.join(','));
    await bringIn(district, actor, sheetOf('医保局-大病患者.csv', '姓名,身份证号', ...bare));
    expect(await known()).toBe(2);
    const placed = [`${bare[0]},绿云社区`, `${bare[1]},`];
    await bringIn(district, actor, sheetOf('医保局-大病患者.csv', '姓名,身份证号,社区', ...placed));
    expect(await known()).toBe(1);
  });
});
