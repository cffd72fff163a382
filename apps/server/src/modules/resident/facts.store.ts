import type { Id, PlainDate } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped } from '../../platform/database/database.ts';

/** Facts of a person that the caller may see, by field, newest first. */
export async function listFacts(tx: Scoped, personId: Id, fields?: readonly number[]) {
  let query = tx.db
    .selectFrom('person_fact')
    .select([
      'id',
      'field',
      'value',
      'since',
      'until',
      'department_id as departmentId',
      'source_row_id as sourceRowId',
      'noted_at as notedAt',
    ])
    .where('person_id', '=', personId);
  if (fields) query = query.where('field', 'in', [...fields]);
  return await query.orderBy('field').orderBy('since', 'desc').orderBy('id').execute();
}

/** Notes what a worker found out himself; answers its id. */
export async function insertFact(
  tx: Scoped,
  fact: { personId: Id; areaId: number; field: number; value: number; since: PlainDate | null },
): Promise<number> {
  const row = await tx.db
    .insertInto('person_fact')
    .values({
      person_id: fact.personId,
      area_id: fact.areaId,
      field: fact.field,
      value: fact.value,
      since: fact.since,
      noted_at: tx.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Ends a worker's own note from a day on; false when there is none that holds. */
export async function endFactRow(
  tx: Scoped,
  fact: { personId: Id; id: number; until: PlainDate },
): Promise<boolean> {
  const result = await tx.db
    .updateTable('person_fact')
    .set({ until: fact.until })
    .where('id', '=', fact.id)
    .where('person_id', '=', fact.personId)
    .where('department_id', 'is', null)
    .where('source_row_id', 'is', null)
    .where((build) => build.or([build('until', 'is', null), build('until', '>', fact.until)]))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Takes away what workers noted of persons: all of it, or some fields. System login. */
export async function deleteNotedFacts(
  tx: Scoped,
  personId: Id,
  fields?: readonly number[],
): Promise<number> {
  let query = tx.db
    .deleteFrom('person_fact')
    .where('person_id', '=', personId)
    .where('department_id', 'is', null)
    .where('source_row_id', 'is', null);
  if (fields) query = query.where('field', 'in', [...fields]);
  return Number((await query.executeTakeFirst()).numDeletedRows);
}

/** Puts all that is kept beside a person with her area into another one: she moved. System login. */
export async function followArea(tx: Scoped, personId: Id, areaId: number): Promise<void> {
  await sql`update person set area_id = ${areaId} where id = ${personId}`.execute(tx.db);
  for (const table of [
    'person_term',
    'person_fact',
    'household_member',
    'person_binding',
    'person_share',
    'visit',
    'consent',
    'field_opening',
    'data_exchange',
  ])
    await sql`update ${sql.table(table)} set area_id = ${areaId} where person_id = ${personId}`.execute(
      tx.db,
    );
  // A household put together by hand lives where its head lives.
  await sql`update household set area_id = ${areaId} where source = 'hand' and id in (
    select household_id from household_member where person_id = ${personId} and is_head and until is null)`.execute(
    tx.db,
  );
}
