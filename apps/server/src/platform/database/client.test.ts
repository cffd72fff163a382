import { fixedClock } from '@wennuan/basics';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../../tooling/test-database.ts';
import { systemActor } from '../actor.ts';
import { ScopedClient } from './client.ts';
import { openDatabase, type Database, type Writing } from './database.ts';

let connection: TestDatabase;
let database: Database;
let client: pg.Client & { getTransactionStatus(): string | null };
beforeAll(async () => {
  connection = await testDatabase();
  database = openDatabase({ ...connection, clock: fixedClock(new Date('2026-11-20T08:00:00Z')) });
  client = new ScopedClient({
    connectionString: connection.ownerUrl,
    pipeline: true,
  } as pg.ClientConfig) as never;
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.close();
  await connection.drop();
});

const actor = systemActor('test');
const keep = (tx: Writing, name: string) =>
  tx.db.insertInto('setting').values({ name, value: 'x' }).execute();
const isKept = (name: string) =>
  database.read(actor, async (tx) => {
    const rows = await tx.db
      .selectFrom('setting')
      .select('name')
      .where('name', '=', name)
      .execute();
    return rows.length > 0;
  });

test('what is done has its audit row, and what cannot be audited is not done', async () => {
  await database.write(actor, 'test.keep', async (tx) => {
    await keep(tx, 'audited');
    tx.touched('setting', 'audited');
  });
  const audited = await database.read(actor, (tx) =>
    tx.db.selectFrom('audit_entry').select('action').where('subject_id', '=', 'audited').execute(),
  );
  expect(audited).toEqual([{ action: 'test.keep' }]);
  const unaudited = database.write(actor, 'test.keep', async (tx) => {
    await keep(tx, 'unaudited');
    // No text of PostgreSQL holds this character.
    tx.touched('setting', '\0');
  });
  await expect(unaudited).rejects.toThrow('invalid byte sequence');
  expect(await isKept('unaudited')).toBe(false);
});

test('a write of nothing but its audit is kept, and a read writes nothing', async () => {
  await database.write(actor, 'test.only_audit', async (tx) => tx.touched('test', 'only'));
  const entries = await database.read(actor, (tx) =>
    tx.db.selectFrom('audit_entry').select('action').where('subject_id', '=', 'only').execute(),
  );
  expect(entries).toHaveLength(1);
  const forbidden = database.read(actor, (tx) => keep(tx as Writing, 'read'));
  await expect(forbidden).rejects.toThrow('read-only transaction');
});

test('what ends before its first statement, and what fails later, leaves the connection free', async () => {
  const early = database.write(actor, 'test.early', async () => {
    throw new Error('changed my mind');
  });
  await expect(early).rejects.toThrow('changed my mind');
  const late = database.write(actor, 'test.late', async (tx) => {
    await keep(tx, 'late');
    throw new Error('too late');
  });
  await expect(late).rejects.toThrow('too late');
  expect(await isKept('late')).toBe(false);
  expect(await database.read(actor, async () => 'nothing asked')).toBe('nothing asked');
});

test('the first statement fails with a transaction that could not begin', async () => {
  await client.query('begin isolation level nonsense');
  await expect(client.query('select 1')).rejects.toThrow('syntax error');
  expect(client.getTransactionStatus()).toBe('I');
});

test('a transaction in which nothing was asked is never begun', async () => {
  for (const end of ['commit', 'rollback']) {
    await client.query('begin');
    expect((await client.query(end)).command).toBe(end.toUpperCase());
    expect(client.getTransactionStatus()).toBe('I');
  }
  await client.query('begin');
  const { rows } = await client.query('select 1 as one');
  expect(rows).toEqual([{ one: 1 }]);
  expect(client.getTransactionStatus()).toBe('T');
  expect((await client.query('commit')).command).toBe('COMMIT');
});
