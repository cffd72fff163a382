-- A list that a department keeps of people, delivered again and again: what it is for, on which legal ground, how long its rows stay.
create table roster (
  id uuid primary key,
  department_id uuid not null references organization,
  -- The district: who holds it sees all rosters; whoever has a part of it only, none.
  area_id int not null references area,
  name text not null,
  -- The name without dates and copies, by which the next delivery is recognised.
  name_key text not null,
  -- The group of the policy catalogue that being on it means; null for a list that makes nobody a member.
  group_code text,
  -- True for a list of the dead: being on it is a registered death.
  registers_deaths boolean not null default false,
  purpose text not null,
  legal_basis text not null check (legal_basis in ('statutory_duty', 'agreed_sharing', 'consent')),
  retention_days int not null check (retention_days between 30 and 36500),
  -- The delivery whose rows are in force; the foreign key follows below.
  current_delivery_id uuid,
  created_at timestamptz not null,
  created_by uuid references account,
  unique (department_id, name_key),
  check (group_code is null or not registers_deaths)
);
alter table roster enable row level security;
alter table roster force row level security;
create policy roster_own on roster to {{department}} using ({{own_department}}) with check ({{own_department}});
create policy roster_area on roster to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy roster_system on roster to {{system}} using (true) with check (true);
grant select, update (name, group_code, registers_deaths, purpose, legal_basis, retention_days) on roster to {{department}}, {{staff}};
grant select, insert, update on roster to {{system}};

-- What a person said a column means, once: it holds for every later delivery with a column of that name.
create table column_choice (
  roster_id uuid not null references roster,
  department_id uuid not null references organization,
  area_id int not null references area,
  header text not null,
  field text not null,
  chosen_at timestamptz not null,
  chosen_by uuid references account,
  primary key (roster_id, header)
);
alter table column_choice enable row level security;
alter table column_choice force row level security;
create policy column_choice_own on column_choice to {{department}} using ({{own_department}}) with check ({{own_department}});
create policy column_choice_area on column_choice to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy column_choice_system on column_choice to {{system}} using (true) with check (true);
grant select, insert, update on column_choice to {{department}}, {{staff}}, {{system}};

-- One file as it came: read first, looked at, then imported whole or discarded.
create table roster_delivery (
  id uuid primary key,
  roster_id uuid not null references roster,
  department_id uuid not null references organization,
  area_id int not null references area,
  file_name text not null,
  -- Keyed hash of the file: the same file twice changes nothing.
  content_hash bytea not null,
  state text not null check (state in ('read', 'imported', 'discarded')),
  -- The day from which its differences hold.
  delivered_on date not null,
  -- Sheets and columns as understood: no cell of the table itself.
  sheets jsonb not null,
  -- What is wrong in which cell: place and kind, not the value.
  problems jsonb not null,
  problem_count int not null,
  row_count int not null,
  new_count int not null,
  gone_count int not null,
  changed_count int not null,
  -- What it was compared with; another one in force by then, and it is compared anew.
  base_delivery_id uuid references roster_delivery,
  read_at timestamptz not null,
  read_by uuid references account,
  imported_at timestamptz,
  imported_by uuid references account,
  check ((state = 'imported') = (imported_at is not null))
);
create unique index roster_delivery_once on roster_delivery (roster_id, content_hash) where state <> 'discarded';
create index roster_delivery_by_roster on roster_delivery (roster_id, read_at desc);
alter table roster_delivery enable row level security;
alter table roster_delivery force row level security;
create policy roster_delivery_own on roster_delivery for select to {{department}} using ({{own_department}});
create policy roster_delivery_area on roster_delivery for select to {{staff}} using ({{in_areas}});
create policy roster_delivery_system on roster_delivery to {{system}} using (true) with check (true);
grant select on roster_delivery to {{department}}, {{staff}};
grant select, insert, update (state, sheets, problems, problem_count, row_count, new_count, gone_count, changed_count, base_delivery_id, imported_at, imported_by) on roster_delivery to {{system}};
alter table roster add foreign key (current_delivery_id) references roster_delivery;
