import type { shapes } from '@wennuan/contract';
import type { WorkingTime } from '../place/index.ts';

export type ComplaintRoute = (typeof shapes.complaintRoutesTo)[number];
export type ComplaintAct = (typeof shapes.complaintActs)[number];
export type ComplaintSubject = 'campaign' | 'fund' | 'page' | 'charity';

const WORKING_DAY_MINUTES = 8 * 60;

/** Working days until an answer: five for a report button (MZ/T 087), twenty for a complaint to civil affairs. */
const ANSWER_DAYS: Record<ComplaintRoute, number> = { federation: 5, civil_affairs: 20 };

/** When a complaint that came at a moment must be answered, and when its clock warns. */
export function answerClock(route: ComplaintRoute, at: Date, workingTime: WorkingTime) {
  const minutes = ANSWER_DAYS[route] * WORKING_DAY_MINUTES;
  return { dueAt: workingTime.add(at, minutes), warnAt: workingTime.add(at, minutes / 2) };
}

/** Public pages by the first part of their address, as people call them. */
const PAGE_NAMES: Readonly<Record<string, string>> = {
  '': '首页',
  wall: '心愿墙',
  wishes: '心愿',
  campaigns: '募捐活动',
  gifts: '捐赠去向',
  funds: '善款账本',
  payments: '支出',
  responses: '办理时效',
  slips: '查进度',
  help: '求助电话',
  policies: '政策清单',
  aid: '救助款去向',
  objections: '公示异议',
  about: '怎么办事',
  check: '核对凭证',
  disclosures: '信息公开',
  complaints: '投诉举报',
  log: '公开账本',
  open: '公开数据',
  stations: '驿站月报',
  'charity-sales': '义卖',
  mall: '商城',
};

/** A page in words, by its address: who answers reads what it is about, and opens the address for the rest. */
export function pageName(path: string): string {
  const [, first = ''] = path.split('/');
  const known = Object.hasOwn(PAGE_NAMES, first) ? PAGE_NAMES[first] : undefined;
  return known ? `“${known}”页面` : '网站页面';
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
