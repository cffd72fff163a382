-- What is known of people in coded facts, without identity: policies run on these. Names and numbers of fields are the
-- policy library's catalogue. A row says who says so (a department's roster, or a worker) and for which days it holds.
create table person_fact (
  id bigint generated always as identity primary key,
  person_id uuid not null references person,
  -- Where she lives now, so that whoever may see her area may see the fact: a copy from her row, whose foreign key is enough.
  area_id int not null,
  -- Whose roster says so; null: noted by a worker. A copy as well, from the roster.
  department_id uuid,
  -- The roster's row it was read from; null as above.
  source_row_id uuid,
  field smallint not null,
  value bigint not null,
  since date,
  until date,
  noted_at timestamptz not null
);
create index person_fact_by_person on person_fact (person_id) include (field, value, since, until);
create index person_fact_by_row on person_fact (source_row_id);
alter table person_fact enable row level security;
alter table person_fact force row level security;
create policy person_fact_area on person_fact for select to {{staff}} using ({{in_areas}});
create policy person_fact_system on person_fact to {{system}} using (true) with check (true);
grant select on person_fact to {{staff}};
grant select, insert, update, delete on person_fact to {{system}};

-- A household is the granting roster's (its number there, as a keyed hash), or one put together by hand.
create table household (
  id uuid primary key,
  area_id int not null references area,
  source text not null check (source in ('roster', 'hand')),
  number_hash bytea unique,
  created_at timestamptz not null,
  created_by uuid references account,
  check ((source = 'roster') = (number_hash is not null))
);
alter table household enable row level security;
alter table household force row level security;
create policy household_area on household to {{staff}} using ({{in_areas}}) with check ({{in_areas}} and source = 'hand');
create policy household_system on household to {{system}} using (true) with check (true);
grant select, insert on household to {{staff}};
grant select, insert, update, delete on household to {{system}};

create table household_member (
  household_id uuid not null references household,
  person_id uuid not null references person,
  area_id int not null references area,
  department_id uuid references organization,
  source_row_id uuid,
  is_head boolean not null,
  -- As the roster words it or a worker chose it: spouse, child, …
  relation text not null default '',
  since date,
  until date,
  primary key (household_id, person_id)
);
create index household_member_by_person on household_member (person_id) include (household_id, is_head, since, until);
create index household_member_by_household on household_member (household_id) include (person_id, since, until);
alter table household_member enable row level security;
alter table household_member force row level security;
create policy household_member_area on household_member to {{staff}} using ({{in_areas}}) with check ({{in_areas}} and source_row_id is null);
create policy household_member_system on household_member to {{system}} using (true) with check (true);
grant select, insert, update (until, is_head, relation) on household_member to {{staff}};
grant select, insert, update, delete on household_member to {{system}};
