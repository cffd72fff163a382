import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import { systemActor } from '../../platform/actor.ts';
import { anyOf } from '../../platform/database/any-of.ts';
import { type Scoped, writeUnhurried, type Writing } from '../../platform/database/database.ts';
import type { NeedNeeds } from './need.ports.ts';
import { noticeOf, type NoticeName } from './need.sentences.ts';
import { listByIds } from './need.store.ts';
import { kindOf, type Need } from './need.ts';

const BATCH = 200;

/** A message to the asker about a move. */
export interface Notice {
  name: NoticeName;
  eventId: Id;
  /** What the office wrote for her: a reason, a question. */
  words: string;
  /** When it may leave; now when the move cannot be undone. */
  sendAt: Date;
}

/** Sends a message to the asker, or lets it wait until the move can no longer be undone. */
export async function giveNotice(
  needs: NeedNeeds,
  tx: Writing,
  need: Need,
  notice: Notice,
): Promise<void> {
  if (need.accountId === null) return;
  if (notice.sendAt <= tx.now) {
    await needs.message.send(tx, [messageOf(needs, need, notice)]);
    return;
  }
  const box = (await needs.vault.boxes(tx, [need.id])).get(need.id)!;
  await writeUnhurried(
    tx,
    tx.db.insertInto('pending_notice').values({
      id: needs.newId(),
      need_id: need.id,
      event_id: notice.eventId,
      account_id: need.accountId,
      notice: notice.name,
      words_sealed: notice.words ? box.seal(notice.words) : null,
      send_at: notice.sendAt,
      area_id: need.areaId,
    }),
  );
}

function messageOf(needs: NeedNeeds, need: Need, { name, words }: Pick<Notice, 'name' | 'words'>) {
  const { title, body } = noticeOf(name, {
    number: need.number,
    kind: need.kind,
    words,
    answerBy: need.dueAt ? momentInWords(need.dueAt) : '',
    deskTelephone: needs.place.area(need.areaId).deskTelephone ?? '',
    appealDays: kindOf(need).appealDays,
  });
  const link = `/my/needs/${need.id}`;
  return { accountId: need.accountId!, topic: 'service' as const, title, body, link };
}

/** An instant as people say it: 11月25日17:30. */
function momentInWords(at: Date): string {
  const [, month, day] = dateInShanghai(at).split('-').map(Number);
  const time = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(11, 16);
  return `${month}月${day}日${time}`;
}

/** Takes back the messages of an undone move; refuses when one has left already. */
export async function cancelNotices(tx: Writing, eventId: Id): Promise<void> {
  const waiting = await tx.db
    .selectFrom('pending_notice')
    .select(['id', 'sent_at'])
    .where('event_id', '=', eventId)
    .forUpdate()
    .execute();
  if (waiting.some((notice) => notice.sent_at)) throw new Refusal('busy_elsewhere');
  await tx.db
    .updateTable('pending_notice')
    .set({ cancelled_at: tx.now })
    .where('event_id', '=', eventId)
    .execute();
}

/** Sends the messages whose ten minutes are over; safe in several processes. Returns how many. */
export async function sendNotices(needs: NeedNeeds): Promise<number> {
  return await needs.database.write(systemActor('need.notices'), null, async (tx) => {
    const due = await lockDue(tx);
    if (due.length === 0) return 0;
    const needRows = await listByIds(
      tx,
      due.map((notice) => notice.needId),
    );
    const boxes = await needs.vault.findBoxes(
      tx,
      needRows.map((need) => need.id),
    );
    const messages = due.flatMap((notice) => {
      const need = needRows.find(({ id }) => id === notice.needId)!;
      const box = boxes.get(need.id);
      const words = notice.words && box ? box.open(notice.words) : '';
      return box ? messageOf(needs, need, { name: notice.notice as NoticeName, words }) : [];
    });
    await needs.message.send(tx, messages);
    const sent = anyOf(due.map(({ id }) => id));
    await tx.db
      .updateTable('pending_notice')
      .set({ sent_at: tx.now })
      .where('id', '=', sent)
      .execute();
    return due.length;
  });
}

function lockDue(tx: Scoped) {
  return tx.db
    .selectFrom('pending_notice')
    .select(['id', 'need_id as needId', 'notice', 'words_sealed as words'])
    .where('sent_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .where('send_at', '<=', tx.now)
    .orderBy('send_at')
    .limit(BATCH)
    .forUpdate()
    .skipLocked()
    .execute();
}
