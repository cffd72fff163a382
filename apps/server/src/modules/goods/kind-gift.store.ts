import type { Id } from '@wennuan/basics';
import type { Insertable, Updateable } from 'kysely';
import type { Scoped } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';

export type KindGiftRow = Awaited<ReturnType<typeof listKindGifts>>[number];
export type KindGiftLineRow = Awaited<ReturnType<typeof listKindGiftLines>>[number];

/** Gifts in kind the reader may see, newest first; one more than asked when there are more. */
export async function listKindGifts(
  tx: Scoped,
  chosen: {
    id?: Id;
    formId?: Id;
    state?: string | undefined;
    after?: string | undefined;
    limit?: number;
    lock?: boolean;
  },
) {
  let query = tx.db
    .selectFrom('kind_gift')
    .selectAll()
    .orderBy('id', 'desc')
    .limit((chosen.limit ?? 100) + 1);
  if (chosen.id) query = query.where('id', '=', chosen.id);
  if (chosen.formId) query = query.where('form_id', '=', chosen.formId);
  if (chosen.state) query = query.where('state', '=', chosen.state);
  if (chosen.after) query = query.where('id', '<', chosen.after);
  if (chosen.lock) query = query.forNoKeyUpdate();
  return await query.execute();
}

/** What gifts are made of, in the order they were written. */
export async function listKindGiftLines(tx: Scoped, giftIds: readonly Id[]) {
  if (giftIds.length === 0) return [];
  return await tx.db
    .selectFrom('kind_gift_line')
    .selectAll()
    .where('gift_id', 'in', [...giftIds])
    .orderBy('id')
    .execute();
}

/** Adds a gift with its lines. */
export async function insertKindGift(
  tx: Scoped,
  row: Insertable<DB['kind_gift']>,
  lines: readonly Insertable<DB['kind_gift_line']>[],
): Promise<void> {
  await tx.db.insertInto('kind_gift').values(row).execute();
  await tx.db.insertInto('kind_gift_line').values(lines).execute();
}

/** Moves a gift on. */
export async function updateKindGift(
  tx: Scoped,
  id: Id,
  change: Updateable<DB['kind_gift']>,
): Promise<void> {
  await tx.db.updateTable('kind_gift').set(change).where('id', '=', id).execute();
}

/** Notes what a line was valued at, or how much of it came. */
export async function updateKindGiftLine(
  tx: Scoped,
  id: Id,
  change: Updateable<DB['kind_gift_line']>,
): Promise<void> {
  await tx.db.updateTable('kind_gift_line').set(change).where('id', '=', id).execute();
}
