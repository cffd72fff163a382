-- For what a department may read what other departments say of the people of its own rosters: which fields, on what legal
-- basis, until when. Written by the district office: no other office's areas hold the district itself.
create table department_purpose (
  id uuid primary key,
  department_id uuid not null references organization,
  area_id int not null references area,
  purpose text not null check (purpose <> ''),
  -- Numbers of the policy library's fields.
  fields smallint[] not null check (cardinality(fields) > 0),
  legal_basis text not null check (legal_basis <> ''),
  valid_from date not null,
  valid_until date not null check (valid_until >= valid_from),
  added_at timestamptz not null,
  added_by uuid references account,
  ended_at timestamptz,
  ended_by uuid references account
);
create index department_purpose_by_department on department_purpose (department_id);
alter table department_purpose enable row level security;
alter table department_purpose force row level security;
create policy department_purpose_office on department_purpose to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy department_purpose_own on department_purpose for select to {{department}} using ({{own_department}});
create policy department_purpose_system on department_purpose to {{system}} using (true) with check (true);
grant select, insert, update (ended_at, ended_by) on department_purpose to {{staff}};
grant select on department_purpose to {{department}};
grant select, insert, update on department_purpose to {{system}};

-- Every time data of people went from one department to another or into the system: who, what, why, on what legal
-- basis (Charity Law 84; PIPL 20, 23). Rows are only added.
create table data_exchange (
  id uuid primary key,
  at timestamptz not null,
  kind text not null check (kind in ('asked', 'roster_in', 'list_out')),
  -- Who received; null: the programme itself.
  department_id uuid references organization,
  -- Whose data it was; null: several departments' or a worker's.
  from_department_id uuid references organization,
  purpose_id uuid references department_purpose,
  purpose text not null check (purpose <> ''),
  legal_basis text not null check (legal_basis <> ''),
  fields smallint[] not null,
  -- One person, with the account bound to her and her area; or how many people, with the district.
  person_id uuid references person,
  account_id uuid references account,
  area_id int not null references area,
  people int not null check (people >= 0),
  reason_sealed bytea,
  by_account_id uuid references account,
  check ((person_id is null) or people = 1),
  check (kind <> 'asked' or (purpose_id is not null and person_id is not null and reason_sealed is not null))
);
create index data_exchange_by_person on data_exchange (person_id, at);
create index data_exchange_by_time on data_exchange (at desc, id desc);
alter table data_exchange enable row level security;
alter table data_exchange force row level security;
create policy data_exchange_area on data_exchange for select to {{staff}} using ({{in_areas}});
create policy data_exchange_received on data_exchange for select to {{department}} using ({{own_department}});
create policy data_exchange_own on data_exchange for select to {{resident}} using ({{own_account}});
create policy data_exchange_system on data_exchange to {{system}} using (true) with check (true);
grant select on data_exchange to {{staff}}, {{department}}, {{resident}};
grant select, insert, update (account_id, area_id) on data_exchange to {{system}};
