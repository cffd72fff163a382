import type { Id, PlainDate } from '@wennuan/basics';
import { sql, type Insertable, type Updateable } from 'kysely';
import type { Scoped } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';
import type { Recipient } from './distribution.ts';

const columns = [
  'id',
  'distribution_id as planId',
  'serial',
  'area_id as areaId',
  'person_id as personId',
  'household_id as householdId',
  'account_id as accountId',
  'identity_key as identityKey',
  'name_key as nameKey',
  'name_sealed as nameSealed',
  'word',
  'building',
  'heads',
  'round_id as roundId',
  'outcome',
  'tick_id as tickId',
  'outcome_at as outcomeAt',
  'outcome_by as outcomeBy',
  'told_sealed as toldSealed',
] as const;

/** Those on lists whom the reader may see, in the order of their numbers. */
export async function listRecipients(
  tx: Scoped,
  chosen: { planId?: Id; ids?: readonly Id[]; lock?: boolean },
): Promise<Recipient[]> {
  let query = tx.db.selectFrom('distribution_recipient').select(columns).orderBy('serial');
  if (chosen.planId) query = query.where('distribution_id', '=', chosen.planId);
  if (chosen.ids) {
    if (chosen.ids.length === 0) return [];
    query = query.where('id', 'in', [...chosen.ids]);
  }
  if (chosen.lock) query = query.forNoKeyUpdate();
  return (await query.execute()) as Recipient[];
}

/** Adds people to a list; whoever is on it already is left out. Answers the ids of those added. */
export async function insertRecipients(
  tx: Scoped,
  rows: readonly Insertable<DB['distribution_recipient']>[],
): Promise<Set<Id>> {
  if (rows.length === 0) return new Set();
  const added = await tx.db
    .insertInto('distribution_recipient')
    .values(rows)
    .onConflict((conflict) => conflict.constraint('distribution_recipient_once').doNothing())
    .returning('id')
    .execute();
  return new Set(added.map((row) => row.id));
}

/** Takes somebody off a list; false when she is not on it or not the reader's to see. */
export async function deleteRecipient(tx: Scoped, planId: Id, id: Id): Promise<boolean> {
  const result = await tx.db
    .deleteFrom('distribution_recipient')
    .where('id', '=', id)
    .where('distribution_id', '=', planId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Notes what came of somebody. */
export async function noteOutcome(
  tx: Scoped,
  id: Id,
  change: Updateable<DB['distribution_recipient']>,
): Promise<void> {
  await tx.db.updateTable('distribution_recipient').set(change).where('id', '=', id).execute();
}

export interface Elsewhere {
  recipientId: Id;
  planName: string;
  onDay: PlainDate;
  received: boolean;
}

/** Other distributions of a month that people on a list, or their households, are on or had. */
export async function listElsewhere(
  tx: Scoped,
  chosen: { planId: Id; first: PlainDate; last: PlainDate },
): Promise<Elsewhere[]> {
  const { rows } = await sql<Elsewhere>`
    select distinct on (r.id, p.id) r.id as "recipientId", p.name as "planName", p.on_day as "onDay",
      coalesce(o.outcome in ('handed', 'proxy'), false) as received
    from distribution_recipient r
    join distribution_recipient o on o.distribution_id <> r.distribution_id
      and (o.identity_key = r.identity_key or o.person_id = r.person_id or o.household_id = r.household_id)
    join distribution p on p.id = o.distribution_id
    where r.distribution_id = ${chosen.planId} and p.state in ('submitted', 'approved', 'closed')
      and p.on_day >= ${chosen.first}::date and p.on_day < (${chosen.first}::date + interval '1 month')
    order by r.id, p.id, received desc`.execute(tx.db);
  return rows;
}

/** Persons of a group who live in areas, by what is on file today; nobody known to have died. */
export async function listGroup(
  tx: Scoped,
  chosen: {
    fact: { field: number; value: number };
    diedField: number;
    areaIds: readonly number[];
    today: PlainDate;
    limit: number;
  },
): Promise<Id[]> {
  const { fact, today } = chosen;
  const rows = await tx.db
    .selectFrom('person_fact')
    .select('person_id')
    .distinct()
    .where('field', '=', fact.field)
    .where('value', '=', fact.value)
    .where('area_id', 'in', [...chosen.areaIds])
    .where((where) => where.or([where('since', 'is', null), where('since', '<=', today)]))
    .where((where) => where.or([where('until', 'is', null), where('until', '>=', today)]))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('person_fact as death')
            .select('death.id')
            .whereRef('death.person_id', '=', 'person_fact.person_id')
            .where('death.field', '=', chosen.diedField),
        ),
      ),
    )
    .limit(chosen.limit)
    .execute();
  return rows.map((row) => row.person_id);
}

/** The household of each person today, with how many live in it. */
export async function readHouseholds(
  tx: Scoped,
  personIds: readonly Id[],
  today: PlainDate,
): Promise<Map<Id, { householdId: Id; heads: number }>> {
  if (personIds.length === 0) return new Map();
  const { rows } = await sql<{ personId: Id; householdId: Id; heads: number }>`
    select distinct on (m.person_id) m.person_id as "personId", m.household_id as "householdId",
      (select count(*)::int from household_member o where o.household_id = m.household_id
        and (o.until is null or o.until >= ${today}::date)) as heads
    from household_member m
    where m.person_id = any(${[...new Set(personIds)]}::uuid[]) and (m.until is null or m.until >= ${today}::date)
    order by m.person_id, m.is_head desc, m.household_id`.execute(tx.db);
  return new Map(rows.map((row) => [row.personId, row]));
}

/** Opens the rounds of a plan that goes to the door; those there stay. Answers them all. System login. */
export async function openRounds(
  tx: Scoped,
  rounds: readonly Insertable<DB['distribution_round']>[],
): Promise<{ id: Id; areaId: number; building: string }[]> {
  if (rounds.length === 0) return [];
  await tx.db
    .insertInto('distribution_round')
    .values(rounds)
    .onConflict((conflict) => conflict.constraint('distribution_round_once').doNothing())
    .execute();
  return await tx.db
    .selectFrom('distribution_round')
    .select(['id', 'area_id as areaId', 'building'])
    .where('distribution_id', '=', rounds[0]!.distribution_id)
    .execute();
}

/** Says to which round those of a building belong. System login. */
export async function joinRound(
  tx: Scoped,
  round: { id: Id; planId: Id; areaId: number; building: string },
): Promise<void> {
  await tx.db
    .updateTable('distribution_recipient')
    .set({ round_id: round.id })
    .where('distribution_id', '=', round.planId)
    .where('area_id', '=', round.areaId)
    .where(sql<string>`coalesce(building, '')`, '=', round.building)
    .execute();
}

/** How many of a round still wait. */
export async function countWaiting(tx: Scoped, roundId: Id): Promise<number> {
  const row = await tx.db
    .selectFrom('distribution_recipient')
    .select(({ fn }) => fn.countAll<number>().as('waiting'))
    .where('round_id', '=', roundId)
    .where('outcome', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.waiting);
}

/** Rounds of a plan the reader may see. */
export async function listRounds(tx: Scoped, planId: Id): Promise<Id[]> {
  const rows = await tx.db
    .selectFrom('distribution_round')
    .select('id')
    .where('distribution_id', '=', planId)
    .execute();
  return rows.map((row) => row.id);
}

/** The plan a round belongs to; null when the id is no round, or not one the reader may see. */
export async function planOfRound(tx: Scoped, id: Id): Promise<Id | null> {
  if (tx.actor.login === 'federation') return null;
  const row = await tx.db
    .selectFrom('distribution_round')
    .select('distribution_id')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.distribution_id ?? null;
}
