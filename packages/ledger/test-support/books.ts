import { newId, type Id } from '@wennuan/basics';
import pg from 'pg';
import { emptyDatabase } from '../../../tooling/test-database.ts';
import {
  ledgerGrants,
  migrations,
  openAccounts,
  post,
  type Outcome,
  type Sql,
  type TransferCommand,
} from '../src/index.ts';

/** The schema of the district that the tests' ledger lives in. */
export const SCHEMA = 'district';

/** A database of one test with the ledger in it and nothing else. */
export interface Books {
  /** Of the owner (superuser). */
  url: string;
  /** Pool of the owner. */
  owner: pg.Pool;
  /** Pool of a role that may run the ledger's functions and nothing else. */
  pool: pg.Pool;
  /** Runs work in one transaction of the application role. */
  inTransaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Opens fresh books in a database of their own. */
export async function openBooks(): Promise<Books> {
  const database = await emptyDatabase();
  const role = `app_${newId().replaceAll('-', '')}`;
  const owner = poolOf(database.ownerUrl);
  await installLedger(owner, role);
  const pool = poolOf(database.ownerUrl, role);
  return {
    url: database.ownerUrl,
    owner,
    pool,
    inTransaction: (work) => inTransaction(pool, work),
    close: async () => {
      await pool.end();
      await owner.query(`drop owned by ${role}`);
      await owner.query(`drop role ${role}`);
      await owner.end();
      await database.drop();
    },
  };
}

/** Creates the schema, runs the migrations and makes the role. */
export async function installLedger(owner: pg.Pool, role: string): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query(`create schema ${SCHEMA}; set search_path = ${SCHEMA}`);
    await client.query('begin');
    for (const name of Object.keys(migrations).sort()) await client.query(migrations[name]!);
    await client.query(`create role ${role} login; grant usage on schema ${SCHEMA} to ${role}`);
    await client.query(
      ledgerGrants({ post: [role], read: [role], sequence: [role], total: [role] }),
    );
    await client.query('commit');
  } finally {
    client.release();
  }
}

/** A pool whose sessions are in the district, as a role when one is given. */
export function poolOf(url: string, role?: string): pg.Pool {
  const asRole = role ? ` -c role=${role}` : '';
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    options: `-c search_path=${SCHEMA}${asRole}`,
  });
  // A connection still closing when its database is dropped is cut; that is no error of the test.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** One transaction; rolled back when the work throws. */
export async function inTransaction<T>(pool: pg.Pool, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(sqlOf(client));
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** The ledger's view of a client. */
export function sqlOf(client: pg.ClientBase): Sql {
  return {
    query: async <Row>(text: string, values: readonly unknown[] = []) =>
      (await client.query(text, [...values])).rows as Row[],
  };
}

/** Accounts by name, opened in one go: `name: kind` in fen unless a unit is given. */
export async function openNamed<Name extends string>(
  books: Books,
  names: Record<Name, 'inner' | 'world' | { kind: 'inner' | 'world'; unit: string }>,
): Promise<Record<Name, Id>> {
  const ids = Object.fromEntries(Object.keys(names).map((name) => [name, newId()])) as Record<
    Name,
    Id
  >;
  const accounts = (Object.keys(names) as Name[]).map((name) => {
    const what = names[name];
    const { kind, unit } = typeof what === 'string' ? { kind: what, unit: 'fen' } : what;
    return { id: ids[name], kind, unit, code: null };
  });
  await books.inTransaction((sql) => openAccounts(sql, accounts));
  return ids;
}

/** A command with what tests do not care about filled in. */
export function move(
  from: Id,
  to: Id,
  amount: number,
  rest: Partial<TransferCommand> = {},
): TransferCommand {
  const document = { kind: 'test', id: newId() };
  return { key: newId(), from, to, amount, reason: 'test', document, actor: null, ...rest };
}

/** Posts in a transaction of its own. */
export function postAll(
  books: Books,
  commands: TransferCommand[],
  at = new Date('2026-11-22T08:00:00Z'),
): Promise<Outcome[]> {
  return books.inTransaction((sql) => post(sql, { commands, at, newId }));
}
