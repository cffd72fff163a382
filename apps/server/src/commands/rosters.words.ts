import type { shapes } from '@wennuan/contract';
import { findField } from '@wennuan/policy';

type Problem = (typeof shapes.cellProblems)[number];

/** What is wrong with a cell, in few words of both languages. */
export const PROBLEM_WORDS: Record<Problem, string> = {
  id_checksum: '身份证号校验不符 · ID number fails its check',
  id_scientific: '身份证号成了科学计数法 · ID number in scientific notation',
  id_unreadable: '身份证号无法识别 · ID number unreadable',
  id_lost_digits: '身份证号丢了末尾几位 · ID number lost its last digits',
  id_fifteen_digits: '15 位旧身份证号 · old ID number of 15 digits',
  id_contradicts_birth: '身份证号与出生日期不符 · ID number and birth date differ',
  id_contradicts_sex: '身份证号与性别不符 · ID number and sex differ',
  id_shared: '两个人用同一身份证号 · two people with one ID number',
  name_missing: '没有姓名 · no name',
  born_in_future: '出生日期晚于今天 · born after today',
  date_unreadable: '日期无法识别 · date unreadable',
  area_unknown: '街道或社区无法识别 · area unknown',
  telephone_unreadable: '电话无法识别 · telephone unreadable',
  amount_unreadable: '金额无法识别 · amount unreadable',
  value_unknown: '不在目录中的值，按“其他”保存 · value not listed, kept as other',
  row_twice: '与另一行完全相同 · same as another line',
};

const FIELD_WORDS: Record<string, string> = {
  name: '姓名',
  idNumber: '身份证号',
  certificateNumber: '证件号',
  sex: '性别',
  birthDate: '出生日期',
  age: '年龄',
  telephone: '电话',
  otherTelephone: '他人电话',
  otherName: '他人姓名',
  otherIdNumber: '他人身份证号',
  street: '街道',
  area: '社区',
  address: '住址',
  registeredAddress: '户籍地',
  householdNumber: '户号',
  householderName: '户主',
  relation: '与户主关系',
  since: '起始日期',
  until: '截止日期',
};

/** The Chinese name of what a column holds; null for a column that is kept but not understood. */
export function fieldWords(field: string): string | null {
  if (field.startsWith('fact:')) return findField(field.slice(5))?.zh ?? null;
  return FIELD_WORDS[field] ?? null;
}
