import { seededRandom } from '@wennuan/basics';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Books, openBooks } from '../test-support/books.ts';
import { StoredHistory } from '../test-support/stored-history.ts';
import { balances, check, sequence } from './index.ts';

let books: Books;
beforeEach(async () => {
  books = await openBooks();
});
afterEach(() => books.close());

describe('random histories on PostgreSQL', () => {
  it.each([1, 2, 3, 4, 5, 6])(
    'agree with the model in outcomes, counters and traces: seed %i',
    async (seed) => {
      const history = new StoredHistory(books);
      await history.run(seed, 150);
      const random = seededRandom(seed);
      for (let n = 0; n < 25; n++) {
        await history.compareTrace(random, 'forward', 1 + (n % 7));
        await history.compareTrace(random, 'backward', 1 + (n % 7));
      }
      await history.compareTrace(random, 'forward', 1_000);
      await history.compareTrace(random, 'backward', 1_000);
      const found = await books.inTransaction((sql) => balances(sql, history.memory.accounts));
      for (const { accountId, inflow, balance, held } of found) {
        const model = history.model.accounts.get(accountId)!;
        expect(inflow).toBe(model.tokens.length);
        expect(balance).toBe(model.tokens.filter((token) => !token.spent).length);
        expect(held).toBe(model.held);
      }
      expect(await books.inTransaction(check)).toEqual([]);
      await books.inTransaction((sql) => sequence(sql, { limit: 100_000 }));
      expect(await books.inTransaction(check)).toEqual([]);
    },
  );
});
