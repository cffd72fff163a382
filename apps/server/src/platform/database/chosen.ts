import type { Id } from '@wennuan/basics';
import { type RawBuilder, sql } from 'kysely';
import { anyOf } from './any-of.ts';

/**
 * The condition that columns hold what was chosen: one value, or any of several ids. What is left out does not
 * narrow. Columns are written in the code, never taken from outside.
 */
export function isChosen(
  columns: Readonly<Record<string, string | readonly Id[] | undefined>>,
): RawBuilder<boolean> {
  const conditions = Object.entries(columns).flatMap(([column, chosen]) => {
    if (chosen === undefined) return [];
    const wanted = typeof chosen === 'string' ? sql`${chosen}` : anyOf(chosen);
    return [sql`${sql.ref(column)} = ${wanted}`];
  });
  return sql.join([sql`true`, ...conditions], sql` and `);
}
