import type { Id, PlainDate } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped } from '../../platform/database/database.ts';

/** Households a person is or was in, each with its members, as far as the caller may see them. */
export async function listHouseholds(tx: Scoped, personId: Id) {
  const { rows } = await sql<{
    householdId: Id;
    personId: Id;
    departmentId: Id | null;
    isHead: boolean;
    relation: string;
    since: PlainDate | null;
    until: PlainDate | null;
    source: 'roster' | 'hand' | null;
    version: number | null;
  }>`
    select member.household_id as "householdId", member.person_id as "personId",
      member.department_id as "departmentId", member.is_head as "isHead", member.relation, member.since, member.until,
      ${tx.actor.login === 'department' ? sql`null` : sql`home.source`} as source,
      ${tx.actor.login === 'department' ? sql`null` : sql`home.version`} as version
    from household_member mine
    join household_member member on member.household_id = mine.household_id
    ${tx.actor.login === 'department' ? sql`` : sql`left join household home on home.id = mine.household_id`}
    where mine.person_id = ${personId}
    order by member.household_id, member.is_head desc, member.since nulls first, member.person_id`.execute(
    tx.db,
  );
  return rows;
}

/** The household a person lives in on a day, the oldest one when there are several; null when none is on file. */
export async function findHousehold(
  tx: Scoped,
  personId: Id,
  onDay: PlainDate,
): Promise<Id | null> {
  const { rows } = await sql<{ household_id: Id }>`
    select household_id from household_member where person_id = ${personId}
      and (since is null or since <= ${onDay}::date) and (until is null or until > ${onDay}::date)
    order by household_id limit 1`.execute(tx.db);
  return rows[0]?.household_id ?? null;
}

/** Everybody who is or was in a household. */
export async function listMemberIds(tx: Scoped, householdId: Id): Promise<Id[]> {
  const rows = await tx.db
    .selectFrom('household_member')
    .select('person_id')
    .where('household_id', '=', householdId)
    .execute();
  return rows.map((row) => row.person_id);
}

/** A household put together by hand, locked; undefined when there is none the caller may change. */
export async function lockHousehold(tx: Scoped, id: Id) {
  return await tx.db
    .selectFrom('household')
    .select(['id', 'version', 'area_id as areaId'])
    .where('id', '=', id)
    .where('source', '=', 'hand')
    .forUpdate()
    .executeTakeFirst();
}

/** Counts a change of a household, so that a form opened before it is refused. */
export async function nextVersion(tx: Scoped, id: Id): Promise<void> {
  await sql`update household set version = version + 1 where id = ${id}`.execute(tx.db);
}

/** Opens a household by hand. */
export async function insertHousehold(tx: Scoped, id: Id, areaId: number): Promise<void> {
  await tx.db
    .insertInto('household')
    .values({
      id,
      area_id: areaId,
      source: 'hand',
      created_at: tx.now,
      created_by: tx.actor.accountId,
    })
    .execute();
}

/** True when a person is in a household put together by hand, today. */
export async function isMemberByHand(tx: Scoped, personId: Id, today: PlainDate): Promise<boolean> {
  const row = await tx.db
    .selectFrom('household_member')
    .innerJoin('household', 'household.id', 'household_member.household_id')
    .select('person_id')
    .where('person_id', '=', personId)
    .where('source', '=', 'hand')
    .where((build) => build.or([build('until', 'is', null), build('until', '>', today)]))
    .executeTakeFirst();
  return row !== undefined;
}

/** Adds a member, also one who was in this household before. */
export async function putMember(
  tx: Scoped,
  member: {
    householdId: Id;
    personId: Id;
    areaId: number;
    isHead: boolean;
    relation: string;
    since: PlainDate | null;
  },
): Promise<void> {
  const again = { is_head: member.isHead, relation: member.relation, since: member.since };
  await tx.db
    .insertInto('household_member')
    .values({
      household_id: member.householdId,
      person_id: member.personId,
      area_id: member.areaId,
      ...again,
    })
    .onConflict((conflict) =>
      conflict.columns(['household_id', 'person_id']).doUpdateSet({ ...again, until: null }),
    )
    .execute();
}

/** Notes since when somebody is no longer in a household; false when she is not in it. */
export async function endMemberRow(
  tx: Scoped,
  member: { householdId: Id; personId: Id; until: PlainDate },
): Promise<boolean> {
  const result = await tx.db
    .updateTable('household_member')
    .set({ until: member.until, is_head: false })
    .where('household_id', '=', member.householdId)
    .where('person_id', '=', member.personId)
    .where('until', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Makes one member the head and nobody else; false when she is not in the household. */
export async function setHead(tx: Scoped, householdId: Id, personId: Id): Promise<boolean> {
  const result = await tx.db
    .updateTable('household_member')
    .set({ is_head: sql<boolean>`person_id = ${personId}` })
    .where('household_id', '=', householdId)
    .where('until', 'is', null)
    .returning(['person_id', 'is_head'])
    .execute();
  return result.some((row) => row.is_head);
}

/** Which of the accounts live in one household with which of the persons, on a day. */
export async function listHouseholdTies(
  tx: Scoped,
  ties: { accountIds: readonly Id[]; personIds: readonly Id[]; on: PlainDate },
): Promise<{ accountId: Id; personId: Id }[]> {
  const { rows } = await sql<{ accountId: Id; personId: Id }>`
    select account_id as "accountId", person_id as "personId"
    from household_ties(${ties.accountIds}::uuid[], ${ties.personIds}::uuid[], ${ties.on}::date)`.execute(
    tx.db,
  );
  return rows;
}
