import type { Id, PlainDate } from '@wennuan/basics';
import { sql, type Selectable } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';
import type { PlacedProblem } from './read.service.ts';
import type { RosterSheet } from './understand.ts';

export type RosterRecord = Selectable<DB['roster']>;
export type DeliveryRecord = Omit<Selectable<DB['roster_delivery']>, 'sheets' | 'problems'> & {
  sheets: RosterSheet[];
  problems: PlacedProblem[];
};

/** Rosters the caller may see, by department and name. */
export async function listRosters(tx: Scoped): Promise<RosterRecord[]> {
  return await tx.db
    .selectFrom('roster')
    .selectAll()
    .orderBy('department_id')
    .orderBy('name')
    .execute();
}

/** A roster the caller may see, or undefined. */
export async function findRoster(tx: Scoped, id: Id): Promise<RosterRecord | undefined> {
  return await tx.db.selectFrom('roster').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Rosters, locked for an import; throws what PostgreSQL throws (55P03) when somebody else holds one of them. */
export async function lockRosters(tx: Scoped, ids: readonly Id[]): Promise<RosterRecord[]> {
  return await tx.db
    .selectFrom('roster')
    .selectAll()
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .noWait()
    .execute();
}

/**
 * People of rosters whose community nobody knows, by roster; none for a register of deaths. As far as the caller may
 * see the rows.
 */
export async function countUnplaced(
  tx: Scoped,
  rosters: readonly Pick<RosterRecord, 'id' | 'registers_deaths'>[],
): Promise<Map<Id, number>> {
  const ids = rosters.flatMap((one) => (one.registers_deaths ? [] : [one.id]));
  const rows = await tx.db
    .selectFrom('row_person')
    .innerJoin('area', 'area.id', 'row_person.area_id')
    .select([
      'row_person.roster_id',
      (count) => count.fn.count<string>('person_id').distinct().as('people'),
    ])
    .where('row_person.roster_id', '=', anyOf(ids))
    .where('row_person.until', 'is', null)
    .where('area.level', '<>', 'community')
    .groupBy('row_person.roster_id')
    .execute();
  return new Map(rows.map((row) => [row.roster_id, Number(row.people)]));
}

/** A delivery the caller may see, or undefined. */
export async function findDelivery(tx: Scoped, id: Id): Promise<DeliveryRecord | undefined> {
  const row = await tx.db
    .selectFrom('roster_delivery')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row as unknown as DeliveryRecord | undefined;
}

/** Deliveries by id, as far as the caller may see them. */
export async function readDeliveries(tx: Scoped, ids: readonly Id[]): Promise<DeliveryRecord[]> {
  if (ids.length === 0) return [];
  const rows = await tx.db
    .selectFrom('roster_delivery')
    .selectAll()
    .where('id', 'in', [...ids])
    .orderBy('id')
    .execute();
  return rows as unknown as DeliveryRecord[];
}

/** Deliveries that were read and wait for a decision. */
export async function listWaiting(tx: Scoped): Promise<{ id: Id; roster_id: Id; read_at: Date }[]> {
  return await tx.db
    .selectFrom('roster_delivery')
    .select(['id', 'roster_id', 'read_at'])
    .where('state', '=', 'read')
    .orderBy('read_at', 'desc')
    .execute();
}

/** A delivery of this roster with this content that was not thrown away, or undefined. */
export async function findSame(
  tx: Scoped,
  rosterId: Id,
  contentHash: Buffer,
): Promise<{ id: Id } | undefined> {
  return await tx.db
    .selectFrom('roster_delivery')
    .select('id')
    .where('roster_id', '=', rosterId)
    .where('content_hash', '=', contentHash)
    .where('state', '<>', 'discarded')
    .executeTakeFirst();
}

export interface StagedRow {
  id: Id;
  sheet: number;
  line: number;
  sealed: Buffer;
  contentHash: Buffer;
  lineage: Id;
}

/**
 * Adds rows of a delivery on its way in: a row that the roster has had before is the same entry, any other a new one. Rows
 * of one hash come in one batch only; returns how many entries are new.
 */
export async function stageRows(
  tx: Scoped,
  delivery: { id: Id; roster_id: Id; department_id: Id; area_id: number },
  rows: readonly StagedRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const hashes = rows.map((row) => row.contentHash);
  await sql`insert into source_row (id, roster_id, department_id, area_id, delivery_id, sheet, cells_sealed, content_hash, lineage_id)
    select new.id, ${delivery.roster_id}::uuid, ${delivery.department_id}::uuid, ${delivery.area_id}::int, ${delivery.id}::uuid,
      new.sheet, new.sealed, new.hash, new.lineage
    from unnest(${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.sheet)}::smallint[],
      ${rows.map((row) => row.sealed)}::bytea[], ${hashes}::bytea[], ${rows.map((row) => row.lineage)}::uuid[])
      as new(id, sheet, sealed, hash, lineage)
    on conflict (roster_id, content_hash) do nothing`.execute(tx.db);
  await sql`insert into delivery_row (delivery_id, source_row_id, department_id, area_id, sheet, line)
    select ${delivery.id}::uuid, row.id, ${delivery.department_id}::uuid, ${delivery.area_id}::int, new.sheet, new.line
    from unnest(${hashes}::bytea[], ${rows.map((row) => row.sheet)}::smallint[], ${rows.map((row) => row.line)}::int[])
      as new(hash, sheet, line)
    join source_row row on row.roster_id = ${delivery.roster_id}::uuid and row.content_hash = new.hash`.execute(
    tx.db,
  );
}

/** Rows of a delivery against those of another: entries only here, only there, and of those the ones with one lineage. */
export async function countDifferences(
  tx: Scoped,
  deliveryId: Id,
  baseId: Id | null,
): Promise<{ rows: number; fresh: number; gone: number; changed: number }> {
  const { rows } = await sql<{ rows: number; fresh: number; gone: number; changed: number }>`
    with mine as (
      select row.id, row.lineage_id from delivery_row entry join source_row row on row.id = entry.source_row_id
      where entry.delivery_id = ${deliveryId}
    ), theirs as (
      select row.id, row.lineage_id from delivery_row entry join source_row row on row.id = entry.source_row_id
      where entry.delivery_id = ${baseId}::uuid
    ), fresh as (
      select lineage_id from mine where not exists (select from theirs where theirs.id = mine.id)
    ), gone as (
      select lineage_id from theirs where not exists (select from mine where mine.id = theirs.id)
    ), changed as (
      select count(*)::int as n from fresh join gone using (lineage_id)
    )
    select (select count(*)::int from mine) as rows, (select count(*)::int from fresh) - changed.n as fresh,
      (select count(*)::int from gone) - changed.n as gone, changed.n as changed
    from changed`.execute(tx.db);
  return rows[0]!;
}

/** One row that differs, sealed, with what stood there before if it is changed. */
export interface DifferenceRow {
  id: Id;
  line: number;
  delivery_id: Id;
  sheet: number;
  cells_sealed: Buffer;
  before_id: Id | null;
  before_delivery_id: Id | null;
  before_sheet: number | null;
  before_sealed: Buffer | null;
}

/** Rows of one kind of difference, by line; one more than asked when there are more. */
export async function listDifferences(
  tx: Scoped,
  search: {
    deliveryId: Id;
    baseId: Id | null;
    kind: 'new' | 'gone' | 'changed';
    after: string | undefined;
    limit: number;
  },
): Promise<DifferenceRow[]> {
  const isGone = search.kind === 'gone';
  const [here, there] = isGone
    ? [search.baseId, search.deliveryId]
    : [search.deliveryId, search.baseId];
  const { rows } = await sql<DifferenceRow>`
    with here as (
      select row.id, row.lineage_id, row.delivery_id, row.sheet, row.cells_sealed, entry.line
      from delivery_row entry join source_row row on row.id = entry.source_row_id where entry.delivery_id = ${here}::uuid
    ), there as (
      select row.id, row.lineage_id, row.delivery_id, row.sheet, row.cells_sealed
      from delivery_row entry join source_row row on row.id = entry.source_row_id where entry.delivery_id = ${there}::uuid
    ), different as (
      select here.*, other.id as before_id, other.delivery_id as before_delivery_id, other.sheet as before_sheet,
        other.cells_sealed as before_sealed
      from here left join lateral (
        select * from there where there.lineage_id = here.lineage_id
          and not exists (select from here same where same.id = there.id) limit 1
      ) other on true
      where not exists (select from there where there.id = here.id)
    )
    select id, line, delivery_id, sheet, cells_sealed, before_id, before_delivery_id, before_sheet, before_sealed
    from different
    where (before_id is not null) = ${search.kind === 'changed'}
      and (${search.after ?? null}::text is null or (line, id::text) > (split_part(${search.after ?? ''}, ' ', 1)::int, split_part(${search.after ?? ''}, ' ', 2)))
    order by line, id::text
    limit ${search.limit + 1}`.execute(tx.db);
  return rows;
}

/**
 * Makes a delivery the one in force: rows that stand no longer end on its day, rows that were not there begin, those of the
 * first delivery since ever. System login.
 */
export async function putInForce(
  tx: Scoped,
  delivery: { id: Id; roster_id: Id; delivered_on: PlainDate },
  isFirst: boolean,
): Promise<void> {
  await sql`update row_presence set until = ${delivery.delivered_on}::date
    from source_row row
    where row.id = row_presence.source_row_id and row.roster_id = ${delivery.roster_id} and row_presence.until is null
      and not exists (select from delivery_row entry where entry.delivery_id = ${delivery.id} and entry.source_row_id = row.id)`.execute(
    tx.db,
  );
  await sql`insert into row_presence (source_row_id, since_delivery_id, since)
    select entry.source_row_id, ${delivery.id}::uuid, ${isFirst ? null : delivery.delivered_on}::date
    from delivery_row entry
    where entry.delivery_id = ${delivery.id}
      and not exists (select from row_presence known where known.source_row_id = entry.source_row_id and known.until is null)`.execute(
    tx.db,
  );
  await sql`delete from delivery_row where delivery_id in (
    select id from roster_delivery where roster_id = ${delivery.roster_id} and id <> ${delivery.id} and state = 'imported')`.execute(
    tx.db,
  );
}

/** Takes away entries that only a delivery that was thrown away had. Returns nothing; system login. */
export async function dropStaged(tx: Scoped, deliveryId: Id): Promise<void> {
  await sql`delete from delivery_row where delivery_id = ${deliveryId}`.execute(tx.db);
  await sql`delete from source_row row where delivery_id = ${deliveryId}
    and not exists (select from row_presence presence where presence.source_row_id = row.id)
    and not exists (select from delivery_row entry where entry.source_row_id = row.id)`.execute(
    tx.db,
  );
}

/** What people said columns mean: of the roster itself, else of another roster of its department. */
export async function readChoices(
  tx: Scoped,
  roster: { id: Id | null; departmentId: Id },
): Promise<Map<string, string>> {
  const rows = await tx.db
    .selectFrom('column_choice')
    .select(['roster_id', 'header', 'field'])
    .where('department_id', '=', roster.departmentId)
    .orderBy('chosen_at')
    .execute();
  const own = rows.filter(({ roster_id }) => roster_id === roster.id);
  return new Map([...rows, ...own].map(({ header, field }) => [header, field]));
}

/** Remembers what a person said a column means. */
export async function saveChoice(
  tx: Scoped,
  choice: { roster: RosterRecord; header: string; field: string },
): Promise<void> {
  const said = { field: choice.field, chosen_at: tx.now, chosen_by: tx.actor.accountId };
  await tx.db
    .insertInto('column_choice')
    .values({
      roster_id: choice.roster.id,
      department_id: choice.roster.department_id,
      area_id: choice.roster.area_id,
      header: choice.header,
      ...said,
    })
    .onConflict((conflict) => conflict.columns(['roster_id', 'header']).doUpdateSet(said))
    .execute();
}
