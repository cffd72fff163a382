import type { Id } from '@wennuan/basics';
import chart from './accounts.json' with { type: 'json' };

type AccountKind = 'asset' | 'debt' | 'net' | 'income' | 'expense';

/** One account of the accounting standard. */
export interface ChartAccount {
  code: string;
  name: string;
  /** As pages name it in English; files for accounting programs keep the standard's own name. */
  english: string;
  kind: AccountKind;
}

/** The accounts in use, as data beside this module. */
export const chartAccounts = chart.accounts as ChartAccount[];
const byCode = new Map(chartAccounts.map((account) => [account.code, account]));

/** An account by its code; an unknown code is a mistake of the program. */
export function chartAccount(code: string): ChartAccount {
  const account = byCode.get(code);
  if (!account) throw new Error(`no account ${code} in the chart`);
  return account;
}

/** What moved between two accounts of the ledger on a day of the books. */
export interface Moved {
  day: string | null;
  from: Id;
  to: Id;
  reason: string;
  documentId: Id | null;
  count: number;
  /** Negative where something is taken off the ledger's own day to be put on the day it is booked on. */
  amountFen: number;
}

/** What the books have to know of an account of the ledger. */
export type Side =
  | {
      /** A fund, a campaign with its items, or another inner account. */
      kind: 'inner';
      detail: string;
      label: string;
      restricted: boolean;
      management: boolean;
      /** Money that is nobody's yet, so that it is owed and no income. */
      owed?: boolean;
    }
  | { kind: 'bank' | 'cash'; label: string }
  | { kind: 'channel' | 'receivable'; detail: string; label: string }
  | { kind: 'payee'; label: string }
  | { kind: 'channel_fees' | 'bank_fees' | 'interest' | 'before'; label: string };

/** One line of an entry. */
export interface EntryLine {
  code: string;
  /** Fund or campaign, or the channel; empty for the account itself. */
  detail: string;
  detailLabel: string;
  restricted: boolean;
  debitFen: number;
  creditFen: number;
}

/** A double entry: its debits and credits are the same sum. */
export interface Entry {
  day: string | null;
  reason: string;
  documentId: Id | null;
  count: number;
  amountFen: number;
  lines: [EntryLine, EntryLine];
}

interface Posting {
  code: string;
  detail: string;
  detailLabel: string;
  restricted: boolean;
}

/**
 * The double entry of what moved; null when nothing moved between accounts of the books: inside one
 * campaign, or nothing at all. A negative amount takes an entry back.
 */
export function entryOf(moved: Moved, sides: { from: Side; to: Side }): Entry | null {
  if (moved.amountFen === 0) return null;
  const pair = postingsOf(moved.reason, sides);
  if (!pair) return null;
  const [debit, credit] = pair;
  if (debit.code === credit.code && debit.detail === credit.detail) return null;
  const { day, reason, documentId, count, amountFen } = moved;
  return {
    day,
    reason,
    documentId,
    count,
    amountFen,
    lines: [
      { ...debit, debitFen: amountFen, creditFen: 0 },
      { ...credit, debitFen: 0, creditFen: amountFen },
    ],
  };
}

/** Debit and credit of a movement, by what stands on both sides of it. */
function postingsOf(
  reason: string,
  { from, to }: { from: Side; to: Side },
): [Posting, Posting] | null {
  if (from.kind === 'inner' && to.kind === 'inner') return [net(from), net(to)];
  if (from.kind !== 'inner' && to.kind === 'inner') {
    if (from.kind === 'before') return [bank(), net(to)];
    if (from.kind === 'interest') return [bank(), about('4901', to)];
    if (from.kind === 'channel_fees') return [channelMoney(from.label), about('5301', to)];
    if (from.kind === 'bank_fees') return [bank(), about('5401', to)];
    if (from.kind === 'payee') return [bank(), spending(to)];
    return [money(from), gift(to)];
  }
  if (from.kind !== 'inner') return outside(from, to);
  if (to.kind === 'inner') return null;
  if (to.kind === 'channel_fees') return [about('5301', from), channelMoney(to.label)];
  if (to.kind === 'bank_fees') return [about('5401', from), bank()];
  if (to.kind === 'payee' || reason === 'payout') return [spending(from), bank()];
  if (to.kind === 'before') return [net(from), bank()];
  if (to.kind === 'interest') return [about('4901', from), bank()];
  return [gift(from), money(to)];
}

/** Between edges of the books: a refund nobody's gift gives, and what a channel gives back of its fee. */
function outside(from: Side, to: Side): [Posting, Posting] | null {
  if (from.kind === 'inner' || to.kind === 'inner') return null;
  if (from.kind === 'channel_fees') return [plain('410102'), plain('5301')];
  if (from.kind === 'receivable') return [money(from), money(to)];
  // What was promised arrives at the bank: a merchant's share of its sales.
  if (from.kind === 'bank' && to.kind === 'receivable') return [money(from), money(to)];
  return null;
}

/** An account without a fund: what belonged to none. */
function plain(code: string): Posting {
  return { code, detail: '', detailLabel: '', restricted: true };
}

type Inner = Extract<Side, { kind: 'inner' }>;

function about(code: string, inner: Inner): Posting {
  return { code, detail: inner.detail, detailLabel: inner.label, restricted: inner.restricted };
}
function net(inner: Inner): Posting {
  if (inner.owed) return about('2209', inner);
  return about(inner.restricted ? '3102' : '3101', inner);
}
function gift(inner: Inner): Posting {
  if (inner.owed) return about('2209', inner);
  return about(inner.restricted ? '410102' : '410101', inner);
}
function spending(inner: Inner): Posting {
  return about(inner.management ? '5201' : '5101', inner);
}
function bank(): Posting {
  return { code: '1002', detail: '', detailLabel: '', restricted: false };
}
function channelMoney(label: string): Posting {
  return { code: '1009', detail: label, detailLabel: label, restricted: false };
}

/** Where money of givers lies before it is at the bank. */
function money(side: Exclude<Side, Inner>): Posting {
  if (side.kind === 'cash') return { code: '1001', detail: '', detailLabel: '', restricted: false };
  if (side.kind === 'channel') return { ...channelMoney(side.label), detail: side.detail };
  if (side.kind === 'receivable')
    return { code: '1122', detail: side.detail, detailLabel: side.label, restricted: false };
  return bank();
}

/** A channel's settlement arrived at the bank: outside of the ledger, inside of the books. */
export function settlementEntry(settled: {
  day: string | null;
  documentId: Id;
  amountFen: number;
  channel: Side;
}): Entry {
  const { day, documentId, amountFen, channel } = settled;
  const from = money(channel as Exclude<Side, Inner>);
  return {
    day,
    reason: 'settlement',
    documentId,
    count: 1,
    amountFen,
    lines: [
      { ...bank(), debitFen: amountFen, creditFen: 0 },
      { ...from, debitFen: 0, creditFen: amountFen },
    ],
  };
}
