import type { Scoped, Writing } from '../../platform/database/database.ts';
import { matchBankLine, takeStatement } from './bank.service.ts';
import { addNote, closeMonth, readOverview, readTrialBalance } from './book.service.ts';
import { bookHandlers } from './book.routes.ts';
import type { BookNeeds } from './book.needs.ts';
import { takeOpenings } from './opening.service.ts';
import { readYears } from './ratio.service.ts';
import { readReconciliation } from './reconciliation.service.ts';

export type { BookNeeds } from './book.needs.ts';
export type Book = ReturnType<typeof createBook>;

/** The accountant's month: entries and trial balance from the ledger, closing, the bank, earlier years, ratios. */
export function createBook(needs: BookNeeds) {
  return {
    handlers: bookHandlers(needs),
    /** The trial balance of a month `2026-11`, with what the ledger holds at its end. */
    trialBalance: (tx: Scoped, month: string) => readTrialBalance(needs, tx, month),
    overview: (tx: Scoped, month: string) => readOverview(needs, tx, month),
    /** Closes and locks a month. */
    closeMonth: (tx: Writing, month: string) => closeMonth(needs, tx, month),
    addNote: (tx: Writing, command: { month: string; text: string }) => addNote(needs, tx, command),
    /** Takes over opening balances and earlier years from a file. */
    takeOpenings: (tx: Writing, file: { bytes: Buffer; name: string }) =>
      takeOpenings(needs, tx, file),
    /** Takes over a statement of the federation's bank account. */
    takeStatement: (tx: Writing, file: { bytes: Buffer; name: string }) =>
      takeStatement(needs, tx, file),
    matchBankLine: (tx: Writing, command: Parameters<typeof matchBankLine>[2]) =>
      matchBankLine(needs, tx, command),
    reconciliation: (tx: Scoped, month: string) => readReconciliation(needs, tx, month),
    /** Spending ratio and management cost by year. */
    years: (tx: Scoped) => readYears(needs, tx),
  };
}
