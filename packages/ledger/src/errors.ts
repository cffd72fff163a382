const UNIQUE_VIOLATION = '23505';
const LEDGER_TABLES = new Set(['ledger_transfer', 'ledger_hold', 'ledger_account']);

/**
 * True when two transactions raced for the same key (or link, or account id): the loser gets a unique
 * violation. The caller rolls its transaction back and runs it once more, whole; then the winner's rows
 * are visible and the answer is `already_posted` or a refusal.
 */
export function isKeyRace(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, table } = error as { code?: unknown; table?: unknown };
  return code === UNIQUE_VIOLATION && (table === undefined || LEDGER_TABLES.has(String(table)));
}
