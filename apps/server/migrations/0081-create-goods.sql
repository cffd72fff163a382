-- Kinds of things. How many there are is kept in the ledger alone, in pieces of the item.
create table goods_item (
  id uuid primary key,
  name text not null,
  unit text not null,
  kind text not null check (kind in ('simple', 'kit')),
  bar_code text constraint goods_item_bar_code_once unique,
  shelf_days int check (shelf_days > 0),
  imported boolean not null,
  -- Numbers of the customs and inspection papers of imported food.
  papers text,
  created_at timestamptz not null,
  created_by uuid references account,
  constraint goods_item_name_once unique (name, unit)
);
alter table goods_item enable row level security;
alter table goods_item force row level security;
create policy goods_item_everyone_reads on goods_item for select to {{everyone}} using (true);
create policy goods_item_adds on goods_item for insert to {{staff}}, {{federation}} with check (true);
create policy goods_item_system on goods_item to {{system}} using (true) with check (true);
grant select on goods_item to {{everyone}};
grant insert on goods_item to {{staff}}, {{federation}}, {{system}};

-- What one kit holds.
create table goods_part (
  kit_id uuid not null references goods_item,
  item_id uuid not null references goods_item,
  quantity int not null check (quantity > 0),
  primary key (kit_id, item_id),
  check (kit_id <> item_id)
);
alter table goods_part enable row level security;
alter table goods_part force row level security;
create policy goods_part_everyone_reads on goods_part for select to {{everyone}} using (true);
create policy goods_part_adds on goods_part for insert to {{staff}}, {{federation}}, {{system}} with check (true);
grant select on goods_part to {{everyone}};
grant insert on goods_part to {{staff}}, {{federation}}, {{system}};

-- What came together and is alike: a delivery, a gift, a packing. Pieces of one lot are fungible.
create table goods_lot (
  id uuid primary key,
  item_id uuid not null references goods_item,
  batch text not null,
  expires_on date,
  origin text not null check (origin in ('bought', 'given', 'opening', 'assembled', 'found')),
  -- Supplier, or the giver's name as staff may read it.
  origin_label text not null,
  unit_value_fen bigint not null check (unit_value_fen >= 0),
  -- The gift or order it came with.
  source_id uuid,
  recalled_at timestamptz,
  recalled_by uuid references account,
  recall_reason text,
  created_at timestamptz not null,
  created_by uuid references account,
  form_id uuid constraint goods_lot_form_once unique,
  check ((recalled_at is null) = (recall_reason is null))
);
create index goods_lot_by_item on goods_lot (item_id);
create index goods_lot_by_source on goods_lot (source_id);
alter table goods_lot enable row level security;
alter table goods_lot force row level security;
create policy goods_lot_office on goods_lot to {{staff}}, {{federation}}, {{system}} using (true) with check (true);
grant select, insert, update (batch, expires_on, recalled_at, recalled_by, recall_reason) on goods_lot to {{staff}}, {{federation}}, {{system}};

-- A lot at a place. The row's id is its account in the ledger, which alone knows how many there are.
create table goods_stock (
  id uuid primary key,
  place_id uuid not null references service_point,
  lot_id uuid not null references goods_lot,
  item_id uuid not null references goods_item,
  area_id int not null references area,
  opened_at timestamptz not null,
  constraint goods_stock_once unique (place_id, lot_id)
);
create index goods_stock_by_item on goods_stock (item_id, place_id);
create index goods_stock_by_lot on goods_stock (lot_id);
alter table goods_stock enable row level security;
alter table goods_stock force row level security;
-- What lies where is no secret among those who work; who may move it is its area's.
create policy goods_stock_staff_reads on goods_stock for select to {{staff}} using (true);
create policy goods_stock_staff_opens on goods_stock for insert to {{staff}} with check ({{in_areas}});
create policy goods_stock_staff_locks on goods_stock for update to {{staff}} using (true);
create policy goods_stock_federation on goods_stock to {{federation}} using (true) with check (true);
create policy goods_stock_system on goods_stock to {{system}} using (true) with check (true);
grant select, insert, update (opened_at) on goods_stock to {{staff}}, {{federation}}, {{system}};

-- Which goods a proposal pays for: when it is paid, money becomes pieces on their way, in one posting.
create table goods_order (
  id uuid primary key,
  proposal_id uuid not null constraint goods_order_once unique,
  proposal_number text,
  supplier_name text not null,
  place_id uuid not null references service_point,
  area_id int not null references area,
  state text not null check (state in ('waiting', 'paid', 'received')),
  ordered_at timestamptz not null,
  ordered_by uuid references account,
  received_at timestamptz,
  received_by uuid references account,
  reason text,
  form_id uuid not null constraint goods_order_form_once unique,
  check ((state = 'received') = (received_at is not null))
);
create table goods_order_line (
  order_id uuid not null references goods_order,
  lot_id uuid primary key references goods_lot,
  -- The account of what is on its way.
  account_id uuid not null unique,
  ordered int not null check (ordered > 0),
  received int check (received >= 0 and received <= ordered)
);
create index goods_order_line_by_order on goods_order_line (order_id);
alter table goods_order enable row level security;
alter table goods_order force row level security;
alter table goods_order_line enable row level security;
alter table goods_order_line force row level security;
create policy goods_order_staff_reads on goods_order for select to {{staff}} using (true);
create policy goods_order_staff_adds on goods_order for insert to {{staff}} with check ({{in_areas}});
create policy goods_order_staff_takes_in on goods_order for update to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy goods_order_office on goods_order to {{federation}}, {{system}} using (true) with check (true);
create policy goods_order_line_office on goods_order_line to {{staff}}, {{federation}}, {{system}} using (true) with check (true);
grant select, insert, update (state, received_at, received_by, reason) on goods_order to {{staff}}, {{federation}}, {{system}};
grant select, insert, update (received) on goods_order_line to {{staff}}, {{federation}}, {{system}};
