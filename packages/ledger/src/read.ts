import type { Id } from '@wennuan/basics';
import type { Balance, Sql, Statement, StatementCursor, Transfer, WorldTotal } from './types.ts';
import { LedgerFault } from './errors.ts';

/** Counters of inner accounts, in the order of the ids; unknown ids and world accounts are left out. */
export async function balances(_sql: Sql, _ids: readonly Id[]): Promise<Balance[]> {
  throw new LedgerFault('not written yet');
}

/** Transfers by id, in the order of the ids; unknown ids are left out. */
export async function transfers(_sql: Sql, _ids: readonly Id[]): Promise<Transfer[]> {
  throw new LedgerFault('not written yet');
}

/** A page of what went in and out of an account, newest first. World accounts: as far as sequenced. */
export async function statement(
  _sql: Sql,
  _page: { accountId: Id; limit: number; before?: StatementCursor },
): Promise<Statement> {
  throw new LedgerFault('not written yet');
}

/** Totals of world accounts, exact as of the sequence number they carry. */
export async function worldTotals(_sql: Sql, _ids: readonly Id[]): Promise<WorldTotal[]> {
  throw new LedgerFault('not written yet');
}
