import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped } from '../../platform/database/database.ts';

/** Two rows of which somebody said something. */
export type Pair = readonly [Id, Id];

/** Notes rows of which something was said or taken back; they are put together with the next tick. */
export async function noteAnswered(tx: Scoped, pairs: readonly Pair[]): Promise<void> {
  await tx.db
    .insertInto('answered_pair')
    .values(pairs.map(([a, b]) => ({ row_a: a, row_b: b })))
    .execute();
}

/** True when something that was said waits. System login. */
export async function isAnswered(tx: Scoped): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`
    select exists (select from answered_pair) as waits`.execute(tx.db);
  return rows[0]!.waits;
}

/** Takes what waits: whatever is said from now on waits for the next time. System login. */
export async function takeAnswered(tx: Scoped): Promise<Pair[]> {
  const { rows } = await sql<{ row_a: Id; row_b: Id }>`
    delete from answered_pair returning row_a, row_b`.execute(tx.db);
  return rows.map(({ row_a, row_b }) => [row_a, row_b]);
}

/** These rows and all that hang together with one of them. System login. */
export async function rowsWith(tx: Scoped, pairs: readonly Pair[]): Promise<Id[]> {
  const { rows } = await sql<{ lineage_id: Id }>`
    select unnest(${pairs.flat()}::uuid[]) as lineage_id
    union
    select other.lineage_id from connected_row mine join connected_row other using (list_id)
    where mine.lineage_id = any(${pairs.flat()}::uuid[])`.execute(tx.db);
  return rows.map(({ lineage_id }) => lineage_id);
}

/** Keeps which rows hang together, by the lowest of each list; rows not named stand alone. System login. */
export async function saveConnected(tx: Scoped, lists: readonly (readonly Id[])[]): Promise<void> {
  const named = lists.flatMap((list) => {
    const lowest = list.reduce((least, one) => (one < least ? one : least));
    return list.map((lineage) => [lineage, lowest] as const);
  });
  const lineages = named.map(([lineage]) => lineage);
  await sql`delete from connected_row where not lineage_id = any(${lineages}::uuid[])`.execute(
    tx.db,
  );
  await sql`insert into connected_row (lineage_id, list_id)
    select lineage, list from unnest(${lineages}::uuid[], ${named.map(([, lowest]) => lowest)}::uuid[]) as made(lineage, list)
    on conflict (lineage_id) do update set list_id = excluded.list_id where connected_row.list_id <> excluded.list_id`.execute(
    tx.db,
  );
}

/** Rows of which something was said hang together from now on, with all of their lists. System login. */
export async function joinLists(tx: Scoped, lineages: readonly Id[]): Promise<void> {
  const lowest = lineages.reduce((least, one) => (one < least ? one : least));
  await sql`insert into connected_row (lineage_id, list_id)
    select lineage, ${lowest}::uuid from unnest(${[...lineages]}::uuid[]) as made(lineage)
    on conflict (lineage_id) do update set list_id = excluded.list_id`.execute(tx.db);
}

/** Who is or was made of these rows. System login. */
export async function personsOfRows(tx: Scoped, lineages: readonly Id[]): Promise<Id[]> {
  const { rows } = await sql<{ person_id: Id }>`
    select person_id from founded_person where lineage_id = any(${[...lineages]}::uuid[])
    union select person_id from row_person where lineage_id = any(${[...lineages]}::uuid[])
    union select id from person where id = any(${[...lineages]}::uuid[])`.execute(tx.db);
  return rows.map(({ person_id }) => person_id);
}
