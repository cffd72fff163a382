import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Books, move, openBooks, openNamed, postAll } from '../test-support/books.ts';
import {
  type Outcome,
  trace,
  traceHop,
  type TraceCursor,
  type TraceEntry,
  type TraceHopRequest,
  type TraceRequest,
  type TraceResult,
} from './index.ts';

let books: Books;
beforeEach(async () => {
  books = await openBooks();
});
afterEach(() => books.close());

const traced = (request: TraceRequest) => books.inTransaction((sql) => trace(sql, request));

function idOf(outcome: Outcome | undefined): string {
  if (outcome?.status !== 'posted') throw new Error(`not posted: ${JSON.stringify(outcome)}`);
  return outcome.transferIds[0]!;
}

/** All that is in an answer, wherever the path ended: it must be all that was asked for. */
function total(result: TraceResult, worlds: readonly string[]): number {
  const ended = result.groups.filter((group) => worlds.includes(group.accountId));
  const sums = [
    ...ended.map((group) => group.amount),
    ...result.resting.map((rest) => rest.amount),
    ...result.unresolved.map((piece) => piece.to - piece.from),
  ];
  return sums.reduce((sum, amount) => sum + amount, 0);
}

/** A fund of many gifts that money goes round and round in, spread and gathered again. */
async function circle() {
  const a = await openNamed(books, {
    channel: 'world',
    fund: 'inner',
    left: 'inner',
    right: 'inner',
    shop: 'world',
  });
  await postAll(
    books,
    Array.from({ length: 300 }, (_, n) => move(a.channel, a.fund, 1 + (n % 5))),
  );
  for (let turn = 0; turn < 6; turn++) {
    const spread = Array.from({ length: 60 }, (_, n) =>
      move(a.fund, n % 2 ? a.left : a.right, 4 + turn),
    );
    const back = Array.from({ length: 40 }, (_, n) =>
      move(n % 3 ? a.left : a.right, a.fund, 3 + turn),
    );
    await postAll(books, [...spread, ...back]);
  }
  const outcomes = await postAll(books, [move(a.left, a.shop, 40), move(a.right, a.shop, 30)]);
  return { ...a, payment: idOf(outcomes[0]) };
}

describe('a trace', () => {
  it('keeps every fen in its answer whatever the hops and the budget', async () => {
    const { payment, channel, shop, fund } = await circle();
    const requests: Omit<TraceRequest, 'maxHops' | 'budget'>[] = [
      { start: { transferId: payment }, direction: 'backward' },
      { start: { accountId: fund, from: 0, to: 500 }, direction: 'forward' },
      { start: { accountId: fund, from: 100, to: 700 }, direction: 'backward' },
    ];
    for (const request of requests) {
      for (const maxHops of [0, 1, 2, 5, 40]) {
        for (const budget of [1, 2, 3, 7, 30, 100, 20_000]) {
          const result = await traced({ ...request, maxHops, budget });
          expect(total(result, [channel, shop]), JSON.stringify({ maxHops, budget })).toBe(
            result.amount,
          );
          expect(result.steps).toBeLessThanOrEqual(budget);
          expect(result.entriesRead).toBeLessThanOrEqual(budget * 10 + 17 * budget);
        }
      }
      const whole = await traced({ ...request, maxHops: 100 });
      expect(whole.unresolved).toEqual([]);
    }
  });

  it('says where it stopped, so that one can go on from there', async () => {
    const { payment } = await circle();
    const request = { start: { transferId: payment }, direction: 'backward' as const };
    const short = await traced({ ...request, maxHops: 2 });
    expect(new Set(short.unresolved.map((piece) => piece.reason))).toEqual(new Set(['hops']));
    const whole = await traced({ ...request, maxHops: 100 });
    let amount = short.groups
      .filter((group) => group.kind === 'world')
      .reduce((sum, group) => sum + group.amount, 0);
    for (const { accountId, from, to } of short.unresolved) {
      const rest = await traced({
        start: { accountId, from, to },
        direction: 'backward',
        maxHops: 100,
      });
      for (const group of rest.groups) if (group.kind === 'world') amount += group.amount;
    }
    expect(amount).toBe(whole.amount);
  });

  it('follows all rows of a posting that was split at holes', async () => {
    const a = await openNamed(books, { channel: 'world', fund: 'inner', shop: 'world' });
    const gifts = await postAll(books, [move(a.channel, a.fund, 10), move(a.channel, a.fund, 10)]);
    await postAll(books, [move(a.fund, a.channel, 4, { of: idOf(gifts[0]) })]);
    const [paid] = await postAll(books, [move(a.fund, a.shop, 12)]);
    const transferIds = (paid as { transferIds: string[] }).transferIds;
    expect(transferIds).toHaveLength(2);
    const result = await traced({ start: { transferIds }, direction: 'backward', maxHops: 3 });
    expect(result.groups).toMatchObject([{ hop: 1, kind: 'world', amount: 12, entries: 2 }]);
    const gift = {
      start: { transferId: idOf(gifts[0]) },
      direction: 'forward' as const,
      maxHops: 3,
    };
    expect((await traced(gift)).groups.map(({ accountId, amount }) => [accountId, amount])).toEqual(
      [
        [a.shop, 6],
        [a.channel, 4],
      ],
    );
  });

  it('answers nothing for what does not exist', async () => {
    const { fund } = await openNamed(books, { fund: 'inner' });
    const start = { transferId: fund };
    expect(await traced({ start, direction: 'forward', maxHops: 3 })).toMatchObject({
      amount: 0,
      unit: null,
      groups: [],
    });
  });
});

describe('crossing from money to things', () => {
  /** Two gifts pay for three bags of rice by a linked pair; two bags are handed on. */
  async function bags() {
    const rice = 'piece:rice';
    const a = await openNamed(books, {
      channel: 'world',
      fund: 'inner',
      supplier: 'world',
      growers: { kind: 'world', unit: rice },
      stock: { kind: 'inner', unit: rice },
      homes: { kind: 'world', unit: rice },
    });
    const gifts = await postAll(books, [
      move(a.channel, a.fund, 100),
      move(a.channel, a.fund, 200),
    ]);
    await postAll(books, [
      move(a.fund, a.supplier, 300, { link: 'purchase' }),
      move(a.growers, a.stock, 3, { link: 'purchase' }),
    ]);
    const [handed] = await postAll(books, [move(a.stock, a.homes, 2)]);
    return { ...a, gifts: gifts.map(idOf), handed: idOf(handed) };
  }

  it('goes on by link, in share of the price, and says so', async () => {
    const { gifts, supplier, stock, homes } = await bags();
    const [first, second] = await Promise.all(
      gifts.map((transferId) =>
        traced({ start: { transferId }, direction: 'forward', maxHops: 5 }),
      ),
    );
    const brief = (result: TraceResult) =>
      result.groups.map(({ hop, accountId, amount, share, byShare }) => [
        hop,
        accountId,
        amount,
        share,
        byShare,
      ]);
    expect(brief(first!)).toEqual([
      [1, supplier, 100, 100, false],
      [1, stock, 1, 1, true],
      [2, homes, 1, 1, true],
    ]);
    expect(brief(second!)).toEqual([
      [1, supplier, 200, 200, false],
      [1, stock, 2, 2, true],
      [2, homes, 1, 1, true],
    ]);
    expect(second!.resting).toEqual([
      { hop: 1, accountId: stock, amount: 1, share: 1, byShare: true },
    ]);
  });

  it('goes back from a thing to the gifts that paid it', async () => {
    const { handed, growers, fund, channel } = await bags();
    const result = await traced({
      start: { transferId: handed },
      direction: 'backward',
      maxHops: 5,
    });
    expect(result.unit).toBe('piece:rice');
    const inOrder = result.groups.toSorted((a, b) => a.hop - b.hop || a.amount - b.amount);
    expect(inOrder).toMatchObject([
      { hop: 1, accountId: growers, amount: 2, byShare: false },
      { hop: 1, accountId: fund, amount: 200, share: 200, byShare: true, unit: 'fen' },
      { hop: 2, accountId: channel, amount: 200, entries: 2, byShare: true },
    ]);
  });

  it('names a share smaller than one piece', async () => {
    const a = await openNamed(books, {
      channel: 'world',
      item: 'inner',
      supplier: 'world',
      makers: { kind: 'world', unit: 'piece:fan' },
      stock: { kind: 'inner', unit: 'piece:fan' },
    });
    const gifts = await postAll(books, [
      move(a.channel, a.item, 100),
      move(a.channel, a.item, 14_900),
    ]);
    await postAll(books, [
      move(a.item, a.supplier, 15_000, { link: 'fan' }),
      move(a.makers, a.stock, 1, { link: 'fan' }),
    ]);
    const start = { transferId: idOf(gifts[0]) };
    const result = await traced({ start, direction: 'forward', maxHops: 3 });
    const fan = result.groups.find((group) => group.accountId === a.stock)!;
    expect(fan).toMatchObject({ amount: 1, byShare: true, unit: 'piece:fan' });
    expect(fan.share).toBeCloseTo(1 / 150, 12);
  });
});

describe('an opened hop', () => {
  it('lists each transfer once, page by page, and adds up to the group', async () => {
    const { payment } = await circle();
    const base = { start: { transferId: payment }, direction: 'backward' as const };
    const whole = await traced({ ...base, maxHops: 4 });
    for (const hop of [1, 2, 3, 4]) {
      const entries: TraceEntry[] = [];
      let after: TraceCursor | null = null;
      do {
        const request: TraceHopRequest = { ...base, hop, limit: 3, ...(after ? { after } : {}) };
        const page = await books.inTransaction((sql) => traceHop(sql, request));
        expect(page.complete).toBe(true);
        entries.push(...page.entries);
        after = page.next;
      } while (after);
      const sum = entries.reduce((amount, entry) => amount + entry.amount, 0);
      const groups = whole.groups.filter((group) => group.hop === hop);
      expect(sum).toBe(groups.reduce((amount, group) => amount + group.amount, 0));
      expect(entries).toHaveLength(groups.reduce((count, group) => count + group.entries, 0));
    }
  });

  it('says so when the budget ended before it', async () => {
    const { payment } = await circle();
    const request = { start: { transferId: payment }, direction: 'backward' as const, budget: 1 };
    const page = await books.inTransaction((sql) =>
      traceHop(sql, { ...request, hop: 4, limit: 5 }),
    );
    expect(page.complete).toBe(false);
  });
});
