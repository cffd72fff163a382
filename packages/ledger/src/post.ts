import type { Id } from '@wennuan/basics';
import { plainArray, sparse, textArray } from './arrays.ts';
import { decide } from './decide.ts';
import { look, namesOf } from './look.ts';
import type { Row } from './state.ts';
import type { NewAccount, Outcome, PostBatch, Sql } from './types.ts';

/**
 * Opens accounts. Idempotent by id; throws when an id is open with another kind, unit or code, or a code
 * belongs to another account.
 */
export async function openAccounts(sql: Sql, accounts: readonly NewAccount[]): Promise<void> {
  if (accounts.length === 0) return;
  await sql.query('select ledger_open_accounts($1, $2, $3, $4)', [
    plainArray(accounts.map((account) => account.id)),
    textArray(accounts.map((account) => account.kind)),
    textArray(accounts.map((account) => account.unit)),
    textArray(accounts.map((account) => account.code)),
  ]);
}

/**
 * Posts a batch in the caller's transaction: lock, look, decide, write; two calls of the database whatever
 * the size. Outcomes in the order of the commands. Call it at most once in a transaction, as late as
 * possible: from here on the accounts are locked until the caller commits. When it throws and
 * `isKeyRace(error)`, another transaction posted the same key meanwhile: roll back and run yours again.
 */
export async function post(sql: Sql, batch: PostBatch): Promise<Outcome[]> {
  if (batch.commands.length === 0) return [];
  const view = await look(sql, namesOf(batch.commands));
  const at = typeof batch.at === 'function' ? batch.at() : batch.at;
  const { outcomes, rows } = decide(view, batch.commands, {
    at: at.getTime(),
    newId: batch.newId,
  });
  if (rows.length > 0) await write(sql, rows, batch.newId());
  return outcomes;
}

/** Writes what was decided. Nobody looks at its answer, so it may travel with the transaction's next statement. */
export const WRITE = `select ledger_write($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
  $17, $18, $19, $20, $21, $22, $23)`;

async function write(sql: Sql, rows: readonly Row[], eventId: Id): Promise<void> {
  const accounts = new Map<Id, number>();
  const numbers = (pick: (row: Row) => number | null) => sparse(rows, pick, plainArray);
  const linked = (pick: (row: Row) => number) =>
    numbers((row) => (row.command.link === undefined ? null : pick(row)));
  const texts = (pick: (row: Row) => string | undefined) => sparse(rows, pick, textArray);
  const ids = (pick: (row: Row) => Id | null | undefined) => sparse(rows, pick, plainArray);
  const same = (pick: (row: Row) => string) => onceIfSame(rows, pick, textArray);
  const sameNumbers = (pick: (row: Row) => number | null) => onceIfSame(rows, pick, plainArray);
  const from = sameNumbers((row) => placeIn(accounts, row.command.from));
  const to = sameNumbers((row) => placeIn(accounts, row.command.to));
  await sql.query(WRITE, [
    plainArray([...accounts.keys()]),
    ids((row) => row.id),
    texts((row) => row.command.key),
    numbers((row) => (row.part === 0 ? null : row.part)),
    from,
    to,
    sameNumbers((row) => row.amount),
    numbers((row) => row.fromAt),
    numbers((row) => row.fromOutflow),
    sameNumbers((row) => row.fromInflow),
    numbers((row) => row.toAt),
    sameNumbers((row) => row.toOutflow),
    ids((row) => row.command.of),
    texts((row) => row.command.link),
    linked((row) => row.linkPlace),
    linked((row) => row.linkCount),
    texts((row) => row.command.hold),
    same((row) => row.command.reason),
    same((row) => row.command.document.kind),
    ids((row) => row.command.document.id),
    ids((row) => row.command.actor),
    timesOf(rows),
    eventId,
  ]);
}

/** The number of an account among those of the batch, from 1, given out as they come. */
function placeIn(accounts: Map<Id, number>, id: Id): number {
  const known = accounts.get(id);
  if (known !== undefined) return known;
  accounts.set(id, accounts.size + 1);
  return accounts.size;
}

/** The literal of a column; one value stands for all rows when all are the same. */
function onceIfSame<T>(
  rows: readonly Row[],
  pick: (row: Row) => T | null,
  literal: (values: readonly (T | null)[]) => string,
): string | null {
  const first = pick(rows[0]!);
  if (rows.every((row) => pick(row) === first)) return first === null ? null : literal([first]);
  return literal(rows.map(pick));
}

function timesOf(rows: readonly Row[]): string {
  const first = rows[0]!.at;
  const kept = rows.every((row) => row.at === first) ? rows.slice(0, 1) : rows;
  return textArray(kept.map((row) => new Date(row.at).toISOString()));
}
