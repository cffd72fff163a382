import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '@wennuan/basics';
import {
  type Books,
  inTransaction,
  move,
  openBooks,
  openNamed,
  postAll,
  sqlOf,
} from '../test-support/books.ts';
import {
  appendEvents,
  check,
  eventsAfter,
  leavesFrom,
  sequence,
  statement,
  worldTotals,
} from './index.ts';

let books: Books;
beforeEach(async () => {
  books = await openBooks();
});
afterEach(async () => {
  expect(await books.inTransaction(check)).toEqual([]);
  await books.close();
});

describe('statements', () => {
  it('page through all movements, newest first, with the balance after each', async () => {
    const a = await openNamed(books, { channel: 'world', fund: 'inner', shop: 'world' });
    for (let n = 1; n <= 20; n++) {
      await postAll(books, [move(a.channel, a.fund, n), move(a.fund, a.shop, Math.ceil(n / 2))]);
    }
    const gifts = await books.inTransaction((sql) =>
      statement(sql, { accountId: a.fund, limit: 2 }),
    );
    const last = gifts.lines.find((line) => line.direction === 'in')!;
    await postAll(books, [move(a.fund, a.channel, 3, { of: last.id })]);
    const balancesSeen: number[] = [];
    let before: Parameters<typeof statement>[1]['before'];
    do {
      const page = await books.inTransaction((sql) =>
        statement(sql, { accountId: a.fund, limit: 7, ...(before ? { before } : {}) }),
      );
      for (const line of page.lines) {
        const change = line.direction === 'in' ? line.amount : -line.amount;
        if (balancesSeen.length > 0) expect(line.balanceAfter).toBe(balancesSeen.at(-1));
        balancesSeen.push(line.balanceAfter! - change);
      }
      before = page.next ?? undefined;
    } while (before);
    expect(balancesSeen).toHaveLength(41);
    expect(balancesSeen.at(-1)).toBe(0);
  });

  it('of a world account come with the sequencer, as do its totals', async () => {
    const a = await openNamed(books, { channel: 'world', fund: 'inner', shop: 'world' });
    await postAll(
      books,
      [1, 2, 3, 4, 5].map((n) => move(a.channel, a.fund, n)),
    );
    await postAll(books, [move(a.fund, a.shop, 6)]);
    const page = () =>
      books.inTransaction((sql) => statement(sql, { accountId: a.channel, limit: 3 }));
    expect((await page()).lines).toEqual([]);
    await books.inTransaction((sql) => sequence(sql, { limit: 1 }));
    const totals = () => books.inTransaction((sql) => worldTotals(sql, [a.shop, a.channel]));
    expect(await totals()).toEqual([
      { accountId: a.shop, inflow: 0, outflow: 0, seq: 1 },
      { accountId: a.channel, inflow: 0, outflow: 15, seq: 1 },
    ]);
    await books.inTransaction((sql) => sequence(sql, { limit: 1 }));
    expect((await totals())[0]).toMatchObject({ inflow: 6, seq: 2 });
    const first = await page();
    expect(first.lines.map((line) => line.amount)).toEqual([5, 4, 3]);
    const rest = await books.inTransaction((sql) =>
      statement(sql, { accountId: a.channel, limit: 3, before: first.next! }),
    );
    expect(rest.lines.map((line) => line.amount)).toEqual([2, 1]);
    expect(rest.next).toBeNull();
  });
});

describe('the sequencer', () => {
  const event = (topic: string) => ({
    id: newId(),
    topic,
    subjectKind: 'need',
    subjectId: newId(),
    areaId: 7,
    body: { text: '"quoted", {braces} \\ 中文' },
  });

  it('orders events as they committed, without gaps, also those that commit late', async () => {
    const late = await books.pool.connect();
    await late.query('begin');
    await appendEvents(sqlOf(late), [event('late')]);
    await books.inTransaction((sql) => appendEvents(sql, [event('early'), event('early')]));
    const first = await books.inTransaction((sql) => sequence(sql, { limit: 10 }));
    expect(first).toEqual({ firstSeq: 1, lastSeq: 2, count: 2 });
    await late.query('commit');
    late.release();
    expect(await books.inTransaction((sql) => sequence(sql, { limit: 10 }))).toMatchObject({
      lastSeq: 3,
      count: 1,
    });
    expect(await books.inTransaction((sql) => sequence(sql, { limit: 10 }))).toMatchObject({
      count: 0,
    });
    const events = await books.inTransaction((sql) => eventsAfter(sql, 1, 10));
    expect(events.map(({ seq, topic, areaId }) => [seq, topic, areaId])).toEqual([
      [2, 'early', 7],
      [3, 'late', 7],
    ]);
    expect(events[0]!.body).toEqual({ text: '"quoted", {braces} \\ 中文' });
  });

  it('reads the transfers it numbers and no others, with a plan of when the ledger was nearly empty', async () => {
    const a = await openNamed(books, { channel: 'world', fund: 'inner' });
    const give = (count: number) =>
      postAll(
        books,
        Array.from({ length: count }, () => move(a.channel, a.fund, 1)),
      );
    await books.owner.query('vacuum analyze');
    const session = await books.owner.connect();
    const read = async () => {
      const { rows } = await session.query<{ read: number }>(
        `select (seq_tup_read + idx_tup_fetch)::int as read from pg_stat_xact_user_tables where relname = 'ledger_transfer'`,
      );
      return rows[0]!.read;
    };
    const reads: number[] = [];
    for (const count of [1, 2_000, 1]) {
      await give(count);
      await session.query('begin');
      const before = await read();
      await sequence(sqlOf(session), { limit: 10 });
      reads.push((await read()) - before);
      await session.query('commit');
    }
    session.release();
    expect(reads).toEqual([1, 2_000, 1]);
  });

  it('gives every transfer one leaf, in causal order, when several take turns', async () => {
    const a = await openNamed(books, { channel: 'world', fund: 'inner', item: 'inner' });
    const poster = async () => {
      for (let n = 0; n < 30; n++) {
        await postAll(books, [move(a.channel, a.fund, 10), move(a.fund, a.item, 5)]);
      }
    };
    let posting = true;
    const sequencer = async () => {
      while (posting) await inTransaction(books.pool, (sql) => sequence(sql, { limit: 4 }));
    };
    const sequencers = [sequencer(), sequencer()];
    await Promise.all([poster(), poster(), poster()]);
    posting = false;
    await Promise.all(sequencers);
    await books.inTransaction((sql) => sequence(sql, { limit: 1_000 }));
    const leaves = await books.inTransaction((sql) => leavesFrom(sql, 0, 1_000));
    expect(leaves.map((one) => one.leaf)).toEqual(Array.from({ length: 180 }, (_, n) => n));
  });

  it('is the only one that notifies', async () => {
    const listener = await books.owner.connect();
    const heard: string[] = [];
    listener.on('notification', (message) => heard.push(`${message.channel} ${message.payload}`));
    await listener.query('listen "district.events"');
    const a = await openNamed(books, { channel: 'world', fund: 'inner' });
    await postAll(books, [move(a.channel, a.fund, 10)]);
    await listener.query('select 1');
    expect(heard).toEqual([]);
    await books.inTransaction((sql) => sequence(sql, { limit: 10 }));
    await listener.query('select 1');
    expect(heard).toEqual(['district.events 1']);
    listener.release(true);
  });
});
