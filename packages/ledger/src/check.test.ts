import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId, type Id } from '@wennuan/basics';
import { type Books, move, openBooks, openNamed, postAll } from '../test-support/books.ts';
import { check, hold, sequence } from './index.ts';

let books: Books;
let ids: Record<'channel' | 'fund' | 'item' | 'shop', Id>;

/** Small books with everything in them: gifts, a split payment, a return, a link, a hold, leaves, a wait. */
beforeAll(async () => {
  books = await openBooks();
  ids = await openNamed(books, { channel: 'world', fund: 'inner', item: 'inner', shop: 'world' });
  const { channel, fund, item, shop } = ids;
  const gifts = await postAll(
    books,
    [10, 20, 30, 40].map((amount) => move(channel, fund, amount)),
  );
  const of = gifts.map((gift) => (gift as { transferIds: Id[] }).transferIds[0]!);
  await postAll(books, [
    move(fund, channel, 5, { of: of[1]! }),
    move(fund, channel, 7, { of: of[3]! }),
  ]);
  await postAll(books, [
    move(fund, item, 45),
    move(fund, item, 1, { link: 'L' }),
    move(item, shop, 6, { link: 'L' }),
  ]);
  const until = new Date('2027-01-01T00:00:00Z');
  const document = { kind: 'test', id: newId() };
  const cart = { key: 'cart', account: item, amount: 20, until, document, actor: null };
  await books.inTransaction((sql) =>
    hold(sql, { holds: [cart], at: new Date('2026-11-22T08:00:00Z') }),
  );
  await postAll(books, [move(item, shop, 5, { hold: 'cart' }), move(item, shop, 2)]);
  await books.inTransaction((sql) => sequence(sql, { limit: 100 }));
  await postAll(books, [move(item, shop, 3)]);
});
afterAll(() => books.close());

const LAST_PAYMENT = `(select id from ledger_transfer where amount = 3)`;
const FUND = `(select to_id from ledger_transfer where amount = 40)`;

/** What a hand in the database might do, and the facts that must then be found broken. */
const DAMAGE: Record<string, [string, string[]]> = {
  'an entry is moved': [
    `update ledger_transfer set to_at = to_at + 1000 where amount = 40`,
    ['entries_tile', 'movements_follow'],
  ],
  'an amount is raised': [
    `update ledger_transfer set amount = 41 where amount = 40`,
    ['inflow_is_what_entered', 'world_totals_are_the_leaves'],
  ],
  'an amount is not positive': [
    `alter table ledger_transfer drop constraint ledger_transfer_amount;
     update ledger_transfer set amount = -40 where amount = 40`,
    ['amounts_are_positive'],
  ],
  'a transfer is deleted': [
    `delete from ledger_transfer where amount = 40`,
    ['inflow_is_what_entered', 'every_transfer_in_the_log_once', 'out_of_turn_within_its_entry'],
  ],
  'an exit is laid over another': [
    `update ledger_transfer set from_at = 1 where amount = 7 and of_id is not null`,
    ['exits_do_not_overlap', 'out_of_turn_within_its_entry', 'holes_are_exits'],
  ],
  'the turn of an exit is changed': [
    `update ledger_transfer set from_outflow = from_outflow + 1, from_inflow = from_inflow + 1 where id = ${LAST_PAYMENT}`,
    ['exit_turns_tile', 'movements_follow'],
  ],
  'two payments change places': [
    `alter table ledger_transfer drop constraint ledger_transfer_arrived_before_it_left;
     update ledger_transfer set from_at = from_at + 1000 where amount = 2 and hold is null`,
    ['first_in_first_out', 'all_before_the_cursor_left'],
  ],
  'a transfer is dated back': [
    `update ledger_transfer set at = '2020-01-01' where id = ${LAST_PAYMENT}`,
    ['time_never_runs_backwards'],
  ],
  'inflow is raised': [
    `update ledger_account set inflow = inflow + 1 where id = ${FUND}`,
    ['inflow_is_what_entered'],
  ],
  'outflow is raised': [
    `update ledger_account set outflow = outflow + 1 where id = ${FUND}`,
    ['outflow_is_what_left', 'all_before_the_cursor_left'],
  ],
  'ahead is changed': [
    `update ledger_account set ahead = ahead - 1 where id = ${FUND}`,
    ['ahead_is_the_holes', 'all_before_the_cursor_left'],
  ],
  'a hole is lost': [`delete from ledger_hole`, ['ahead_is_the_holes']],
  'a hole is moved back': [
    `update ledger_hole set from_at = from_at - 60, until_at = until_at - 60`,
    ['holes_are_beyond_the_cursor', 'holes_are_exits'],
  ],
  'held is changed': [
    `update ledger_account set held = held + 1 where held > 0`,
    ['held_is_the_open_holds'],
  ],
  'an account is overdrawn': [
    `alter table ledger_account drop constraint ledger_account_never_overdrawn;
     update ledger_account set outflow = inflow + 1 where id = ${FUND}`,
    ['never_overdrawn'],
  ],
  'the use of a hold is changed': [
    `update ledger_hold set used = used - 1`,
    ['used_is_what_was_drawn', 'held_is_the_open_holds'],
  ],
  'a hold is deleted': [
    `delete from ledger_hold`,
    ['held_is_the_open_holds', 'used_is_what_was_drawn'],
  ],
  'an account changes its unit': [
    `update ledger_account set unit = 'minute' where id = ${FUND}`,
    ['accounts_fit'],
  ],
  'an account is deleted': [`delete from ledger_account where id = ${FUND}`, ['accounts_fit']],
  'half a posting is deleted': [
    `delete from ledger_transfer where part = 1`,
    ['outflow_is_what_left', 'exit_turns_tile'],
  ],
  'the first half of a posting is deleted': [
    `delete from ledger_transfer where part = 0 and key in (select key from ledger_transfer where part = 1)`,
    ['postings_are_whole'],
  ],
  'half a linked group is renamed': [
    `update ledger_transfer set link = 'M' where link = 'L' and link_place = 1`,
    ['linked_groups_are_whole'],
  ],
  'an event is deleted': [`delete from event where seq = 2`, ['events_have_no_gaps']],
  'the last event is deleted': [
    `delete from event where seq = (select max(seq) from event)`,
    ['events_have_no_gaps'],
  ],
  'a leaf is deleted': [
    `delete from ledger_leaf where leaf = 1`,
    ['leaves_have_no_gaps', 'every_transfer_in_the_log_once'],
  ],
  'a leaf stands twice': [
    `alter table ledger_leaf drop constraint ledger_leaf_transfer_once;
     insert into ledger_leaf select leaf + 100, seq, transfer_id from ledger_leaf where leaf = 1`,
    ['leaves_have_no_gaps'],
  ],
  'two leaves change places': [
    `update ledger_leaf set leaf = 1000 - leaf where leaf < 4;
     update ledger_leaf set leaf = leaf - 997 where leaf > 900`,
    ['leaves_are_in_causal_order'],
  ],
  'what waits is thrown away': [`delete from outbox`, ['every_transfer_in_the_log_once']],
  'a world total is changed': [
    `update ledger_world_total set inflow = inflow + 1`,
    ['world_totals_are_the_leaves'],
  ],
  'a world total is lost': [`delete from ledger_world_total`, ['world_totals_are_the_leaves']],
};

/** Every fact that the check names in its text. */
async function factsChecked(): Promise<string[]> {
  const { rows } = await books.owner.query<{ text: string }>(
    `select prosrc as text from pg_proc where proname = 'ledger_check'`,
  );
  return [...rows[0]!.text.matchAll(/select '([a-z_]+)',/g)].map((match) => match[1]!);
}

describe('the check', () => {
  it('finds nothing in whole books', async () => {
    expect(await books.inTransaction(check)).toEqual([]);
  });

  it.each(Object.keys(DAMAGE))('turns red when %s', async (damage) => {
    const [statements, facts] = DAMAGE[damage]!;
    const client = await books.owner.connect();
    try {
      await client.query('begin');
      await client.query(statements);
      const { rows } = await client.query<{ fact: string }>('select fact from ledger_check()');
      const found = new Set(rows.map((row) => row.fact));
      for (const fact of facts) expect([...found], `${damage}: ${fact}`).toContain(fact);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  it('has no fact that was never seen broken', async () => {
    const broken = new Set(Object.values(DAMAGE).flatMap(([, facts]) => facts));
    expect((await factsChecked()).filter((fact) => !broken.has(fact))).toEqual([]);
  });
});
