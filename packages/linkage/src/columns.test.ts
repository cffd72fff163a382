import { expect, test } from 'vitest';
import { checkCharacter } from './citizen-id-checksum.ts';
import { type Column, readSheet, rosterRow } from './columns.ts';
import type { Cell } from './plain-text.ts';

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
