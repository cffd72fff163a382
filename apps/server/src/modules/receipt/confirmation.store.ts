import type { Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';

/** A confirmation as it is stored: sealed with the gift's key. */
export interface ConfirmationRow {
  giftId: Id;
  number: string;
  fieldsSealed: Buffer;
  proofSealed: Buffer;
  documentSealed: Buffer;
  sha256: Buffer;
  madeAt: Date;
}

/** The confirmation of a gift, or of a number; undefined when none was made. System login. */
export async function findConfirmation(
  tx: Scoped,
  by: { giftId: Id } | { number: string },
): Promise<ConfirmationRow | undefined> {
  const row = await tx.db
    .selectFrom('confirmation')
    .selectAll()
    .$if('giftId' in by, (query) => query.where('gift_id', '=', (by as { giftId: Id }).giftId))
    .$if('number' in by, (query) => query.where('number', '=', (by as { number: string }).number))
    .executeTakeFirst();
  return (
    row && {
      giftId: row.gift_id,
      number: row.number,
      fieldsSealed: row.fields_sealed,
      proofSealed: row.proof_sealed,
      documentSealed: row.document_sealed,
      sha256: row.sha256,
      madeAt: row.made_at,
    }
  );
}

/** Keeps a confirmation; false when another was faster. System login. */
export async function insertConfirmation(
  tx: Writing,
  row: Omit<ConfirmationRow, 'madeAt'>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('confirmation')
    .values({
      gift_id: row.giftId,
      number: row.number,
      fields_sealed: row.fieldsSealed,
      proof_sealed: row.proofSealed,
      document_sealed: row.documentSealed,
      sha256: row.sha256,
      made_at: tx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}
