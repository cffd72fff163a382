import { isId } from '@wennuan/basics';
import { check, type Direction, type Sql, trace, type Transfer, transfers } from '@wennuan/ledger';
import type pg from 'pg';
import { type CommonOptions, usingExistingDistrict } from './using-database.ts';
import { type OpenDatabase, withClient } from './database.ts';
import { CommandError } from './errors.ts';

const HOPS = 12;

/** `wennuan ledger check`: looks at every row of the ledger; fails when a fact is broken. */
export async function runLedgerCheck(options: CommonOptions): Promise<void> {
  await usingExistingDistrict(options, async (database) => {
    const findings = await inLedger(database, check);
    for (const { fact, subject, detail } of findings) console.log(`${fact}  ${subject}  ${detail}`);
    if (findings.length > 0) {
      throw new CommandError(
        `账本有 ${findings.length} 处不符。`,
        `The ledger has ${findings.length} broken facts.`,
      );
    }
    console.log('账本完整无误 · The ledger is whole');
  });
}

/**
 * `wennuan ledger trace ID`: where the money of a transfer came from and where it went. The transfer is named by its own
 * id, or by a number that people hold: a gift's (JZ-…) or a payment's (ZF-…).
 */
export async function runLedgerTrace(id: string, options: CommonOptions): Promise<void> {
  if (!isTraceable(id)) {
    throw new CommandError(
      `${id} 不是流水编号（形如 0190f3c2-…），也不是捐赠编号（JZ-…）或付款编号（ZF-…）。`,
      `${id} is neither the id of a transfer (0190f3c2-…) nor the number of a gift (JZ-…) or of a payment (ZF-…).`,
    );
  }
  await usingExistingDistrict(options, (database) =>
    inLedger(database, async (sql) => {
      const found = await transfers(sql, await transfersOf(sql, id));
      if (found.length === 0)
        throw new CommandError(`账本中没有 ${id}。`, `The ledger has no transfer ${id}.`);
      for (const transfer of found) await printTransfer(sql, transfer);
    }),
  );
}

function isTraceable(id: string): boolean {
  return isId(id) || numbered.some(({ pattern }) => pattern.test(id));
}

/** Numbers that people hold, and the statement that finds their transfers. */
const numbered = [
  {
    pattern: /^JZ-?0*(\d{1,15})$/i,
    text: `select transfer_id as id from gift where serial = $1::bigint and transfer_id is not null`,
  },
  {
    pattern: /^ZF-?0*(\d{1,15})$/i,
    text: `select unnest(transfer_ids) as id from payment where serial = $1::bigint`,
  },
] as const;

async function transfersOf(sql: Sql, id: string): Promise<string[]> {
  if (isId(id)) return [id];
  for (const { pattern, text } of numbered) {
    const serial = pattern.exec(id)?.[1];
    if (serial) return (await sql.query<{ id: string }>(text, [serial])).map((row) => row.id);
  }
  return [];
}

async function printTransfer(sql: Sql, { id, at, reason, amount }: Transfer): Promise<void> {
  console.log(`${at.toISOString()}  ${reason}  ${amount}  ${id}`);
  for (const direction of ['backward', 'forward'] as const) await printTrace(sql, id, direction);
}

async function printTrace(sql: Sql, id: string, direction: Direction): Promise<void> {
  const found = await trace(sql, { start: { transferId: id }, direction, maxHops: HOPS });
  const { groups, resting, unresolved } = found;
  const labels = await labelsOf(sql, [...groups, ...resting, ...unresolved]);
  const named = (accountId: string) => labels.get(accountId) ?? accountId;
  console.log(direction === 'backward' ? '\n来自 · from' : '\n去往 · to');
  for (const { hop, accountId, unit, amount, entries } of groups)
    console.log(`  ${hop}  ${named(accountId)}  ${amount} ${unit}  ×${entries}`);
  for (const rest of resting)
    console.log(`  ${rest.hop}  留存 · resting  ${named(rest.accountId)}  ${rest.amount}`);
  for (const { hop, accountId, from, to } of unresolved)
    console.log(`  ${hop}  未再追踪 · not followed further  ${named(accountId)}  ${to - from}`);
  if (groups.length + resting.length + unresolved.length === 0) console.log('  没有 · nothing');
}

/** What accounts are for, where it was written down when they were opened. */
async function labelsOf(
  sql: Sql,
  among: readonly { accountId: string }[],
): Promise<Map<string, string>> {
  const rows = await sql.query<{ id: string; label: string }>(
    `select account_id as id, label from account_purpose where account_id = any($1::uuid[]) and label <> ''`,
    [[...new Set(among.map(({ accountId }) => accountId))]],
  );
  return new Map(rows.map(({ id, label }) => [id, label]));
}

/** Runs reads of the ledger in one snapshot of the district's schema. */
async function inLedger<T>(database: OpenDatabase, work: (sql: Sql) => Promise<T>): Promise<T> {
  return withClient(database.ownerUrl, async (client) => {
    await client.query('begin isolation level repeatable read read only');
    // Without this a policy would hide rows and the check would find nothing wrong.
    await client.query('set local row_security = off');
    await client.query(`set local search_path = ${database.schema}, extensions, public`);
    const result = await work(asSql(client));
    await client.query('commit');
    return result;
  });
}

/** A connection as the ledger sees it. */
export function asSql(client: pg.ClientBase): Sql {
  return {
    async query<Row>(text: string, values: readonly unknown[] = []) {
      return (await client.query(text, [...values])).rows as Row[];
    },
  };
}
