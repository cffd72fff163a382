import type { z } from 'zod';
import type { Words } from './values.ts';

/** What is wrong in a definition: where, as a path (`criteria.all.0.field`), and a sentence. */
export interface Problem extends Words {
  path: string;
}

/** A problem inside a part, its path still in steps. */
export interface PartProblem extends Words {
  path: readonly (string | number)[];
}

/** A zod issue as a problem with a sentence of ours. */
export function problemOf(issue: z.core.$ZodIssue): Problem {
  return { path: issue.path.map(String).join('.'), ...sentenceOf(issue) };
}

function sentenceOf(issue: z.core.$ZodIssue): Words {
  switch (issue.code) {
    case 'custom': {
      const { zh, en } = (issue.params ?? {}) as Partial<Words>;
      return { zh: zh ?? '这里填得不对', en: en ?? 'This is not right' };
    }
    case 'unrecognized_keys': {
      const names = issue.keys.join(', ');
      return { zh: `多出了没有的项：${names}`, en: `There is no such entry: ${names}` };
    }
    case 'invalid_type':
      return issue.input === undefined
        ? { zh: '缺了这一项', en: 'This entry is missing' }
        : issue.input === null
          ? { zh: '这里还没有填', en: 'This is still empty' }
          : {
              zh: `这里应是${TYPES[issue.expected]?.zh ?? issue.expected}`,
              en: `This must be ${TYPES[issue.expected]?.en ?? issue.expected}`,
            };
    case 'invalid_value': {
      const allowed = issue.values.map(String).join(', ');
      return { zh: `只能是以下之一：${allowed}`, en: `It must be one of: ${allowed}` };
    }
    case 'invalid_union':
      return { zh: '没有这一种（kind）', en: 'There is no such kind' };
    case 'too_small':
      if (issue.origin === 'string') return { zh: '这里还没有填', en: 'This is still empty' };
      return { zh: `不能少于 ${issue.minimum}`, en: `It cannot be less than ${issue.minimum}` };
    case 'too_big':
      if (issue.origin === 'string')
        return { zh: `最多 ${issue.maximum} 个字`, en: `At most ${issue.maximum} characters` };
      return { zh: `不能多于 ${issue.maximum}`, en: `It cannot be more than ${issue.maximum}` };
    default:
      return { zh: '这里填得不对', en: 'This is not right' };
  }
}

const TYPES: Record<string, Words> = {
  string: { zh: '文字', en: 'text' },
  number: { zh: '数字', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  boolean: { zh: '是或否', en: 'true or false' },
  array: { zh: '列表', en: 'a list' },
  object: { zh: '一组项目', en: 'a group of entries' },
};
