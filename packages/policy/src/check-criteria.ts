import { type Field, findField, type Operator } from './fields.ts';
import { areaRange, valueNumber } from './facts.ts';
import type { PartProblem } from './problems.ts';

/** Conditions one policy may have: what held must fit into one whole number that JavaScript keeps exactly. */
const LITERALS_MAX = 48;
const DEPTH_MAX = 12;
const ORDERED: readonly Operator[] = [
  'at_least',
  'at_most',
  'more_than',
  'less_than',
  'between',
  'is',
];

type Entries = Record<string, unknown>;
type Path = readonly (string | number)[];

/** Every problem of a criteria tree that came from outside, each with its path below the tree. */
export function checkCriteria(tree: unknown): PartProblem[] {
  const problems: PartProblem[] = [];
  const leaves = { count: 0 };
  walk({ node: tree, path: [], inside: null, problems, leaves });
  if (leaves.count > LITERALS_MAX) {
    problems.push({
      path: [],
      zh: `条件太多：最多 ${LITERALS_MAX} 条，现有 ${leaves.count} 条`,
      en: `Too many conditions: at most ${LITERALS_MAX}, here are ${leaves.count}`,
    });
  }
  return problems;
}

interface Step {
  node: unknown;
  path: Path;
  /** Null at the top; the household condition whose members are being described. */
  inside: 'household' | null;
  problems: PartProblem[];
  leaves: { count: number };
}

function walk(step: Step): void {
  const { node, path, problems } = step;
  const say = (zh: string, en: string, more: Path = []) =>
    problems.push({ path: [...path, ...more], zh, en });
  if (typeof node !== 'object' || node === null || Array.isArray(node)) {
    say('这里应是一条条件', 'This must be a condition');
    return;
  }
  if (path.length > DEPTH_MAX * 2) {
    say(`条件套得太深，最多 ${DEPTH_MAX} 层`, `Conditions are nested deeper than ${DEPTH_MAX}`);
    return;
  }
  const entries = node as Entries;
  const shape = SHAPES.find(({ mark }) => mark in entries);
  if (!shape) {
    say(
      '这里应是 all、any、atLeast、not、field 或 household 之一',
      'This must be one of all, any, atLeast, not, field or household',
    );
    return;
  }
  const strange = Object.keys(entries).filter((key) => !shape.keys.includes(key));
  if (strange.length > 0) {
    const names = strange.join(', ');
    say(`多出了没有的项：${names}`, `There is no such entry: ${names}`);
  }
  if (shape.mark === 'field' || shape.mark === 'household') step.leaves.count += 1;
  shape.check(entries, step, say);
}

type Say = (zh: string, en: string, more?: Path) => void;
type Check = (entries: Entries, step: Step, say: Say) => void;

const SHAPES: readonly { mark: string; keys: readonly string[]; check: Check }[] = [
  { mark: 'all', keys: ['all'], check: (entries, step, say) => list(entries, step, say, 'all') },
  { mark: 'any', keys: ['any'], check: (entries, step, say) => list(entries, step, say, 'any') },
  { mark: 'atLeast', keys: ['atLeast', 'of'], check: checkAtLeast },
  {
    mark: 'not',
    keys: ['not'],
    check: (entries, step) => walk({ ...step, node: entries['not'], path: [...step.path, 'not'] }),
  },
  {
    mark: 'household',
    keys: ['household', 'where', 'field', 'operator', 'value'],
    check: checkHousehold,
  },
  { mark: 'field', keys: ['field', 'operator', 'value', 'forMonths'], check: checkCompare },
];

function list(...[entries, step, say, key]: [Entries, Step, Say, string]): void {
  const of = entries[key];
  if (!Array.isArray(of) || of.length === 0) {
    say('这里应有至少一条条件', 'There must be at least one condition here', [key]);
    return;
  }
  for (const [index, node] of of.entries()) {
    walk({ ...step, node, path: [...step.path, key, index] });
  }
}

function checkAtLeast(entries: Entries, step: Step, say: Say): void {
  list(entries, step, say, 'of');
  const least = entries['atLeast'];
  const of = Array.isArray(entries['of']) ? entries['of'].length : 0;
  if (!Number.isInteger(least) || Number(least) < 1 || Number(least) > of) {
    say(`应是 1 到 ${of} 的整数`, `This must be a whole number from 1 to ${of}`, ['atLeast']);
  }
}

function checkCompare(entries: Entries, _step: Step, say: Say): void {
  const field = known(entries, say);
  if (!field) return;
  const operator = entries['operator'] as Operator;
  if (!field.operators.includes(operator)) {
    const allowed = field.operators.join(', ');
    say(`“${field.zh}”只能用 ${allowed} 比较`, `“${field.en}” can only be compared by ${allowed}`, [
      'operator',
    ]);
    return;
  }
  checkValues({ field, operator, value: entries['value'], say });
  const months = entries['forMonths'];
  if (months !== undefined && !(Number.isInteger(months) && Number(months) >= 1)) {
    say('应是至少 1 的整数（月）', 'This must be a whole number of months, at least 1', [
      'forMonths',
    ]);
  }
}

function known(entries: Entries, say: Say): Field | undefined {
  const name = entries['field'];
  const field = typeof name === 'string' ? findField(name) : undefined;
  if (!field) {
    const shown = typeof name === 'string' ? name : JSON.stringify(name ?? null);
    say(
      `没有“${shown}”这个字段：谁的档案里都没有它`,
      `There is no field “${shown}”: nobody's file has it`,
      ['field'],
    );
  }
  return field;
}

/** Values fit the field and the operator: how many, of what kind, in order. */
function checkValues(what: { field: Field; operator: Operator; value: unknown; say: Say }): void {
  const { field, operator, value, say } = what;
  const isList = operator === 'one_of' || operator === 'within' || operator === 'between';
  if (isList !== Array.isArray(value)) {
    say(
      isList ? '这里应是一个列表' : '这里应是一个值',
      isList ? 'This must be a list' : 'This must be one value',
      ['value'],
    );
    return;
  }
  const values: unknown[] = isList ? (value as unknown[]) : [value];
  if (
    values.length === 0 ||
    values.length > 100 ||
    (operator === 'between' && values.length !== 2)
  ) {
    say(
      operator === 'between' ? '这里应有起止两个值' : '这里应有 1 到 100 个值',
      operator === 'between' ? 'This must be the two ends' : 'There must be 1 to 100 values here',
      ['value'],
    );
    return;
  }
  const numbers = values.map((one, index) => {
    const number = numberOf(field, one);
    if (number === null) {
      const shown = typeof one === 'string' ? one : JSON.stringify(one ?? null);
      const path = isList ? ['value', index] : ['value'];
      say(`“${field.zh}”没有“${shown}”这个值`, `“${field.en}” has no value “${shown}”`, path);
    }
    return number;
  });
  const [from, to] = numbers;
  if (operator === 'between' && typeof from === 'number' && typeof to === 'number' && from > to) {
    say('起值大于止值，谁也不符合', 'The first end is above the second: nobody fits', ['value']);
  }
}

function numberOf(field: Field, value: unknown): number | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  if (field.type === 'area') return areaRange(String(value))?.[0] ?? null;
  if (field.type === 'code' && !field.values?.some(({ code }) => code === value)) return null;
  const number = valueNumber(field, value);
  const whole = field.type === 'age' || field.type === 'count' || field.type === 'money';
  if (whole && (typeof value !== 'number' || value < 0 || value > 1e12)) return null;
  return field.type === 'age' && Number(value) > 200 ? null : number;
}

function checkHousehold(entries: Entries, step: Step, say: Say): void {
  const { household } = entries;
  if (step.inside === 'household') {
    say('家庭条件里不能再套家庭条件', 'A household condition cannot stand inside another');
    return;
  }
  if (household !== 'members' && household !== 'total') {
    say('只能是 members 或 total', 'It must be members or total', ['household']);
    return;
  }
  if (household === 'total') {
    const field = known(entries, say);
    if (field && field.type !== 'money' && field.type !== 'count') {
      say(`“${field.zh}”不能相加`, `“${field.en}” cannot be added up`, ['field']);
    }
  }
  if (household === 'members' && entries['where'] !== undefined) {
    walk({ ...step, node: entries['where'], path: [...step.path, 'where'], inside: 'household' });
  }
  const unwanted = household === 'total' ? 'where' : 'field';
  if (entries[unwanted] !== undefined) {
    say(`${household} 不用 ${unwanted}`, `${household} takes no ${unwanted}`, [unwanted]);
  }
  const operator = entries['operator'] as Operator;
  if (!ORDERED.includes(operator)) {
    const allowed = ORDERED.join(', ');
    say(`只能用 ${allowed} 比较`, `It can only be compared by ${allowed}`, ['operator']);
    return;
  }
  const count: Field = { ...COUNT, zh: '家庭', en: 'Household' };
  checkValues({ field: count, operator, value: entries['value'], say });
}

const COUNT: Field = {
  code: 'household',
  number: null,
  readFrom: 'household',
  type: 'count',
  zh: '家庭',
  en: 'Household',
  unit: null,
  operators: ORDERED,
  values: null,
  isSet: false,
};
