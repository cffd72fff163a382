import type { HoldCommand, HoldOutcome, ReleaseOutcome, Sql } from './types.ts';
import { LedgerFault } from './errors.ts';

/** Sets amounts aside in the caller's transaction. Outcomes in the order of the commands. */
export async function hold(
  _sql: Sql,
  _batch: { holds: readonly HoldCommand[]; at: Date },
): Promise<HoldOutcome[]> {
  throw new LedgerFault('not written yet');
}

/** Gives back what is left of holds. */
export async function releaseHolds(
  _sql: Sql,
  _batch: { keys: readonly string[]; at: Date },
): Promise<ReleaseOutcome[]> {
  throw new LedgerFault('not written yet');
}

/** Releases up to `limit` open holds whose `until` is before `at`, oldest first. */
export async function releaseExpiredHolds(
  _sql: Sql,
  _batch: { at: Date; limit: number },
): Promise<ReleaseOutcome[]> {
  throw new LedgerFault('not written yet');
}
