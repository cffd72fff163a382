-- A person is made of rows: what the rosters say and, if she was met, what was written down then.
-- What a worker wrote down when he opened the file, sealed; null for a person whom only rosters know.
alter table person add column stated_sealed bytea;
-- The person whose file has her rows now. Taken back, she is herself again; nothing that names her is lost.
alter table person add column merged_into uuid references person;
-- A keyed hash of all that was derived, so that whoever has not changed is not written again.
alter table person add column derived_hash bytea;
create index person_by_merged on person (merged_into) where merged_into is not null;
grant update (area_id, gender, born_year, name_sealed, telephone_sealed, id_number_sealed, address_sealed, birth_date_sealed, merged_into, derived_hash) on person to {{system}};
grant delete, update on person_term to {{system}};
create index person_term_by_person on person_term (person_id);
-- She moves: what is kept beside her with her area moves along.
grant update (area_id) on person_binding, person_share, visit, consent, field_opening to {{system}};

-- Names an area had before: rosters go on using them for years.
create table area_former_name (
  area_id int not null references area,
  name text not null,
  until date not null,
  primary key (area_id, name)
);
alter table area_former_name enable row level security;
alter table area_former_name force row level security;
create policy area_former_name_everyone_reads on area_former_name for select to {{everyone}} using (true);
create policy area_former_name_system on area_former_name to {{system}} using (true) with check (true);
grant select on area_former_name to {{everyone}};
grant insert, update on area_former_name to {{system}};
