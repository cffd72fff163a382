import type { Id } from '@wennuan/basics';
import type { Selectable, Updateable } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';

export type NoticeState = 'to_post' | 'posted' | 'taken_down';

/** A sheet on the paper board of a community. */
export interface Notice {
  id: Id;
  serial: number;
  number: string;
  code: string;
  listId: Id;
  roundId: Id;
  areaId: number;
  days: number;
  unnamed: number;
  state: NoticeState;
  postedAt: Date | null;
  dueAt: Date | null;
  takenDownAt: Date | null;
}

export interface Objection {
  id: Id;
  noticeId: Id;
  awardId: Id | null;
  areaId: number;
  at: Date;
  textSealed: Buffer;
  contactSealed: Buffer | null;
  state: 'open' | 'dismissed' | 'upheld';
  answerSealed: Buffer | null;
}

function toNotice(row: Selectable<DB['award_notice']>): Notice {
  return {
    id: row.id,
    serial: row.serial,
    number: row.number,
    code: row.code,
    listId: row.list_id,
    roundId: row.round_id,
    areaId: row.area_id,
    days: row.days,
    unnamed: row.unnamed,
    state: row.state as NoticeState,
    postedAt: row.posted_at,
    dueAt: row.due_at,
    takenDownAt: row.taken_down_at,
  };
}

interface Chosen {
  ids?: readonly Id[];
  code?: string;
  before?: number | undefined;
  limit?: number;
  lock?: true;
}

/** Notices the reader may see, newest first. */
export async function listNotices(tx: Scoped, chosen: Chosen): Promise<Notice[]> {
  let query = tx.db.selectFrom('award_notice').selectAll().orderBy('serial', 'desc');
  if (chosen.ids) query = query.where('id', '=', anyOf(chosen.ids));
  if (chosen.code) query = query.where('code', '=', chosen.code);
  if (chosen.before) query = query.where('serial', '<', chosen.before);
  if (chosen.limit) query = query.limit(chosen.limit);
  if (chosen.lock) query = query.forNoKeyUpdate();
  return (await query.execute()).map(toNotice);
}

/** Adds a notice and answers its number. */
export async function insertNotice(
  tx: Writing,
  notice: Pick<Notice, 'id' | 'code' | 'listId' | 'roundId' | 'areaId' | 'days' | 'unnamed'>,
): Promise<string> {
  const { number } = await tx.db
    .insertInto('award_notice')
    .values({
      id: notice.id,
      code: notice.code,
      list_id: notice.listId,
      round_id: notice.roundId,
      area_id: notice.areaId,
      days: notice.days,
      unnamed: notice.unnamed,
    })
    .returning('number')
    .executeTakeFirstOrThrow();
  return number;
}

/** Changes a notice. */
export async function updateNotice(
  tx: Writing,
  noticeId: Id,
  change: Updateable<DB['award_notice']>,
): Promise<void> {
  await tx.db.updateTable('award_notice').set(change).where('id', '=', noticeId).execute();
}

/** Adds an objection; staff or system login. */
export async function insertObjection(
  tx: Writing,
  row: Omit<Objection, 'state' | 'answerSealed' | 'at'>,
): Promise<void> {
  await tx.db
    .insertInto('award_objection')
    .values({
      id: row.id,
      notice_id: row.noticeId,
      award_id: row.awardId,
      area_id: row.areaId,
      at: tx.now,
      text_sealed: row.textSealed,
      contact_sealed: row.contactSealed,
    })
    .execute();
}

/** Objections to notices, oldest first; `lock` holds them. */
export async function listObjections(
  tx: Scoped,
  chosen: { ids?: readonly Id[]; noticeIds?: readonly Id[]; lock?: true },
): Promise<Objection[]> {
  let query = tx.db.selectFrom('award_objection').selectAll().orderBy('id');
  if (chosen.ids) query = query.where('id', '=', anyOf(chosen.ids));
  if (chosen.noticeIds) query = query.where('notice_id', '=', anyOf(chosen.noticeIds));
  if (chosen.lock) query = query.forNoKeyUpdate();
  return (await query.execute()).map((row) => ({
    id: row.id,
    noticeId: row.notice_id,
    awardId: row.award_id,
    areaId: row.area_id,
    at: row.at,
    textSealed: row.text_sealed,
    contactSealed: row.contact_sealed,
    state: row.state as Objection['state'],
    answerSealed: row.answer_sealed,
  }));
}

/** Closes an objection. */
export async function closeObjection(
  tx: Writing,
  id: Id,
  closed: { state: 'dismissed' | 'upheld'; answerSealed: Buffer },
): Promise<void> {
  await tx.db
    .updateTable('award_objection')
    .set({
      state: closed.state,
      answer_sealed: closed.answerSealed,
      answered_at: tx.now,
      answered_by: tx.actor.accountId,
    })
    .where('id', '=', id)
    .execute();
}
