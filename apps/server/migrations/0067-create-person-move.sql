-- Moving to another community: the worker she leaves proposes, the one she comes to accepts. Rows stay as her history.
create table person_move (
  id uuid primary key,
  person_id uuid not null references person,
  from_area_id int not null references area,
  to_area_id int not null references area,
  state text not null check (state in ('proposed', 'accepted', 'refused', 'withdrawn')),
  -- For who does not see her file yet; sealed with her key like the rest.
  name_sealed bytea not null,
  reason_sealed bytea not null,
  address_sealed bytea,
  proposed_at timestamptz not null,
  proposed_by uuid not null references account,
  decided_at timestamptz,
  decided_by uuid references account,
  note_sealed bytea,
  check (from_area_id <> to_area_id),
  check ((state = 'proposed') = (decided_at is null))
);
create unique index person_move_once_open on person_move (person_id) where state = 'proposed';
create index person_move_by_person on person_move (person_id, proposed_at);
alter table person_move enable row level security;
alter table person_move force row level security;
create policy person_move_leaving on person_move for select to {{staff}}
  using (from_area_id = any(nullif(current_setting('app.areas', true), '')::int[]));
create policy person_move_arriving on person_move for select to {{staff}}
  using (to_area_id = any(nullif(current_setting('app.areas', true), '')::int[]));
create policy person_move_proposed on person_move for insert to {{staff}}
  with check (from_area_id = any(nullif(current_setting('app.areas', true), '')::int[]) and state = 'proposed');
create policy person_move_system on person_move to {{system}} using (true) with check (true);
grant select, insert on person_move to {{staff}};
grant select, insert, update on person_move to {{system}};
