import type { Id } from '@wennuan/basics';
import type { NeedKindCode, NeedState } from '@wennuan/contract';
import { sql } from 'kysely';
import type { Scoped } from '../../platform/database/database.ts';
import { needOf, selectNeeds } from './need.store.ts';
import { openStates, type Need } from './need.ts';

export interface NeedFilter {
  kind?: NeedKindCode | undefined;
  state?: NeedState | undefined;
  areaIds?: readonly number[] | undefined;
  accountId?: Id | undefined;
  overdue?: boolean | undefined;
  open?: boolean | undefined;
}

/** Where a list by clock goes on. */
export interface ClockCursor {
  dueAt: Date | null;
  id: Id;
}

/** A page of needs by clock: the soonest first, those without a running clock last. */
export async function listByClock(
  tx: Scoped,
  filter: NeedFilter,
  page: { after: ClockCursor | null; limit: number },
): Promise<Need[]> {
  let query = selectNeeds(tx)
    .orderBy(sql`due_at asc nulls last`)
    .orderBy('id', 'desc')
    .limit(page.limit);
  if (filter.kind) query = query.where('kind', '=', filter.kind);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.areaIds) query = query.where('area_id', 'in', [...filter.areaIds, -1]);
  if (filter.accountId) query = query.where('account_id', '=', filter.accountId);
  if (filter.overdue) query = query.where('due_at', '<=', tx.now);
  if (filter.open !== undefined)
    query = query.where('state', filter.open ? 'in' : 'not in', openStates);
  const { after } = page;
  if (after?.dueAt)
    query = query.where((where) =>
      where.or([
        where('due_at', '>', after.dueAt),
        where('due_at', 'is', null),
        where.and([where('due_at', '=', after.dueAt), where('id', '<', after.id)]),
      ]),
    );
  else if (after) query = query.where('due_at', 'is', null).where('id', '<', after.id);
  return (await query.execute()).map(needOf);
}

/** An account's own needs, newest first. */
export async function listOwn(
  tx: Scoped,
  accountId: Id,
  page: { after: Id | undefined; limit: number },
): Promise<Need[]> {
  let query = selectNeeds(tx)
    .where('account_id', '=', accountId)
    .orderBy('id', 'desc')
    .limit(page.limit);
  if (page.after) query = query.where('id', '<', page.after);
  return (await query.execute()).map(needOf);
}

/** Needs of the same asker, contact or title in the same area: perhaps the same matter twice. */
export async function listLikely(tx: Scoped, needId: Id): Promise<Need[]> {
  const own = await tx.db
    .selectFrom('need')
    .select(['asker_key', 'contact_hash', 'title_hash', 'area_id'])
    .where('id', '=', needId)
    .executeTakeFirstOrThrow();
  const rows = await selectNeeds(tx)
    .where('id', '!=', needId)
    .where((where) =>
      where.or([
        where('asker_key', '=', own.asker_key),
        ...(own.contact_hash ? [where('contact_hash', '=', own.contact_hash)] : []),
        where.and([where('area_id', '=', own.area_id), where('title_hash', '=', own.title_hash)]),
      ]),
    )
    .orderBy('id', 'desc')
    .limit(10)
    .execute();
  return rows.map(needOf);
}

/** Verified needs past their last day; system login. */
export async function listLapsing(tx: Scoped, today: string, limit: number): Promise<Need[]> {
  const rows = await selectNeeds(tx)
    .where('state', '=', 'verified')
    .where('expires_on', '<', today)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(needOf);
}

/** Needs of a person on file, newest first. */
export async function listOfPerson(tx: Scoped, personId: Id): Promise<Need[]> {
  const rows = await selectNeeds(tx)
    .where('person_id', '=', personId)
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
  return rows.map(needOf);
}
