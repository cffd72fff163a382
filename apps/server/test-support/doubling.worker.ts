import { sql } from 'kysely';
import { systemActor } from '../src/platform/actor.ts';
import { serveBeside } from '../src/platform/beside.ts';

/** Doubles numbers in the database, tells the moment, and knows two ways to go wrong. */
serveBeside<number, string>((database, numbers) =>
  database.read(systemActor('test'), async (tx) => {
    if (numbers.includes(13)) process.exit(13);
    const { rows } = await sql<{ doubled: number }>`
      select 2 * n * (n / n) as doubled
      from unnest(${numbers}::int[]) as n`.execute(tx.db);
    return rows.map((row) => `${row.doubled} ${tx.now.toISOString()}`);
  }),
);
