import { newId } from '@wennuan/basics';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openBooks, openNamed, type Books } from '../test-support/books.ts';
import { post, turnover } from './index.ts';

let books: Books;
beforeEach(async () => {
  books = await openBooks();
});
afterEach(() => books.close());

it('sums what moved in a period by accounts and reason, by the day of a time zone, chosen ones singly', async () => {
  const { channel, fund, supplier } = await openNamed(books, {
    channel: 'world',
    fund: 'inner',
    supplier: 'world',
  });
  const [first, second] = [newId(), newId()];
  const move = (at: string, from: string, to: string, amount: number, reason: string, id: string) =>
    books.inTransaction((sql) =>
      post(sql, {
        commands: [
          {
            key: newId(),
            from,
            to,
            amount,
            reason,
            document: { kind: reason, id },
            actor: null,
          },
        ],
        at: new Date(at),
        newId,
      }),
    );
  await move('2026-10-31T15:59:59Z', channel, fund, 1, 'gift', newId());
  await move('2026-10-31T16:00:00Z', channel, fund, 100, 'gift', newId());
  await move('2026-11-01T08:00:00Z', channel, fund, 50, 'gift', newId());
  await move('2026-11-02T08:00:00Z', fund, supplier, 30, 'payout', first);
  await move('2026-11-02T09:00:00Z', fund, supplier, 20, 'payout', second);
  await move('2026-11-30T16:00:00Z', channel, fund, 7, 'gift', newId());
  const period = {
    from: new Date('2026-10-31T16:00:00Z'),
    until: new Date('2026-11-30T16:00:00Z'),
  };
  const summed = await books.inTransaction((sql) => turnover(sql, period));
  expect(summed).toMatchObject([
    { day: null, from: channel, to: fund, unit: 'fen', reason: 'gift', transfers: 2, amount: 150 },
    { day: null, from: fund, to: supplier, reason: 'payout', transfers: 2, amount: 50 },
  ]);
  const told = await books.inTransaction((sql) =>
    turnover(sql, { ...period, zone: 'Asia/Shanghai', single: ['payout'] }),
  );
  expect(told.map(({ day, amount, documentId }) => [day, amount, documentId])).toEqual([
    ['2026-11-01', 150, null],
    ...[
      ['2026-11-02', 30, first],
      ['2026-11-02', 20, second],
    ].toSorted((a, b) => (String(a[2]) < String(b[2]) ? -1 : 1)),
  ]);
});
