-- A plan to hand goods to people: what for whom, which day, from which stock.
create table distribution (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('FF' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored,
  name text not null,
  area_id int not null references area,
  -- The area and all below it: who works in any of them may see the plan.
  area_ids int[] not null,
  basis text not null check (basis in ('person', 'household')),
  on_day date not null,
  from_time text,
  until_time text,
  way text not null check (way in ('place', 'door')),
  place_id uuid references service_point,
  stock_place_id uuid not null references service_point,
  giver_label text not null,
  state text not null check (state in ('draft', 'submitted', 'approved', 'closed', 'cancelled')),
  value_fen bigint not null default 0,
  approval_id uuid,
  made_at timestamptz not null,
  made_by uuid not null references account,
  approved_at timestamptz,
  closed_at timestamptz,
  closed_by uuid references account,
  reason text,
  version int not null default 0,
  form_id uuid not null constraint distribution_form_once unique,
  check (way = 'door' or place_id is not null)
);
create index distribution_by_day on distribution (on_day desc, id desc);
alter table distribution enable row level security;
alter table distribution force row level security;
create policy distribution_staff on distribution to {{staff}}
  using (area_ids && nullif(current_setting('app.areas', true), '')::int[])
  with check (area_ids && nullif(current_setting('app.areas', true), '')::int[]);
create policy distribution_office on distribution to {{federation}}, {{system}} using (true) with check (true);
-- Which day and where, for whoever is on a list: nothing here names a person.
create policy distribution_resident on distribution for select to {{resident}} using (true);
grant select, insert, update on distribution to {{staff}}, {{federation}}, {{system}};
grant select (id, name, basis, on_day, from_time, until_time, way, place_id, giver_label, state) on distribution to {{resident}};

create table distribution_line (
  distribution_id uuid not null references distribution,
  item_id uuid not null references goods_item,
  quantity int not null check (quantity > 0),
  per_head boolean not null,
  primary key (distribution_id, item_id)
);
alter table distribution_line enable row level security;
alter table distribution_line force row level security;
create policy distribution_line_reads on distribution_line for select to {{staff}}, {{federation}}, {{resident}} using (true);
create policy distribution_line_adds on distribution_line for insert to {{staff}}, {{federation}} with check (true);
create policy distribution_line_removes on distribution_line for delete to {{staff}}, {{federation}} using (true);
create policy distribution_line_system on distribution_line to {{system}} using (true) with check (true);
grant select on distribution_line to {{resident}};
grant select, insert, delete on distribution_line to {{staff}}, {{federation}}, {{system}};

-- What is set aside for a plan, lot by lot: the row's id is its account in the ledger.
create table distribution_ready (
  id uuid primary key,
  distribution_id uuid not null references distribution,
  area_ids int[] not null,
  stock_id uuid not null references goods_stock,
  lot_id uuid not null references goods_lot,
  item_id uuid not null references goods_item,
  quantity int not null check (quantity > 0),
  -- Put back when the plan was closed, cancelled or refused; null until then.
  returned int check (returned >= 0 and returned <= quantity)
);
create index distribution_ready_of on distribution_ready (distribution_id);
alter table distribution_ready enable row level security;
alter table distribution_ready force row level security;
create policy distribution_ready_staff on distribution_ready to {{staff}}
  using (area_ids && nullif(current_setting('app.areas', true), '')::int[])
  with check (area_ids && nullif(current_setting('app.areas', true), '')::int[]);
create policy distribution_ready_office on distribution_ready to {{federation}}, {{system}} using (true) with check (true);
grant select, insert, update (returned) on distribution_ready to {{staff}}, {{federation}}, {{system}};

-- A building of a plan that goes to the door: the subject of a worker's task.
create table distribution_round (
  id uuid primary key,
  distribution_id uuid not null references distribution,
  area_id int not null references area,
  building text not null,
  closed_at timestamptz,
  constraint distribution_round_once unique (distribution_id, area_id, building)
);
alter table distribution_round enable row level security;
alter table distribution_round force row level security;
create policy distribution_round_staff on distribution_round to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy distribution_round_system on distribution_round to {{system}} using (true) with check (true);
grant select, update (closed_at) on distribution_round to {{staff}};
grant select, insert, update on distribution_round to {{system}};

-- Who is on the list. Names are read from the files; of people without one they are sealed here with the row's key.
create table distribution_recipient (
  id uuid primary key,
  distribution_id uuid not null references distribution,
  serial int not null,
  area_id int not null references area,
  person_id uuid references person,
  household_id uuid references household,
  -- The account bound to the person, so that she sees what is hers.
  account_id uuid references account,
  -- Keyed hash of the person, the household, or name and team: each once in a plan.
  identity_key bytea not null,
  -- Keyed hash of the name: two of one name are shown.
  name_key bytea not null,
  name_sealed bytea,
  word text not null,
  building text,
  heads int not null check (heads > 0),
  round_id uuid references distribution_round,
  added_at timestamptz not null,
  added_by uuid references account,
  outcome text check (outcome in ('handed', 'proxy', 'refused', 'absent', 'moved', 'died')),
  tick_id uuid constraint distribution_tick_once unique,
  outcome_at timestamptz,
  outcome_by uuid references account,
  -- Proxy and note, sealed with the row's key.
  told_sealed bytea,
  constraint distribution_recipient_once unique (distribution_id, identity_key),
  constraint distribution_recipient_serial_once unique (distribution_id, serial),
  check ((outcome is null) = (outcome_at is null)),
  check ((person_id is null) = (name_sealed is not null))
);
create index distribution_recipient_by_person on distribution_recipient (person_id);
create index distribution_recipient_by_household on distribution_recipient (household_id);
create index distribution_recipient_by_key on distribution_recipient (identity_key);
create index distribution_recipient_by_account on distribution_recipient (account_id);
alter table distribution_recipient enable row level security;
alter table distribution_recipient force row level security;
create policy distribution_recipient_staff on distribution_recipient to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy distribution_recipient_own on distribution_recipient for select to {{resident}} using ({{own_account}});
create policy distribution_recipient_system on distribution_recipient to {{system}} using (true) with check (true);
grant select, insert, delete, update (outcome, tick_id, outcome_at, outcome_by, told_sealed) on distribution_recipient to {{staff}};
grant select (id, distribution_id, serial, account_id, heads, word, outcome, outcome_at) on distribution_recipient to {{resident}};
grant select, insert, update, delete on distribution_recipient to {{system}};

-- How many of a plan's list are in which state, for everybody who may see the plan: numbers, never names.
create function distribution_figures(p_ids uuid[])
returns table (distribution_id uuid, outcome text, people int, heads int, last_serial int)
language sql stable security definer set search_path from current as $$
  select r.distribution_id, r.outcome, count(*)::int, sum(r.heads)::int, max(r.serial)
  from distribution_recipient r where r.distribution_id = any (p_ids)
  group by r.distribution_id, r.outcome
$$;
revoke all on function distribution_figures from public;
grant execute on function distribution_figures to {{staff}}, {{federation}}, {{system}};

-- One second person agrees to a distribution; money still needs two. Streets decide in their areas.
alter table approval drop constraint approval_approvers_check;
alter table approval add constraint approval_approvers_check check (approvers >= 1);
alter table approval add constraint approval_money_needs_two check (approvers >= 2 or subject_kind = 'distribution');
create policy approval_staff_decides on approval for update to {{staff}}
  using ({{in_areas}} and subject_kind = 'distribution') with check ({{in_areas}} and subject_kind = 'distribution');
create policy approval_decision_staff_adds on approval_decision for insert to {{staff}} with check ({{in_areas}} and {{own_account}});
grant insert on approval_decision to {{staff}};
