import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '@wennuan/basics';
import type pg from 'pg';
import { type Books, move, openBooks, openNamed, postAll, sqlOf } from '../test-support/books.ts';
import {
  balances,
  check,
  hold,
  isKeyRace,
  openAccounts,
  post,
  releaseExpiredHolds,
  releaseHolds,
  statement,
  transfers,
} from './index.ts';

const AT = new Date('2026-11-22T08:00:00Z');
const DOCUMENT = { kind: 'test', id: newId() };

let books: Books;
beforeEach(async () => {
  books = await openBooks();
});
afterEach(async () => {
  expect(await books.inTransaction(check)).toEqual([]);
  await books.close();
});

/** Waits until a connection waits for a lock of another. */
async function untilWaiting(client: pg.PoolClient): Promise<void> {
  const pid = (client as unknown as { processID: number }).processID;
  for (;;) {
    const { rows } = await books.owner.query(
      `select 1 from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'`,
      [pid],
    );
    if (rows.length > 0) return;
  }
}

describe('accounts', () => {
  it('open once by id and refuse another kind, unit or code', async () => {
    const account = { id: newId(), kind: 'inner' as const, unit: 'fen', code: '绿云-1' };
    await books.inTransaction((sql) => openAccounts(sql, [account, account]));
    await books.inTransaction((sql) => openAccounts(sql, [account]));
    for (const other of [{ kind: 'world' as const }, { unit: 'minute' }, { code: null }]) {
      const again = [{ ...account, ...other }];
      await expect(books.inTransaction((sql) => openAccounts(sql, again))).rejects.toThrow(
        /another/,
      );
    }
    const [found] = await books.inTransaction((sql) => balances(sql, [account.id]));
    expect(found).toMatchObject({ code: '绿云-1', unit: 'fen', balance: 0 });
  });
});

describe('posting', () => {
  it('is part of the larger transaction of its caller', async () => {
    const { channel, fund } = await openNamed(books, { channel: 'world', fund: 'inner' });
    const command = move(channel, fund, 100);
    const failing = books.inTransaction(async (sql) => {
      const [outcome] = await post(sql, { commands: [command], at: AT, newId });
      expect(outcome!.status).toBe('posted');
      throw new Error('the business rule said no');
    });
    await expect(failing).rejects.toThrow('business rule');
    const [outcome] = await postAll(books, [command]);
    expect(outcome!.status).toBe('posted');
  });

  it('answers a key of another transaction that commits meanwhile by a race, then by its row', async () => {
    const { channel, fund } = await openNamed(books, { channel: 'world', fund: 'inner' });
    const { channel: bank } = await openNamed(books, { channel: 'world' });
    // Two world accounts share no lock, so that only the key itself can hold them apart.
    const command = move(channel, bank, 100);
    const [one, two] = [await books.pool.connect(), await books.pool.connect()];
    const batch = { commands: [command], at: AT, newId };
    await one.query('begin');
    await two.query('begin');
    await post(sqlOf(one), batch);
    const second = post(sqlOf(two), batch).then(
      () => null,
      (error: unknown) => error,
    );
    await untilWaiting(two);
    await one.query('commit');
    const error = await second;
    expect(isKeyRace(error)).toBe(true);
    await two.query('rollback');
    one.release();
    two.release();
    const [outcome] = await postAll(books, [command, move(channel, fund, 1)]);
    expect(outcome!.status).toBe('already_posted');
  });

  it('gives one link to one group, also when two transactions race for it', async () => {
    const a = await openNamed(books, { one: 'world', two: 'world', three: 'world' });
    const clients = [await books.pool.connect(), await books.pool.connect()];
    const outcomes = await Promise.allSettled(
      clients.map(async (client) => {
        await client.query('begin');
        const commands = [a.two, a.three].map((to) => move(a.one, to, 5, { link: 'L' }));
        const found = await post(sqlOf(client), { commands, at: AT, newId });
        await client.query('commit');
        return found;
      }),
    );
    for (const client of clients) client.release(true);
    const refused = outcomes.filter(
      (one) => one.status === 'rejected' || one.value[0]!.status === 'refused',
    );
    expect(refused).toHaveLength(1);
  });

  it('never lets the time of an account run backwards, whatever the clock says', async () => {
    const { channel, fund } = await openNamed(books, { channel: 'world', fund: 'inner' });
    await postAll(books, [move(channel, fund, 1)], AT);
    await postAll(books, [move(channel, fund, 2)], new Date('2020-01-01T00:00:00Z'));
    const { lines } = await books.inTransaction((sql) =>
      statement(sql, { accountId: fund, limit: 5 }),
    );
    expect(lines.map((line) => line.at)).toEqual([AT, AT]);
  });

  it('keeps unusual keys, links and reasons as they are', async () => {
    const { channel, fund } = await openNamed(books, { channel: 'world', fund: 'inner' });
    const odd = [
      'a,b',
      '{x}',
      'quote"and\\back',
      'null',
      'NULL',
      ' ',
      '微心愿 №1',
      'tab\tline\n',
      '',
    ];
    const commands = odd.map((key) =>
      move(channel, fund, 1, { key, link: `l${key}`, reason: key }),
    );
    await postAll(books, commands);
    const again = await postAll(books, commands);
    expect(again.map((outcome) => outcome.status)).toEqual(odd.map(() => 'already_posted'));
    const ids = again.flatMap((outcome) =>
      outcome.status === 'refused' ? [] : outcome.transferIds,
    );
    const stored = await books.inTransaction((sql) => transfers(sql, ids));
    expect(stored.map(({ key, link, reason }) => [key, link, reason])).toEqual(
      odd.map((key) => [key, `l${key}`, key]),
    );
  });

  it('refuses what is no amount and writes nothing of it', async () => {
    const { channel, fund } = await openNamed(books, { channel: 'world', fund: 'inner' });
    const amounts = [0, -1, 1.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY];
    const outcomes = await postAll(
      books,
      amounts.map((amount) => move(channel, fund, amount)),
    );
    for (const outcome of outcomes) expect(outcome).toMatchObject({ refusal: 'amount_invalid' });
    const full = Number.MAX_SAFE_INTEGER;
    const [first, second] = await postAll(books, [
      move(channel, fund, full),
      move(channel, fund, 1),
    ]);
    expect(first!.status).toBe('posted');
    expect(second).toMatchObject({ refusal: 'amount_invalid' });
    expect((await postAll(books, [move(fund, channel, full)]))[0]!.status).toBe('posted');
  });

  it('pays around returns that left holes, and says what is left of an entry', async () => {
    const { channel, fund, shop } = await openNamed(books, {
      channel: 'world',
      fund: 'inner',
      shop: 'world',
    });
    const gifts = await postAll(
      books,
      [10, 20, 30].map((amount) => move(channel, fund, amount)),
    );
    const idOf = (n: number) => (gifts[n] as { transferIds: string[] }).transferIds[0]!;
    const [back] = await postAll(books, [
      move(fund, channel, 15, { of: idOf(1), reason: 'return' }),
    ]);
    expect(back!.status).toBe('posted');
    const [tooMuch] = await postAll(books, [move(fund, channel, 6, { of: idOf(1) })]);
    expect(tooMuch).toMatchObject({ refusal: 'already_spent', available: 5 });
    const [paid] = await postAll(books, [move(fund, shop, 25)]);
    const ids = (paid as { transferIds: string[] }).transferIds;
    const rows = await books.inTransaction((sql) => transfers(sql, ids));
    expect(rows.map(({ fromAt, amount }) => [fromAt, amount])).toEqual([
      [0, 15],
      [30, 10],
    ]);
    const [found] = await books.inTransaction((sql) => balances(sql, [fund]));
    expect(found).toMatchObject({ inflow: 60, outflow: 40, ahead: 0, balance: 20 });
  });
});

describe('holds', () => {
  const until = new Date('2026-11-22T09:00:00Z');

  it('bind an amount until they are used or released', async () => {
    const { channel, fund, shop } = await openNamed(books, {
      channel: 'world',
      fund: 'inner',
      shop: 'world',
    });
    await postAll(books, [move(channel, fund, 100)]);
    const cart = { key: 'cart', account: fund, amount: 70, until, document: DOCUMENT, actor: null };
    const holds = [cart, { ...cart, key: 'big', amount: 31 }, cart, { ...cart, amount: 1 }];
    const outcomes = await books.inTransaction((sql) => hold(sql, { holds, at: AT }));
    expect(outcomes).toEqual([
      { status: 'held', key: 'cart' },
      { status: 'refused', key: 'big', refusal: 'balance_too_low', available: 30 },
      { status: 'already_held', key: 'cart' },
      { status: 'refused', key: 'cart', refusal: 'key_reused' },
    ]);
    const posted = await postAll(books, [
      move(fund, shop, 31),
      move(fund, shop, 71, { hold: 'cart' }),
      move(fund, shop, 50, { hold: 'cart' }),
      move(fund, shop, 1, { hold: 'none' }),
    ]);
    expect(
      posted.map((outcome) => ('refusal' in outcome ? outcome.refusal : outcome.status)),
    ).toEqual(['balance_too_low', 'hold_too_low', 'posted', 'hold_unknown']);
    const keys = ['cart', 'cart', 'none'];
    const released = await books.inTransaction((sql) => releaseHolds(sql, { keys, at: AT }));
    expect(released.map((one) => one.status)).toEqual(['released', 'released', 'refused']);
    const [found] = await books.inTransaction((sql) => balances(sql, [fund]));
    expect(found).toMatchObject({ held: 0, balance: 50, available: 50 });
    expect(await postAll(books, [move(fund, shop, 1, { hold: 'cart' })])).toMatchObject([
      { refusal: 'hold_unknown' },
    ]);
  });

  it('are given back after their time by whoever looks for them, oldest first', async () => {
    const { channel, fund } = await openNamed(books, { channel: 'world', fund: 'inner' });
    await postAll(books, [move(channel, fund, 100)]);
    const holds = [1, 2, 3].map((n) => {
      const later = new Date(until.getTime() + n * 60_000);
      return {
        key: `h${n}`,
        account: fund,
        amount: n,
        until: later,
        document: DOCUMENT,
        actor: null,
      };
    });
    await books.inTransaction((sql) => hold(sql, { holds, at: AT }));
    const at = new Date(until.getTime() + 150_000);
    const released = await books.inTransaction((sql) => releaseExpiredHolds(sql, { at, limit: 5 }));
    expect(released.map((one) => one.key)).toEqual(['h1', 'h2']);
    const [found] = await books.inTransaction((sql) => balances(sql, [fund]));
    expect(found!.held).toBe(3);
  });
});
