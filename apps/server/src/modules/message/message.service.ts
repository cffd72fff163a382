import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { Language } from '@wennuan/contract';
import { appendEvents } from '@wennuan/ledger';
import type { Actor } from '../../platform/actor.ts';
import type { Database, Scoped, Writing } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Access } from '../access/index.ts';
import {
  firstCivilMoment,
  mayPush,
  textOf,
  TOPICS,
  topicNames,
  type MessageCommand,
  type MessageOutcome,
  type Topic,
} from './message.ts';
import { messageIn } from './message.words.ts';
import {
  countUnread,
  insertMessages,
  insertTexts,
  listInbox,
  listTags,
  listTelephoneAccounts,
  markAllRead,
  markRead,
  readChoices,
  removeTag,
  writeChoice,
} from './message.store.ts';
import type { TextChannel } from './text-channel.ts';

export interface MessageNeeds {
  database: Database;
  vault: Vault;
  access: Pick<Access, 'telephones' | 'telephoneKey'>;
  newId: () => Id;
  channel: TextChannel;
  /** Name that signs text messages. */
  brand(): string;
}

/** Far more than anybody gets in a year; a copy of all is still one page. */
const OWN_MESSAGES_MOST = 2_000;

interface Content {
  title: string;
  body: string;
}

/**
 * Sends messages: to the inbox, and to residents also as a text message in civil hours. What a
 * receiver has switched off is not sent (`switched_off`). Any login may send to any account.
 */
export async function send(
  needs: MessageNeeds,
  tx: Writing,
  commands: readonly MessageCommand[],
): Promise<MessageOutcome[]> {
  if (commands.length === 0) return [];
  const receivers = [...new Set(commands.map((command) => command.accountId))];
  // What cannot be switched off needs no look at what was.
  const mayBeOff = commands.filter(({ topic }) => !TOPICS[topic].fixed);
  const choices = await readChoices(
    tx,
    mayBeOff.map(({ accountId }) => accountId),
  );
  const wanted = commands.map(({ accountId, topic }) =>
    mayPush(topic, choices.get(`${accountId}:${topic}`)),
  );
  const chosen = commands.filter((_, index) => wanted[index]);
  const boxes = await needs.vault.boxes(tx, receivers);
  const messages = chosen.map((command) => ({
    id: needs.newId(),
    account_id: command.accountId,
    at: tx.now,
    topic: command.topic,
    sealed: boxes
      .get(command.accountId)!
      .seal(JSON.stringify({ title: command.title, body: command.body } satisfies Content)),
    link: command.link,
  }));
  await insertMessages(tx, messages);
  const byTelephone = await listTelephoneAccounts(tx, receivers);
  const texts = chosen.flatMap((command) => {
    const text = byTelephone.has(command.accountId) ? textOf(needs.brand(), command) : null;
    return text === null ? [] : [{ accountId: command.accountId, text }];
  });
  await insertTexts(
    tx,
    texts.map(({ accountId, text }) => ({
      id: needs.newId(),
      at: tx.now,
      account_id: accountId,
      telephone_sealed: null,
      text_sealed: boxes.get(accountId)!.seal(text),
      immediately: false,
      send_after: firstCivilMoment(tx.now),
    })),
  );
  await appendEvents(
    tx.sql,
    messages.map((message) => ({
      id: needs.newId(),
      topic: 'message.sent',
      subjectKind: 'account',
      subjectId: message.account_id,
      areaId: null,
      body: { messageId: message.id },
    })),
  );
  return wanted.map((on) => (on ? 'sent' : 'switched_off'));
}

function contentIn({ title, body }: Content, language: Language): Content {
  return { title: messageIn(title, language), body: messageIn(body, language) };
}

/** A page of the caller's inbox, newest first, and how many are unread. */
export async function readInbox(
  needs: MessageNeeds,
  actor: Actor,
  page: { after?: string | undefined; limit: number },
) {
  const accountId = actor.accountId!;
  return await needs.database.read(actor, async (tx) => {
    const rows = await listInbox(tx, { accountId, after: page.after, limit: page.limit });
    const box = (await needs.vault.findBoxes(tx, [accountId])).get(accountId);
    const shown = box ? rows.slice(0, page.limit) : [];
    return {
      items: shown.map((row) => ({
        id: row.id,
        at: row.at.toISOString(),
        topic: row.topic as Topic,
        ...contentIn(JSON.parse(box!.open(row.sealed)) as Content, actor.language),
        link: row.link,
        readAt: row.read_at?.toISOString() ?? null,
      })),
      next: rows.length > page.limit ? (shown.at(-1)?.id ?? null) : null,
      unread: await countUnread(tx, accountId),
    };
  });
}

/** Marks one of the caller's messages as read; refuses `not_found`. */
export async function readMessage(needs: MessageNeeds, actor: Actor, id: Id): Promise<void> {
  await needs.database.write(actor, 'message.read', async (tx) => {
    tx.touched('message', id);
    if (!(await markRead(tx, actor.accountId!, id))) throw new Refusal('not_found');
  });
}

/** Marks all of the caller's messages as read; answers how many were not. */
export async function readAllMessages(
  needs: MessageNeeds,
  actor: Actor,
): Promise<{ marked: number }> {
  return await needs.database.write(actor, 'message.read_all', async (tx) => {
    tx.touched('account', actor.accountId!);
    return { marked: await markAllRead(tx, actor.accountId!) };
  });
}

/** Which topics reach the caller and which tags are held about her (C-22). */
export async function readPush(tx: Scoped) {
  const accountId = tx.actor.accountId!;
  const choices = await readChoices(tx, [accountId]);
  const tags = await listTags(tx, accountId);
  return {
    topics: topicNames.map((topic) => ({
      topic,
      on: mayPush(topic, choices.get(`${accountId}:${topic}`)),
      fixed: TOPICS[topic].fixed,
    })),
    tags: tags.map(({ tag, since }) => ({ tag, since: since.toISOString() })),
  };
}

/** Switches one of the caller's topics; refuses `push_topic_fixed` for what cannot be switched off. */
export async function setPush(
  needs: MessageNeeds,
  actor: Actor,
  choice: { topic: Topic; on: boolean },
) {
  if (TOPICS[choice.topic].fixed && !choice.on) throw new Refusal('push_topic_fixed', {}, 'topic');
  return await needs.database.write(actor, 'message.set_push', async (tx) => {
    const accountId = actor.accountId!;
    await writeChoice(tx, { account_id: accountId, topic: choice.topic, is_on: choice.on });
    tx.touched('account', accountId);
    return await readPush(tx);
  });
}

/** Deletes a tag held about the caller; one that is not held is no error. */
export async function deleteTag(needs: MessageNeeds, actor: Actor, tag: string) {
  return await needs.database.write(actor, 'message.delete_tag', async (tx) => {
    await removeTag(tx, actor.accountId!, tag);
    tx.touched('account', actor.accountId!);
    return await readPush(tx);
  });
}

const sectionWords = {
  zh: {
    inbox: '收到的消息',
    date: '日期',
    title: '标题',
    text: '内容',
    tags: '推送标签',
    tag: '标签',
    since: '开始日期',
  },
  en: {
    inbox: 'Messages received',
    date: 'Date',
    title: 'Title',
    text: 'Text',
    tags: 'Tags for news',
    tag: 'Tag',
    since: 'Since',
  },
} as const;

/** What is held here about the caller, for her my-data page: messages and tags, newest first. */
export async function ownSections(
  needs: MessageNeeds,
  tx: Scoped,
): Promise<{ title: string; rows: Record<string, string>[] }[]> {
  const accountId = tx.actor.accountId!;
  const box = (await needs.vault.findBoxes(tx, [accountId])).get(accountId);
  const messages = await listInbox(tx, { accountId, after: undefined, limit: OWN_MESSAGES_MOST });
  const tags = await listTags(tx, accountId);
  const say = sectionWords[tx.actor.language];
  return [
    {
      title: say.inbox,
      rows: messages.map((row) => {
        const content = box ? (JSON.parse(box.open(row.sealed)) as Content) : null;
        return {
          [say.date]: dateInShanghai(row.at),
          [say.title]: content?.title ?? '',
          [say.text]: content?.body ?? '',
        };
      }),
    },
    {
      title: say.tags,
      rows: tags.map(({ tag, since }) => ({ [say.tag]: tag, [say.since]: dateInShanghai(since) })),
    },
  ];
}
