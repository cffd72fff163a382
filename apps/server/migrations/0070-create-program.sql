-- A programme is a policy that finds people. What it is called, asks and gives stands in its versions: definitions
-- are rows that are only added, so that what was decided stays as it was decided.
create table program (
  id uuid primary key,
  code text not null unique check (code ~ '^[A-Z][A-Z0-9]{0,9}$'),
  -- The department that answers for it; null: the district office, or the federation for its own.
  department_id uuid references organization,
  -- The district: who may change it has the district among her areas.
  area_id int not null references area,
  created_at timestamptz not null,
  created_by uuid references account,
  -- The day its candidates were last found, and by which version.
  evaluated_on date,
  evaluated_version_id uuid
);
alter table program enable row level security;
alter table program force row level security;
create policy program_everyone_reads on program for select to {{everyone}} using (true);
create policy program_staff_adds on program for insert to {{staff}} with check ({{in_areas}});
create policy program_staff_changes on program for update to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy program_department_adds on program for insert to {{department}} with check ({{own_department}});
create policy program_system_adds on program for insert to {{system}} with check (true);
create policy program_system_changes on program for update to {{system}} using (true) with check (true);
grant select on program to {{everyone}};
grant insert on program to {{staff}}, {{department}}, {{system}};
grant update (department_id) on program to {{staff}};
grant update (department_id, evaluated_on, evaluated_version_id) on program to {{system}};

-- One definition. Nobody has the right to change it: a draft saved again is a new row, and the old one is replaced.
create table program_version (
  id uuid primary key,
  program_id uuid not null references program,
  area_id int not null references area,
  department_id uuid references organization,
  source text not null check (source in ('statutory', 'department', 'charity')),
  definition jsonb not null,
  state text not null check (state in ('draft', 'replaced', 'proposed', 'refused', 'withdrawn', 'decided')),
  -- Counts what was decided; drafts have none.
  number int,
  -- The days for which the definition says it holds, and the day from which another took its place or it was ended.
  valid_from date not null,
  valid_until date,
  ends_on date,
  drafted_at timestamptz not null,
  -- Null: brought in as a file by whoever runs the installation.
  drafted_by uuid references account,
  proposed_at timestamptz,
  proposed_by uuid references account,
  approval_id uuid references approval,
  decided_at timestamptz,
  decided_by uuid references account,
  note text not null default '',
  unique (program_id, number),
  check ((state = 'decided') = (number is not null)),
  check ((number is null) = (decided_at is null)),
  -- What the federation pays for is agreed to by two people, unless it came decided in a file.
  constraint program_version_charity_approved
    check (state <> 'decided' or source <> 'charity' or approval_id is not null or drafted_by is null)
);
-- One draft, and one decided version without an end, at any moment.
create unique index program_version_one_draft on program_version (program_id) where state in ('draft', 'proposed');
create unique index program_version_one_open on program_version (program_id) where state = 'decided' and ends_on is null;
alter table program_version enable row level security;
alter table program_version force row level security;
create policy program_version_staff_reads on program_version for select to {{staff}} using (true);
create policy program_version_staff_adds on program_version for insert to {{staff}} with check ({{in_areas}});
create policy program_version_staff_moves on program_version for update to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy program_version_department_reads on program_version for select to {{department}} using (true);
create policy program_version_department_adds on program_version for insert to {{department}} with check ({{own_department}} and state = 'draft');
create policy program_version_department_moves on program_version for update to {{department}}
  using ({{own_department}}) with check ({{own_department}} and state <> 'decided');
create policy program_version_federation_reads on program_version for select to {{federation}} using (true);
create policy program_version_federation_moves on program_version for update to {{federation}} using (true) with check (true);
create policy program_version_everybody_reads on program_version for select to {{resident}}, {{public}} using (state = 'decided');
create policy program_version_system on program_version to {{system}} using (true) with check (true);
grant select on program_version to {{staff}}, {{department}}, {{federation}}, {{system}};
grant select (id, program_id, area_id, department_id, source, definition, state, number, valid_from, valid_until, ends_on, decided_at)
  on program_version to {{resident}}, {{public}};
grant insert on program_version to {{staff}}, {{department}}, {{system}};
grant update (state, number, ends_on, proposed_at, proposed_by, approval_id, decided_at, decided_by, note)
  on program_version to {{staff}}, {{department}}, {{federation}}, {{system}};
