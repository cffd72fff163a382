-- Work that waits for a role in an area, with a clock: one mechanism for all. Titles hold no personal data.
create table task (
  id uuid primary key,
  kind text not null,
  subject_kind text not null,
  subject_id uuid not null,
  number text not null,
  title text not null,
  detail text,
  area_id int not null references area,
  building text,
  roles text[] not null,
  level text not null check (level in ('community', 'street', 'district')),
  owner_id uuid references account,
  -- The asker's account: her own moves close, stop and start the task.
  account_id uuid references account,
  urgent boolean not null default false,
  opened_at timestamptz not null,
  due_at timestamptz not null,
  -- The whole stage in minutes of its clock: how much longer until the district hears of it.
  stage_minutes int not null check (stage_minutes > 0),
  -- What was left when the task was opened; what is used when it closes is the difference.
  given_minutes int not null,
  paused_at timestamptz,
  left_minutes int,
  warned_at timestamptz,
  -- Only ever goes up: a clock that jumps back takes nothing back.
  escalated_to text check (escalated_to in ('street', 'district')),
  -- When the watch has to do something next; null when nothing is left to do.
  next_at timestamptz,
  closed_at timestamptz,
  check ((paused_at is null) = (left_minutes is null))
);
create unique index task_once_open on task (subject_id, kind) where closed_at is null;
create index task_by_area on task (area_id, due_at, id) where closed_at is null;
create index task_by_clock on task (due_at, id) where closed_at is null;
create index task_to_watch on task (next_at) where closed_at is null and paused_at is null;
create index task_by_subject on task (subject_id);
alter table task enable row level security;
alter table task force row level security;
create policy task_staff on task to {{staff}} using ({{in_areas}}) with check (true);
create policy task_federation on task to {{federation}}
  using (roles && array['federation_officer', 'federation_approver', 'federation_accountant'])
  with check (true);
create policy task_asker on task to {{resident}} using ({{own_account}}) with check (true);
create policy task_payments on task to {{payments}} using (subject_kind = 'claim') with check (true);
create policy task_system on task to {{system}} using (true) with check (true);
grant select, insert on task to {{staff}}, {{federation}}, {{resident}}, {{payments}}, {{system}};
grant update (owner_id, due_at, paused_at, left_minutes, next_at, closed_at) on task
  to {{staff}}, {{federation}};
grant update (due_at, paused_at, left_minutes, next_at, closed_at) on task
  to {{resident}}, {{payments}};
grant update on task to {{system}};
