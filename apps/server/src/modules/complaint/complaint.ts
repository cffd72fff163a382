import type { Language, shapes } from '@wennuan/contract';
import { WORKING_DAY_MINUTES, type WorkingTime } from '../place/index.ts';

export type ComplaintRoute = (typeof shapes.complaintRoutesTo)[number];
export type ComplaintAct = (typeof shapes.complaintActs)[number];
export type ComplaintSubject = 'campaign' | 'fund' | 'page' | 'charity';

/** Working days until an answer: five for a report button (MZ/T 087), twenty for a complaint to civil affairs. */
const ANSWER_DAYS: Record<ComplaintRoute, number> = { federation: 5, civil_affairs: 20 };

/** When a complaint that came at a moment must be answered, and when its clock warns. */
export function answerClock(route: ComplaintRoute, at: Date, workingTime: WorkingTime) {
  const minutes = ANSWER_DAYS[route] * WORKING_DAY_MINUTES;
  return { dueAt: workingTime.add(at, minutes), warnAt: workingTime.add(at, minutes / 2) };
}

/** Public pages by the first part of their address, as people call them. */
const PAGE_NAMES: Readonly<Record<string, Record<Language, string>>> = {
  '': { zh: '首页', en: 'Home' },
  wall: { zh: '心愿墙', en: 'Wish wall' },
  wishes: { zh: '心愿', en: 'A wish' },
  campaigns: { zh: '募捐活动', en: 'Campaigns' },
  gifts: { zh: '捐赠去向', en: 'Where a gift went' },
  funds: { zh: '善款账本', en: 'Accounts' },
  payments: { zh: '支出', en: 'A payment' },
  responses: { zh: '办理时效', en: 'Response times' },
  slips: { zh: '查进度', en: 'Follow a slip' },
  help: { zh: '求助电话', en: 'Telephones' },
  policies: { zh: '政策清单', en: 'Programmes' },
  aid: { zh: '救助款去向', en: 'Where aid went' },
  objections: { zh: '公示异议', en: 'Objections to notices' },
  about: { zh: '怎么办事', en: 'How things are done' },
  check: { zh: '核对凭证', en: 'Check a receipt' },
  disclosures: { zh: '信息公开', en: 'Disclosures' },
  complaints: { zh: '投诉举报', en: 'Complaints' },
  log: { zh: '公开账本', en: 'The public log' },
  open: { zh: '公开数据', en: 'Open data' },
  stations: { zh: '驿站月报', en: 'A station’s month' },
  'charity-sales': { zh: '义卖', en: 'Charity sales' },
  mall: { zh: '商城', en: 'Mall' },
};

/** A page in words, by its address: who answers reads what it is about, and opens the address for the rest. */
export function pageName(path: string, language: Language = 'zh'): string {
  const [, first = ''] = path.split('/');
  const known = Object.hasOwn(PAGE_NAMES, first) ? PAGE_NAMES[first]![language] : undefined;
  if (language === 'en') return known ? `the page “${known}”` : 'a page of the site';
  return known ? `“${known}”页面` : '网站页面';
}

/** What a complaint is about, in the reader's language; its name was written down in Chinese. */
export function subjectIn(
  row: { subjectKind: ComplaintSubject; subjectCode: string | null; subjectName: string },
  language: Language,
): string {
  if (language === 'zh' || row.subjectKind !== 'page') return row.subjectName;
  return pageName(row.subjectCode ?? '', language);
}

/** What was done with a campaign, as a message to its givers says it. */
export const actWords: Record<Exclude<ComplaintAct, 'none'>, { title: string; body: string }> = {
  pause: {
    title: '您捐过的活动暂停募捐',
    body: '正在核实有关情况，暂时不接受新的捐赠。您的捐款仍在账上，去向照常可查。',
  },
  take_down: {
    title: '您捐过的活动已下架',
    body: '经核实，这个活动不再接受捐赠。已收善款按备案方案处理，去向照常可查。',
  },
  resume: { title: '您捐过的活动已恢复', body: '情况已核实清楚，活动恢复接受捐赠。' },
};
