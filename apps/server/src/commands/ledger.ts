import { isId } from '@wennuan/basics';
import {
  check,
  type Direction,
  type Sql,
  trace,
  type TraceGroup,
  transfers,
} from '@wennuan/ledger';
import type pg from 'pg';
import { type CommonOptions, usingDistrict } from './using-database.ts';
import { type OpenDatabase, withClient } from './database.ts';
import { CommandError } from './errors.ts';

const HOPS = 12;

/** `wennuan ledger check`: looks at every row of the ledger; fails when a fact is broken. */
export async function runLedgerCheck(options: CommonOptions): Promise<void> {
  await usingDistrict(options, async (database) => {
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

/** `wennuan ledger trace ID`: where the money of a transfer came from and where it went. */
export async function runLedgerTrace(id: string, options: CommonOptions): Promise<void> {
  const wellFormed: boolean = isId(id);
  if (!wellFormed) {
    throw new CommandError(
      `${id} 不是流水编号，应形如 0190f3c2-….`,
      `${id} is not the number of a transfer.`,
    );
  }
  await usingDistrict(options, (database) =>
    inLedger(database, async (sql) => {
      const [transfer] = await transfers(sql, [id]);
      if (!transfer) {
        throw new CommandError(`账本中没有流水 ${id}。`, `The ledger has no transfer ${id}.`);
      }
      console.log(`${transfer.at.toISOString()}  ${transfer.reason}  ${transfer.amount}`);
      for (const direction of ['backward', 'forward'] as const) {
        await printTrace(sql, id, direction);
      }
    }),
  );
}

async function printTrace(sql: Sql, id: string, direction: Direction): Promise<void> {
  const found = await trace(sql, { start: { transferId: id }, direction, maxHops: HOPS });
  console.log(direction === 'backward' ? '\n来自 · from' : '\n去往 · to');
  for (const group of found.groups) console.log(`  ${describe(group)}`);
  for (const rest of found.resting) {
    console.log(`  ${rest.hop}  留存 · resting  ${rest.accountId}  ${rest.amount}`);
  }
  for (const piece of found.unresolved) {
    const amount = piece.to - piece.from;
    console.log(`  ${piece.hop}  未再追踪 · not followed further  ${piece.accountId}  ${amount}`);
  }
}

function describe({ hop, accountId, code, unit, amount, entries }: TraceGroup): string {
  return `${hop}  ${code ?? accountId}  ${amount} ${unit}  ×${entries}`;
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
