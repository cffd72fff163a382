import type { Id } from '@wennuan/basics';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';

/** The aid pots of accounts that have one, by the account. */
export async function potsOf(tx: Scoped, sourceIds: readonly Id[]): Promise<Map<Id, Id>> {
  const rows = await tx.db
    .selectFrom('aid_pot')
    .select(['id', 'source_id'])
    .where('source_id', '=', anyOf(sourceIds))
    .execute();
  return new Map(rows.map((row) => [row.source_id, row.id]));
}

/** Adds pots; one that is there already stays. */
export async function insertPots(
  tx: Writing,
  pots: readonly { id: Id; sourceId: Id }[],
): Promise<void> {
  await tx.db
    .insertInto('aid_pot')
    .values(pots.map(({ id, sourceId }) => ({ id, source_id: sourceId, opened_at: tx.now })))
    .onConflict((conflict) => conflict.column('source_id').doNothing())
    .execute();
}
