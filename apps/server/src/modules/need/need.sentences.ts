import type { Language, NeedState } from '@wennuan/contract';
import type { Need } from './need.ts';

type Words = Record<Language, string>;

const STATE_WORDS: Record<NeedState, Words> = {
  submitted: { zh: '待认定', en: 'waiting to be verified' },
  returned: { zh: '待补充', en: 'waiting for the asker' },
  verified: { zh: '已认定，对接中', en: 'verified, being matched' },
  refused: { zh: '未予受理', en: 'refused' },
  referred: { zh: '已转介', en: 'referred' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  merged: { zh: '已合并办理', en: 'merged' },
  matched: { zh: '已对接，待实施', en: 'matched' },
  under_way: { zh: '实施中', en: 'under way' },
  partly_met: { zh: '部分满足', en: 'partly met' },
  fed_back: { zh: '已反馈，待结案', en: 'fed back' },
  closed: { zh: '已结案', en: 'closed' },
  unconfirmed: { zh: '未能确认', en: 'unconfirmed' },
  lapsed: { zh: '已终止', en: 'lapsed' },
};

/** A state as people read it. */
export function stateWord(state: NeedState, language: Language): string {
  return STATE_WORDS[state][language];
}

const NEXT: Record<NeedState, Words> = {
  submitted: {
    zh: '社区工作者会在时限内联系您、核实情况。您不用再跑一趟。',
    en: 'A community worker will contact you and check in time. You need not come again.',
  },
  returned: {
    zh: '工作人员请您补充情况。补充后继续办理，办理时限暂停。',
    en: 'The worker asks you for more. Answer and it goes on; the clock waits meanwhile.',
  },
  verified: {
    zh: '情况已核实，正在为您寻找帮助。找到后会马上告诉您。',
    en: 'Your matter is verified. We are looking for what meets it and will tell you at once.',
  },
  refused: {
    zh: '这次没有受理，理由见下。您可以在 30 天内向上一级申诉。',
    en: 'It was refused for the reason below. You may appeal one level up within 30 days.',
  },
  referred: {
    zh: '已转到主管部门办理，结果出来后会告诉您，其余部分继续办。',
    en: 'It was referred to the responsible office. We tell you the result and go on with the rest.',
  },
  withdrawn: { zh: '您已撤回。需要时可以重新提出。', en: 'You took it back. You can ask anew.' },
  merged: {
    zh: '这件事与另一件合并办理，不会漏下。',
    en: 'It is handled together with another matter; nothing is lost.',
  },
  matched: {
    zh: '帮助已经找到，正在安排送达。上门的人会先说出暗号，温暖不会向您要验证码或收费。',
    en: 'Help is found and being arranged. Nobody from us asks for codes or fees.',
  },
  under_way: {
    zh: '正在为您办理。收到后请确认是否满意。',
    en: 'It is being carried out. Please confirm when it has reached you.',
  },
  partly_met: {
    zh: '已办成一部分，剩余部分还在想办法。',
    en: 'Part of it is done; we are still looking for the rest.',
  },
  fed_back: {
    zh: '收到您的反馈，谢谢。工作人员将结案。',
    en: 'Thank you for your word. It will be closed.',
  },
  closed: {
    zh: '已按您的反馈结案。如果问题又出现，可以重新打开，时限接着原来的算。',
    en: 'Closed on your word. If it is not solved you can reopen it; its clock goes on.',
  },
  unconfirmed: {
    zh: '三次联系不上您，先记为“未能确认”，不算办结。您随时可以重新打开。',
    en: 'We could not reach you three times; it counts as unconfirmed. You can reopen it.',
  },
  lapsed: { zh: '这件事已终止。需要时可以重新提出。', en: 'It has ended. You can ask anew.' },
};

/** What happens next, said to the asker. */
export function nextStep(need: Need, language: Language): string {
  if (need.state === 'under_way' && need.deliveredAt)
    return language === 'zh'
      ? '已送到。请用自己的话告诉我们是否满意，您说了才能结案。'
      : 'It was delivered. Tell us in your own words whether it helps; only then is it closed.';
  if (need.state === 'refused' && need.appeal === 'open')
    return language === 'zh'
      ? '您的申诉已收到，上一级正在复核。'
      : 'Your appeal is being looked at one level up.';
  if (need.state === 'refused' && need.appeal === 'upheld')
    return language === 'zh'
      ? '上一级复核后维持原决定，理由见下。情况变化时可以重新提出。'
      : 'The level above upheld the decision for the reason below. You can ask anew if things change.';
  return NEXT[need.state][language];
}

export type NoticeName =
  | 'filed'
  | 'returned'
  | 'verified'
  | 'refused'
  | 'upheld'
  | 'overturned'
  | 'referred'
  | 'merged'
  | 'matched'
  | 'searching_again'
  | 'delivered'
  | 'closed'
  | 'lapsed';

/** What a message to the asker is filled with. `words` is what the office wrote for her. */
export interface NoticeFacts {
  number: string;
  kind: Need['kind'];
  words: string;
  answerBy: string;
  deskTelephone: string;
  appealDays: number;
}

const NOTICES: Record<NoticeName, (facts: NoticeFacts) => { title: string; body: string }> = {
  filed: (facts) => ({
    title: `已收到，编号 ${facts.number}`,
    body: `您的${kindWord(facts.kind)}已收到，编号 ${facts.number}，${facts.answerBy} 前答复。${standard(facts)}${telephone(facts)}`,
  }),
  returned: (facts) => ({
    title: `${facts.number} 请您补充`,
    body: `请补充：${facts.words} 补充后继续办理，等您期间时限暂停。${telephone(facts)}`,
  }),
  verified: (facts) => ({
    title: `${facts.number} 已认定`,
    body: '情况已核实，正在为您寻找帮助，找到后马上告诉您。',
  }),
  refused: (facts) => ({
    title: `${facts.number} 未予受理`,
    body: `理由：${facts.words} 不同意的，可在 ${facts.appealDays} 天内向上一级申诉：打开这件事点“申诉”，或请社区代写。${telephone(facts)}`,
  }),
  upheld: (facts) => ({
    title: `${facts.number} 复核结果：维持`,
    body: `理由：${facts.words} 情况变化时可以重新提出。${telephone(facts)}`,
  }),
  overturned: (facts) => ({
    title: `${facts.number} 复核结果：重新办理`,
    body: `您的申诉成立，继续为您办理。${facts.words}`,
  }),
  referred: (facts) => ({
    title: `${facts.number} 已转介`,
    body: `已转到主管部门办理：${facts.words} 结果出来后告诉您，其余部分继续办。`,
  }),
  merged: (facts) => ({
    title: `${facts.number} 合并办理`,
    body: '这件事与另一件同样的事合并办理，不会漏下。',
  }),
  matched: (facts) => ({
    title: `${facts.number} 已找到帮助`,
    body: '正在安排送达。温暖不会向您要验证码，也不收任何费用。',
  }),
  searching_again: (facts) => ({
    title: `${facts.number} 继续寻找帮助`,
    body: '原来的安排没有成，正在重新为您寻找，不用重新提出。',
  }),
  delivered: (facts) => ({
    title: `${facts.number} 已送到，请您确认`,
    body: `请用自己的话告诉我们是否满意，您说了才能结案。${telephone(facts)}`,
  }),
  closed: (facts) => ({
    title: `${facts.number} 已结案`,
    body: '已按您的反馈结案，谢谢您。问题又出现时可以重新打开。',
  }),
  lapsed: (facts) => ({
    title: `${facts.number} 已终止`,
    body: `这件事已终止。${facts.words} 需要时可以重新提出。${telephone(facts)}`,
  }),
};

function kindWord(kind: Need['kind']): string {
  return kind === 'micro_wish' ? '微心愿' : '个人求助';
}

/** C-16: the standard, the steps and the rules, told when a matter is filed. */
function standard({ kind, appealDays }: NoticeFacts): string {
  return kind === 'micro_wish'
    ? `标准：一件实物或一次服务，不超过 500 元，每人同时一件，不含现金、烟酒、药品。步骤：社区核实→上墙（不写姓名）→有人认领→送达→您确认。60 天没有认领会告诉您。不同意决定可在 ${appealDays} 天内申诉。`
    : `步骤：社区核实→先查法定救助→再看慈善基金→最后可转指定平台，每一步都写明理由。您的情况不公开。不同意决定可在 ${appealDays} 天内申诉。`;
}

function telephone({ deskTelephone }: NoticeFacts): string {
  return deskTelephone ? `社区电话 ${deskTelephone}。` : '';
}

/** A message to the asker in plain Chinese. */
export function noticeOf(name: NoticeName, facts: NoticeFacts): { title: string; body: string } {
  return NOTICES[name](facts);
}
