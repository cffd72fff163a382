-- A transfer between places: sent, on the way, taken in; a difference has its reason.
create table goods_transfer (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('DB' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored,
  from_place_id uuid not null references service_point,
  to_place_id uuid not null references service_point,
  from_area_id int not null references area,
  to_area_id int not null references area,
  state text not null check (state in ('sent', 'received')),
  sent_at timestamptz not null,
  sent_by uuid references account,
  received_at timestamptz,
  received_by uuid references account,
  reason text,
  form_id uuid not null constraint goods_transfer_form_once unique,
  check (from_place_id <> to_place_id),
  check ((state = 'received') = (received_at is not null))
);
create table goods_transfer_line (
  transfer_id uuid not null references goods_transfer,
  lot_id uuid not null references goods_lot,
  -- The account of what is on the way.
  account_id uuid not null unique,
  sent int not null check (sent > 0),
  received int check (received >= 0 and received <= sent),
  primary key (transfer_id, lot_id)
);
alter table goods_transfer enable row level security;
alter table goods_transfer force row level security;
alter table goods_transfer_line enable row level security;
alter table goods_transfer_line force row level security;
create policy goods_transfer_staff_reads on goods_transfer for select to {{staff}} using (true);
create policy goods_transfer_staff_sends on goods_transfer for insert to {{staff}}
  with check (from_area_id = any (nullif(current_setting('app.areas', true), '')::int[]));
create policy goods_transfer_staff_takes_in on goods_transfer for update to {{staff}}
  using (to_area_id = any (nullif(current_setting('app.areas', true), '')::int[]));
create policy goods_transfer_office on goods_transfer to {{federation}}, {{system}} using (true) with check (true);
create policy goods_transfer_line_office on goods_transfer_line to {{staff}}, {{federation}}, {{system}} using (true) with check (true);
grant select, insert, update (state, received_at, received_by, reason) on goods_transfer to {{staff}}, {{federation}}, {{system}};
grant select, insert, update (received) on goods_transfer_line to {{staff}}, {{federation}}, {{system}};

-- A stock-take: each lot is counted against what the ledger held at that moment, so things may go on moving.
create table goods_count (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('PD' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored,
  place_id uuid not null references service_point,
  area_id int not null references area,
  state text not null check (state in ('open', 'submitted', 'booked')),
  opened_at timestamptz not null,
  opened_by uuid not null references account,
  submitted_by uuid references account,
  differs boolean not null default false,
  booked_at timestamptz,
  booked_by uuid references account,
  -- A difference is never one person's word.
  constraint goods_count_two_people check (not differs or booked_by is null or booked_by <> submitted_by)
);
create unique index goods_count_one_at_a_time on goods_count (place_id) where state <> 'booked';
create table goods_count_line (
  count_id uuid not null references goods_count,
  stock_id uuid not null references goods_stock,
  lot_id uuid not null references goods_lot,
  area_id int not null references area,
  counted int not null check (counted >= 0),
  expected int not null check (expected >= 0),
  -- Where the account stood when it was counted.
  inflow bigint not null,
  outflow bigint not null,
  counted_at timestamptz not null,
  counted_by uuid not null references account,
  reason text not null,
  primary key (count_id, stock_id)
);
alter table goods_count enable row level security;
alter table goods_count force row level security;
alter table goods_count_line enable row level security;
alter table goods_count_line force row level security;
create policy goods_count_staff_reads on goods_count for select to {{staff}} using (true);
create policy goods_count_staff_adds on goods_count for insert to {{staff}} with check ({{in_areas}});
create policy goods_count_staff_changes on goods_count for update to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy goods_count_office on goods_count to {{federation}}, {{system}} using (true) with check (true);
create policy goods_count_line_staff_reads on goods_count_line for select to {{staff}} using (true);
create policy goods_count_line_staff_adds on goods_count_line for insert to {{staff}} with check ({{in_areas}});
create policy goods_count_line_staff_changes on goods_count_line for update to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy goods_count_line_office on goods_count_line to {{federation}}, {{system}} using (true) with check (true);
grant select, insert, update (state, submitted_by, differs, booked_at, booked_by) on goods_count to {{staff}}, {{federation}}, {{system}};
grant select, insert, update (counted, expected, inflow, outflow, counted_at, counted_by, reason) on goods_count_line
  to {{staff}}, {{federation}}, {{system}};

-- Pieces held to be written off until a second person has agreed.
create table goods_write_off (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('BS' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored,
  stock_id uuid not null references goods_stock,
  lot_id uuid not null references goods_lot,
  place_id uuid not null references service_point,
  area_id int not null references area,
  quantity int not null check (quantity > 0),
  cause text not null check (cause in ('damaged', 'expired', 'lost', 'recalled', 'sample')),
  note text not null,
  state text not null check (state in ('proposed', 'booked', 'refused')),
  proposed_at timestamptz not null,
  proposed_by uuid not null references account,
  decided_at timestamptz,
  decided_by uuid references account,
  form_id uuid not null constraint goods_write_off_form_once unique,
  constraint goods_write_off_two_people check (decided_by is null or decided_by <> proposed_by),
  check ((state = 'proposed') = (decided_by is null))
);
alter table goods_write_off enable row level security;
alter table goods_write_off force row level security;
create policy goods_write_off_staff_reads on goods_write_off for select to {{staff}} using (true);
create policy goods_write_off_staff_adds on goods_write_off for insert to {{staff}} with check ({{in_areas}});
create policy goods_write_off_staff_decides on goods_write_off for update to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy goods_write_off_office on goods_write_off to {{federation}}, {{system}} using (true) with check (true);
grant select, insert, update (state, decided_at, decided_by) on goods_write_off to {{staff}}, {{federation}}, {{system}};
