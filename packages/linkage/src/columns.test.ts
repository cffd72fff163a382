import { expect, test } from 'vitest';
import { checkCharacter } from './citizen-id-checksum.ts';
import { type Column, readSheet, rosterRow } from './columns.ts';
import { isOtherHeader } from './header.ts';
import type { Cell } from './plain-text.ts';
import { readRow } from './row.ts';

function number(index: number): string {
  const seventeen = `4101991965${String((index % 9) + 1).padStart(2, '0')}17${String(index).padStart(3, '0')}`;
  return seventeen + checkCharacter(seventeen);
}

const NAMES = ['王小明', '李秀英', '张伟', '刘洋', '陈静', '杨帆', '赵磊', '黄丽', '周强', '吴敏'];

function people(make: (name: string, index: number) => Cell[]): Cell[][] {
  return NAMES.map((name, index) => make(name, index));
}

function fieldsOf(columns: Column[]): string[] {
  return columns.map(({ field }) => field);
}

test('finds the header under banners and leaves out sums and signatures', () => {
  const sheet = [
    ['某区困难人员名册'],
    ['填报单位：', '', '', '填报时间：2026年10月'],
    [],
    ['序号', '姓名', '证件号码', '联系方式'],
    ...people((name, index) => [index + 1, name, number(index), `1990000${1_000 + index}`]),
    ['小计', 10, '', ''],
    ['序号', '姓名', '证件号码', '联系方式'],
    ['11', '孙悦', '', ''],
    ['合计', '', '11', ''],
    ['制表人：某某', '', '审核人：某某', ''],
  ];
  const reading = readSheet(sheet);
  expect(reading.headerRow).toBe(3);
  expect(fieldsOf(reading.columns)).toEqual(['sequence', 'name', 'idNumber', 'telephone']);
  const rows = sheet.map((cells, at) => rosterRow(cells, reading, { key: `${at}`, source: 's' }));
  expect(rows.slice(reading.firstRow).filter((row) => row !== null)).toHaveLength(11);
});

test('contents outweigh a header that they contradict', () => {
  const sheet = [
    ['姓名', '证件号码', '联系电话'],
    ...people((name, index) => [name, `1990000${1_000 + index}`, number(index)]),
  ];
  expect(fieldsOf(readSheet(sheet).columns)).toEqual(['name', 'telephone', 'idNumber']);
});

test('columns without any header are known by sight', () => {
  const sheet = people((name, index) => [
    name,
    index % 2 ? '男' : '女',
    number(index),
    `196${index}-05-17`,
  ]);
  const reading = readSheet(sheet);
  expect(reading.headerRow).toBe(-1);
  expect(fieldsOf(reading.columns)).toEqual(['name', 'sex', 'idNumber', 'birthDate']);
});

test('a header of two lines is joined, and the guardian is not the child', () => {
  const sheet = [
    ['儿童信息', '', '监护人', ''],
    ['姓名', '身份证号', '姓名', '电话'],
    ...people((name, index) => [name, number(index), '李四', `1990000${1_000 + index}`]),
  ];
  const { columns, firstRow } = readSheet(sheet);
  expect(firstRow).toBe(2);
  expect(fieldsOf(columns).slice(0, 2)).toEqual(['name', 'idNumber']);
  expect(fieldsOf(columns)[2]).toBe('otherName');
});

test('householder and member, relation and household number are told apart', () => {
  const sheet = [
    ['户主姓名', '成员姓名', '与户主关系', '身份证号码', '低保证号', '残疾证号'],
    ...people((name, index) => [
      '王小明',
      name,
      '子女',
      number(index),
      `DB${index}`,
      `${number(index)}43`,
    ]),
  ];
  expect(fieldsOf(readSheet(sheet).columns)).toEqual([
    'householderName',
    'name',
    'relation',
    'idNumber',
    'householdNumber',
    'certificateNumber',
  ]);
});

test('columns under merged groups are told apart by them', () => {
  const sheet = [
    ['序号', '户主', '', '家庭成员', '', '', '金额'],
    ['', '姓名', '身份证号', '姓名', '身份证号', '关系', ''],
    ...people((name, index) => [index + 1, '王小明', number(0), name, number(index), '子女', 600]),
  ];
  expect(fieldsOf(readSheet(sheet).columns)).toEqual([
    'sequence',
    'householderName',
    'otherIdNumber',
    'name',
    'idNumber',
    'relation',
    'amount',
  ]);
});

test('sums, sections and titles in the column of names are nobody', () => {
  const nobody = [
    '一、淮河路街道',
    '（二）特困人员',
    '淮河路街道小计：5人',
    '本月合计：15人',
    '二七区低保花名册',
    '（以下空白）',
    '绿云社区',
    '3人',
  ];
  const sheet = [
    ['姓名', '身份证号', '社区', '金额'],
    ...people((name, index) => [name, number(index), '绿云社区', 600]),
    ...nobody.map((text) => [text, '', '', 3_000]),
    ['孙悦', '', '绿云社区', 600],
  ];
  const reading = readSheet(sheet);
  const rows = sheet.map((cells, at) => rosterRow(cells, reading, { key: `${at}`, source: 's' }));
  expect(rows.slice(1).filter((row) => row !== null)).toHaveLength(NAMES.length + 1);
});

test('knows the initials that databases use, and traditional characters', () => {
  const rows = people((name, index) => [name, number(index), `1990000${1_000 + index}`]);
  for (const header of [
    ['XM', 'GMSFHM', 'LXDH'],
    ['對象姓名', '身份證號', '聯繫電話'],
  ])
    expect(fieldsOf(readSheet([header, ...rows]).columns)).toEqual([
      'name',
      'idNumber',
      'telephone',
    ]);
});

test('name and number are enough for a header among thousands of columns', () => {
  const others = Array.from({ length: 3_000 }, (_, index) => `列${index}`);
  const header = ['姓名', '身份证号', ...others];
  const reading = readSheet([header, ...people((name, index) => [name, number(index)])]);
  expect(reading.headerRow).toBe(0);
});

test('a line that parts merged columns belongs to the header, a first person does not', () => {
  const parted = [
    ['序号', '姓名', '身份证号', '现住址', '', '', '残疾', ''],
    ['', '', '', '街道', '社区', '门牌', '类别', '等级'],
    ...people((name, index) => [
      index + 1,
      name,
      number(index),
      '淮河路街道',
      '绿云社区',
      `绿云路${index}号`,
      '肢体',
      '二级',
    ]),
  ];
  const reading = readSheet(parted);
  expect(reading.firstRow).toBe(2);
  expect(reading.columns.map(({ header }) => header).slice(3)).toEqual([
    '街道',
    '社区',
    '门牌',
    '残疾类别',
    '残疾等级',
  ]);
  expect(fieldsOf(reading.columns).slice(0, 6)).toEqual([
    'sequence',
    'name',
    'idNumber',
    'street',
    'area',
    'address',
  ]);
  const filled = [
    ['序号', '姓名', '身份证号', '街道', '社区', '门牌', '类别', '等级'],
    ...parted.slice(2),
  ];
  expect(readSheet([parted[0]!, ...filled]).columns).toEqual(reading.columns);
  expect(readSheet([['姓名', '社区'], ...people((name) => [name, '绿云社区'])]).firstRow).toBe(1);
});

test('a table of householders, or of applicants with their numbers, is about those', () => {
  const heads = people((name, index) => [name, number(index), `1990000${1_000 + index}`, 3]);
  const fields = (header: string[]) => fieldsOf(readSheet([header, ...heads]).columns).slice(0, 3);
  const own = ['name', 'idNumber', 'telephone'];
  expect(fields(['户主姓名', '户主身份证号', '联系电话', '家庭人口'])).toEqual(own);
  expect(fields(['户主', '身份证号码', '户主电话', '家庭人口'])).toEqual(own);
  expect(fields(['申报人姓名', '申报人身份证号', '申报人电话', '人数'])).toEqual(own);
  const sexes = people((name, index) => [name, index % 2 ? '男' : '女', number(index)]);
  expect(fieldsOf(readSheet([['户主姓名', '户主性别', '户主身份证号'], ...sexes]).columns)).toEqual(
    ['name', 'sex', 'idNumber'],
  );
  const child = ['监护人姓名', '身份证号', '监护人电话', '人数'];
  expect(fields(child)).toEqual(['otherName', 'idNumber', 'otherTelephone']);
});

test('a column called number holds what stands in it, however few there are', () => {
  for (const header of ['号码', '编号', '证号'])
    for (const count of [2, 10]) {
      const rows = people((name, index) => [name, number(index)]).slice(0, count);
      expect(fieldsOf(readSheet([['姓名', header], ...rows]).columns)).toEqual([
        'name',
        'idNumber',
      ]);
    }
  const phones = [
    ['姓名', '号码'],
    ['王小明', 19_900_001_001],
    ['李秀英', '199 0000 1002'],
  ];
  expect(fieldsOf(readSheet(phones).columns)).toEqual(['name', 'telephone']);
});

test('a header of other columns in the middle of a table is found, the same header again is not', () => {
  const { columns } = readSheet([
    ['序号', '姓名', '身份证号', '社区'],
    ...people((name, index) => [index + 1, name, number(index), '绿云社区']),
  ]);
  expect(isOtherHeader(['序号', '姓名', '身份证号', '社区'], columns)).toBe(false);
  expect(isOtherHeader(['', '姓名', '', ''], columns)).toBe(false);
  expect(isOtherHeader(['序号', '社区', '姓名', '身份证号'], columns)).toBe(true);
});

test('sums of a part begin with what they are of, and name and number in one column are two', () => {
  const sheet = [
    ['姓名及身份证号', '社区'],
    ...people((name, index) => [`${name} ${number(index)}`, '绿云社区']),
    ['绿云社区小计：', '10人'],
  ];
  const reading = readSheet(sheet);
  const rows = sheet.map((cells, at) => rosterRow(cells, reading, { key: `${at}`, source: 's' }));
  expect(rows.filter((row) => row !== null)).toHaveLength(NAMES.length);
  expect(readRow(rows[1]!, null)).toMatchObject({
    name: '王小明',
    id: { kind: 'valid', number: number(0) },
  });
});

test('a column of amounts under initials is no birth date, and a line of 甲乙丙丁 is nobody', () => {
  const sheet = [
    ['XM', 'SFZH', 'GRZF', 'XB'],
    ['甲', '乙', '丙', '丁'],
    [1, 2, 3, 4],
    ...people((name, index) => [name, `="${number(index)}"`, 25_000 + index * 10, 'M']),
  ];
  const reading = readSheet(sheet);
  expect(fieldsOf(reading.columns)).toEqual(['name', 'idNumber', 'text', 'sex']);
  const rows = sheet.map((cells, at) => rosterRow(cells, reading, { key: `${at}`, source: 's' }));
  expect(rows.slice(reading.firstRow).filter((row) => row !== null)).toHaveLength(NAMES.length);
});
