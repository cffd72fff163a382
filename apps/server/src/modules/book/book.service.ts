import { Refusal, yuanNumber, type PlainDate } from '@wennuan/basics';
import type { Language, RouteOutput, routes, shapes } from '@wennuan/contract';
import type { z } from 'zod';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { labelIn, lockBooks } from '../fund/index.ts';
import { chartAccount, type Entry } from './book.ts';
import type { BookNeeds } from './book.needs.ts';
import {
  countUnsettled,
  firstMonth,
  insertClosed,
  insertNote,
  listClosed,
  listNotes,
} from './month.store.ts';
import { firstDay, monthBefore, monthOfInstant, nextMonth } from './months.ts';
import { readEntries, readHeld } from './moved.service.ts';
import { agrees, assetsFen, trialBalance, type TrialRow } from './trial.ts';

export type BookMonth = z.output<typeof shapes.bookMonth>;
type Overview = RouteOutput<typeof routes.book.overview>;

/** Months of the books from the first booking to this one, newest first. */
export async function readMonths(
  needs: BookNeeds,
  tx: Scoped,
): Promise<{ items: BookMonth[]; currentMonth: string }> {
  const currentMonth = monthOfInstant(tx.now);
  const first = (await firstMonth(tx)) ?? currentMonth;
  const months: string[] = [];
  for (let month = currentMonth; month >= first; month = monthBefore(month)) months.push(month);
  const views = await monthViews(needs, tx, months);
  return { items: views, currentMonth };
}

async function monthViews(
  needs: BookNeeds,
  tx: Scoped,
  months: readonly string[],
): Promise<BookMonth[]> {
  const closed = new Map((await listClosed(tx)).map((row) => [row.month, row]));
  const names = await needs.names(tx, [
    ...new Set([...closed.values()].map((row) => row.closedBy)),
  ]);
  return months.map((month) => {
    const row = closed.get(month);
    return {
      month,
      state: row ? ('closed' as const) : ('open' as const),
      closedAt: row?.closedAt.toISOString() ?? null,
      closedBy: row ? (names.get(row.closedBy) ?? '') : null,
    };
  });
}

/** One month: open, or closed by whom. */
export async function readMonth(needs: BookNeeds, tx: Scoped, month: string): Promise<BookMonth> {
  return (await monthViews(needs, tx, [month]))[0]!;
}

/** The trial balance of a month, and what the ledger's inner accounts hold at its end. */
export async function readTrialBalance(
  needs: BookNeeds,
  tx: Scoped,
  month: string,
): Promise<ReturnType<typeof trialBalance> & { ledgerFen: number; entries: Entry[] }> {
  const begins = firstDay(month);
  const ends = firstDay(nextMonth(month));
  const year: PlainDate = `${month.slice(0, 4)}-01-01`;
  const earlier = await readEntries(needs, tx, { from: null, until: year, byDay: false });
  const before =
    begins > year ? await readEntries(needs, tx, { from: year, until: begins, byDay: false }) : [];
  const entries = await readEntries(needs, tx, { from: begins, until: ends, byDay: true });
  const balance = trialBalance({ earlier, before, month: entries });
  return { ...balance, entries, ledgerFen: await readHeld(tx, ends) };
}

/**
 * Closes and locks a month: from then on no document is dated in it, which the database itself refuses.
 * Refuses `month_not_over`, `earlier_month_open`, `month_closed`, and `books_differ` when the trial balance
 * and the ledger are not the same to the fen.
 */
export async function closeMonth(needs: BookNeeds, tx: Writing, month: string): Promise<void> {
  await lockBooks(tx);
  const closed = new Set((await listClosed(tx)).map((row) => row.month));
  if (closed.has(month)) throw new Refusal('month_closed', { month });
  if (month >= monthOfInstant(tx.now)) throw new Refusal('month_not_over', { month });
  const first = await firstMonth(tx);
  for (let early = first ?? month; early < month; early = nextMonth(early))
    if (!closed.has(early)) throw new Refusal('earlier_month_open', { month: early });
  const { rows, total, ledgerFen } = await readTrialBalance(needs, tx, month);
  const differ = assetsFen(rows) - ledgerFen;
  if (!agrees(total) || differ !== 0)
    throw new Refusal('books_differ', { differ: yuanNumber(Math.abs(differ)) });
  await insertClosed(tx, {
    month: firstDay(month),
    debitFen: total.debitFen,
    creditFen: total.creditFen,
    ledgerFen,
  });
  tx.touched('book_month', month);
}

/** Leaves a note in a month. */
export async function addNote(
  needs: BookNeeds,
  tx: Writing,
  command: { month: string; text: string },
): Promise<void> {
  const id = needs.newId();
  await insertNote(tx, { id, month: firstDay(command.month), text: command.text });
  tx.touched('book_note', id);
}

/** A month at one look; every figure is the ledger's. */
export async function readOverview(needs: BookNeeds, tx: Scoped, month: string): Promise<Overview> {
  const { rows, total, entries, ledgerFen, restrictedFen, unrestrictedFen } =
    await readTrialBalance(needs, tx, month);
  const differ = assetsFen(rows) - ledgerFen;
  const codes = (wanted: readonly string[], of: (row: TrialRow) => number) =>
    rows
      .filter((row) => row.detail === null && wanted.includes(row.code))
      .reduce((sum, row) => sum + of(row), 0);
  const gifts = entries.filter((entry) => GIFTS.has(entry.reason));
  return {
    month: await readMonth(needs, tx, month),
    grossGiftFen: codes(['410101', '410102'], (row) => row.creditFen),
    giftCount: gifts.reduce((sum, entry) => sum + entry.count, 0),
    feeFen: codes(['5301'], (row) => row.debitFen - row.creditFen),
    refundFen: codes(['410101', '410102'], (row) => row.debitFen),
    paidFen: codes(['5101', '5201'], (row) => row.debitFen),
    managementFen: codes(['5201'], (row) => row.debitFen),
    restrictedFen,
    unrestrictedFen,
    beforeRecordFen: entries
      .filter((entry) => entry.reason === 'opening')
      .reduce((sum, entry) => sum + entry.amountFen, 0),
    byDay: byDayOf(entries),
    bySource: bySourceOf(entries).map(({ label, ...sums }) => ({
      ...sums,
      label: labelIn(label, tx.actor.language),
    })),
    balances: agrees(total) && differ === 0,
    before: await beforeClosing(tx, month, agrees(total) && differ === 0),
    notes: (await listNotes(tx, firstDay(month))).map((note) => ({
      at: note.at.toISOString(),
      text: labelIn(note.text, tx.actor.language),
    })),
  };
}

const GIFTS = new Set(['gift', 'matching']);

function byDayOf(entries: readonly Entry[]): Overview['byDay'] {
  const days = new Map<string, { day: string; inFen: number; outFen: number }>();
  for (const entry of entries) {
    const flow = assetFlow(entry);
    if (!entry.day || flow === 0) continue;
    const day = days.get(entry.day) ?? { day: entry.day, inFen: 0, outFen: 0 };
    if (flow > 0) day.inFen += flow;
    else day.outFen -= flow;
    days.set(entry.day, day);
  }
  return [...days.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1));
}

/** What an entry brings in, or takes out when negative; moving between assets is neither. */
function assetFlow(entry: Entry): number {
  return entry.lines
    .filter((line) => line.code.startsWith('1'))
    .reduce((sum, line) => sum + line.debitFen - line.creditFen, 0);
}

function bySourceOf(entries: readonly Entry[]): Overview['bySource'] {
  const sums = new Map<string, { label: string; inFen: number; outFen: number }>();
  for (const entry of entries) {
    const flow = assetFlow(entry);
    const line = entry.lines.find((one) => !one.code.startsWith('1') && one.detail !== '');
    if (!line || flow === 0) continue;
    const sum = sums.get(line.detail) ?? { label: line.detailLabel, inFen: 0, outFen: 0 };
    if (flow > 0) sum.inFen += flow;
    else sum.outFen -= flow;
    sums.set(line.detail, sum);
  }
  return [...sums.values()]
    .toSorted((a, b) => b.inFen + b.outFen - a.inFen - a.outFen)
    .slice(0, 20);
}

/** What stands before closing a month. Unmatched lines of the bank warn; only the first two refuse. */
async function beforeClosing(
  tx: Scoped,
  month: string,
  isWhole: boolean,
): Promise<Overview['before']> {
  const closed = new Set((await listClosed(tx)).map((row) => row.month));
  if (closed.has(month)) return [];
  const first = (await firstMonth(tx)) ?? month;
  let earlierOpen = false;
  for (let early = first; early < month; early = nextMonth(early))
    earlierOpen ||= !closed.has(early);
  const unsettled = await countUnsettled(tx, firstDay(month), firstDay(nextMonth(month)));
  return [
    ...(month >= monthOfInstant(tx.now) ? (['month_not_over'] as const) : []),
    ...(earlierOpen ? (['earlier_month_open'] as const) : []),
    ...(unsettled.bankLines > 0 ? (['bank_lines_unmatched'] as const) : []),
    ...(unsettled.batches > 0 ? (['batch_unanswered'] as const) : []),
    ...(isWhole ? [] : (['books_differ'] as const)),
  ];
}

/** A row as its reader reads it: the standard's account and our own names in her language. */
export function rowIn(row: TrialRow, language: Language): TrialRow {
  if (language === 'zh') return row;
  const { english } = chartAccount(row.code);
  return { ...row, name: english, detail: row.detail && labelIn(row.detail, language) };
}
