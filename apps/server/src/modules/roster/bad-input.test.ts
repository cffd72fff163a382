import type { WriteSheet } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDistrict, type TestDistrict } from '../../../test-support/district.ts';
import {
  idNumber,
  readAndDiscard,
  refusalOf,
  type RosterFile,
  sheetOf,
  workbook,
} from '../../../test-support/rosters.ts';
import { oldWorkbook, zipBomb } from '../../../test-support/hostile-files.ts';
import { systemActor } from '../../platform/actor.ts';
import { chooseColumn } from './delivery.service.ts';
import { problemSheet } from './problem.sheet.ts';

const actor = systemActor('test');
let district: TestDistrict;
beforeAll(async () => {
  district = await testDistrict();
});
afterAll(() => district.close());

const refusal = (file: RosterFile) => refusalOf(district, actor, file);

const HEADER = ['姓名', '身份证号', '优抚类别', '街道办', '社区', '联系电话'];
const ROW = [
  '闫宇清',
  idNumber('19550429', 705),
  '参战退役人员',
  '淮河路街道',
  '绿云社区',
  '19900004996',
];

describe('a file that is no roster is answered with a sentence', () => {
  test('protected by a password', async () => {
    const locked = await workbook('民政局-低保.xlsx', [{ name: '名册', rows: [HEADER, ROW] }], {
      encryption: { password: '123456', spinCount: 1_000 },
    });
    expect(await refusal(locked)).toBe('roster_password');
  });

  test('an old .xls under another ending, a page of the web, a picture, nothing at all', async () => {
    expect(await refusal({ fileName: '民政局-低保.xlsx', bytes: oldWorkbook() })).toBe(
      'roster_old_format',
    );
    expect(await refusal(sheetOf('民政局-低保.csv', '<html><table><tr><td>姓名'))).toBe(
      'roster_old_format',
    );
    const picture = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    expect(await refusal({ fileName: '民政局-低保.xlsx', bytes: picture })).toBe(
      'roster_unreadable',
    );
    expect(await refusal({ fileName: '民政局-低保.csv', bytes: Buffer.alloc(0) })).toBe(
      'roster_empty',
    );
    const cut = (await workbook('a.xlsx', [{ name: '名册', rows: [HEADER, ROW] }])).bytes.subarray(
      0,
      900,
    );
    expect(await refusal({ fileName: '民政局-低保.xlsx', bytes: cut })).toBe('roster_unreadable');
  });

  test('a bomb, whatever the archive says of its own sizes', async () => {
    expect(await refusal({ fileName: '民政局-低保.xlsx', bytes: zipBomb() })).toBe(
      'roster_too_many_cells',
    );
  });

  test('two people side by side in a line, of whom one would be lost', async () => {
    const line = (order: number) => `甲${order},${idNumber('19550214', order)},绿云社区`;
    const sheet = sheetOf(
      '民政局-低保.csv',
      '姓名,身份证号,社区,,姓名,身份证号,社区',
      ...[101, 103, 105].map((order) => `${line(order)},,${line(order + 100)}`),
    );
    expect(await refusal(sheet)).toBe('roster_side_by_side');
  });

  test('a quotation mark that swallows the lines below it', async () => {
    const lines = Array.from({ length: 80 }, (_, order) => `甲,${idNumber('19550214', order)}`);
    expect(await refusal(sheetOf('民政局-低保.csv', '姓名,身份证号', '"乙,1', ...lines))).toBe(
      'sheet_quote_open',
    );
  });

  test('a list of other things, and a roster without anybody', async () => {
    expect(
      await refusal(sheetOf('areas.csv', 'code,name,level,parent_code', '410103,二七区,district,')),
    ).toBe('roster_not_a_roster');
    expect(await refusal(sheetOf('民政局-低保.csv', HEADER.join(',')))).toBe('roster_not_a_roster');
  });
});

describe('a workbook as offices make them', () => {
  test('thirty sheets, of which some are rosters, one is hidden and some are notes', async () => {
    const sheets = Array.from({ length: 30 }, (_, index): WriteSheet => {
      const number = idNumber('19550429', 100 + index);
      if (index % 10 === 9) return { name: `说明${index}`, rows: [['填报说明'], ['请按模板填写']] };
      return {
        name: `街道${index}`,
        hidden: index === 4,
        rows: [
          ['优抚对象数据'],
          HEADER,
          [`闫宇${'甲乙丙丁戊己庚辛壬癸'[index % 10]!}`, number, ...ROW.slice(2)],
          ['合计', 1],
        ],
      };
    });
    const view = await readAndDiscard(
      district,
      actor,
      await workbook('退役军人事务局-优抚对象.xlsx', sheets),
    );
    expect(view.rowCount).toBe(26);
    expect(view.sheets).toHaveLength(30);
    expect(
      view.sheets.filter(({ isRoster }) => isRoster).every(({ headerLine }) => headerLine === 2),
    ).toBe(true);
  });

  test('four hundred columns, hidden ones, formulas with the value saved beside them', async () => {
    const extra = Array.from({ length: 394 }, (_, index) => `备用${index + 1}`);
    const rows = [
      [...HEADER, ...extra],
      [...ROW, ...extra.map((_, index) => index)],
    ];
    const cells = new Map([
      ['1,5', { formula: 'CONCATENATE("1990000","4996")', value: '19900004996' }],
    ]);
    const view = await readAndDiscard(
      district,
      actor,
      await workbook('退役军人事务局-优抚对象.xlsx', [
        {
          name: '名册',
          rows,
          cells,
          columns: [{ hidden: true }, {}, { hidden: true }],
        } as WriteSheet,
      ]),
    );
    expect(view.sheets[0]!.columns).toHaveLength(400);
    expect(view.sheets[0]!.columns.slice(0, 6).map(({ field }) => field)).toEqual([
      'name',
      'idNumber',
      'fact:veteran_category',
      'street',
      'area',
      'telephone',
    ]);
    expect(view).toMatchObject({ rowCount: 1, problemCount: 0 });
  });

  test('dates as numbers, as dates and as text in six styles', async () => {
    const written = [
      20_134,
      new Date('1955-02-14T00:00:00Z'),
      '1955-02-14',
      '1955/2/14',
      '1955.2.14',
      '1955年2月14日',
      '19550214',
      '一九五五年二月十四日',
    ];
    const rows = written.map((date, index) => [
      `闫宇${'甲乙丙丁戊己庚辛'[index]!}`,
      date,
      idNumber('19550214', 100 + index),
    ]);
    const sheet = { name: '名册', rows: [['姓名', '出生日期', '身份证号'], ...rows] };
    const view = await readAndDiscard(
      district,
      actor,
      await workbook('退役军人事务局-优抚对象.xlsx', [sheet]),
    );
    expect(view).toMatchObject({ rowCount: 8, problemCount: 0 });
  });
});

test('text in GB18030 and in UTF-8 with and without a mark in front', async () => {
  const text = `姓名,身份证号,特扶类型\n吴波强,${idNumber('19740825', 393)},独生子女伤残\n`;
  // 吴波强 and the header in GB18030.
  const gb = Buffer.from(
    'd0d5c3fb2cc9edb7ddd6a4bac52cccd8b7f6c0e0d0cd0acee2b2a8c7bf2c' +
      Buffer.from(`${idNumber('19740825', 393)},`).toString('hex') +
      'b6c0c9fad7d3c5aec9cbb2d00a',
    'hex',
  );
  for (const bytes of [
    Buffer.from(text),
    Buffer.from(`\uFEFF${text}`),
    Buffer.from(`\uFEFF${text}`, 'utf16le'),
    Buffer.from(text, 'utf16le'),
    Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
    Buffer.from(text, 'utf16le').swap16(),
    gb,
  ]) {
    const view = await readAndDiscard(district, actor, {
      fileName: '卫健委-计生特殊家庭.csv',
      bytes,
    });
    expect(view).toMatchObject({ rowCount: 1, problemCount: 0, groupCode: 'bereaved_family' });
    expect(view.sheets[0]!.columns.map(({ field }) => field)).toEqual([
      'name',
      'idNumber',
      'fact:bereavement',
    ]);
  }
});

test('a file’s name is kept without folders and signs that nobody sees', async () => {
  const named = sheetOf(
    `../民政局\u0000-低保\u202E${'长'.repeat(500)}.csv`,
    '姓名,身份证号',
    `甲,${idNumber('19550214')}`,
  );
  const { fileName } = await readAndDiscard(district, actor, named);
  expect(fileName).toMatch(/^长{1,116}\.csv$/);
});

test('says by cell what is wrong, and keeps the rest of the row', async () => {
  const good = idNumber('19550214', 101);
  const view = await readAndDiscard(
    district,
    actor,
    sheetOf(
      '民政局-高龄老人津贴.csv',
      '序号,姓名,性别,出生日期,身份证号,街道,社区,联系电话,月津贴',
      `1,甲一,男,1955-02-14,${good},淮河路街道,绿云社区,19900004996,100`,
      `2,乙二,女,1955-02-14,4.10199E+17,淮河路街道,绿云社区,19900004996,100`,
      `3,丙三,女,1955-02-14,${good.slice(0, 16)}${good[16] === '1' ? '2' : '1'}${good[17]},淮河路街道,绿云社区,19900004996,100`,
      `4,丁四,女,2027-02-14,,淮河路街道,绿云社区,19900004996,100`,
      `5,戊五,男,二月初三,${idNumber('19550215', 103)},淮河路街道,天上人间社区,电话是19,三百`,
      `6,己六,女,1955-02-14,${good},淮河路街道,绿云社区,19900004996,100`,
      `7,,女,1955-02-16,${idNumber('19550216', 104)},淮河路街道,绿云社区,19900004996,100`,
      `1,甲一,男,1955-02-14,${good},淮河路街道,绿云社区,19900004996,100`,
      '合计,7,,,,,,,700',
    ),
  );
  expect(view.rowCount).toBe(8);
  const found = view.problems.map(({ cell, header, kind }) => `${cell} ${header} ${kind}`);
  expect(found).toEqual([
    'E3 身份证号 id_scientific',
    'E4 身份证号 id_checksum',
    'D5 出生日期 born_in_future',
    'D6 出生日期 date_unreadable',
    'H6 联系电话 telephone_unreadable',
    'I6 月津贴 amount_unreadable',
    'C7 性别 id_contradicts_sex',
    'E7 身份证号 id_shared',
    'B8 姓名 name_missing',
    '9  row_twice',
  ]);
});

test('a page shows the first wrong cells, the list for the department has them all', async () => {
  const rows = Array.from({ length: 520 }, (_, at) => `甲${at},女,二月初三,绿云社区`);
  const file = sheetOf('民政局-高龄老人津贴.csv', '姓名,性别,出生日期,社区', ...rows);
  const { deliveryId } = await district.roster.read(actor, file);
  const view = await district.roster.delivery(actor, deliveryId);
  expect(view.problemCount).toBe(520);
  expect(view.problems).toHaveLength(500);
  const all = await district.roster.problems(actor, deliveryId);
  expect(all.at(-1)).toMatchObject({ cell: 'C521', header: '出生日期', kind: 'date_unreadable' });
  const sheet = await problemSheet(
    { ...district, newId: () => crypto.randomUUID(), newPersonId: () => crypto.randomUUID() },
    district.actors['district']!,
    deliveryId,
  );
  expect(sheet.subarray(0, 2).toString()).toBe('PK');
  await district.roster.discard(actor, deliveryId);
});

test('remembers what a person said a column means, for the next delivery and the department’s other rosters', async () => {
  const file = (name: string) =>
    sheetOf(
      name,
      '姓名,性别,身份证号,困难类型,住在',
      `甲一,女,${idNumber('19550214', 102)},残疾,绿云社区`,
    );
  const { deliveryId } = await district.roster.read(actor, file('妇联-困难妇女.csv'));
  const before = await district.roster.delivery(actor, deliveryId);
  expect(before.sheets[0]!.columns.at(-1)).toMatchObject({
    header: '住在',
    field: 'text',
    samples: ['绿云社区'],
  });
  expect(before.sheets[0]!.columns.map(({ samples }) => samples[0]).slice(0, 3)).toEqual([
    '甲*',
    '女',
    expect.stringMatching(/^410\*\*\*..$/),
  ]);
  // Whoever corrects a column finds each meaning once.
  const labels = before.choices.map(({ label }) => label);
  expect(labels).toEqual([...new Set(labels)]);
  const needs = {
    ...district,
    newId: () => crypto.randomUUID(),
    newPersonId: () => crypto.randomUUID(),
  };
  const office = district.actors['district']!;
  const chosen = await chooseColumn(needs, office, { deliveryId, header: '住在', field: 'area' });
  expect(chosen.sheets[0]!.columns.at(-1)).toMatchObject({ field: 'area', isChosen: true });
  await expect(
    chooseColumn(needs, office, { deliveryId, header: '住在', field: 'fact:nothing' }),
  ).rejects.toMatchObject({ code: 'column_unknown' });
  await district.roster.discard(actor, deliveryId);
  const later = await readAndDiscard(district, actor, file('妇联-单亲母亲摸底.csv'));
  expect(later.sheets[0]!.columns.at(-1)).toMatchObject({ field: 'area', isChosen: true });
});
