import { createHash } from 'node:crypto';
import { Refusal, type Id } from '@wennuan/basics';
import { systemActor, type Actor } from '../../platform/actor.ts';
import type { Database, Writing } from '../../platform/database/database.ts';
import type { Files } from '../../platform/files.ts';
import type { Vault } from '../../platform/vault.ts';
import {
  giveToSubject,
  insertAttachment,
  mayRead,
  removeLeftOver,
  type Adoption,
  type AttachmentView,
} from './attachment.store.ts';
import { redraw, type Picture } from './picture.ts';

export interface AttachmentNeeds {
  database: Database;
  vault: Vault;
  files: Files;
  newId: () => Id;
}

export type PictureSize = 'small' | 'full';
const SIZES: readonly PictureSize[] = ['full', 'small'];
const KEEP_LEFT_OVER_DAYS = 2;

/** What was drawn of bytes that are still held: whoever gives the same ones again need not wait for it twice. */
const drawn = new WeakMap<Buffer, Promise<Picture>>();

/**
 * Takes one picture of the actor's: redraws it, seals it with a key of its own, keeps it. It belongs to
 * nothing until a use case adopts it. Refuses what `redraw` refuses, and `disk_full`.
 */
export async function add(
  needs: AttachmentNeeds,
  actor: Actor,
  bytes: Buffer,
): Promise<AttachmentView> {
  const drawing = drawn.get(bytes) ?? redraw(bytes);
  drawn.set(bytes, drawing);
  const picture = await drawing;
  const id = needs.newId();
  await needs.database.write(actor, 'attachment.add', async (tx) => {
    const box = (await needs.vault.boxes(tx, [id])).get(id)!;
    // Written before the commit: a row without its file would be worse than a file nobody can open.
    for (const size of SIZES)
      await needs.files.write(`${id}.${size}`, box.sealBytes(picture[size]));
    await insertAttachment(tx, {
      id,
      account_id: actor.accountId,
      added_at: tx.now,
      width_pixels: picture.widthPixels,
      height_pixels: picture.heightPixels,
      full_bytes: picture.full.length,
      sha256: createHash('sha256').update(picture.full).digest(),
    });
    tx.touched('attachment', id);
  });
  return { id, widthPixels: picture.widthPixels, heightPixels: picture.heightPixels };
}

/** The JPEG of a picture the actor may see; refuses `not_found` for all others alike. */
export async function read(
  needs: AttachmentNeeds,
  actor: Actor,
  wanted: { id: Id; size: PictureSize },
): Promise<Buffer> {
  const box = await needs.database.read(actor, async (tx) =>
    (await mayRead(tx, wanted.id))
      ? (await needs.vault.findBoxes(tx, [wanted.id])).get(wanted.id)
      : undefined,
  );
  const sealed = box ? await needs.files.find(`${wanted.id}.${wanted.size}`) : null;
  if (!box || !sealed) throw new Refusal('not_found');
  return box.openBytes(sealed);
}

/**
 * Gives pictures to the matter they were taken for: only the actor's own, each once. Refuses
 * `attachment_unknown` when one of them is not there, another's, or belongs to something already.
 */
export async function adopt(tx: Writing, ids: readonly Id[], adoption: Adoption): Promise<void> {
  const distinct = [...new Set(ids)];
  if (distinct.length === 0) return;
  if ((await giveToSubject(tx, distinct, adoption)) !== distinct.length)
    throw new Refusal('attachment_unknown', {}, 'attachmentIds');
}

/** Removes pictures that were never used two days later: key and row first, then the files. */
export async function removeUnused(needs: AttachmentNeeds): Promise<number> {
  const ids = await needs.database.write(systemActor('attachments'), null, async (tx) => {
    const before = new Date(tx.now.getTime() - KEEP_LEFT_OVER_DAYS * 86_400_000);
    const removed = await removeLeftOver(tx, before);
    await needs.vault.destroy(tx, removed);
    return removed;
  });
  for (const id of ids) for (const size of SIZES) await needs.files.remove(`${id}.${size}`);
  return ids.length;
}
