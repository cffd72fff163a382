/** What the module `program` refuses. */
export const programRefusals = {
  // programmes
  definition_invalid: {
    status: 400,
    zh: '这份政策还有 {count} 处没有写对：{first}。改好后再保存，写的内容还在。',
    en: 'This policy has {count} places that are not right yet: {first}. Correct them and save again; what you wrote is kept.',
  },
  program_not_own: {
    status: 403,
    zh: '这项政策由别的单位负责，您只能查看。需要改动请联系区温暖办。',
    en: 'Another office answers for this programme, so you can only read it. Ask the district office for a change.',
  },
  program_proposed: {
    status: 409,
    zh: '{code} 有一份草案正在等待决定，暂时不能另存。请等它有结果，或先撤回。',
    en: '{code} has a draft that waits for a decision, so another cannot be saved. Wait for the result or take it back first.',
  },
  end_in_past: {
    status: 400,
    zh: '停止日期不能早于今天，也不能早于开始施行的日子。',
    en: 'It cannot end before today, nor before the day it began.',
  },
} as const;
