import {
  BEREAVEMENTS,
  CHILD_HARDSHIPS,
  type CodedValue,
  DISABILITY_CATEGORIES,
  DISABILITY_GRADES,
  EMPLOYMENTS,
  GROUPS,
  ILLNESSES,
  SELF_CARE,
  SEXES,
  STUDENT_STAGES,
  SUPPORT_WAYS,
  VETERAN_CATEGORIES,
  WOMAN_HARDSHIPS,
  WORKER_HARDSHIPS,
  type Words,
  YES_NO,
} from './values.ts';

/**
 * How a field's value is stored (always one whole number) and written in a definition:
 * `code` number of a listed value ↔ its code · `money` fen · `count` whole number · `date` 20261101 ↔ 2026-11-01
 * · `age` whole years, read from `born_on` · `area` division code of 6, 9 or 12 digits, stored with 12
 * · `benefit` a programme's code read in base 36.
 */
export type FieldType = 'code' | 'money' | 'count' | 'date' | 'age' | 'area' | 'benefit';

export type Operator =
  | 'is'
  | 'one_of'
  | 'at_least'
  | 'at_most'
  | 'more_than'
  | 'less_than'
  | 'between'
  | 'within';

export interface Field extends Words {
  code: string;
  /** Stands in `person_fact.field`; never reused. Null for one that is read from another. */
  number: number | null;
  /** The field whose rows are read; itself but for `age`. */
  readFrom: string;
  type: FieldType;
  unit: Words | null;
  operators: readonly Operator[];
  /** Listed values of a coded field. */
  values: readonly CodedValue[] | null;
  /** A person may have several at once, and lacking one is a fact (in no such group), not ignorance. */
  isSet: boolean;
}

const ORDERED = ['at_least', 'at_most', 'more_than', 'less_than', 'between', 'is'] as const;

const OPERATORS: Record<FieldType, readonly Operator[]> = {
  code: ['is', 'one_of'],
  money: ORDERED,
  count: ORDERED,
  date: ['at_most', 'at_least', 'less_than', 'more_than', 'between', 'is'],
  age: ORDERED,
  area: ['within'],
  benefit: ['is', 'one_of'],
};

const UNITS: Partial<Record<FieldType, Words>> = {
  money: { zh: '元', en: 'yuan' },
  age: { zh: '岁', en: 'years' },
};

type Row = readonly [number: number, code: string, type: FieldType, zh: string, en: string];

function field(row: Row, more: Partial<Field> = {}): Field {
  const [number, code, type, zh, en] = row;
  const unit = UNITS[type] ?? null;
  const common = { number, code, type, zh, en, unit, readFrom: code, isSet: false };
  return { ...common, operators: OPERATORS[type], values: null, ...more };
}

const coded = (row: readonly [number, string, string, string], values: readonly CodedValue[]) =>
  field([row[0], row[1], 'code', row[2], row[3]], { values });

/** Everything a row of `person_fact` can say, and what is read from it. The console's editor is made of this. */
export const FIELDS: readonly Field[] = [
  field([1, 'group', 'code', '所属群体', 'Group'], { values: GROUPS, isSet: true }),
  field([2, 'born_on', 'date', '出生日期', 'Date of birth']),
  field([0, 'age', 'age', '年龄', 'Age'], { number: null, readFrom: 'born_on' }),
  coded([3, 'sex', '性别', 'Sex'], SEXES),
  field([4, 'died_on', 'date', '死亡登记日期', 'Registered death'], { isSet: true }),
  field([5, 'registered_area', 'area', '户籍所在区域', 'Registered area']),
  field([6, 'living_area', 'area', '居住区域', 'Area she lives in']),
  coded([10, 'disability_category', '残疾类别', 'Kind of disability'], DISABILITY_CATEGORIES),
  coded([11, 'disability_grade', '残疾等级', 'Grade of disability'], DISABILITY_GRADES),
  field([12, 'household_allowance_fen', 'money', '低保户月保障金', 'Household allowance a month']),
  coded([13, 'support_way', '特困供养方式', 'Where supported'], SUPPORT_WAYS),
  coded([14, 'self_care', '自理能力', 'Care for self'], SELF_CARE),
  coded([15, 'child_hardship', '儿童困境类型', "Child's hardship"], CHILD_HARDSHIPS),
  coded([16, 'student_stage', '学段', 'Stage of school'], STUDENT_STAGES),
  field([17, 'student_grant_fen', 'money', '拟资助金额', 'Grant proposed by the school office']),
  coded([18, 'woman_hardship', '妇女困难类型', "Woman's hardship"], WOMAN_HARDSHIPS),
  coded([19, 'worker_hardship', '职工困难类别', "Worker's hardship"], WORKER_HARDSHIPS),
  field([20, 'income_per_head_fen', 'money', '家庭月人均收入', 'Household income a head a month']),
  coded([21, 'illness', '病种', 'Illness'], ILLNESSES),
  field([22, 'medical_total_fen', 'money', '年度医疗总费用', 'Medical cost of the year']),
  field([23, 'own_payment_fen', 'money', '年度个人自付', 'Own medical payment of the year']),
  coded([24, 'veteran_category', '优抚类别', 'Veteran category'], VETERAN_CATEGORIES),
  coded([25, 'bereavement', '特扶类型', 'Loss of the only child'], BEREAVEMENTS),
  field([26, 'elderly_allowance_fen', 'money', '在发高龄津贴', 'Old-age allowance being paid']),
  coded([27, 'employment', '就业状态', 'Employment'], EMPLOYMENTS),
  coded([28, 'living_alone', '独居', 'Lives alone'], YES_NO),
  coded([29, 'bedridden', '卧床', 'Bedridden'], YES_NO),
  field([30, 'benefit', 'benefit', '正在享受的待遇', 'Benefit being received'], { isSet: true }),
];

const byCode = new Map(FIELDS.map((one) => [one.code, one]));
const byNumber = new Map(FIELDS.map((one) => [one.number, one]));

/** The field of that code, or undefined: nobody has such a field. */
export function findField(code: string): Field | undefined {
  return byCode.get(code);
}

/** The field of that code; throws for one that the catalogue does not have (check definitions first). */
export function getField(code: string): Field {
  const found = byCode.get(code);
  if (!found) throw new Error(`no field ${code}`);
  return found;
}

/** The field that a stored row names, or undefined. */
export function fieldOfNumber(number: number): Field | undefined {
  return byNumber.get(number);
}
