import { formatYuan } from '@wennuan/basics';
import type { Language } from '@wennuan/contract';
import type { Award, AwardState, Level, Part, Round, Unit } from './award.ts';
import type { Move } from './award.moves.ts';

interface Told {
  title: string;
  body: string;
  link: string;
}

const LINK = '/my/aid';
const STATES: Record<AwardState, { zh: string; en: string }> = {
  candidate: { zh: '待入户', en: 'to be visited' },
  ready: { zh: '已入户', en: 'visited' },
  referred: { zh: '已转部门', en: 'referred to the department' },
  proposed: { zh: '待审批', en: 'proposed' },
  approved: { zh: '已批准，待公示', en: 'approved, to be posted' },
  on_notice: { zh: '公示中', en: 'on the notice board' },
  paused: { zh: '有异议，暂停', en: 'paused by an objection' },
  granted: { zh: '享受中', en: 'granted' },
  paid_elsewhere: { zh: '部门发放中', en: 'paid by the department' },
  halted: { zh: '暂停，待核实', en: 'halted, to be looked at' },
  refused: { zh: '未批准', en: 'refused' },
  declined: { zh: '本人放弃', en: 'given up' },
  died: { zh: '已去世', en: 'died' },
  moved: { zh: '已迁出', en: 'moved away' },
  stopped: { zh: '已停止', en: 'stopped' },
  finished: { zh: '已办结', en: 'finished' },
};

const DECIDERS: Record<Level, { zh: string; en: string }> = {
  community: { zh: '社区', en: 'your community' },
  street: { zh: '街道', en: 'the street office' },
  district: { zh: '区温暖办', en: 'the district office' },
  federation: { zh: '慈善总会', en: 'the charity federation' },
  department: { zh: '主管部门', en: 'the department' },
};

/** Who decided on an award last, in words; the level named by its appeal is one above. */
export function deciderOf(award: Pick<Award, 'decidedLevel' | 'source'>): {
  zh: string;
  en: string;
} {
  if (award.decidedLevel) return DECIDERS[award.decidedLevel];
  return DECIDERS[award.source === 'charity' ? 'federation' : 'department'];
}

/** Who answers an appeal, in words. */
export function appealWords(award: Pick<Award, 'decidedLevel'>): { zh: string; en: string } {
  return DECIDERS[award.decidedLevel === 'community' ? 'street' : 'district'];
}

const TELLING = {
  face_to_face: '当面告知，交了告知书',
  telephone: '电话告知',
  letter_left: '告知书交给了家人',
} as const;

/** How she was told, as it stands in the history. */
export function tellingWords(way: keyof typeof TELLING): string {
  return TELLING[way];
}

/** A state in words. */
export function stateWords(state: AwardState, language: Language): string {
  return STATES[state][language];
}

/** An amount in its unit: ¥300.00, 2 hours, once. */
export function amountWords(amount: number, unit: Unit, language: Language = 'zh'): string {
  if (language === 'en') {
    if (unit === 'fen') return formatYuan(amount);
    if (unit === 'minutes') return `${amount} minutes`;
    return amount === 1 ? 'once' : `${amount} times`;
  }
  if (unit === 'fen') return `${formatYuan(amount)} 元`;
  if (unit === 'minutes') return amount % 60 === 0 ? `${amount / 60} 小时` : `${amount} 分钟`;
  return amount > 1 ? `${amount} 次` : '一次';
}

const CADENCE = {
  once: '一次',
  yearly: '每年一次',
  monthly: '每月',
  weekly: '每周',
  on_change: '按情况安排',
} as const;

/** The first message: what it may be, who comes, and that nobody asks for money or codes. */
export function foundMessage(round: Round, amount: number): Told {
  const { name, benefit, cadence } = round.definition;
  const sum = amount > 0 ? `，${CADENCE[cadence]}${amountWords(amount, benefit.unit)}` : '';
  return {
    title: `您可能可以享受“${name.zh}”`,
    body:
      `这是一项帮扶${sum}。社区工作人员会上门核对，看一看证件，不收任何费用，也不会向您要验证码或密码。` +
      '您不用自己跑。不想要，当面告诉他就可以。',
    link: LINK,
  };
}

interface About {
  award: Award;
  round: Round;
  note: string;
}

const APPEAL = '如果您不同意，可以在“我的帮扶”里申诉，或者打电话给社区，由上一级重新看。';

const WORDS: Partial<Record<Move, (about: About) => Omit<Told, 'link'>>> = {
  refuse: refusedWords,
  refuse_list: refusedWords,
  refuse_elsewhere: refusedWords,
  uphold_objection: refusedWords,
  note_move: ({ round, note }) => ({
    title: `“${round.definition.name.zh}”转出`,
    body: `原因：${note}。${APPEAL}`,
  }),
  refer: ({ round }) => ({
    title: `“${round.definition.name.zh}”已经报上去了`,
    body: '社区已经把您的情况报给主管部门，由他们决定。有结果会告诉您。',
  }),
  grant: ({ award, round }) => ({
    title: `“${round.definition.name.zh}”已经批准`,
    body: `${CADENCE[round.definition.cadence]}${amountWords(award.amount, award.unit)}。每次发放都会告诉您，请收到后点“收到了”，或告诉社区。`,
  }),
  object: ({ round }) => ({
    title: `“${round.definition.name.zh}”暂停，正在核实`,
    body: '有人对公示提出了意见，街道正在核实。这不代表您有问题，有结果会马上告诉您。',
  }),
  dismiss_objection: ({ round }) => ({
    title: `“${round.definition.name.zh}”继续办理`,
    body: '街道核实过了，意见不成立，继续为您办理。',
  }),
  stop: ({ round, note }) => ({
    title: `“${round.definition.name.zh}”停止发放`,
    body: `原因：${note}。${APPEAL}`,
  }),
  give_up: ({ round, note }) => ({
    title: `“${round.definition.name.zh}”按您的意思停止`,
    body: `工作人员记下了您的话：${note}。如果这不是您的意思，可以在“我的帮扶”里申诉，或者打电话给社区，由上一级重新看。`,
  }),
  renew: ({ award, round }) => ({
    title: `“${round.definition.name.zh}”继续享受`,
    body: `复查过了，继续到 ${award.reviewOn ?? ''}。`,
  }),
  overturn: ({ round, note }) => ({
    title: `“${round.definition.name.zh}”申诉成立`,
    body: `上一级重新看过，答复：${note}。接着为您办理。`,
  }),
};

function refusedWords({ round, note }: About): Omit<Told, 'link'> {
  return {
    title: `“${round.definition.name.zh}”没有办成`,
    body: `原因：${note}。${APPEAL}`,
  };
}

/** What she is told about a move; null when it is none of hers to hear. */
export function moveMessage(move: Move, about: About): Told | null {
  const words = WORDS[move]?.(about);
  return words ? { ...words, link: LINK } : null;
}

/** What she is told when a part has come. */
export function partMessage(part: Part, round: Round): Told {
  const name = round.definition.name.zh;
  const sum = amountWords(part.amount, part.unit);
  const how: Record<Part['delivery'], string> = {
    cash: `${sum}已经打到您的银行卡。`,
    voucher: `${sum}的代金券已经发到您名下，不用带钱，带本人证件到慈善驿站使用。`,
    meal_card: `${sum}的助餐额度已经存到您名下，到助餐点刷卡吃饭。`,
    health_check: '体检已经安排好。',
    service: '服务已经完成。',
    volunteer_hours: `志愿者为您服务了${sum}。`,
    visit: '社区工作人员看望了您。',
    goods: '物品已经发放。',
  };
  return {
    title: `“${name}”到了`,
    body: `${how[part.delivery]}请看一看，收到了就点“收到了”；没收到，点“没收到”，社区会帮您查。`,
    link: LINK,
  };
}
