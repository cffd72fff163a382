import type { Id, PlainDate } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Box } from '../../platform/vault.ts';
import { noteFactsChanged } from './changed.store.ts';
import { openColumn } from './identity.ts';
import type { ResidentNeeds } from './resident.needs.ts';
import type { Identity } from './resident.ts';
import type { PersonRow } from './resident.store.ts';
import { deleteTerms } from './search.store.ts';

/** A file that a worker opened: who she said she is, before any roster was put beside it. */
export interface StatedPerson {
  readonly id: Id;
  readonly identity: Identity;
  readonly areaId: number;
}

/** What is on file of a person whom rosters name, or named. */
export interface DerivedState {
  readonly hash: Buffer | null;
  readonly areaId: number;
  readonly mergedInto: Id | null;
}

/** What follows from the rows of a person: replaces all that followed from them before. */
export interface DerivedFacts {
  readonly id: Id;
  /** True when her file was opened just before: nothing is kept beside it yet. */
  readonly isNew: boolean;
  readonly facts: readonly {
    readonly field: number;
    readonly value: number;
    readonly since: PlainDate | null;
    readonly until: PlainDate | null;
    /** Null: what the worker wrote down when the file was opened. */
    readonly sourceRowId: Id | null;
    readonly departmentId: Id | null;
  }[];
  readonly seats: readonly {
    /** Keyed hash of the household's number. */
    readonly numberHash: Buffer;
    readonly isHead: boolean;
    readonly relation: string;
    readonly since: PlainDate | null;
    readonly until: PlainDate | null;
    readonly sourceRowId: Id;
    readonly departmentId: Id;
  }[];
}

/** Files that workers opened, all or of these, oldest first; erased ones are left out. System login. */
export async function statedByHand(
  needs: ResidentNeeds,
  tx: Scoped,
  personIds: readonly Id[] | null = null,
): Promise<StatedPerson[]> {
  let query = tx.db
    .selectFrom('person')
    .selectAll()
    .where('erased_at', 'is', null)
    .where((build) =>
      build.or([build('stated_sealed', 'is not', null), build('derived_hash', 'is', null)]),
    );
  if (personIds) query = query.where('id', '=', sql<Id>`any(${[...personIds]}::uuid[])`);
  const rows = await query.orderBy('created_at').orderBy('id').execute();
  const boxes = await needs.vault.findBoxes(
    tx,
    rows.map(({ id }) => id),
  );
  return rows.flatMap((row) => {
    const box = boxes.get(row.id);
    if (!box) return [];
    const identity = row.stated_sealed
      ? (JSON.parse(box.open(row.stated_sealed)) as Identity)
      : identityIn(row, (field) => openColumn(row, box, field));
    return [{ id: row.id, areaId: row.area_id, identity }];
  });
}

type Opened = (
  field: 'name' | 'telephone' | 'id_number' | 'address' | 'birth_date',
) => string | null;

function identityIn({ gender }: Pick<PersonRow, 'gender'>, open: Opened): Identity {
  return {
    name: open('name') ?? '',
    gender: gender as Identity['gender'],
    birthDate: open('birth_date'),
    idNumber: open('id_number'),
    telephone: open('telephone'),
    address: open('address'),
  };
}

/** Keeps beside a file what its worker wrote down, before what rosters say is put into it. System login. */
export async function keepStated(
  needs: ResidentNeeds,
  tx: Writing,
  persons: readonly StatedPerson[],
): Promise<void> {
  if (persons.length === 0) return;
  const ids = persons.map(({ id }) => id);
  const boxes = await needs.vault.boxes(tx, ids);
  const sealed = persons.map(({ id, identity }) => boxes.get(id)!.seal(JSON.stringify(identity)));
  await sql`update person set stated_sealed = stated.sealed
    from unnest(${ids}::uuid[], ${sealed}::bytea[]) as stated(id, sealed)
    where person.id = stated.id and person.stated_sealed is null`.execute(tx.db);
}

/** Puts another address into what a worker wrote down, where that is kept beside the file: linking goes by it. System login. */
export async function restateAddress(
  tx: Scoped,
  { personId, box, address }: { personId: Id; box: Box; address: string },
): Promise<void> {
  const row = await tx.db
    .selectFrom('person')
    .select('stated_sealed')
    .where('id', '=', personId)
    .executeTakeFirst();
  if (!row?.stated_sealed) return;
  const identity = { ...(JSON.parse(box.open(row.stated_sealed)) as Identity), address };
  await tx.db
    .updateTable('person')
    .set({ stated_sealed: box.seal(JSON.stringify(identity)) })
    .where('id', '=', personId)
    .execute();
}

/** What is on file of everybody or of some: changed ones are found by it. System login. */
export async function derivedStates(
  tx: Scoped,
  personIds: readonly Id[] | null = null,
): Promise<Map<Id, DerivedState>> {
  if (personIds?.length === 0) return new Map();
  let query = tx.db.selectFrom('person').select(['id', 'derived_hash', 'area_id', 'merged_into']);
  if (personIds) query = query.where('id', '=', sql<Id>`any(${[...personIds]}::uuid[])`);
  return statesOf(await query.execute());
}

/** The same of all others than those who are present, everybody or among some. System login. */
export async function otherStates(
  tx: Scoped,
  { among, present }: { among: readonly Id[] | null; present: readonly Id[] },
): Promise<Map<Id, DerivedState>> {
  const { rows } = await sql<StateRow>`select id, derived_hash, area_id, merged_into from person
    where not exists (select from unnest(${[...present]}::uuid[]) as here(id) where here.id = person.id)
      and ${among === null ? sql`true` : sql`person.id = any(${[...among]}::uuid[])`}`.execute(
    tx.db,
  );
  return statesOf(rows);
}

interface StateRow {
  id: Id;
  derived_hash: Buffer | null;
  area_id: number;
  merged_into: Id | null;
}

function statesOf(rows: readonly StateRow[]): Map<Id, DerivedState> {
  return new Map(
    rows.map((row) => [
      row.id,
      { hash: row.derived_hash, areaId: row.area_id, mergedInto: row.merged_into },
    ]),
  );
}

/** What a file is marked with that has no rows of its own now: no hash equals it. */
const NOTHING_DERIVED = Buffer.alloc(1);

/**
 * Takes from files what had followed from rows: those of `into` have them now, or nobody (null). The files stay, with
 * whatever refers to them, and are theirs again when a link is taken back. System login.
 */
export async function emptyFiles(
  tx: Writing,
  files: readonly { id: Id; into: Id | null }[],
): Promise<void> {
  if (files.length === 0) return;
  const ids = files.map(({ id }) => id);
  await sql`update person set merged_into = emptied.into_id, department_ids = '{}', derived_hash = ${NOTHING_DERIVED}
    from unnest(${ids}::uuid[], ${files.map(({ into }) => into)}::uuid[]) as emptied(id, into_id)
    where person.id = emptied.id`.execute(tx.db);
  await deleteTerms(tx, ids);
  await replaceDerived(
    tx,
    ids.map((id) => ({ id, isNew: false, facts: [], seats: [] })),
  );
  for (const id of ids) tx.touched('person', id);
}

/**
 * Replaces facts and places in households that follow from rows; what workers noted stays. Tells whoever keeps what follows
 * from facts, also about those who share a household with one of them. Set-based; system login.
 */
export async function replaceDerived(tx: Writing, persons: readonly DerivedFacts[]): Promise<void> {
  if (persons.length === 0) return;
  const ids = persons.map(({ id }) => id);
  const before = await takeBefore(
    tx,
    persons.flatMap(({ id, isNew }) => (isNew ? [] : id)),
  );
  await insertFacts(tx, persons);
  await insertSeats(tx, persons);
  const after = await neighboursOf(tx, ids);
  await noteFactsChanged(tx, [...new Set([...ids, ...before, ...after])]);
}

/** Takes away what followed from rows before; answers who shared a household with one of them. */
async function takeBefore(tx: Writing, ids: readonly Id[]): Promise<Id[]> {
  if (ids.length === 0) return [];
  await sql`update person set merged_into = null where id = any(${[...ids]}::uuid[])
    and merged_into is not null and derived_hash <> ${NOTHING_DERIVED}`.execute(tx.db);
  await followAreas(tx, ids);
  const neighbours = await neighboursOf(tx, ids);
  for (const table of ['person_fact', 'household_member'])
    await sql`delete from ${sql.table(table)}
      where person_id = any(${[...ids]}::uuid[]) and source_row_id is not null`.execute(tx.db);
  return neighbours;
}

/** What is kept beside a person with her area follows where her rows say she lives now. */
async function followAreas(tx: Writing, ids: readonly Id[]): Promise<void> {
  for (const table of [
    'visit',
    'consent',
    'field_opening',
    'person_binding',
    'person_share',
    'person_fact',
  ])
    await sql`update ${sql.table(table)} as kept set area_id = person.area_id from person
      where person.id = kept.person_id and person.id = any(${[...ids]}::uuid[])
        and kept.area_id <> person.area_id`.execute(tx.db);
}

async function insertFacts(tx: Writing, persons: readonly DerivedFacts[]): Promise<void> {
  const rows = persons.flatMap(({ id, facts }) => facts.map((fact) => ({ id, ...fact })));
  if (rows.length === 0) return;
  // What the worker wrote down when he opened the file has the file itself for its source.
  await sql`insert into person_fact (person_id, area_id, department_id, source_row_id, field, value, since, until, noted_at)
    select fact.person_id, person.area_id, fact.department_id, fact.source_row_id, fact.field, fact.value, fact.since, fact.until, ${tx.now}
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ departmentId }) => departmentId)}::uuid[],
      ${rows.map(({ id, sourceRowId }) => sourceRowId ?? id)}::uuid[], ${rows.map(({ field }) => field)}::smallint[],
      ${rows.map(({ value }) => value)}::bigint[], ${rows.map(({ since }) => since)}::date[], ${rows.map(({ until }) => until)}::date[])
      with ordinality as fact(person_id, department_id, source_row_id, field, value, since, until, place)
    join person on person.id = fact.person_id
    order by place`.execute(tx.db);
}

async function insertSeats(tx: Writing, persons: readonly DerivedFacts[]): Promise<void> {
  const rows = persons.flatMap(({ id, seats }) => seats.map((seat) => ({ id, ...seat })));
  if (rows.length === 0) return;
  const hashes = rows.map(({ numberHash }) => numberHash);
  const ids = rows.map(({ id }) => id);
  // A household lives where its head does; of one without, anybody's area.
  await sql`insert into household (id, area_id, source, number_hash, created_at)
    select distinct on (seat.number_hash) gen_random_uuid(), person.area_id, 'roster', seat.number_hash, ${tx.now}
    from unnest(${ids}::uuid[], ${hashes}::bytea[], ${rows.map(({ isHead }) => isHead)}::boolean[]) as seat(person_id, number_hash, is_head)
    join person on person.id = seat.person_id
    order by seat.number_hash, seat.is_head desc, seat.person_id
    on conflict (number_hash) do nothing`.execute(tx.db);
  await sql`insert into household_member (household_id, person_id, area_id, department_id, source_row_id, is_head, relation, since, until)
    select household.id, seat.person_id, person.area_id, seat.department_id, seat.source_row_id, seat.is_head, seat.relation, seat.since, seat.until
    from unnest(${ids}::uuid[], ${hashes}::bytea[], ${rows.map(({ departmentId }) => departmentId)}::uuid[],
      ${rows.map(({ sourceRowId }) => sourceRowId)}::uuid[], ${rows.map(({ isHead }) => isHead)}::boolean[],
      ${rows.map(({ relation }) => relation)}::text[], ${rows.map(({ since }) => since)}::date[], ${rows.map(({ until }) => until)}::date[])
      as seat(person_id, number_hash, department_id, source_row_id, is_head, relation, since, until)
    join person on person.id = seat.person_id
    join household on household.number_hash = seat.number_hash
    on conflict do nothing`.execute(tx.db);
  await sql`update household set area_id = person.area_id from household_member member
    join person on person.id = member.person_id
    where member.household_id = household.id and member.is_head and member.until is null
      and member.person_id = any(${ids}::uuid[]) and household.source = 'roster' and household.area_id <> person.area_id`.execute(
    tx.db,
  );
}

async function neighboursOf(tx: Scoped, ids: readonly Id[]): Promise<Id[]> {
  const { rows } = await sql<{ person_id: Id }>`select distinct other.person_id
    from household_member own join household_member other using (household_id)
    where own.person_id = any(${[...ids]}::uuid[])`.execute(tx.db);
  return rows.map(({ person_id }) => person_id);
}
