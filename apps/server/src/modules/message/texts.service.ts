import { Refusal, type Id } from '@wennuan/basics';
import { systemActor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import { firstCivilMoment, KEEP_TEXTS_DAYS, LEASE_MINUTES, TRIES_MOST } from './message.ts';
import type { MessageNeeds } from './message.service.ts';
import {
  insertTexts,
  listNewestTexts,
  removeTextsBefore,
  settleTexts,
  takeDueTexts,
} from './message.store.ts';

/**
 * Queues a text message to a bare number, without an account: sign-in codes, notices of the counter.
 * `immediately` ones go at any hour. Refuses `telephone_invalid`.
 */
export async function sendText(
  needs: MessageNeeds,
  tx: Scoped,
  message: { telephone: string; text: string; immediately: boolean },
): Promise<void> {
  const id = needs.newId();
  const box = (await needs.vault.boxes(tx, [id])).get(id)!;
  await insertTexts(tx, [
    {
      id,
      at: tx.now,
      account_id: null,
      telephone_sealed: box.seal(needs.access.telephoneKey(message.telephone)),
      text_sealed: box.seal(message.text),
      immediately: message.immediately,
      send_after: message.immediately ? tx.now : firstCivilMoment(tx.now),
    },
  ]);
}

interface OpenedText {
  id: Id;
  telephone: string | null;
  text: string | null;
}

/** Opens texts; number and wording are null when the account was erased meanwhile. */
async function openTexts(
  needs: MessageNeeds,
  tx: Scoped,
  rows: readonly {
    id: Id;
    account_id: Id | null;
    telephone_sealed: Buffer | null;
    text_sealed: Buffer;
  }[],
): Promise<OpenedText[]> {
  const boxes = await needs.vault.findBoxes(
    tx,
    rows.map((row) => row.account_id ?? row.id),
  );
  const telephones = await needs.access.telephones(
    tx,
    rows.flatMap((row) => row.account_id ?? []),
  );
  return rows.map((row) => {
    const box = boxes.get(row.account_id ?? row.id);
    const telephone = row.account_id
      ? telephones.get(row.account_id)
      : box?.open(row.telephone_sealed!);
    return { id: row.id, telephone: telephone ?? null, text: box?.open(row.text_sealed) ?? null };
  });
}

/**
 * Sends the texts that are due, at least once each. The lease is committed before the channel is
 * called, so that no row stays locked while a telephone company takes its time.
 */
export async function sendDueTexts(needs: MessageNeeds): Promise<{ sent: number }> {
  const system = systemActor('text messages');
  const due = await needs.database.write(system, null, async (tx) => {
    const quiet = firstCivilMoment(tx.now) > tx.now;
    const leaseUntil = new Date(tx.now.getTime() + LEASE_MINUTES * 60_000);
    const rows = await takeDueTexts(tx, { quiet, leaseUntil, limit: 100 });
    const opened = await openTexts(needs, tx, rows);
    return opened.map((text, index) => ({ ...text, tries: rows[index]!.tries }));
  });
  if (due.length === 0) return { sent: 0 };
  const sent: Id[] = [];
  const givenUp: Id[] = [];
  for (const { id, telephone, text, tries } of due) {
    if (telephone === null || text === null) {
      givenUp.push(id);
      continue;
    }
    try {
      await needs.channel.deliver({ telephone, text });
      sent.push(id);
    } catch {
      if (tries >= TRIES_MOST) givenUp.push(id);
    }
  }
  await needs.database.write(system, null, (tx) => settleTexts(tx, { sent, givenUp }));
  return { sent: sent.length };
}

/** Removes texts sent a month ago, with the keys that were theirs alone. */
export async function removeOldTexts(needs: MessageNeeds): Promise<void> {
  await needs.database.write(systemActor('text messages'), null, async (tx) => {
    const before = new Date(tx.now.getTime() - KEEP_TEXTS_DAYS * 86_400_000);
    await needs.vault.destroy(tx, await removeTextsBefore(tx, before));
  });
}

/** The sandbox's outbox, newest first; refuses `not_found` where messages are really sent. */
export async function readSandboxOutbox(needs: MessageNeeds) {
  if (!needs.channel.isSandbox) throw new Refusal('not_found');
  return await needs.database.read(systemActor('sandbox'), async (tx) => {
    const rows = await listNewestTexts(tx, 50);
    const opened = await openTexts(needs, tx, rows);
    return {
      items: opened.flatMap(({ id, telephone, text }, index) =>
        telephone === null || text === null
          ? []
          : [{ id, at: rows[index]!.at.toISOString(), telephone, text }],
      ),
    };
  });
}
