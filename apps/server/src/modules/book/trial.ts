import { chartAccount, chartAccounts, type Entry, type EntryLine } from './book.ts';

/** A row of the trial balance, before it is split into sides. Amounts are debit minus credit. */
interface Sum {
  code: string;
  detail: string;
  detailLabel: string;
  restricted: boolean;
  openingFen: number;
  debitFen: number;
  creditFen: number;
}

export interface TrialRow {
  code: string;
  name: string;
  detail: string | null;
  openingDebitFen: number;
  openingCreditFen: number;
  debitFen: number;
  creditFen: number;
  closingDebitFen: number;
  closingCreditFen: number;
}

/**
 * The trial balance of a month. Income and expenses of earlier years stand in net assets, each where its
 * fund belongs: restricted or not; those of this year before the month are their opening. With it what is
 * left at the end that is restricted to a purpose, and what is not.
 */
export function trialBalance(given: {
  /** Before this year. */
  earlier: readonly Entry[];
  /** Of this year, before the month. */
  before: readonly Entry[];
  month: readonly Entry[];
}): { rows: TrialRow[]; total: TrialRow; restrictedFen: number; unrestrictedFen: number } {
  const sums = new Map<string, Sum>();
  const at = (line: Pick<EntryLine, 'code' | 'detail' | 'detailLabel' | 'restricted'>): Sum => {
    const key = `${line.code} ${line.detail}`;
    const known = sums.get(key);
    if (known) return known;
    const { code, detail, detailLabel, restricted } = line;
    const made = {
      code,
      detail,
      detailLabel,
      restricted,
      openingFen: 0,
      debitFen: 0,
      creditFen: 0,
    };
    sums.set(key, made);
    return made;
  };
  for (const line of linesOf(given.earlier))
    at(closedInto(line)).openingFen += line.debitFen - line.creditFen;
  for (const line of linesOf(given.before)) at(line).openingFen += line.debitFen - line.creditFen;
  for (const line of linesOf(given.month)) {
    const sum = at(line);
    sum.debitFen += line.debitFen;
    sum.creditFen += line.creditFen;
  }
  const rows = chartAccounts.flatMap((account) => rowsOf(account.code, [...sums.values()]));
  const total = totalOf(rows.filter((row) => row.detail === null));
  const own = [...sums.values()].filter(
    (sum) => !['asset', 'debt'].includes(chartAccount(sum.code).kind),
  );
  const held = (restricted: boolean) =>
    sumOf(
      own.filter((sum) => sum.restricted === restricted),
      (sum) => sum.creditFen - sum.debitFen - sum.openingFen,
    );
  return { rows, total, restrictedFen: held(true), unrestrictedFen: held(false) };
}

function linesOf(entries: readonly Entry[]): EntryLine[] {
  return entries.flatMap((entry) => entry.lines);
}

/** Where a line of an earlier year stands now: income and expenses went into net assets. */
function closedInto(line: EntryLine): EntryLine {
  const { kind } = chartAccount(line.code);
  if (kind !== 'income' && kind !== 'expense') return line;
  return { ...line, code: line.restricted ? '3102' : '3101' };
}

/** The account's own row, then its details; an account that never moved has none. */
function rowsOf(code: string, all: readonly Sum[]): TrialRow[] {
  const mine = all.filter((sum) => sum.code === code);
  if (mine.length === 0) return [];
  const { name } = chartAccount(code);
  const details = mine
    .filter((sum) => sum.detail !== '')
    .toSorted((a, b) => (a.detail < b.detail ? -1 : 1))
    .map((sum) => rowOf(sum, name, sum.detailLabel));
  const whole: Sum = {
    ...mine[0]!,
    openingFen: sumOf(mine, (sum) => sum.openingFen),
    debitFen: sumOf(mine, (sum) => sum.debitFen),
    creditFen: sumOf(mine, (sum) => sum.creditFen),
  };
  return [rowOf(whole, name, null), ...details];
}

function rowOf(sum: Sum, name: string, detail: string | null): TrialRow {
  const closing = sum.openingFen + sum.debitFen - sum.creditFen;
  return {
    code: sum.code,
    name,
    detail,
    openingDebitFen: Math.max(0, sum.openingFen),
    openingCreditFen: Math.max(0, -sum.openingFen),
    debitFen: sum.debitFen,
    creditFen: sum.creditFen,
    closingDebitFen: Math.max(0, closing),
    closingCreditFen: Math.max(0, -closing),
  };
}

function totalOf(rows: readonly TrialRow[]): TrialRow {
  const total = (of: (row: TrialRow) => number) => sumOf(rows, of);
  return {
    code: '',
    name: '合计',
    detail: null,
    openingDebitFen: total((row) => row.openingDebitFen),
    openingCreditFen: total((row) => row.openingCreditFen),
    debitFen: total((row) => row.debitFen),
    creditFen: total((row) => row.creditFen),
    closingDebitFen: total((row) => row.closingDebitFen),
    closingCreditFen: total((row) => row.closingCreditFen),
  };
}

function sumOf<Row>(rows: readonly Row[], of: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0);
}

/** True when both sides agree, at the beginning, in the month and at its end. */
export function agrees(total: TrialRow): boolean {
  return (
    total.openingDebitFen === total.openingCreditFen &&
    total.debitFen === total.creditFen &&
    total.closingDebitFen === total.closingCreditFen
  );
}

/** What the assets come to at the end: the sum that the ledger's inner accounts must hold. */
export function assetsFen(rows: readonly TrialRow[]): number {
  return sumOf(
    rows.filter((row) => row.detail === null && chartAccount(row.code).kind === 'asset'),
    (row) => row.closingDebitFen - row.closingCreditFen,
  );
}
