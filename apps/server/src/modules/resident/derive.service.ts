import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Writing } from '../../platform/database/database.ts';
import { meanwhile } from '../../platform/meanwhile.ts';
import { sealIdentity } from './identity.ts';
import type { ResidentNeeds } from './resident.needs.ts';
import type { Identity } from './resident.ts';
import { deleteTerms, insertDepartmentTerms, insertTerms } from './search.store.ts';
import { isForDepartments, termNumber, termsOf, type Term } from './terms.ts';

const PERSONS_AT_ONCE = 2_000;

/** A person as her rows say, put together by whoever links them (module `roster`). */
export interface DerivedPerson {
  /** Hers for good; a new file is opened with it where there is none. */
  readonly id: Id;
  readonly identity: Identity;
  /** Where rosters say she lives. Once she moved by hand and was accepted, that holds. */
  readonly areaId: number;
  /** The departments whose rosters name her now: their officers see her from then on. */
  readonly departmentIds: readonly Id[];
  /** Kept beside her, so that who has not changed is not written again; null: forget it. */
  readonly derivedHash: Buffer | null;
  /** True when her file is opened with this: nothing is kept of her yet. */
  readonly isNew: boolean;
}

/**
 * Opens the files of people that rosters name, or brings them up to date: identity, area, departments, and what they are
 * found by. Nobody consents: rosters come on a legal ground of their own (`data_exchange`). Set-based; system login.
 */
export async function saveDerived(
  needs: ResidentNeeds,
  tx: Writing,
  people: readonly DerivedPerson[],
): Promise<void> {
  for (let start = 0; start < people.length; start += PERSONS_AT_ONCE)
    await saveSome(needs, tx, people.slice(start, start + PERSONS_AT_ONCE));
}

async function saveSome(
  needs: ResidentNeeds,
  tx: Writing,
  people: readonly DerivedPerson[],
): Promise<void> {
  const ids = people.map((person) => person.id);
  const boxes = await needs.vault.boxes(tx, ids);
  const sealed = people.map((person) => sealIdentity(person.identity, boxes.get(person.id)!));
  const writing = sql<{ id: Id; area_id: number }>`
    insert into person (id, area_id, gender, born_year, name_sealed, telephone_sealed, id_number_sealed,
      address_sealed, birth_date_sealed, department_ids, derived_hash, created_at)
    select id, area_id, gender, born_year, name, telephone, id_number, address, birth_date,
      departments::uuid[], hash, ${tx.now}
    from unnest(${ids}::uuid[], ${people.map((person) => person.areaId)}::int[],
      ${sealed.map((row) => row.gender)}::text[], ${sealed.map((row) => row.born_year)}::int[],
      ${sealed.map((row) => row.name_sealed)}::bytea[], ${sealed.map((row) => row.telephone_sealed)}::bytea[],
      ${sealed.map((row) => row.id_number_sealed)}::bytea[], ${sealed.map((row) => row.address_sealed)}::bytea[],
      ${sealed.map((row) => row.birth_date_sealed)}::bytea[],
      ${people.map((person) => `{${person.departmentIds.join(',')}}`)}::text[],
      ${people.map((person) => person.derivedHash)}::bytea[])
      as derived(id, area_id, gender, born_year, name, telephone, id_number, address, birth_date, departments, hash)
    on conflict (id) do update set
      area_id = case when exists (
        select from person_move moved where moved.person_id = person.id and moved.state = 'accepted'
      ) then person.area_id else excluded.area_id end,
      gender = excluded.gender, born_year = excluded.born_year, name_sealed = excluded.name_sealed,
      telephone_sealed = excluded.telephone_sealed, id_number_sealed = excluded.id_number_sealed,
      address_sealed = excluded.address_sealed, birth_date_sealed = excluded.birth_date_sealed,
      department_ids = excluded.department_ids, derived_hash = excluded.derived_hash, erased_at = null
    returning id, area_id`.execute(tx.db);
  const numberOf = rememberedNumbers(needs);
  const numbering = meanwhile(() =>
    people.flatMap(({ id, identity }) =>
      termsOf(identity).map((term) => ({ term, row: { term: numberOf(term), personId: id } })),
    ),
  );
  const [{ rows }, terms] = await Promise.all([writing, numbering]);
  await deleteTerms(
    tx,
    people.flatMap(({ id, isNew }) => (isNew ? [] : id)),
  );
  const areaOf = new Map(rows.map((row) => [row.id, row.area_id]));
  await insertTerms(
    tx,
    terms.map(({ row }) => row),
    areaOf,
  );
  const departmentsOf = new Map(people.map((person) => [person.id, person.departmentIds]));
  const theirs = terms.filter(({ term }) => isForDepartments(term)).map(({ row }) => row);
  await insertDepartmentTerms(tx, theirs, departmentsOf);
}

/** Numbers of terms, each reckoned once: thousands of people share the sounds of their names. */
function rememberedNumbers(needs: ResidentNeeds): (term: Term) => string {
  const known = new Map<string, string>();
  return (term) => {
    const key = `${term.kind} ${term.text}`;
    const number = known.get(key) ?? termNumber(needs.vault, term);
    known.set(key, number);
    return number;
  };
}
