import type { Id, PlainDate } from '@wennuan/basics';
import type { Answer } from '@wennuan/linkage';
import { sql } from 'kysely';
import type { Scoped } from '../../platform/database/database.ts';
import type { RosterSheet } from './understand.ts';

/** Rows fetched at once while persons are put together. */
const ROWS_AT_ONCE = 4_000;

/** A wording of a row with the days it stood, still sealed. */
export interface SealedVersion {
  id: Id;
  lineage_id: Id;
  roster_id: Id;
  delivery_id: Id;
  sheet: number;
  cells_sealed: Buffer;
  since: PlainDate | null;
  until: PlainDate | null;
}

/** All wordings of all rows that ever stood in a roster and are still kept, in batches. System login. */
export async function* readVersions(tx: Scoped): AsyncGenerator<SealedVersion[]> {
  let after: { id: Id; since: string } = { id: '00000000-0000-0000-0000-000000000000', since: '' };
  for (;;) {
    const { rows } = await sql<SealedVersion & { order: string }>`
      select row.id, row.lineage_id, row.roster_id, row.delivery_id, row.sheet, row.cells_sealed,
        presence.since, presence.until, coalesce(presence.since::text, '') as order
      from source_row row join row_presence presence on presence.source_row_id = row.id
      where (row.id, coalesce(presence.since::text, '')) > (${after.id}::uuid, ${after.since})
      order by row.id, coalesce(presence.since::text, '')
      limit ${ROWS_AT_ONCE}`.execute(tx.db);
    if (rows.length > 0) yield rows;
    if (rows.length < ROWS_AT_ONCE) return;
    after = { id: rows.at(-1)!.id, since: rows.at(-1)!.order };
  }
}

/** All wordings of some rows. Each is looked up by itself, however many others came in this transaction. System login. */
export async function readVersionsOf(
  tx: Scoped,
  lineages: readonly Id[],
): Promise<SealedVersion[]> {
  const { rows } = await sql<SealedVersion>`
    select row.id, row.lineage_id, row.roster_id, row.delivery_id, row.sheet, row.cells_sealed,
      presence.since, presence.until
    from unnest(${[...lineages]}::uuid[]) as asked(lineage_id)
    cross join lateral (select * from source_row where source_row.lineage_id = asked.lineage_id offset 0) row
    cross join lateral (select * from row_presence where row_presence.source_row_id = row.id offset 0) presence
    order by row.id, coalesce(presence.since::text, '')`.execute(tx.db);
  return rows;
}

/** How many wordings of rows there are. System login. */
export async function countVersions(tx: Scoped): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from row_presence`.execute(
    tx.db,
  );
  return rows[0]!.n;
}

/** What is known of each roster, for reading its rows. */
export async function readRosters(tx: Scoped) {
  return await tx.db
    .selectFrom('roster')
    .select(['id', 'name', 'department_id', 'group_code', 'registers_deaths', 'area_id'])
    .orderBy('id')
    .execute();
}

/**
 * Sheets that rows were read from, by delivery; and what people chose their columns to mean, by roster. A row is the entry of
 * the delivery that brought it first, which may be one that never came into force.
 */
export async function readColumns(tx: Scoped): Promise<{
  deliveries: { id: Id; roster_id: Id; sheets: RosterSheet[] }[];
  choicesOf: Map<Id, Map<string, string>>;
}> {
  const deliveries = await tx.db
    .selectFrom('roster_delivery')
    .select(['id', 'roster_id', 'sheets'])
    .execute();
  const choices = await tx.db
    .selectFrom('column_choice')
    .select(['roster_id', 'header', 'field'])
    .execute();
  const choicesOf = new Map<Id, Map<string, string>>();
  for (const { roster_id, header, field } of choices)
    choicesOf.set(roster_id, (choicesOf.get(roster_id) ?? new Map()).set(header, field));
  return {
    deliveries: deliveries.map((one) => ({
      ...one,
      sheets: one.sheets as unknown as RosterSheet[],
    })),
    choicesOf,
  };
}

/** What people said of pairs of rows and have not taken back: the last word of each pair. */
export async function readAnswers(tx: Scoped): Promise<Answer[]> {
  const { rows } = await sql<{ row_a: Id; row_b: Id; word: string }>`
    select distinct on (least(row_a, row_b), greatest(row_a, row_b)) row_a, row_b, word
    from link_answer
    order by least(row_a, row_b), greatest(row_a, row_b), seq desc`.execute(tx.db);
  return rows
    .filter(({ word }) => word !== 'withdrawn')
    .map(({ row_a, row_b, word }) => ({ rowA: row_a, rowB: row_b, same: word === 'same' }));
}

/** Which person each of some rows founded, the first founded first. */
export async function readFounded(tx: Scoped, lineages: readonly Id[]): Promise<Map<Id, Id>> {
  const rows = await tx.db
    .selectFrom('founded_person')
    .select(['lineage_id', 'person_id'])
    .where('lineage_id', '=', sql<Id>`any(${[...lineages]}::uuid[])`)
    .orderBy('seq')
    .execute();
  return new Map(rows.map(({ lineage_id, person_id }) => [lineage_id, person_id]));
}

/** Notes whom rows founded. */
export async function insertFounded(
  tx: Scoped,
  founded: readonly { lineage: Id; personId: Id }[],
): Promise<void> {
  if (founded.length === 0) return;
  await sql`insert into founded_person (lineage_id, person_id)
    select lineage, person from unnest(${founded.map(({ lineage }) => lineage)}::uuid[],
      ${founded.map(({ personId }) => personId)}::uuid[]) with ordinality as new(lineage, person, place)
    order by place`.execute(tx.db);
}

/** Whose row each is and what it says of her. */
export interface RowPersonRow {
  sourceRowId: Id;
  lineage: Id;
  personId: Id;
  departmentId: Id;
  rosterId: Id;
  sealed: Buffer;
  since: PlainDate | null;
  until: PlainDate | null;
}

/** Replaces the rows of persons; a row that is somebody else's now leaves whoever had it. */
export async function replaceRowPersons(
  tx: Scoped,
  personIds: readonly Id[],
  rows: readonly RowPersonRow[],
): Promise<void> {
  await sql`delete from row_person where person_id = any(${[...personIds]}::uuid[])
    or source_row_id = any(${rows.map(({ sourceRowId }) => sourceRowId)}::uuid[])`.execute(tx.db);
  if (rows.length === 0) return;
  await sql`insert into row_person (source_row_id, lineage_id, person_id, area_id, department_id, roster_id, roster_name, delivered_on, statement_sealed, since, until)
    select new.source_row_id, new.lineage_id, new.person_id, person.area_id, new.department_id, new.roster_id, roster.name,
      coalesce(new.until, delivery.delivered_on), new.sealed, new.since, new.until
    from unnest(${rows.map((row) => row.sourceRowId)}::uuid[], ${rows.map((row) => row.lineage)}::uuid[], ${rows.map((row) => row.personId)}::uuid[],
      ${rows.map((row) => row.departmentId)}::uuid[], ${rows.map((row) => row.rosterId)}::uuid[],
      ${rows.map((row) => row.sealed)}::bytea[], ${rows.map((row) => row.since)}::date[], ${rows.map((row) => row.until)}::date[])
      as new(source_row_id, lineage_id, person_id, department_id, roster_id, sealed, since, until)
    join person on person.id = new.person_id join roster on roster.id = new.roster_id
    join roster_delivery delivery on delivery.id = roster.current_delivery_id`.execute(tx.db);
}

/** Rows that stand in a newer delivery, unchanged, were said on its day. System login. */
export async function refreshSources(tx: Scoped): Promise<void> {
  await sql`update row_person set roster_name = roster.name, delivered_on = delivery.delivered_on
    from roster join roster_delivery delivery on delivery.id = roster.current_delivery_id
    where row_person.roster_id = roster.id and row_person.until is null
      and (row_person.delivered_on, row_person.roster_name) is distinct from (delivery.delivered_on, roster.name)`.execute(
    tx.db,
  );
}

export interface LinkState {
  isStale: boolean;
  modelSealed: Buffer | null;
  modelRows: number;
  linkedRows: number;
  /** What all rows together said, sealed. */
  wholeSealed: Buffer | null;
}

/** The state of linking, locked until the transaction ends: one puts persons together at a time. */
export async function lockLinkState(tx: Scoped): Promise<LinkState> {
  const row = await tx.db
    .selectFrom('link_state')
    .selectAll()
    .forUpdate()
    .executeTakeFirstOrThrow();
  return {
    isStale: row.is_stale,
    modelSealed: row.model_sealed,
    modelRows: row.model_rows,
    linkedRows: row.linked_rows,
    wholeSealed: row.whole_sealed,
  };
}

/** Notes how rows were put together; without a model the old one stays. */
export async function saveLinkState(
  tx: Scoped,
  state: { rows: number; modelSealed: Buffer | null; wholeSealed: Buffer },
): Promise<void> {
  await tx.db
    .updateTable('link_state')
    .set({
      is_stale: false,
      linked_rows: state.rows,
      linked_at: tx.now,
      whole_sealed: state.wholeSealed,
      ...(state.modelSealed && { model_sealed: state.modelSealed, model_rows: state.rows }),
    })
    .execute();
}

/** Says that persons must be put together anew. */
export async function markStale(tx: Scoped): Promise<void> {
  await tx.db.updateTable('link_state').set({ is_stale: true }).execute();
}

/** True when answers, columns or files opened by hand wait for persons to be put together. */
export async function isStale(tx: Scoped): Promise<boolean> {
  const state = await tx.db.selectFrom('link_state').select('is_stale').executeTakeFirstOrThrow();
  if (state.is_stale) return true;
  const { rows } = await sql<{ waits: boolean }>`
    select exists (select from person where derived_hash is null and erased_at is null)
      and exists (select from row_presence) as waits`.execute(tx.db);
  return rows[0]!.waits;
}

/** Puts what rosters say of a person into the area she lives in now, so that its worker sees it. System login. */
export async function followPerson(tx: Scoped, personId: Id, areaId: number): Promise<void> {
  await tx.db
    .updateTable('row_person')
    .set({ area_id: areaId })
    .where('person_id', '=', personId)
    .execute();
}
