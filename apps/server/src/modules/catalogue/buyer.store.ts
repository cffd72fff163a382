import type { Id } from '@wennuan/basics';
import { encodeFact, findField } from '@wennuan/policy';
import { sql } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Buyer } from './catalogue.ts';

/** Groups whose people buy at the price for hardship; being old alone is none. */
const HARDSHIP_GROUPS = [
  'minimum_living',
  'destitute',
  'child',
  'student',
  'woman',
  'worker',
  'serious_illness',
];

const GROUP = findField('group')!.number;

/** What prices ask of accounts: members by their own word, hardship by the bound person's facts. System login. */
export async function readBuyers(tx: Scoped, accountIds: readonly Id[]): Promise<Map<Id, Buyer>> {
  if (accountIds.length === 0) return new Map();
  const values = HARDSHIP_GROUPS.flatMap((code) => {
    const known = encodeFact('group', code);
    return known ? [known.value] : [];
  });
  const rows = await sql<{ id: Id; member: boolean; hardship: boolean }>`
    select a.id, exists (select from shop_member m where m.account_id = a.id) as member,
      exists (select from person_binding b join person_fact f on f.person_id = b.person_id
        where b.account_id = a.id and b.ended_at is null and f.field = ${GROUP}
          and f.value = any(${values}::bigint[])
          and (f.since is null or f.since <= ${tx.now}::date) and (f.until is null or f.until >= ${tx.now}::date)) as hardship
    from unnest(${[...new Set(accountIds)]}::uuid[]) as a(id)`.execute(tx.db);
  return new Map(
    rows.rows.map((row) => [row.id, { isMember: row.member, isInHardship: row.hardship }]),
  );
}

/** One's own membership code. */
export async function readMembership(tx: Scoped, accountId: Id): Promise<string | null> {
  const row = await tx.db
    .selectFrom('shop_member')
    .select('code')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row?.code ?? null;
}

/** Makes an account a member; again changes nothing. */
export async function insertMember(tx: Writing, accountId: Id): Promise<void> {
  await tx.db
    .insertInto('shop_member')
    .values({ account_id: accountId, since: tx.now })
    .onConflict((conflict) => conflict.column('account_id').doNothing())
    .execute();
}

/** The account of a membership code. System and station's clerk. */
export async function findMember(tx: Scoped, code: string): Promise<Id | null> {
  const row = await tx.db
    .selectFrom('shop_member')
    .select('account_id')
    .where('code', '=', code)
    .executeTakeFirst();
  return row?.account_id ?? null;
}
