/**
 * The tables that a compiled statement reads, in the shape it needs: more columns (source, department, area) do no harm.
 * The index has everything the statement reads, in the order of people: the pivot groups while it reads, without a
 * hash of a million people, wherever the rows of a person lie.
 */
export const FACT_TABLES = `
create table person_fact (
  person_id uuid not null,
  field smallint not null,
  value bigint not null,
  since date,
  until date
);
create index person_fact_by_person on person_fact (person_id) include (field, value, since, until);
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
