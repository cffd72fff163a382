import type pg from 'pg';

/**
 * What most teams do, as plain SQL: the shape of TPC-B (one transaction of five statements: an account, its
 * balance, a teller, a branch, a history row) with a single branch, so that every transaction waits for one
 * hot row. Makes its tables in the schema of the client.
 */
export async function makeTpcb(client: pg.Client): Promise<void> {
  await client.query(`
    create table tpcb_branch (id integer primary key, balance bigint not null) with (fillfactor = 50);
    create table tpcb_teller (id integer primary key, balance bigint not null) with (fillfactor = 50);
    create table tpcb_account (id integer primary key, balance bigint not null) with (fillfactor = 90);
    create table tpcb_history (teller_id integer, branch_id integer, account_id integer, delta bigint, at timestamptz);
    insert into tpcb_branch values (1, 0);
    insert into tpcb_teller select n, 0 from generate_series(1, 10) as n;
    insert into tpcb_account select n, 0 from generate_series(1, 100000) as n;`);
  await client.query('vacuum analyze tpcb_branch, tpcb_teller, tpcb_account, tpcb_history');
}

const STATEMENTS = {
  account: 'update tpcb_account set balance = balance + $1 where id = $2',
  balance: 'select balance from tpcb_account where id = $1',
  teller: 'update tpcb_teller set balance = balance + $1 where id = $2',
  branch: 'update tpcb_branch set balance = balance + $1 where id = 1',
  history: 'insert into tpcb_history values ($1, 1, $2, $3, current_timestamp)',
};

/** Transactions a second that the clients reach together on the one hot row, in so many seconds. */
export async function tpcbHot(clients: readonly pg.Client[], seconds: number): Promise<number> {
  const begin = performance.now();
  const end = begin + seconds * 1_000;
  let done = 0;
  await Promise.all(
    clients.map(async (client, place) => {
      const run = (name: keyof typeof STATEMENTS, values: number[]) =>
        client.query({ name: `tpcb_${name}`, text: STATEMENTS[name], values });
      for (let n = place; performance.now() < end; n += clients.length) {
        const [account, teller, delta] = [1 + ((n * 7_919) % 100_000), 1 + (n % 10), 1 + (n % 100)];
        await client.query('begin');
        await run('account', [delta, account]);
        await run('balance', [account]);
        await run('teller', [delta, teller]);
        await run('branch', [delta]);
        await run('history', [teller, account, delta]);
        await client.query('commit');
        done += 1;
      }
    }),
  );
  return done / ((performance.now() - begin) / 1_000);
}

/** True when branch, tellers, accounts and history say the same sum: nothing was lost on the way. */
export async function tpcbAgrees(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<Record<string, string>>(`select
    (select sum(balance) from tpcb_branch) as branch, (select sum(balance) from tpcb_teller) as teller,
    (select sum(balance) from tpcb_account) as account, (select sum(delta) from tpcb_history) as history`);
  return new Set(Object.values(rows[0]!)).size === 1;
}
