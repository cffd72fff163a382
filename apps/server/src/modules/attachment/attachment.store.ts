import type { Id } from '@wennuan/basics';
import type { Insertable } from 'kysely';
import { type Scoped, writeUnhurried } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';

/** As pages show a picture: where to fetch it and how much room to leave. */
export interface AttachmentView {
  readonly id: Id;
  readonly widthPixels: number;
  readonly heightPixels: number;
}

/** Whose matter pictures belong to from now on. */
export interface Adoption {
  readonly subjectKind: string;
  readonly subjectId: Id;
  readonly areaId: number | null;
  /** Of a thing, for everybody; never by a resident. */
  readonly published?: boolean;
  /** The asker, who may see what others added to her matter. */
  readonly readerAccountId?: Id | null;
  readonly sharedWithFederation?: boolean;
}

/** Notes a picture that was stored. */
export async function insertAttachment(
  tx: Scoped,
  row: Insertable<DB['attachment']>,
): Promise<void> {
  await writeUnhurried(tx, tx.db.insertInto('attachment').values(row));
}

/** True when the caller's scope may see the picture. */
export async function mayRead(tx: Scoped, id: Id): Promise<boolean> {
  const row = await tx.db
    .selectFrom('attachment')
    .select('id')
    .where('id', '=', id)
    .executeTakeFirst();
  return row !== undefined;
}

/** Gives pictures of the actor's own that belong to nothing yet to a subject; returns how many. */
export async function giveToSubject(
  tx: Scoped,
  ids: readonly Id[],
  adoption: Adoption,
): Promise<number> {
  const owner = tx.actor.accountId;
  const result = await tx.db
    .updateTable('attachment')
    .set({
      subject_kind: adoption.subjectKind,
      subject_id: adoption.subjectId,
      area_id: adoption.areaId,
      published: adoption.published ?? false,
      reader_account_id: adoption.readerAccountId ?? null,
      shared_with_federation: adoption.sharedWithFederation ?? tx.actor.login === 'federation',
    })
    .where('id', 'in', ids)
    .where('account_id', owner === null ? 'is' : '=', owner)
    .where('subject_id', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Pictures of subjects that the caller's scope may see, in the order they were added. */
export async function listBySubject(
  tx: Scoped,
  subjectIds: readonly Id[],
): Promise<Map<Id, AttachmentView[]>> {
  const found = new Map<Id, AttachmentView[]>(subjectIds.map((id) => [id, []]));
  if (subjectIds.length === 0) return found;
  const rows = await tx.db
    .selectFrom('attachment')
    .select(['id', 'subject_id', 'width_pixels', 'height_pixels'])
    .where('subject_id', 'in', subjectIds)
    .orderBy('id')
    .execute();
  for (const row of rows)
    found
      .get(row.subject_id!)!
      .push({ id: row.id, widthPixels: row.width_pixels, heightPixels: row.height_pixels });
  return found;
}

/** Pictures by id that the caller's scope may see; others are absent. */
export async function readViews(tx: Scoped, ids: readonly Id[]): Promise<Map<Id, AttachmentView>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('attachment')
    .select(['id', 'width_pixels as widthPixels', 'height_pixels as heightPixels'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Removes the rows of pictures added before a moment that belong to nothing; returns their ids. System login. */
export async function removeLeftOver(tx: Scoped, before: Date): Promise<Id[]> {
  const rows = await tx.db
    .deleteFrom('attachment')
    .where('subject_id', 'is', null)
    .where('added_at', '<', before)
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}
