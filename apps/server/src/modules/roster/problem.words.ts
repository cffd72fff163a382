import type { Language } from '@wennuan/contract';
import type { CellProblem } from './problems.ts';

/** What is wrong with a cell, in few words of both languages. */
export const problemWords: Record<CellProblem, Record<Language, string>> = {
  id_checksum: { zh: '身份证号校验不符', en: 'ID number fails its check' },
  id_scientific: { zh: '身份证号成了科学计数法', en: 'ID number in scientific notation' },
  id_unreadable: { zh: '身份证号无法识别', en: 'ID number unreadable' },
  id_lost_digits: { zh: '身份证号丢了末尾几位', en: 'ID number lost its last digits' },
  id_fifteen_digits: { zh: '15 位旧身份证号', en: 'old ID number of 15 digits' },
  id_contradicts_birth: { zh: '身份证号与出生日期不符', en: 'ID number and birth date differ' },
  id_contradicts_sex: { zh: '身份证号与性别不符', en: 'ID number and sex differ' },
  id_shared: { zh: '两个人用同一身份证号', en: 'two people with one ID number' },
  name_missing: { zh: '没有姓名', en: 'no name' },
  name_says_died: {
    zh: '姓名后注明已去世，请部门核实',
    en: 'the name is noted as of somebody dead',
  },
  born_in_future: { zh: '出生日期晚于今天', en: 'born after today' },
  date_unreadable: { zh: '日期无法识别', en: 'date unreadable' },
  area_unknown: { zh: '街道或社区无法识别', en: 'area unknown' },
  telephone_unreadable: { zh: '电话无法识别', en: 'telephone unreadable' },
  amount_unreadable: { zh: '金额无法识别', en: 'amount unreadable' },
  value_unknown: { zh: '不在目录中的值，按“其他”保存', en: 'value not listed, kept as other' },
  row_twice: { zh: '与另一行完全相同', en: 'same as another line' },
};

/** A cell as a spreadsheet names it; the column is counted from 0, the line from 1, and a line as a whole has no letters. */
export function cellName(column: number, line: number): string {
  return `${lettersOf(column)}${line}`;
}

function lettersOf(column: number): string {
  if (column < 0) return '';
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : `${lettersOf(Math.floor(column / 26) - 1)}${last}`;
}
