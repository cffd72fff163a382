import { sql } from 'kysely';
import { systemActor } from '../src/platform/actor.ts';
import { serveDatabaseBeside } from '../src/platform/database/beside.ts';

/** Doubles numbers in the database, tells the moment, and knows three ways to go wrong. */
serveDatabaseBeside<number, string>((database, numbers) =>
  database.read(systemActor('test'), async (tx) => {
    if (numbers.includes(13)) process.exit(13);
    if (numbers.includes(31)) queueMicrotask(failOutside);
    const { rows } = await sql<{ doubled: number }>`
      select 2 * n * (n / n) as doubled
      from unnest(${numbers}::int[]) as n`.execute(tx.db);
    return rows.map((row) => `${row.doubled} ${tx.now.toISOString()}`);
  }),
);

/** An error that no promise carries ends the thread. */
function failOutside(): void {
  throw new Error('no memory left');
}
