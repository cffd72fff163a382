-- Who fetched an order for whom, in words; sealed with the buyer's key.
alter table sale_order add column pick_up_note_sealed bytea;

-- Neighbours who bring orders to the door. The station has met each before she may.
create table delivery_volunteer (
  account_id uuid not null references account,
  area_id int not null references area,
  state text not null check (state in ('asked', 'accepted', 'ended')),
  -- What buyers call her at the door; sealed with her own key.
  name_sealed bytea not null,
  asked_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid references account,
  primary key (account_id, area_id),
  constraint delivery_volunteer_two_people check (decided_by is null or decided_by <> account_id or state = 'ended')
);
create index delivery_volunteer_by_area on delivery_volunteer (area_id, state);
alter table delivery_volunteer enable row level security;
alter table delivery_volunteer force row level security;
create policy delivery_volunteer_system on delivery_volunteer to {{system}} using (true) with check (true);
grant select, insert, update on delivery_volunteer to {{system}};

-- One order on its way to the door: nobody has it yet, somebody will fetch it, somebody carries it, it is there.
create table sale_delivery (
  order_id uuid primary key references sale_order,
  place_id uuid not null references service_point,
  area_id int not null references area,
  state text not null check (state in ('open', 'taken', 'fetched', 'delivered', 'ended')),
  by_account_id uuid references account,
  -- Six digits she says at the station to be given the goods.
  fetch_code text,
  opened_at timestamptz not null,
  taken_at timestamptz,
  fetched_at timestamptz,
  ended_at timestamptz,
  -- How often somebody gave it back.
  given_up int not null default 0,
  -- Wrong codes said at the door; after five only somebody noted can take it.
  wrong_codes int not null default 0,
  constraint sale_delivery_carried check ((state in ('taken', 'fetched', 'delivered')) <= (by_account_id is not null)),
  constraint sale_delivery_open check ((state = 'open') <= (by_account_id is null)),
  constraint sale_delivery_code check ((state = 'taken') = (fetch_code is not null))
);
create unique index sale_delivery_code_once on sale_delivery (place_id, fetch_code) where state = 'taken';
create index sale_delivery_by_area on sale_delivery (area_id, state);
create index sale_delivery_by_carrier on sale_delivery (by_account_id, opened_at desc) where by_account_id is not null;
alter table sale_delivery enable row level security;
alter table sale_delivery force row level security;
create policy sale_delivery_system on sale_delivery to {{system}} using (true) with check (true);
grant select, insert, update on sale_delivery to {{system}};
