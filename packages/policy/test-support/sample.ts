import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPlainDate, type PlainDate } from '@wennuan/basics';
import { type Fact, type Member, type Person, valueNumber } from '../src/index.ts';
import { getField } from '../src/fields.ts';
import { readRoster, type RosterRow } from './rosters.ts';

/** The sample rosters, or where they are said to be. */
export const ROSTERS = join(import.meta.dirname, '../../../demo/rosters');
export const hasRosters = existsSync(join(ROSTERS, 'truth.csv'));

/** Field and column by roster; what this sample needs, not how the product recognises columns. */
const MAPPING: Record<string, { group: string | null; columns: Record<string, string> }> = {
  '民政局-低保家庭台账.xlsx': { group: 'minimum_living', columns: { 性别: 'sex' } },
  '民政局-特困供养人员.xlsx': { group: 'destitute', columns: { 自理能力: 'self_care' } },
  '民政局-高龄老人津贴.xlsx': { group: 'elderly', columns: { 性别: 'sex' } },
  '民政局-困境儿童.xlsx': { group: 'child', columns: { 困境类型: 'child_hardship', 性别: 'sex' } },
  '教育局-家庭经济困难学生.xlsx': { group: 'student', columns: { 学段: 'student_stage' } },
  '妇联-困难妇女摸底表.xlsx': {
    group: 'woman',
    columns: { 困难类型: 'woman_hardship', 性别: 'sex' },
  },
  '总工会-困难职工档案.xlsx': {
    group: 'worker',
    columns: { 困难类别: 'worker_hardship', 家庭月人均收入: 'income_per_head_fen' },
  },
  '退役军人事务局-优抚对象.xlsx': {
    group: 'veteran',
    columns: { 优抚类别: 'veteran_category', 性别: 'sex' },
  },
  '医保局-大病患者.csv': {
    group: 'serious_illness',
    columns: { 病种: 'illness', 个人自付: 'own_payment_fen', 性别: 'sex' },
  },
  '卫健委-计生特殊家庭.csv': {
    group: 'bereaved_family',
    columns: { 特扶类型: 'bereavement', 性别: 'sex' },
  },
  '残联-持证残疾人.csv': {
    group: 'disabled',
    columns: { 残疾等级: 'disability_grade', 残疾类别: 'disability_category', 性别: 'sex' },
  },
  '民政局-殡葬火化登记.csv': { group: null, columns: { 性别: 'sex' } },
};

interface Gathered {
  facts: Fact[];
  fromId: string | null;
  born: string | null;
  /** From an ID number that is shortened or mistyped, else from an age that the roster states. */
  likely: string | null;
  sexFromId: string | null;
  households: Map<string, boolean>;
  isDestitute: boolean;
}

export interface Sample {
  people: Person[];
  /** Destitute, so households of one, who also stand in the household of an allowance. */
  alsoAlone: string[];
  /** Cells that gave no value. */
  oddities: string[];
}

/** Everybody of the sample, rows put together as the truth says. */
export async function samplePeople(): Promise<Sample> {
  const truth = new Map<string, string>();
  for (const line of readFileSync(join(ROSTERS, 'truth.csv'), 'utf8').trim().split('\n').slice(1)) {
    const [file, row, person] = line.split(',');
    truth.set(`${file} ${row}`, person!.trim());
  }
  const gathered = new Map<string, Gathered>();
  const oddities: string[] = [];
  for (const [file, mapping] of Object.entries(MAPPING)) {
    for (const row of await readRoster(ROSTERS, file)) {
      const key = truth.get(`${file} ${row.line}`);
      if (key === undefined) continue;
      const one = gathered.get(key) ?? empty();
      gathered.set(key, one);
      const odd = gather(one, row, mapping);
      oddities.push(...odd.map((text) => `${file}:${row.line} ${text}`));
    }
  }
  return { ...withHouseholds(gathered), oddities };
}

function empty(): Gathered {
  return {
    facts: [],
    fromId: null,
    born: null,
    likely: null,
    sexFromId: null,
    households: new Map(),
    isDestitute: false,
  };
}

function gather(
  one: Gathered,
  row: RosterRow,
  mapping: { group: string | null; columns: Record<string, string> },
): string[] {
  const put = (field: string, value: number) => {
    one.facts.push({ field, value, since: null, until: null });
  };
  const id = idIn(row);
  one.fromId ??= id === null ? null : dateText(id.slice(6, 14));
  one.likely ??= likelyBirth(row);
  one.sexFromId ??= id === null ? null : Number(id[16]) % 2 === 1 ? '男' : '女';
  one.born ??= dateText(firstOf(row, ['出生日期', '出生年月日']));
  if (mapping.group === null)
    put('died_on', valueOf('died_on', dateText(row.cell('火化日期')) ?? '') ?? 0);
  else put('group', valueOf('group', mapping.group)!);
  // The destitute are a household of one, whatever other roster they stand in.
  if (mapping.group === 'destitute') one.isDestitute = true;
  if (row.cell('低保证号') !== '') {
    one.households.set(row.cell('低保证号'), row.cell('与户主关系') === '本人');
  }
  return Object.entries(mapping.columns).flatMap(([column, field]) => {
    const text = row.cell(column);
    const value = valueOf(field, text);
    if (value !== null) put(field, value);
    return value === null && text !== '' ? [`${column}=${text}`] : [];
  });
}

function valueOf(fieldCode: string, text: string): number | null {
  const field = getField(fieldCode);
  if (field.type !== 'money') return text === '' ? null : valueNumber(field, text);
  return /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * 100) : null;
}

function firstOf(row: RosterRow, columns: readonly string[]): string {
  return columns.map((column) => row.cell(column)).find((text) => text !== '') ?? '';
}

const ID_COLUMNS = [
  '身份证号码',
  '身份证号',
  '身份证',
  '身份证件号',
  '公民身份号码',
  '证件号码',
  '残疾人证号',
];

/** A valid ID number of 18 characters in a cell, padded, in full width or as the head of a certificate's number. */
function idIn(row: RosterRow): string | null {
  const text = firstOf(row, ID_COLUMNS)
    .replaceAll(/[^0-9Xx]/g, '')
    .toUpperCase();
  const long = text.length === 15 ? '' : text.slice(0, 18);
  return /^\d{17}[\dX]$/.test(long) && check(long) === long[17] && dateText(long.slice(6, 14))
    ? long
    : null;
}

/** What is likely where no whole ID number says it: 15 digits, the age a roster states, the digits of a mistyped number. */
function likelyBirth(row: RosterRow): PlainDate | null {
  const digits = firstOf(row, ID_COLUMNS).replaceAll(/[^0-9Xx]/g, '');
  const age = Number(row.cell('年龄'));
  if (digits.length === 15) return dateText(`19${digits.slice(6, 12)}`);
  return age > 0 ? `${2026 - age}-01-01` : dateText(digits.slice(6, 14));
}

/** The last character of an ID number by GB 11643. */
function check(id: string): string {
  const sum = Array.from(id.slice(0, 17)).reduce(
    (all, digit, place) => all + Number(digit) * (2 ** (17 - place) % 11),
    0,
  );
  return '10X98765432'[sum % 11]!;
}

/** `2013/02/13`, `20150210`, `1974.6.7`, `1956年4月3日` as a date, or null. */
function dateText(text: string): PlainDate | null {
  const match = /^(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?$/.exec(text);
  if (!match) return null;
  const date = [match[1], match[2]!.padStart(2, '0'), match[3]!.padStart(2, '0')].join('-');
  return isPlainDate(date) ? date : null;
}

function withHouseholds(gathered: Map<string, Gathered>) {
  const alsoAlone: string[] = [];
  const members = new Map<string, Member[]>();
  const people: (Person & { home: string | undefined })[] = [];
  for (const [key, one] of gathered) {
    const personId = `00000000-0000-7000-8000-${key.padStart(12, '0')}`;
    const born = one.fromId ?? one.born ?? one.likely;
    const facts = [...one.facts];
    if (born !== null)
      facts.push({ field: 'born_on', value: valueOf('born_on', born)!, since: null, until: null });
    if (one.sexFromId !== null && !facts.some(({ field }) => field === 'sex')) {
      facts.push({ field: 'sex', value: valueOf('sex', one.sexFromId)!, since: null, until: null });
    }
    const [home, isHead] = [...one.households][0] ?? [];
    people.push({ personId, facts, household: null, home });
    if (one.isDestitute && home !== undefined) alsoAlone.push(personId);
    if (home !== undefined) {
      const member = { personId, facts, isHead: isHead === true };
      members.set(home, [...(members.get(home) ?? []), member]);
    }
  }
  const found = people.map(({ home, ...person }) => ({
    ...person,
    household: home === undefined ? null : members.get(home)!,
  }));
  return { people: found, alsoAlone };
}
