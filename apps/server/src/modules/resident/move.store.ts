import type { Id } from '@wennuan/basics';
import type { Insertable } from 'kysely';
import type { Scoped } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';

/** Proposes a move; false when one is open already. */
export async function insertMove(tx: Scoped, row: Insertable<DB['person_move']>): Promise<boolean> {
  const result = await tx.db
    .insertInto('person_move')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Moves of a person, newest first. */
export function listMoves(tx: Scoped, personId: Id) {
  return tx.db
    .selectFrom('person_move')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('proposed_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** A move that the caller's areas leave or receive, or undefined. */
export function findMove(tx: Scoped, id: Id) {
  return tx.db.selectFrom('person_move').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The same, locked; system login. */
export function lockMove(tx: Scoped, id: Id) {
  return tx.db
    .selectFrom('person_move')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** Notes what became of a move; system login. */
export async function decideMoveRow(
  tx: Scoped,
  id: Id,
  decision: { state: string; byAccountId: Id | null; noteSealed: Buffer | null },
): Promise<void> {
  await tx.db
    .updateTable('person_move')
    .set({
      state: decision.state,
      decided_at: tx.now,
      decided_by: decision.byAccountId,
      note_sealed: decision.noteSealed,
    })
    .where('id', '=', id)
    .execute();
}
