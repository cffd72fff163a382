import { packedText, readDate, type Cell } from '@wennuan/linkage';
import { benefitNumber, FIELDS, findField, type Field } from '@wennuan/policy';

/** What a cell says of a field: the number that is stored, or why there is none. */
export type FactReading =
  | { kind: 'value'; value: number }
  | { kind: 'empty' }
  | { kind: 'unknown'; problem: 'value_unknown' | 'amount_unreadable' | 'date_unreadable' };

/** Names of columns that hold an amount, a day or a programme's code; the more particular first. */
const HEADER_WORDS: readonly [code: string, words: RegExp][] = [
  ['benefit', /(待遇|政策|补贴|项目)(编码|代码|编号)/u],
  ['died_on', /火化(日期|时间)|死亡(日期|时间)|去世(日期|时间)/u],
  ['income_per_head_fen', /人均.{0,3}收入/u],
  ['own_payment_fen', /自付|自费|个人负担|个人支付/u],
  ['medical_total_fen', /总费用|医疗费用?(总额|合计)?$|费用总额/u],
  ['household_allowance_fen', /保障金|低保金/u],
  ['student_grant_fen', /资助金额|拟资助|助学金/u],
  ['elderly_allowance_fen', /高龄.{0,3}津贴|月津贴|津贴(标准|金额)/u],
];
/** Names of columns that hold a coded value, to tell apart fields with the same words. */
const CODED_WORDS: Record<string, RegExp> = {
  disability_category: /残疾(类别|类型|种类)/u,
  disability_grade: /残疾(等级|级别|程度)/u,
  support_way: /供养(方式|形式)/u,
  self_care: /自理/u,
  child_hardship: /困境(类型|类别|情形)|儿童(类型|类别)/u,
  student_stage: /学段|就读阶段|教育阶段/u,
  woman_hardship: /(困难|妇女)(类型|类别|情形)/u,
  worker_hardship: /困难(类别|类型|等级)|职工(类别|类型)/u,
  illness: /病种|疾病(名称|种类|类型)|诊断/u,
  veteran_category: /优抚(类别|类型|对象类别)|人员类别/u,
  bereavement: /特扶(类型|类别)|扶助(类型|类别)/u,
  employment: /就业(状态|状况|情况)/u,
  living_alone: /独居/u,
  bedridden: /卧床/u,
};
/** Groups whose lists a field belongs to, where two fields know the same words. */
const FIELD_OF_GROUP: Record<string, string> = {
  child: 'child_hardship',
  woman: 'woman_hardship',
  worker: 'worker_hardship',
  veteran: 'veteran_category',
};
const SHARE_LEAST = 0.5;

/** The field of the catalogue that a column holds, going by its name and its cells; null for none. */
export function factOfColumn(
  header: string,
  cells: readonly Cell[],
  groupCode: string | null,
): string | null {
  const text = header.normalize('NFKC').replace(/\s/gu, '');
  const byName = HEADER_WORDS.find(([, words]) => words.test(text))?.[0];
  if (byName && suits(getField(byName), cells) >= SHARE_LEAST) return byName;
  // A column of bare numbers is a code only where its name says so.
  const isCount = cells.every((cell) => /^\d*$/.test(packedText(cell)));
  const judged = FIELDS.filter(({ type, code }) => type === 'code' && code in CODED_WORDS)
    .map((field) => {
      const named = CODED_WORDS[field.code]!.test(text) ? 0.6 : 0;
      const own = groupCode !== null && FIELD_OF_GROUP[groupCode] === field.code ? 0.2 : 0;
      const share = named || !isCount ? suits(field, cells) : 0;
      const isYesNo = field.code === 'living_alone' || field.code === 'bedridden';
      // How far somebody went to school long ago is said in the words of those who go there now.
      const isPast = field.code === 'student_stage' && /文化|学历/u.test(text);
      // Yes and no stand in any column: there the name must say it.
      return {
        code: field.code,
        share,
        points: (isYesNo && !named) || isPast ? 0 : share + named + own,
      };
    })
    .toSorted((a, b) => b.points - a.points || (a.code < b.code ? -1 : 1));
  const best = judged[0]!;
  return best.points >= 1 && best.share > 0.2
    ? best.code
    : best.share >= 0.7 && best.points > 0
      ? best.code
      : null;
}

function suits(field: Field, cells: readonly Cell[]): number {
  const filled = cells.filter((cell) => packedText(cell) !== '');
  if (filled.length === 0) return field.type === 'code' ? 0 : 1;
  return filled.filter((cell) => readFact(field, cell).kind === 'value').length / filled.length;
}

/** Reads a cell as a value of a field; `header` may say that amounts are in ten thousands. */
export function readFact(field: Field, cell: Cell, header = ''): FactReading {
  const text = packedText(cell);
  if (text === '' || /^([-—/\\]+|无|不详|未知|空)$/u.test(text)) return { kind: 'empty' };
  if (field.type === 'code') return readCode(field, text);
  if (field.type === 'money') return readMoney(text, header);
  if (field.type === 'date') return readDay(cell);
  if (field.type === 'benefit') return readBenefit(text);
  return /^\d{1,9}$/.test(text)
    ? { kind: 'value', value: Number(text) }
    : { kind: 'unknown', problem: 'amount_unreadable' };
}

const NUMERALS: Record<string, string> = {
  1: '一',
  2: '二',
  3: '三',
  4: '四',
  Ⅰ: '一',
  Ⅱ: '二',
  Ⅲ: '三',
  Ⅳ: '四',
  I: '一',
  II: '二',
  III: '三',
  IV: '四',
  壹: '一',
  贰: '二',
  叁: '三',
  肆: '四',
};
/** What clerks write for a value of the list; each is tried after the list itself. */
const OTHER_WORDS: readonly [field: string, words: RegExp, code: string][] = [
  ['self_care', /^(完全自理|能自理|自理|具备生活自理能力)/u, 'full'],
  ['self_care', /^(半自理|半失能|部分(丧失|自理))/u, 'partial'],
  ['self_care', /^(不能自理|失能|完全(丧失|不能)|全失能)/u, 'none'],
  ['support_way', /集中|机构/u, 'in_institution'],
  ['support_way', /分散|居家/u, 'at_home'],
  ['student_stage', /小学|^[一二三四五六1-6]年级/u, 'primary'],
  ['student_stage', /初中|初级中学|^初[一二三]|^[七八九7-9]年级/u, 'junior'],
  ['student_stage', /中职|中专|职高|技校/u, 'vocational'],
  ['student_stage', /高中|普高|^高[一二三]/u, 'senior'],
  ['student_stage', /研究生|硕士|博士/u, 'graduate'],
  ['student_stage', /大学|本科|大专|高职|高校|^大[一二三四]/u, 'university'],
  ['student_stage', /幼儿|学前/u, 'kindergarten'],
  ['illness', /透析|尿毒症|肾衰/u, 'dialysis'],
  ['illness', /白血病/u, 'leukaemia'],
  ['illness', /移植/u, 'transplant'],
  ['illness', /中风|脑卒中|脑梗|脑出血/u, 'stroke'],
  ['illness', /心肌梗/u, 'heart'],
  ['illness', /血友病/u, 'haemophilia'],
  ['illness', /癌|肿瘤/u, 'cancer'],
  ['woman_hardship', /两癌|乳腺癌|宫颈癌/u, 'two_cancers'],
  ['woman_hardship', /单亲/u, 'single_mother'],
  ['woman_hardship', /家暴|家庭暴力/u, 'domestic_violence'],
  ['worker_hardship', /深困|深度/u, 'deep'],
  ['worker_hardship', /相困|相对/u, 'relative'],
  ['worker_hardship', /意外/u, 'accident'],
  ['child_hardship', /服刑|在押/u, 'parent_in_prison'],
  ['child_hardship', /无人抚养/u, 'without_guardian'],
  ['child_hardship', /孤儿/u, 'orphan'],
  ['child_hardship', /留守/u, 'left_behind'],
  ['bereavement', /死亡|失独/u, 'child_died'],
  ['bereavement', /伤残/u, 'child_disabled'],
  ['employment', /无劳动能力|丧失劳动/u, 'unable'],
  ['employment', /失业|未就业|无业/u, 'unemployed'],
  ['employment', /灵活/u, 'flexible'],
  ['employment', /退休/u, 'retired'],
  ['employment', /在职|在岗|就业/u, 'employed'],
];

/** A grade by itself or behind a category: `2`, `贰级`, `肢体二级`. */
const GRADE =
  /^(?:残疾|[\u4e00-\u9fff]{1,4}(?=.{1,3}级$))?([1-4]|[ⅠⅡⅢⅣ]|I{1,3}|IV|[壹贰叁肆一二三四])(?:级)?$/u;

function inBrackets(text: string): string {
  return /[（(]([^（()）]*)[)）]/u.exec(text)?.[1] ?? '';
}

function readCode(field: Field, text: string): FactReading {
  const values = field.values ?? [];
  const plain = text.replace(/[（(].*$/u, '');
  const named = values.find(({ zh, en, code }) => [zh, en, code].includes(plain) || zh === text);
  if (named) return { kind: 'value', value: named.number };
  if (field.code === 'disability_grade') {
    const level = (GRADE.exec(plain) ?? GRADE.exec(inBrackets(text)))?.[1];
    const zh = level ? `${NUMERALS[level] ?? level}级` : '';
    const grade = values.find((one) => one.zh === zh);
    if (grade) return { kind: 'value', value: grade.number };
  }
  if (field.code === 'living_alone' || field.code === 'bedridden') {
    if (/^(是|有|Y|YES|TRUE|1|√|✓|独居|卧床)$/iu.test(plain)) return { kind: 'value', value: 1 };
    if (/^(否|无|N|NO|FALSE|0|×|非独居|不卧床)$/iu.test(plain)) return { kind: 'value', value: 0 };
  }
  const short = values.find(
    ({ zh }) =>
      zh !== '其他' && plain.length >= 2 && (zh.startsWith(plain) || plain.startsWith(zh)),
  );
  if (short) return { kind: 'value', value: short.number };
  const within = inBrackets(text);
  const other = OTHER_WORDS.find(
    ([code, words]) => code === field.code && (words.test(plain) || words.test(within)),
  )?.[2];
  const found = values.find(({ code }) => code === other);
  if (found) return { kind: 'value', value: found.number };
  if (plain === '其他' || plain === '其它') return { kind: 'value', value: 0 };
  return { kind: 'unknown', problem: 'value_unknown' };
}

/** An amount as clerks write it: `¥1,200.00`, `3.2万元`, `人民币600元整`, `600元/月`, `每月600元`. */
const AMOUNT =
  /^(?:人民币|RMB|CNY|每月|月)?[¥￥]?(\d{1,3}(?:[,，]\d{3})+|\d{1,9})(\.\d+)?(万)?(?:元|块)?整?(?:[/每]?(?:人|户)?[/每·]?月)?$/iu;

function readMoney(text: string, header: string): FactReading {
  const match = AMOUNT.exec(text);
  if (!match) return { kind: 'unknown', problem: 'amount_unreadable' };
  const yuan = Number(`${match[1]!.replace(/[,，]/gu, '')}${match[2] ?? ''}`);
  const times = match[3] || /万元/u.test(header) ? 1_000_000 : 100;
  return { kind: 'value', value: Math.round(yuan * times) };
}

/** A programme's code as the catalogue of policies has it: `P12`. */
function readBenefit(text: string): FactReading {
  const value = benefitNumber(text.toUpperCase());
  return value === null ? { kind: 'unknown', problem: 'value_unknown' } : { kind: 'value', value };
}

function readDay(cell: Cell): FactReading {
  const reading = readDate(cell);
  if (!reading) return { kind: 'unknown', problem: 'date_unreadable' };
  const date = reading.date ?? `${reading.year}-${String(reading.month ?? 1).padStart(2, '0')}-01`;
  return { kind: 'value', value: Number(date.replaceAll('-', '')) };
}

function getField(code: string): Field {
  const field = findField(code);
  if (!field) throw new Error(`no field ${code}`);
  return field;
}
