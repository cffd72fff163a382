import type { Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Posted } from './payment.ts';
import { lockEntries, notePosted } from './payment.store.ts';
import { paymentHandlers, type RouteNeeds } from './payment.routes.ts';
import { countDifferences, reconcile } from './reconcile.service.ts';
import {
  dropStatement,
  keepStatement,
  openStatements,
  recordStatements,
  type StatementFile,
  sumStatements,
} from './statement.service.ts';
import { listStatements } from './statement.store.ts';

export type {
  ChannelCode,
  PaidPayment,
  PaymentChange,
  PaymentState,
  Posted,
  PostingKind,
  RefundToPost,
  UnknownRefund,
} from './payment.ts';
export { publicNameOf } from './public-name.ts';
export { StatementsRefused, type Recorded } from './record.service.ts';
export type { RecordedStatements, StatementFile, StatementSums } from './statement.service.ts';
export type { StatementRow } from './statement.store.ts';
export { remarkSentence } from './statement.words.ts';
export type { Remark } from './statement.ts';
export type Payment = ReturnType<typeof createPayment>;

export type PaymentNeeds = RouteNeeds;

/** Payments of givers: channels they come over, statements that tell of them, and how the two agree. */
export function createPayment(needs: PaymentNeeds) {
  return {
    handlers: paymentHandlers(needs),
    /** Reads a statement and keeps it, to be imported or put aside. */
    keepStatement: (tx: Writing, file: StatementFile) => keepStatement(needs, tx, file),
    /** The files of statements kept before. */
    openStatements: (tx: Scoped, ids: readonly Id[]) => openStatements(needs, tx, ids),
    /** Records statements: all or none. What is to be posted is the caller's. */
    recordStatements: (tx: Writing, files: readonly StatementFile[]) =>
      recordStatements(needs, tx, files),
    dropStatement: (tx: Writing, id: Id) => dropStatement(tx, id),
    listStatements: (tx: Scoped, chosen: Parameters<typeof listStatements>[1]) =>
      listStatements(tx, chosen),
    /** Notes what the ledger posted for payments. */
    notePosted: (tx: Writing, posted: Posted) => notePosted(tx, posted),
    /** What is left of gifts that entered an account, by entry. */
    lockEntries: (tx: Writing, accountId: Id) => lockEntries(tx, accountId),
    /** Platform, bill and ledger side by side. */
    reconcile: (tx: Scoped, asked: Parameters<typeof reconcile>[2]) => reconcile(needs, tx, asked),
    countDifferences: (tx: Scoped, ids: readonly Id[]) => countDifferences(tx, ids),
    /** What payments that statements tell of come to. */
    sumStatements: (tx: Scoped, what: Parameters<typeof sumStatements>[1]) =>
      sumStatements(tx, what),
  };
}
