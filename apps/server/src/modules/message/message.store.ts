import { isId, type Id } from '@wennuan/basics';
import { sql } from 'kysely';
import { type Scoped, writeUnhurried } from '../../platform/database/database.ts';
import type { Topic } from './message.ts';

const ROWS_AT_ONCE = 1_000;

export interface MessageRow {
  id: Id;
  account_id: Id;
  at: Date;
  topic: Topic;
  sealed: Buffer;
  link: string | null;
}
export interface TextRow {
  id: Id;
  at: Date;
  account_id: Id | null;
  telephone_sealed: Buffer | null;
  text_sealed: Buffer;
  immediately: boolean;
  send_after: Date;
}

/** Puts messages into inboxes. */
export async function insertMessages(tx: Scoped, rows: readonly MessageRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE)
    await writeUnhurried(
      tx,
      tx.db.insertInto('message').values(rows.slice(start, start + ROWS_AT_ONCE)),
    );
}

/** Queues text messages. */
export async function insertTexts(tx: Scoped, rows: readonly TextRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE)
    await writeUnhurried(
      tx,
      tx.db.insertInto('text_message').values(rows.slice(start, start + ROWS_AT_ONCE)),
    );
}

/** Which of the accounts sign in by telephone: staff have a name. */
export async function listTelephoneAccounts(tx: Scoped, ids: readonly Id[]): Promise<Set<Id>> {
  const rows = await tx.db
    .selectFrom('account')
    .select('id')
    .where('id', 'in', ids)
    .where('name', 'is', null)
    .execute();
  return new Set(rows.map((row) => row.id));
}

/** Choices of accounts, by `account:topic`. */
export async function readChoices(
  tx: Scoped,
  accountIds: readonly Id[],
): Promise<Map<string, boolean>> {
  if (accountIds.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('push_choice')
    .selectAll()
    .where('account_id', 'in', accountIds)
    .execute();
  return new Map(rows.map((row) => [`${row.account_id}:${row.topic}`, row.is_on]));
}

/** Switches a topic of an account. */
export async function writeChoice(
  tx: Scoped,
  choice: { account_id: Id; topic: Topic; is_on: boolean },
): Promise<void> {
  await tx.db
    .insertInto('push_choice')
    .values(choice)
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'topic']).doUpdateSet({ is_on: choice.is_on }),
    )
    .execute();
}

/** Tags held about an account, oldest first. */
export function listTags(tx: Scoped, accountId: Id) {
  return tx.db
    .selectFrom('push_tag')
    .select(['tag', 'since'])
    .where('account_id', '=', accountId)
    .orderBy('since')
    .orderBy('tag')
    .execute();
}

/** Holds tags; those held already stay as they are. System login. */
export async function insertTags(
  tx: Scoped,
  tags: readonly { account_id: Id; tag: string }[],
): Promise<void> {
  if (tags.length === 0) return;
  await tx.db
    .insertInto('push_tag')
    .values(tags.map((tag) => ({ ...tag, since: tx.now })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Deletes a tag. */
export async function removeTag(tx: Scoped, accountId: Id, tag: string): Promise<void> {
  await tx.db
    .deleteFrom('push_tag')
    .where('account_id', '=', accountId)
    .where('tag', '=', tag)
    .execute();
}

/** A page of an inbox, newest first, one row more than asked when there are more. */
export function listInbox(
  tx: Scoped,
  search: { accountId: Id; after: string | undefined; limit: number },
) {
  let query = tx.db
    .selectFrom('message')
    .selectAll()
    .where('account_id', '=', search.accountId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(search.limit + 1);
  if (search.after !== undefined && isId(search.after))
    query = query.where(
      sql<boolean>`(at, id) < (select at, id from message where id = ${search.after})`,
    );
  return query.execute();
}

/** How many messages of an inbox are unread. */
export async function countUnread(tx: Scoped, accountId: Id): Promise<number> {
  const row = await tx.db
    .selectFrom('message')
    .select((build) => build.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('read_at', 'is', null)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Marks a message of an account as read, the first time only; false when it has no such message. */
export async function markRead(tx: Scoped, accountId: Id, id: Id): Promise<boolean> {
  const row = await tx.db
    .updateTable('message')
    .set({ read_at: sql<Date>`coalesce(read_at, ${tx.now})` })
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row.numUpdatedRows > 0n;
}

/** Marks what an account has not read as read now; answers how many. */
export async function markAllRead(tx: Scoped, accountId: Id): Promise<number> {
  const row = await tx.db
    .updateTable('message')
    .set({ read_at: tx.now })
    .where('account_id', '=', accountId)
    .where('read_at', 'is', null)
    .executeTakeFirst();
  return Number(row.numUpdatedRows);
}

/**
 * Takes texts that are due for sending: until `leaseUntil` no other process takes them. `quiet` takes
 * only those that may be sent at any hour.
 */
export function takeDueTexts(
  tx: Scoped,
  search: { quiet: boolean; leaseUntil: Date; limit: number },
) {
  return tx.db
    .updateTable('text_message')
    .set({ send_after: search.leaseUntil, tries: sql<number>`tries + 1` })
    .where('id', 'in', (build) => {
      const due = build
        .selectFrom('text_message')
        .select('id')
        .where('sent_at', 'is', null)
        .where('gave_up_at', 'is', null)
        .where('send_after', '<=', tx.now)
        .orderBy('send_after')
        .limit(search.limit)
        .forUpdate()
        .skipLocked();
      return search.quiet ? due.where('immediately', '=', true) : due;
    })
    .returning(['id', 'account_id', 'telephone_sealed', 'text_sealed', 'tries'])
    .execute();
}

/** Notes what became of texts: sent, or given up. */
export async function settleTexts(
  tx: Scoped,
  outcome: { sent: readonly Id[]; givenUp: readonly Id[] },
): Promise<void> {
  const set = (ids: readonly Id[], column: 'sent_at' | 'gave_up_at') =>
    ids.length === 0
      ? undefined
      : tx.db
          .updateTable('text_message')
          .set({ [column]: tx.now })
          .where('id', 'in', ids)
          .execute();
  await set(outcome.sent, 'sent_at');
  await set(outcome.givenUp, 'gave_up_at');
}

/** Removes texts settled before a moment; returns the ids of those that had a key of their own. */
export async function removeTextsBefore(tx: Scoped, before: Date): Promise<Id[]> {
  const rows = await tx.db
    .deleteFrom('text_message')
    .where((where) => where.or([where('sent_at', '<', before), where('gave_up_at', '<', before)]))
    .returning(['id', 'account_id'])
    .execute();
  return rows.filter((row) => row.account_id === null).map((row) => row.id);
}

/** The newest texts that were sent or whose time has come. System login. */
export function listNewestTexts(tx: Scoped, limit: number) {
  return tx.db
    .selectFrom('text_message')
    .select(['id', 'at', 'account_id', 'telephone_sealed', 'text_sealed'])
    .where((where) =>
      where.or([where('sent_at', 'is not', null), where('send_after', '<=', tx.now)]),
    )
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}
