import { plainArray, textArray, toNumber } from './arrays.ts';
import type { LedgerView } from './state.ts';
import { look, noNames } from './look.ts';
import type { HoldCommand, HoldOutcome, ReleaseOutcome, Sql } from './types.ts';

/** Holds as far as deciding a batch of them needs: what each key stands for. */
export type KnownHolds = Map<string, { account: string; amount: number }>;

/**
 * Decides holds in order, without I/O, and moves `held` of the accounts on. Returns the outcomes and the
 * commands to write.
 */
export function decideHolds(
  view: Pick<LedgerView, 'accounts'>,
  known: KnownHolds,
  holds: readonly HoldCommand[],
): { outcomes: HoldOutcome[]; written: HoldCommand[] } {
  const written: HoldCommand[] = [];
  const outcomes = holds.map((command): HoldOutcome => {
    const { key, account: id, amount } = command;
    const before = known.get(key);
    if (before) {
      const same = before.account === id && before.amount === amount;
      if (!same) return { status: 'refused', key, refusal: 'key_reused' };
      return { status: 'already_held', key };
    }
    if (!Number.isSafeInteger(amount) || amount <= 0) {
      return { status: 'refused', key, refusal: 'amount_invalid' };
    }
    const account = view.accounts.get(id);
    if (!account || account.world) return { status: 'refused', key, refusal: 'account_unknown' };
    const available = account.inflow - account.outflow - account.held;
    if (available < amount)
      return { status: 'refused', key, refusal: 'balance_too_low', available };
    account.held += amount;
    known.set(key, { account: id, amount });
    written.push(command);
    return { status: 'held', key };
  });
  return { outcomes, written };
}

/**
 * Sets amounts aside in the caller's transaction. Outcomes in the order of the commands. A key race is
 * answered like that of `post`: roll back and run again.
 */
export async function hold(
  sql: Sql,
  batch: { holds: readonly HoldCommand[]; at: Date },
): Promise<HoldOutcome[]> {
  if (batch.holds.length === 0) return [];
  const names = noNames();
  for (const command of batch.holds) {
    names.accounts.add(command.account);
    names.holds.add(command.key);
  }
  const view = await look(sql, names);
  const { outcomes, written } = decideHolds(view, view.heldKeys, batch.holds);
  if (written.length > 0) await write(sql, written, batch.at);
  return outcomes;
}

async function write(sql: Sql, holds: readonly HoldCommand[], at: Date): Promise<void> {
  await sql.query('select ledger_write_holds($1, $2, $3, $4, $5, $6, $7, $8)', [
    textArray(holds.map((command) => command.key)),
    plainArray(holds.map((command) => command.account)),
    plainArray(holds.map((command) => command.amount)),
    textArray(holds.map((command) => command.until.toISOString())),
    textArray(holds.map((command) => command.document.kind)),
    plainArray(holds.map((command) => command.document.id)),
    plainArray(holds.map((command) => command.actor)),
    at,
  ]);
}

/** Gives back what is left of holds. Outcomes in the order of the keys. */
export async function releaseHolds(
  sql: Sql,
  batch: { keys: readonly string[]; at: Date },
): Promise<ReleaseOutcome[]> {
  if (batch.keys.length === 0) return [];
  const rows = await sql.query<{ key: string; amount: unknown }>(
    'select key, amount from ledger_release_holds($1, $2)',
    [textArray(batch.keys), batch.at],
  );
  const amounts = new Map(rows.map((row) => [row.key, toNumber(row.amount)]));
  return batch.keys.map((key) => {
    const amount = amounts.get(key);
    if (amount === undefined) return { status: 'refused', key, refusal: 'hold_unknown' };
    return { status: amount > 0 ? 'released' : 'already_released', key, amount };
  });
}

/** Releases up to `limit` open holds whose `until` is before `at`, oldest first. */
export async function releaseExpiredHolds(
  sql: Sql,
  batch: { at: Date; limit: number },
): Promise<ReleaseOutcome[]> {
  const rows = await sql.query<{ key: string }>('select key from ledger_expired_holds($1, $2)', [
    batch.at,
    batch.limit,
  ]);
  return releaseHolds(sql, { keys: rows.map((row) => row.key), at: batch.at });
}
