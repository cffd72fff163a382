import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped } from '../../platform/database/database.ts';

/** Rows of one term that are counted to find the rarest: more are all the same. */
const COUNTED_AT_MOST = 2_000;
/** Rows of the rarest term that are looked through for the others. */
const LOOKED_THROUGH_AT_MOST = 5_000;

/** Where the caller's login looks, and what narrows it to whom she may see. */
function tableOf(tx: Scoped) {
  return tx.actor.login === 'department'
    ? { table: sql.table('department_term'), scope: sql.ref('department_id') }
    : { table: sql.table('person_term'), scope: sql.ref('area_id') };
}

/**
 * Ids of persons who have all the terms, as far as the caller may see them: the rarest term is read first and the others are
 * looked up beside it, so that a frequent syllable never makes a rare name slow. At most `limit`.
 */
export async function findByTerms(
  tx: Scoped,
  terms: readonly string[],
  limit: number,
): Promise<Id[]> {
  const [rarest, ...others] = terms.length > 1 ? await byRarity(tx, terms) : terms;
  if (rarest === undefined) return [];
  const { table, scope } = tableOf(tx);
  const { rows } = await sql<{ person_id: Id }>`
    with first as materialized (
      select person_id, ${scope} as scope from ${table} where term = ${rarest}::bigint
      limit ${others.length > 0 ? LOOKED_THROUGH_AT_MOST : limit}
    )
    select person_id from first
    where ${others.length}::int = (
      select count(*) from ${table} other
      where other.term = any(${others}::bigint[])
        and ${sql.ref(`other.${tx.actor.login === 'department' ? 'department_id' : 'area_id'}`)} = first.scope
        and other.person_id = first.person_id
    )
    limit ${limit}`.execute(tx.db);
  return rows.map((row) => row.person_id);
}

/** Terms from the rarest on, each once; none when one of them is nobody's. */
async function byRarity(tx: Scoped, terms: readonly string[]): Promise<string[]> {
  const { table } = tableOf(tx);
  const { rows } = await sql<{ term: string; held: number }>`
    select asked.term::text as term, (
      select count(*)::int from (select 1 from ${table} held where held.term = asked.term limit ${COUNTED_AT_MOST}) few
    ) as held
    from unnest(${[...new Set(terms)]}::bigint[]) as asked(term)
    order by held, asked.term`.execute(tx.db);
  return rows.some((row) => row.held === 0) ? [] : rows.map((row) => row.term);
}

/** What a person is found by, as stored: terms as bigint in text. */
export interface TermRow {
  readonly term: string;
  readonly personId: Id;
}

/** Adds terms of persons of the given areas (by person), who have none yet: those she had are taken away under her lock. */
export async function insertTerms(
  tx: Scoped,
  rows: readonly TermRow[],
  areaOf: ReadonlyMap<Id, number>,
): Promise<void> {
  if (rows.length === 0) return;
  await sql`insert into person_term (term, area_id, person_id)
    select distinct * from unnest(${rows.map((row) => row.term)}::bigint[],
      ${rows.map((row) => areaOf.get(row.personId)!)}::int[], ${rows.map((row) => row.personId)}::uuid[])
    order by 1, 2, 3`.execute(tx.db);
}

/** The same for the departments whose rosters name the persons; system login. */
export async function insertDepartmentTerms(
  tx: Scoped,
  rows: readonly TermRow[],
  departmentsOf: ReadonlyMap<Id, readonly Id[]>,
): Promise<void> {
  const each = rows.flatMap((row) =>
    (departmentsOf.get(row.personId) ?? []).map((departmentId) => ({ ...row, departmentId })),
  );
  if (each.length === 0) return;
  await sql`insert into department_term (term, department_id, person_id)
    select distinct * from unnest(${each.map((row) => row.term)}::bigint[],
      ${each.map((row) => row.departmentId)}::uuid[], ${each.map((row) => row.personId)}::uuid[])
    order by 1, 2, 3`.execute(tx.db);
}

/** Takes away what persons were found by; system login. */
export async function deleteTerms(tx: Scoped, personIds: readonly Id[]): Promise<void> {
  if (personIds.length === 0) return;
  for (const table of ['person_term', 'department_term'])
    await sql`delete from ${sql.table(table)} where person_id = any(${personIds}::uuid[])`.execute(
      tx.db,
    );
}
