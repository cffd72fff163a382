import { dateInShanghai, instantInShanghai, yuanNumber, type Id } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import { csvLine, CSV_BEGIN } from '../../platform/csv-lines.ts';
import type { Scoped } from '../../platform/database/database.ts';
import { cutPage } from '../../platform/page.ts';
import type { GiftFacts } from '../donation/index.ts';
import type { ReceiptNeeds } from './receipt.needs.ts';
import { formWords, stateWords } from './receipt.words.ts';

type GiftPath = RouteOutput<typeof routes.receipt.giftPaths>['items'][number];
export type YearlyStatement = RouteOutput<typeof routes.receipt.statement>;

/** Sentences of a path that a list shows; the whole path is on the gift's own page. */
const SENTENCES_SHOWN = 2;
const SENTENCES_OF_PART = 8;
/** More gifts than anybody gives in a life by hand. */
const RECORDS_MOST = 2_000;

interface Traced {
  usedFen: number;
  waitingFen: number;
  beforeFen: number | null;
  paceFenPerDay: number | null;
  /** What happened after the gifts arrived. */
  sentences: string[];
}

/** Where gifts stand together; what a trace did not follow to its end counts as used, as it has left. */
async function traceGifts(
  needs: ReceiptNeeds,
  tx: Scoped,
  gifts: readonly GiftFacts[],
): Promise<Traced> {
  const traced = await needs.fund.trace(tx, {
    transferIds: gifts.map((gift) => gift.transferId),
    direction: 'forward',
  });
  const waitingFen = traced?.view.waitingFen ?? 0;
  return {
    usedFen: (traced?.view.amountFen ?? 0) - waitingFen,
    waitingFen,
    beforeFen: traced?.waits?.beforeFen ?? null,
    paceFenPerDay: traced?.waits?.paceFenPerDay ?? null,
    // One sentence says that each came; the rest is what became of them.
    sentences: traced?.view.sentences.slice(gifts.length) ?? [],
  };
}

/** A page of the caller's gifts with where each stands, newest first. Resident login. */
export async function readPaths(
  needs: ReceiptNeeds,
  tx: Scoped,
  page: { after?: string; limit: number },
): Promise<{ items: GiftPath[]; next: string | null }> {
  const gifts = await needs.donation.giftFacts(tx, {
    accountId: tx.actor.accountId!,
    limit: page.limit + 1,
    ...(page.after && { before: page.after }),
  });
  const { shown, next } = cutPage(gifts, page.limit, (last) => last.id);
  const items: GiftPath[] = [];
  for (const gift of shown) {
    const traced = await traceGifts(needs, tx, [gift]);
    items.push({
      giftId: gift.id,
      number: gift.number,
      token: gift.token,
      amountFen: gift.amountFen,
      at: gift.at.toISOString(),
      targetLabel: gift.targetLabel,
      ...traced,
      sentences: traced.sentences.slice(-SENTENCES_SHOWN),
    });
  }
  return { items, next };
}

async function allGifts(needs: ReceiptNeeds, tx: Scoped): Promise<GiftFacts[]> {
  const accountId = tx.actor.accountId!;
  return await needs.donation.giftFacts(tx, { accountId, limit: RECORDS_MOST });
}

/** Years in which the caller has given, latest first. Resident login. */
export async function readYears(needs: ReceiptNeeds, tx: Scoped): Promise<{ years: number[] }> {
  const years = (await allGifts(needs, tx)).map((gift) =>
    Number(dateInShanghai(gift.at).slice(0, 4)),
  );
  return { years: [...new Set(years)] };
}

/** The caller's gifts of a year by campaign, with where they went. Resident login. */
export async function readStatement(
  needs: ReceiptNeeds,
  tx: Scoped,
  year: number,
): Promise<YearlyStatement> {
  const [begins, ends] = [year, year + 1].map((one) => instantInShanghai(`${one}-01-01`)) as [
    Date,
    Date,
  ];
  const gifts = (await allGifts(needs, tx)).filter((gift) => gift.at >= begins && gift.at < ends);
  const parts: YearlyStatement['parts'] = [];
  for (const [label, group] of Map.groupBy(gifts, (gift) => gift.campaignLabel)) {
    const { usedFen, waitingFen, sentences } = await traceGifts(needs, tx, group);
    parts.push({
      label,
      gifts: group.length,
      givenFen: sum(group.map((gift) => gift.amountFen)),
      usedFen,
      waitingFen,
      sentences: sentences.slice(0, SENTENCES_OF_PART),
    });
  }
  return {
    year,
    gifts: gifts.length,
    givenFen: sum(parts.map((part) => part.givenFen)),
    usedFen: sum(parts.map((part) => part.usedFen)),
    waitingFen: sum(parts.map((part) => part.waitingFen)),
    parts: parts.sort((a, b) => b.givenFen - a.givenFen),
    asOf: tx.now.toISOString(),
  };
}

const sum = (amounts: readonly number[]) => amounts.reduce((total, one) => total + one, 0);

const COLUMNS = [
  '编号',
  '日期',
  '金额（元）',
  '捐给',
  '募捐活动或基金',
  '捐赠性质',
  '显示为',
  '已用（元）',
  '未用（元）',
  '去向',
  '捐赠确认',
  '财政票据',
];

/** What is on file about papers of gifts, as words. */
export type PapersOf = (
  giftIds: readonly Id[],
) => Promise<
  Map<Id, { confirmed: boolean; fiscal: keyof typeof stateWords; fiscalNumber: string | null }>
>;

/** The caller's own gifts and what became of each, as CSV (C-09). Resident login; papers are asked for apart. */
export async function writeRecords(
  needs: ReceiptNeeds,
  tx: Scoped,
  papersOf: PapersOf,
): Promise<string> {
  const gifts = await allGifts(needs, tx);
  const papers = await papersOf(gifts.map((gift) => gift.id));
  let text = CSV_BEGIN + csvLine(COLUMNS);
  for (const gift of gifts) {
    const { usedFen, waitingFen, sentences } = await traceGifts(needs, tx, [gift]);
    const paper = papers.get(gift.id);
    text += csvLine([
      gift.number,
      dateInShanghai(gift.at),
      yuan(gift.amountFen),
      gift.targetLabel,
      gift.campaignLabel,
      formWords[gift.legalForm],
      gift.publicName ?? '爱心人士',
      yuan(usedFen),
      yuan(waitingFen),
      sentences.join(''),
      paper?.confirmed ? '已开具' : '未开具',
      paper?.fiscalNumber ?? stateWords[paper?.fiscal ?? 'none'],
    ]);
  }
  return text;
}

/** Fen as a bare number in yuan that a spreadsheet adds up. */
function yuan(amountFen: number): number {
  return Number(yuanNumber(amountFen).replaceAll(',', ''));
}
