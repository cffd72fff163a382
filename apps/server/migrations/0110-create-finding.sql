-- What aid supervision found: a case with an owner and a clock (its task), ended by a person. What it rests on are codes,
-- days and amounts, never names.
create table finding (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('JD-' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored
    constraint finding_number_once unique,
  kind text not null,
  -- What exactly was found: the same again is the same case, also after it has ended.
  subject_key text not null,
  person_id uuid references person,
  area_id int not null references area,
  department_id uuid references organization,
  evidence jsonb not null,
  found_at timestamptz not null,
  -- Since when the data no longer show it.
  gone_at timestamptz,
  outcome text check (outcome in ('recovered', 'explained', 'referred')),
  ended_at timestamptz,
  ended_by uuid references account,
  referred_to text,
  recovered_fen bigint check (recovered_fen > 0),
  constraint finding_once unique (kind, subject_key),
  check ((outcome is null) = (ended_at is null)),
  check ((outcome = 'recovered') = (recovered_fen is not null)),
  check ((outcome = 'referred') = (referred_to is not null))
);
create index finding_by_area on finding (area_id, id) where ended_at is null;
create index finding_by_kind on finding (kind, id);
alter table finding enable row level security;
alter table finding force row level security;
create policy finding_area on finding to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy finding_department on finding for select to {{department}} using ({{own_department}});
create policy finding_system on finding to {{system}} using (true) with check (true);
grant select on finding to {{staff}}, {{department}}, {{system}};
grant insert on finding to {{system}};
grant update (outcome, ended_at, ended_by, referred_to, recovered_fen) on finding to {{staff}};
grant update (evidence, gone_at, area_id, department_id) on finding to {{system}};

-- What was done about it; rows are only added. Notes are sealed with the case's own key.
create table finding_step (
  id uuid primary key,
  finding_id uuid not null references finding,
  area_id int not null references area,
  at timestamptz not null,
  move text not null check (move in ('found', 'noted', 'gone', 'found_again', 'ended')),
  by_account_id uuid references account,
  note_sealed bytea
);
create index finding_step_by_finding on finding_step (finding_id, at);
alter table finding_step enable row level security;
alter table finding_step force row level security;
create policy finding_step_area on finding_step to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy finding_step_system on finding_step to {{system}} using (true) with check (true);
grant select, insert on finding_step to {{staff}}, {{system}};
