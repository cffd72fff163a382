import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped } from '../../platform/database/database.ts';

/**
 * Notes that facts, household, area or account of these people changed, in the transaction that changes them, so that
 * whatever follows from facts (candidates of programmes) is found anew. Cheap: rows are only added and nobody waits.
 * Where a household changed, name everybody who was or is in it. Staff, resident or system login.
 */
export async function noteFactsChanged(tx: Scoped, personIds: readonly Id[]): Promise<void> {
  if (personIds.length === 0) return;
  await sql`insert into changed_person (person_id)
    select distinct person_id from unnest(${[...personIds]}::uuid[]) as changed(person_id)`.execute(
    tx.db,
  );
}
