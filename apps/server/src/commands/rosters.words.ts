import type { shapes } from '@wennuan/contract';

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
  name_says_died: '姓名后注明已去世，请部门核实 · the name is noted as of somebody dead',
  born_in_future: '出生日期晚于今天 · born after today',
  date_unreadable: '日期无法识别 · date unreadable',
  area_unknown: '街道或社区无法识别 · area unknown',
  telephone_unreadable: '电话无法识别 · telephone unreadable',
  amount_unreadable: '金额无法识别 · amount unreadable',
  value_unknown: '不在目录中的值，按“其他”保存 · value not listed, kept as other',
  row_twice: '与另一行完全相同 · same as another line',
};
