-- What neighbours, volunteers, shops and teams put in: goods in pieces, time in minutes.
create table offer (
  id uuid primary key,
  kind text not null check (kind in ('goods', 'hours')),
  title text not null,
  note_sealed bytea,
  quantity int not null check (quantity > 0),
  area_id int references area,
  -- Who gives.
  account_id uuid not null references account,
  giver_role text not null,
  expires_on date,
  state text not null check (state in ('open', 'reserved', 'delivered', 'expired', 'withdrawn')),
  -- True when it was made for one wish and ends with it, instead of going back to the register.
  for_one_need boolean not null,
  need_id uuid,
  need_number text,
  -- When the lock ends; null once the thing is on its way.
  reserved_until timestamptz,
  created_at timestamptz not null,
  version int not null default 0,
  check (state not in ('reserved', 'delivered') or need_id is not null)
);
-- Nothing is promised twice: one reservation for a need at a time.
create unique index offer_reserved_once on offer (need_id) where state = 'reserved';
create index offer_by_account on offer (account_id, id desc);
create index offer_by_need on offer (need_id);
create index offer_open on offer (area_id, id) where state = 'open';
create index offer_to_expire on offer (reserved_until) where state = 'reserved';
alter table offer enable row level security;
alter table offer force row level security;
create policy offer_own on offer to {{resident}} using ({{own_account}}) with check ({{own_account}});
create policy offer_staff on offer to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
-- An offer without an area is for the whole district.
create policy offer_staff_everywhere on offer to {{staff}} using (area_id is null) with check (area_id is null);
create policy offer_system on offer to {{system}} using (true) with check (true);
grant select, insert on offer to {{resident}}, {{system}};
grant update (state, version) on offer to {{resident}};
grant select on offer to {{staff}};
grant update (state, need_id, need_number, reserved_until, version) on offer to {{staff}};
grant update on offer to {{system}};
