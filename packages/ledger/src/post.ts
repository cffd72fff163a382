import type { NewAccount, Outcome, PostBatch, Sql } from './types.ts';
import { LedgerFault } from './errors.ts';

/** Opens accounts. Idempotent by id; the same id with another kind, unit or code is an error. */
export async function openAccounts(_sql: Sql, _accounts: readonly NewAccount[]): Promise<void> {
  throw new LedgerFault('not written yet');
}

/**
 * Posts a batch in the caller's transaction: lock, look, decide, write. Outcomes in the order of the
 * commands. When it throws and `isKeyRace(error)`, the caller rolls back and runs its transaction again.
 */
export async function post(_sql: Sql, _batch: PostBatch): Promise<Outcome[]> {
  throw new LedgerFault('not written yet');
}
