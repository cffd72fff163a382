import { addDays, formatYuan, type Id, type PlainDate } from '@wennuan/basics';
import type { Language, shapes } from '@wennuan/contract';
import type { z } from 'zod';

export type CharitySaleView = z.output<typeof shapes.charitySale>;
export type PublicView = z.output<typeof shapes.publicCharitySale>;
export type HeadView = z.output<typeof shapes.charitySaleHead>;
export type State = CharitySaleView['state'];
export type Obstacle = CharitySaleView['obstacles'][number];
export type Leftover = 'stock' | 'next_sale';

/** A charity sale as it is on file. */
export interface Sale {
  id: Id;
  serial: number;
  number: string;
  name: string;
  purpose: string;
  targetKind: 'fund' | 'campaign';
  targetId: Id;
  opensOn: PlainDate;
  closesOn: PlainDate;
  isOnline: boolean;
  state: State;
  agreementPaperId: Id | null;
  planPaperId: Id | null;
  approvalId: Id | null;
  plannedBy: Id | null;
  openedAt: Date | null;
  closedAt: Date | null;
  /** When two agreed to end it before its last day. */
  endedAt: Date | null;
  reason: string | null;
  version: number;
}

/** Days after its end within which the proceeds are to be in the federation's account. */
export const DAYS_TO_SETTLE = 10;
/** Two people agree to a charity sale, neither of them who planned it. */
export const APPROVERS = 2;

/** What a charity sale can still be changed in. */
export const CHANGEABLE: readonly State[] = ['draft', 'proposed', 'approved'];
/** While its things can be put in and priced. */
export const PRICEABLE: readonly State[] = ['draft', 'proposed', 'approved', 'open'];

const STATE_WORDS: Record<State, string> = {
  draft: '策划中',
  proposed: '待审批',
  approved: '已批准',
  open: '正在义卖',
  closed: '已结束',
  refused: '未批准',
  cancelled: '已取消',
};

/** The state in words, for refusals. */
export function stateWords(state: State): string {
  return STATE_WORDS[state];
}

/** True while its things may be sold on a day. */
export function isSelling(
  sale: Pick<Sale, 'state' | 'opensOn' | 'closesOn'> & { endedAt?: Date | null },
  today: PlainDate,
): boolean {
  const isInDays = sale.opensOn <= today && today <= sale.closesOn;
  return sale.state === 'open' && isInDays && !sale.endedAt;
}

/** True when an open one is to close: its last day is over, or two agreed to end it. */
export function isOver(
  sale: Pick<Sale, 'state' | 'closesOn'> & { endedAt?: Date | null },
  today: PlainDate,
): boolean {
  return sale.state === 'open' && (sale.closesOn < today || Boolean(sale.endedAt));
}

/** The last day for its proceeds to be in the account. */
export function dueOn(sale: Pick<Sale, 'closesOn'>): PlainDate {
  return addDays(sale.closesOn, DAYS_TO_SETTLE);
}

/** What stands against opening it, in the order people mend it. */
export function obstaclesOf(
  sale: Pick<Sale, 'state' | 'agreementPaperId' | 'planPaperId' | 'isOnline' | 'closesOn'>,
  known: { things: number; receiver: string; mayBeOnline: boolean; today: PlainDate },
): Obstacle[] {
  const stands: [Obstacle, boolean][] = [
    ['papers_missing', sale.agreementPaperId === null || sale.planPaperId === null],
    ['not_agreed', sale.state !== 'approved'],
    ['things_missing', known.things === 0],
    ['receiver_missing', known.receiver !== 'active'],
    ['ticks_missing', sale.isOnline && !known.mayBeOnline],
    ['days_over', sale.closesOn < known.today],
  ];
  return stands.filter(([, stood]) => stood).map(([code]) => code);
}

/** The bar code stuck on a thing: 29 (used inside shops), the charity sale, the thing; 12 digits. */
export function barCodeOf(sale: Pick<Sale, 'serial'>, place: number): string {
  return `29${String(sale.serial).padStart(6, '0')}${String(place).padStart(4, '0')}`;
}

type Told = Pick<
  PublicView,
  'state' | 'opensOn' | 'closesOn' | 'target' | 'places' | 'proceeds'
> & {
  donors: number;
  offered: number;
  sold: number;
  left: number;
};

/** What everybody reads of it: what was given, what it brought, and where that is. */
export function sentencesOf(told: Told, language: Language): string[] {
  return (language === 'zh' ? inChinese : inEnglish)(told);
}

function inChinese(told: Told): string[] {
  const { proceeds, target, state } = told;
  const said = [
    `${told.donors} 位捐赠人给出 ${told.offered} 件，${told.opensOn} 至 ${told.closesOn} 在${told.places.map((one) => one.name).join('、')}义卖，所得全部归“${target.name}”。`,
  ];
  const sum = formatYuan(proceeds.proceedsFen);
  if (state !== 'closed')
    return [...said, `到现在卖出 ${told.sold} 件，收入 ${sum}。结束后这里自动公布结果。`];
  const back =
    proceeds.refundedFen > 0
      ? `（卖出 ${formatYuan(proceeds.grossFen)}，退货 ${formatYuan(proceeds.refundedFen)}）`
      : '';
  said.push(`卖出 ${told.sold} 件，所得 ${sum}${back}，还剩 ${told.left} 件。`);
  if (proceeds.settled)
    said.push(
      `${formatYuan(proceeds.settled.netFen)} 已于 ${proceeds.settled.paidOn} 全部进入“${target.name}”，结算单 ${proceeds.settled.number}。`,
    );
  else if (proceeds.proceedsFen > 0)
    said.push(`这笔钱存入总会账户后才进入“${target.name}”，在那之前一分也不能用。`);
  return said;
}

function inEnglish(told: Told): string[] {
  const { proceeds, target, state } = told;
  const said = [
    `${told.donors} donors gave ${told.offered} pieces, sold from ${told.opensOn} to ${told.closesOn} at ${told.places.map((one) => one.name).join(', ')}; everything goes to “${target.name}”.`,
  ];
  const sum = formatYuan(proceeds.proceedsFen);
  if (state !== 'closed')
    return [
      ...said,
      `${told.sold} pieces sold so far for ${sum}. The result appears here by itself when it is over.`,
    ];
  const back =
    proceeds.refundedFen > 0
      ? ` (${formatYuan(proceeds.grossFen)} sold, ${formatYuan(proceeds.refundedFen)} given back)`
      : '';
  said.push(`${told.sold} pieces brought ${sum}${back}; ${told.left} are left.`);
  if (proceeds.settled)
    said.push(
      `${formatYuan(proceeds.settled.netFen)} reached “${target.name}” whole on ${proceeds.settled.paidOn} under ${proceeds.settled.number}.`,
    );
  else if (proceeds.proceedsFen > 0)
    said.push(
      `It reaches “${target.name}” once it is in the federation’s account; until then not a fen of it can be spent.`,
    );
  return said;
}
