import { getField } from './fields.ts';

const [lowest, highest] = [
  getField('registered_area').number!,
  getField('living_area').number!,
] as const;

/** Stored numbers of where a person lives and is registered: everybody has both, and few policies ask. */
export const AREA_FIELDS: readonly number[] = [lowest, highest];

/** Rows of areas, in the words of their index. */
export const AREA_FACTS = `(field >= ${lowest} and field <= ${highest})`;

/** All other rows, in the words of theirs. */
export const TOLD_FACTS = `(field < ${lowest} or field > ${highest})`;

/**
 * The tables that a compiled statement reads, in the shape it needs: more columns (source, department, area) do no harm.
 * Two indexes have everything the statement reads, in the order of people: the pivot groups while it reads, without a hash
 * of a million people, wherever the rows of a person lie. Areas have one of their own, for they are a third of all rows.
 */
export const FACT_TABLES = `
create table person_fact (
  person_id uuid not null,
  field smallint not null,
  value bigint not null,
  since date,
  until date
);
create index person_fact_by_person on person_fact (person_id);
create index person_fact_told on person_fact (person_id) include (field, value, since, until) where ${TOLD_FACTS};
create index person_fact_areas on person_fact (person_id) include (field, value, since, until) where ${AREA_FACTS};
create table household_member (
  household_id uuid not null,
  person_id uuid not null,
  is_head boolean not null,
  since date,
  until date
);
create index household_member_by_person on household_member (person_id) include (household_id, is_head, since, until);
create index household_member_by_household on household_member (household_id) include (person_id, since, until);
`;
