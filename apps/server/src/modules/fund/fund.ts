import type { Id } from '@wennuan/basics';
import type { Language } from '@wennuan/contract';

export type FundKind = 'mutual_aid' | 'special' | 'general' | 'management';
export type SourceKind = 'fund' | 'item' | 'campaign' | 'payable';
export type PayeeKind = 'organization' | 'person';
export type ProposalState = 'proposed' | 'approved' | 'refused' | 'paid' | 'cancelled';
/** A line of a proposal: a rejected one may be paid once again, or withdrawn. */
export type LineState =
  | 'proposed'
  | 'approved'
  | 'in_batch'
  | 'paid'
  | 'rejected'
  | 'withdrawn'
  | 'refused';

/** Working minutes in which approvers decide and the accountant pays. */
export const APPROVE_WITHIN_MINUTES = 16 * 60;
export const PAY_WITHIN_MINUTES = 16 * 60;
/** Days a hold stands before the ledger may give it back by itself. */
export const HOLD_DAYS = 365;

/** Where pages of the web are; the one place that knows. */
export const links = {
  fund: (code: string) => `/funds/${code}`,
  campaign: (code: string) => `/campaigns/${code}`,
  wish: (needId: Id) => `/wishes/${needId}`,
  payment: (number: string) => `/payments/${number}`,
  proposal: (proposalId: Id) => `/desk/proposals/${proposalId}`,
};

/** The month in Zhengzhou of an instant, `2026-11`. */
export function monthInShanghai(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 7);
}

/** Aid to persons out of one account in one month and street. */
export interface AidCell {
  sourceId: Id;
  month: string;
  streetId: number | null;
  /** True when at least five persons fit the description, so that it names nobody. */
  enough: boolean;
  amountFen: number;
  newestId: Id;
}

/** A cell as a page may show it: the street, or null for the whole district where fewer than five fit. */
export interface ShownCell {
  sourceId: Id;
  month: string;
  streetId: number | null;
  amountFen: number;
  /** The payments beside which the cell is shown, so that it is shown once. */
  newestId: Id;
}

/** Widens the area of cells that fewer than five persons fit, and adds up what then falls together. */
export function showCells(cells: readonly AidCell[]): ShownCell[] {
  const shown = new Map<string, ShownCell>();
  for (const cell of cells) {
    const streetId = cell.enough ? cell.streetId : null;
    const place = `${cell.sourceId} ${cell.month} ${streetId}`;
    const known = shown.get(place);
    shown.set(place, {
      sourceId: cell.sourceId,
      month: cell.month,
      streetId,
      amountFen: cell.amountFen + (known?.amountFen ?? 0),
      // Ids are in order of time, so the larger is the newer payment.
      newestId: known && known.newestId > cell.newestId ? known.newestId : cell.newestId,
    });
  }
  return [...shown.values()];
}

/** The street a page may name for aid out of an account in a month to somebody of a street. */
export function shownStreet(
  cells: readonly AidCell[],
  aid: { sourceId: Id; month: string; streetId: number | null },
): number | null {
  const cell = cells.find(
    (one) =>
      one.sourceId === aid.sourceId && one.month === aid.month && one.streetId === aid.streetId,
  );
  return cell?.enough ? cell.streetId : null;
}

/** What a fund is in law, in one sentence that stands on its page. */
export function fundSentence(kind: FundKind, language: Language): string {
  const sentences = {
    mutual_aid: {
      zh: '社区互助基金只接受本社区居民的互助款和消费捐赠，不向社会公开募捐；款项由区慈善总会代管，每一笔支出须经两人审批。',
      en: 'A community mutual-aid fund takes mutual aid of residents of that community and shares of sales only; it raises nothing from the public. The district charity federation keeps the money, and two people approve each payment.',
    },
    special: {
      zh: '专项基金按协议约定的用途使用，由区慈善总会管理；每一笔支出须经两人审批。',
      en: 'A special fund is used for the purpose its agreement names. The district charity federation keeps it, and two people approve each payment.',
    },
    general: {
      zh: '慈善基金由区慈善总会按章程使用；每一笔支出须经两人审批。',
      en: 'The charity fund is used by the district charity federation under its charter; two people approve each payment.',
    },
    management: {
      zh: '管理费账户由每笔捐赠按备案比例提取，用于总会的日常运行；不从任何用途的善款中挪用。法律规定年度管理费用不得超过当年总支出的百分之十。',
      en: 'The account of management cost is filled by a filed part of each gift and pays the federation’s own running. Nothing is taken from money given for a purpose. By law it is at most ten percent of a year’s spending.',
    },
  } as const;
  return sentences[kind][language];
}
