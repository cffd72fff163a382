import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '@wennuan/basics';
import { type Books, move, openBooks, openNamed, postAll, SCHEMA } from '../test-support/books.ts';
import { balances, check, migrations, openAccounts } from './index.ts';

let books: Books;
beforeEach(async () => {
  books = await openBooks();
});
afterEach(() => books.close());

/** Every table, with a column that a change would be tried on. */
const TABLES: Record<string, string> = {
  ledger_account: 'inflow',
  ledger_transfer: 'amount',
  ledger_hole: 'from_at',
  ledger_hold: 'used',
  ledger_leaf: 'seq',
  ledger_world_total: 'inflow',
  outbox: 'topic',
  event: 'topic',
  log_state: 'seq',
};

describe('the application role', () => {
  it('has every table of the ledger tried below', async () => {
    const { rows } = await books.owner.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = $1::regnamespace and relkind = 'r'`,
      [SCHEMA],
    );
    expect(rows.map((row) => row.name).toSorted()).toEqual(Object.keys(TABLES).toSorted());
  });

  it.each(Object.keys(TABLES))(
    'may not read, add, change, delete or empty %s directly',
    async (table) => {
      const tries = [
        `select 1 from ${table}`,
        `insert into ${table} default values`,
        `update ${table} set ${TABLES[table]} = null`,
        `delete from ${table}`,
        `truncate ${table}`,
      ];
      for (const statement of tries) {
        await expect(books.pool.query(statement), statement).rejects.toThrow(
          /permission denied|ctid/,
        );
      }
    },
  );

  it('may run only what was granted, and nobody else may run anything', async () => {
    const { rows } = await books.owner.query<{ name: string; open: boolean; path: string | null }>(
      `select p.proname as name, has_function_privilege('public', p.oid, 'execute') as open,
         (select c from unnest(p.proconfig) as c where c like 'search_path=%') as path, p.prosecdef
       from pg_proc p where p.pronamespace = $1::regnamespace`,
      [SCHEMA],
    );
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter((row) => row.open)).toEqual([]);
    for (const row of rows) {
      if (row.name === 'ledger_column') continue;
      expect(row.path, row.name).toMatch(/pg_temp$/);
    }
    await expect(books.pool.query(`select ledger_add_world('{}', '{}', '{}')`)).rejects.toThrow(
      /denied/,
    );
  });

  it('can not make the functions see a temporary table of its own', async () => {
    const { channel, fund } = await openNamed(books, { channel: 'world', fund: 'inner' });
    await books.owner.query(
      'grant temporary on database ' + new URL(books.url).pathname.slice(1) + ' to public',
    );
    const client = await books.pool.connect();
    await client.query(
      'create temp table ledger_transfer (id uuid); create temp table outbox (id uuid)',
    );
    client.release();
    for (let n = 0; n < 8; n++) {
      const [outcome] = await postAll(books, [move(channel, fund, 5)]);
      expect(outcome!.status).toBe('posted');
    }
    const { rows } = await books.owner.query(`select count(*)::int as n from ledger_transfer`);
    expect(rows).toEqual([{ n: 8 }]);
  });
});

describe('the writing function', () => {
  /** Calls ledger_write directly, as a broken application might: one row, with some columns replaced. */
  async function writeRow(accounts: string[], columns: Record<string, string | null>) {
    const names = `p_accounts p_ids p_keys p_parts p_from p_to p_amounts p_from_at p_from_outflow
      p_from_inflow p_to_at p_to_outflow p_of_ids p_links p_link_places p_link_counts p_holds p_reasons
      p_document_kinds p_document_ids p_actor_ids p_at p_event_id`.split(/\s+/);
    const row: Record<string, string | null> = {
      p_accounts: `{${accounts.join()}}`,
      p_ids: `{${newId()}}`,
      p_keys: `{${newId()}}`,
      p_from: '{1}',
      p_to: '{2}',
      p_amounts: '{5}',
      p_reasons: '{test}',
      p_document_kinds: '{test}',
      p_document_ids: `{${newId()}}`,
      p_at: '{2026-11-22T10:00:00Z}',
      p_event_id: newId(),
      ...columns,
    };
    const call = names.map((name, n) => `${name} => $${n + 1}`).join(', ');
    const values = names.map((name) => row[name] ?? null);
    await books.pool.query(`select ledger_write(${call})`, values);
  }

  it('refuses rows that do not fit what is stored', async () => {
    const a = await openNamed(books, {
      channel: 'world',
      fund: 'inner',
      item: 'inner',
      rice: { kind: 'inner', unit: 'piece:rice' },
    });
    await postAll(books, [move(a.channel, a.fund, 100)]);
    const gift = [a.channel, a.fund];
    const payment = [a.fund, a.channel];
    const tail = { p_to_at: '{100}', p_to_outflow: '{0}' };
    const exit = { p_from_at: '{0}', p_from_outflow: '{0}', p_from_inflow: '{100}' };
    const wrong: [string[], Record<string, string | null>][] = [
      [gift, { ...tail, p_to_at: '{90}' }],
      [gift, { ...tail, p_to_at: '{110}' }],
      [gift, { ...tail, p_to_outflow: '{1}' }],
      [gift, {}],
      [[a.channel, a.rice], { p_to_at: '{0}', p_to_outflow: '{0}' }],
      [[a.channel, newId()], { p_to_at: '{0}', p_to_outflow: '{0}' }],
      [gift, { ...tail, p_at: '{2020-01-01T00:00:00Z}' }],
      [gift, { ...tail, p_amounts: '{0}' }],
      [gift, { ...tail, p_amounts: '{-5}' }],
      [payment, {}],
      [payment, { ...exit, p_from_at: '{5}' }],
      [payment, { ...exit, p_from_outflow: '{5}' }],
      [payment, { ...exit, p_from_inflow: '{200}' }],
      [payment, { ...exit, p_amounts: '{101}' }],
      [payment, { ...exit, p_of_ids: `{${newId()}}` }],
      [payment, { ...exit, p_holds: '{none}' }],
      [payment, { ...exit, p_links: '{one}', p_link_places: '{0}', p_link_counts: '{2}' }],
    ];
    for (const [accounts, columns] of wrong) {
      await expect(writeRow(accounts, columns), JSON.stringify(columns)).rejects.toThrow();
    }
    await writeRow(gift, tail);
    await writeRow(payment, { ...exit, p_from_inflow: '{105}' });
    expect(await books.inTransaction(check)).toEqual([]);
  });

  it('refuses gifts into one account that do not lie end to end', async () => {
    const a = await openNamed(books, { channel: 'world', fund: 'inner' });
    const three = () => `{${newId()},${newId()},${newId()}}`;
    const write = (p_to_at: string, p_to_outflow = '{0}') =>
      writeRow([a.channel, a.fund], {
        p_ids: three(),
        p_keys: three(),
        p_document_ids: three(),
        p_to_at,
        p_to_outflow,
      });
    for (const positions of ['{0,6,11}', '{0,4,9}', '{0,0,5}', '{5,0,10}', '{0,5,null}', '{0,5}'])
      await expect(write(positions), positions).rejects.toThrow(/ledger:/);
    await expect(write('{0,5,10}', '{0,1,0}')).rejects.toThrow(/tile/);
    await write('{0,5,10}');
    const [fund] = await books.inTransaction((sql) => balances(sql, [a.fund]));
    expect(fund!.inflow).toBe(15);
    expect(await books.inTransaction(check)).toEqual([]);
  });
});

describe('districts', () => {
  it('live side by side in one database without seeing each other', async () => {
    const client = await books.owner.connect();
    try {
      await client.query('create schema other; set search_path = other; begin');
      for (const name of Object.keys(migrations).sort()) await client.query(migrations[name]!);
      await client.query('commit');
      const account = { id: newId(), kind: 'inner' as const, unit: 'fen', code: 'F1' };
      await books.inTransaction((sql) => openAccounts(sql, [account]));
      const other = await client.query('select count(*)::int as n from other.ledger_account');
      expect(other.rows).toEqual([{ n: 0 }]);
      // The function belongs to its district, whatever the caller's search_path says.
      const found = await client.query(`select code from ${SCHEMA}.ledger_balances($1)`, [
        `{${account.id}}`,
      ]);
      expect(found.rows).toEqual([{ code: 'F1' }]);
    } finally {
      client.release(true);
    }
  });
});
