-- A department's own payment list: what it decided and paid, as it says. The same file is read once.
create table award_import (
  id uuid primary key,
  program_code text not null,
  month text not null check (month ~ '^\d{4}-\d{2}$'),
  department_id uuid references organization,
  area_id int not null references area,
  file_name text not null,
  -- Keyed hash of programme, month and content.
  content_hash bytea not null constraint award_import_once unique,
  line_count int not null,
  matched_count int not null,
  at timestamptz not null,
  by_account_id uuid references account
);
alter table award_import enable row level security;
alter table award_import force row level security;
create policy award_import_department on award_import for select to {{department}} using ({{own_department}});
create policy award_import_area on award_import for select to {{staff}} using ({{in_areas}});
create policy award_import_system on award_import to {{system}} using (true) with check (true);
grant select on award_import to {{department}}, {{staff}};
grant select, insert on award_import to {{system}};

-- Lines nobody could be found for: the number of the line and the kind of trouble, no name.
create table award_import_gap (
  import_id uuid not null references award_import,
  line int not null,
  why text not null check (why in ('nobody', 'several', 'id_number', 'amount', 'twice')),
  department_id uuid references organization,
  area_id int not null references area,
  primary key (import_id, line)
);
alter table award_import_gap enable row level security;
alter table award_import_gap force row level security;
create policy award_import_gap_department on award_import_gap for select to {{department}} using ({{own_department}});
create policy award_import_gap_area on award_import_gap for select to {{staff}} using ({{in_areas}});
create policy award_import_gap_system on award_import_gap to {{system}} using (true) with check (true);
grant select on award_import_gap to {{department}}, {{staff}};
grant select, insert on award_import_gap to {{system}};
