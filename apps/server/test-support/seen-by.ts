import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Actor } from '../src/platform/actor.ts';
import type { Database } from '../src/platform/database/database.ts';

/** How many rows of each table a login sees in SQL; `no` when it may not even ask. */
export async function seenBy(
  database: Database,
  actor: Actor,
  tables: readonly string[],
): Promise<Record<string, number | 'no'>> {
  const seen: Record<string, number | 'no'> = {};
  for (const table of tables)
    seen[table] = await database
      .read(actor, async (tx) => {
        const { rows } = await sql<{
          n: number;
        }>`select count(*)::int as n from ${sql.table(table)}`.execute(tx.db);
        return rows[0]!.n;
      })
      .catch((thrown: Error) => {
        expect(thrown.message).toContain('permission denied');
        return 'no' as const;
      });
  return seen;
}
