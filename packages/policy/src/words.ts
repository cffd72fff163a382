import type {
  Compare,
  Criteria,
  HouseholdMembers,
  HouseholdTotal,
  Leaf,
  Value,
} from './criteria.ts';
import { isLeaf, parts } from './criteria.ts';
import { dateOfNumber } from './facts.ts';
import { type Field, getField, type Operator } from './fields.ts';
import type { Words } from './values.ts';

/** What a condition asks, as people say it: `年龄满 80 岁`, `age at least 80`. */
export function leafWords(leaf: Leaf, negated: boolean): Words {
  const words = 'household' in leaf ? householdWords(leaf) : compareWords(leaf);
  if (!negated) return words;
  return { zh: `并非“${words.zh}”`, en: `not “${words.en}”` };
}

function compareWords(leaf: Compare): Words {
  const field = getField(leaf.field);
  const words = specialWords(leaf, field) ?? plainWords(leaf, field);
  if (leaf.forMonths === undefined) return words;
  return {
    zh: `${words.zh}，并已满 ${leaf.forMonths} 个月`,
    en: `${words.en}, for at least ${leaf.forMonths} months`,
  };
}

function specialWords(leaf: Compare, field: Field): Words | null {
  if (field.code === 'died_on') return { zh: '有死亡登记', en: 'a death is registered' };
  const list = shownList(field, leaf.value);
  if (field.code === 'group') return { zh: `属于${list.zh}`, en: `in the group ${list.en}` };
  if (field.code === 'benefit') {
    return { zh: `正在享受 ${list.zh}`, en: `is receiving ${list.en}` };
  }
  if (leaf.operator === 'within') {
    return { zh: `${field.zh}在 ${list.zh} 内`, en: `${lower(field.en)} is in ${list.en}` };
  }
  return null;
}

function plainWords(leaf: Compare, field: Field): Words {
  const { operator } = leaf;
  if (operator === 'is' || operator === 'one_of') {
    const list = shownList(field, leaf.value);
    return { zh: `${field.zh}为${list.zh}`, en: `${lower(field.en)} is ${list.en}` };
  }
  const [from, to] = ends(leaf.value).map((value) => shownValue(field, value));
  const ordered = orderedWords(operator, from!, to ?? from!);
  return { zh: `${field.zh}${ordered.zh}`, en: `${lower(field.en)} ${ordered.en}` };
}

function orderedWords(operator: Operator, from: Words, to: Words): Words {
  switch (operator) {
    case 'at_least':
      return { zh: `不低于 ${from.zh}`, en: `at least ${from.en}` };
    case 'at_most':
      return { zh: `不高于 ${from.zh}`, en: `at most ${from.en}` };
    case 'more_than':
      return { zh: `高于 ${from.zh}`, en: `more than ${from.en}` };
    case 'less_than':
      return { zh: `低于 ${from.zh}`, en: `less than ${from.en}` };
    case 'between':
      return { zh: `在 ${from.zh}到 ${to.zh}之间`, en: `from ${from.en} to ${to.en}` };
    default:
      return { zh: `为 ${from.zh}`, en: `exactly ${from.en}` };
  }
}

function householdWords(leaf: HouseholdMembers | HouseholdTotal): Words {
  const numbers = ends(leaf.value);
  if (leaf.household === 'total') {
    const field = getField(leaf.field);
    const [from, to] = numbers.map((value) => shownValue(field, value));
    const ordered = orderedWords(leaf.operator, from!, to ?? from!);
    return {
      zh: `全家${field.zh}合计${ordered.zh}`,
      en: `${lower(field.en)} of the household together ${ordered.en}`,
    };
  }
  const [from, to] = numbers.map((value) => ({ zh: `${value} 人`, en: String(value) }));
  const ordered = orderedWords(leaf.operator, from!, to ?? from!);
  if (leaf.where === undefined) {
    return { zh: `家庭人口${ordered.zh}`, en: `members of the household ${ordered.en}` };
  }
  const who = criteriaWords(leaf.where);
  return {
    zh: `家中“${who.zh}”的成员${ordered.zh}`,
    en: `members of the household with “${who.en}” ${ordered.en}`,
  };
}

/** A whole tree in one phrase. */
export function criteriaWords(criteria: Criteria): Words {
  if (isLeaf(criteria)) return leafWords(criteria, false);
  if ('not' in criteria) {
    const inner = criteriaWords(criteria.not);
    return { zh: `并非（${inner.zh}）`, en: `not (${inner.en})` };
  }
  const of = parts(criteria).map((part) => {
    const words = criteriaWords(part);
    const isPlain = isLeaf(part) || parts(criteria).length === 1;
    return isPlain ? words : { zh: `（${words.zh}）`, en: `(${words.en})` };
  });
  if ('atLeast' in criteria) {
    return {
      zh: `以下至少 ${criteria.atLeast} 项：${join(of, 'zh', '、')}`,
      en: `at least ${criteria.atLeast} of: ${join(of, 'en', ', ')}`,
    };
  }
  return 'all' in criteria
    ? { zh: join(of, 'zh', '，且'), en: join(of, 'en', ' and ') }
    : { zh: join(of, 'zh', '，或'), en: join(of, 'en', ' or ') };
}

function join(words: readonly Words[], language: keyof Words, by: string): string {
  return words.map((one) => one[language]).join(by);
}

/** A stored value as people read it. */
export function storedWords(field: Field, value: number): Words {
  if (field.type === 'code') {
    const found = field.values?.find(({ number }) => number === value);
    return found ? { zh: found.zh, en: found.en } : { zh: '其他', en: 'Other' };
  }
  if (field.type === 'date') return same(dateOfNumber(value));
  if (field.type === 'benefit') return same(value.toString(36).toUpperCase());
  return shownValue(field, value);
}

function shownList(field: Field, value: Compare['value']): Words {
  const shown = (Array.isArray(value) ? (value as readonly Value[]) : [value as Value]).map((one) =>
    shownValue(field, one),
  );
  return { zh: join(shown, 'zh', '或'), en: join(shown, 'en', ' or ') };
}

function shownValue(field: Field, value: Value): Words {
  if (field.type === 'code') {
    const found = field.values?.find(({ code }) => code === value);
    return found ? { zh: found.zh, en: lower(found.en) } : same(String(value));
  }
  if (field.type === 'money') {
    const yuan = yuanText(Number(value));
    return { zh: `${yuan} 元`, en: `¥${yuan}` };
  }
  if (field.type === 'age') return { zh: `${value} 岁`, en: `${value}` };
  return same(String(value));
}

/** Fen in yuan without the zeros that a threshold in a sentence does not need. */
function yuanText(fen: number): string {
  return fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2);
}

function ends<T extends Value>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

function same(text: string): Words {
  return { zh: text, en: text };
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
