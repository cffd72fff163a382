import type pg from 'pg';

/**
 * What most teams do, as plain SQL: one transaction a request, `UPDATE … WHERE stock > 0` on the item's row, then the
 * buyer's row. Makes its tables in the schema of the client.
 */
export async function makeNaive(client: pg.Client, stock: number): Promise<void> {
  await client.query(`
    drop table if exists naive_order, naive_item;
    create table naive_item (id integer primary key, stock integer not null) with (fillfactor = 50);
    create table naive_order (buyer uuid primary key, at timestamptz not null default now());`);
  await client.query('insert into naive_item values (1, $1)', [stock]);
}

export type NaiveOutcome = 'sold' | 'sold_out' | 'already_bought';

const TAKE = {
  name: 'naive_take',
  text: 'update naive_item set stock = stock - 1 where id = 1 and stock > 0',
};
const BUY = {
  name: 'naive_buy',
  text: 'insert into naive_order (buyer) values ($1) on conflict do nothing',
};

/** Decides one buyer in a transaction of her own. */
export async function naiveBuy(
  client: Pick<pg.ClientBase, 'query'>,
  buyer: string,
): Promise<NaiveOutcome> {
  await client.query('begin');
  if ((await client.query(TAKE)).rowCount === 0) {
    await client.query('rollback');
    return 'sold_out';
  }
  const bought = (await client.query({ ...BUY, values: [buyer] })).rowCount === 1;
  await client.query(bought ? 'commit' : 'rollback');
  return bought ? 'sold' : 'already_bought';
}
