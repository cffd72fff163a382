-- A charity sale (义卖): donated goods, sold for some days at stations, all of it for one fund or campaign. It is planned,
-- agreed to by two, opened, and closed by time; what it brought is written down for good.
create table charity_sale (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('YM' || lpad(serial::text, greatest(5, length(serial::text)), '0')) stored
    constraint charity_sale_number_once unique,
  name text not null,
  -- What it is for, in the words everybody reads.
  purpose text not null,
  -- Whom everything goes to: the id is its account in the ledger.
  target_kind text not null check (target_kind in ('fund', 'campaign')),
  target_id uuid not null,
  opens_on date not null,
  closes_on date not null,
  is_online boolean not null,
  state text not null check (state in ('draft', 'proposed', 'approved', 'open', 'closed', 'refused', 'cancelled')),
  agreement_paper_id uuid,
  plan_paper_id uuid,
  approval_id uuid,
  planned_at timestamptz not null,
  planned_by uuid references account,
  opened_at timestamptz,
  closed_at timestamptz,
  -- Why it was refused or cancelled.
  reason text,
  form_id uuid not null constraint charity_sale_form_once unique,
  version int not null default 0,
  constraint charity_sale_days check (closes_on >= opens_on),
  -- Public fundraising on the network stands behind a filed campaign; a fund alone has no filing.
  constraint charity_sale_online_by_campaign check (not is_online or target_kind = 'campaign'),
  constraint charity_sale_papers_first check (state in ('draft', 'cancelled')
    or (agreement_paper_id is not null and plan_paper_id is not null and approval_id is not null)),
  check ((state in ('open', 'closed')) = (opened_at is not null)),
  check ((state = 'closed') = (closed_at is not null))
);
create index charity_sale_due on charity_sale (opens_on, closes_on) where state in ('approved', 'open');
create index charity_sale_by_approval on charity_sale (approval_id);
create table charity_sale_place (
  sale_id uuid not null references charity_sale,
  place_id uuid not null references service_point,
  area_id int not null references area,
  primary key (sale_id, place_id)
);
create index charity_sale_place_by_area on charity_sale_place (area_id);

-- A lot in a charity sale goes out by it alone.
alter table goods_lot add kept_for uuid references charity_sale;
create index goods_lot_kept on goods_lot (kept_for) where kept_for is not null;
grant update (kept_for) on goods_lot to {{federation}}, {{system}};
-- What is sold of a charity sale: one lot, that is the gift of one giver.
alter table product add charity_sale_id uuid references charity_sale;
create index product_by_charity_sale on product (charity_sale_id) where charity_sale_id is not null;
alter table product_variant add lot_id uuid references goods_lot;
alter table sale_part add charity_sale_id uuid references charity_sale;
alter table sale_posting add charity_sale_id uuid references charity_sale;
create index sale_posting_by_charity_sale on sale_posting (charity_sale_id) where charity_sale_id is not null;
create index sale_part_by_charity_sale on sale_part (charity_sale_id) where charity_sale_id is not null;
-- Its money is settled by itself, in no month.
alter table sale_posting add constraint sale_posting_charity_in_no_month check (charity_sale_id is null or batch_id is null);
grant select (charity_sale_id) on sale_part, sale_posting to {{federation}}, {{staff}}, {{station}};

-- The things of a charity sale: which gift, at which value, what becomes of the rest.
create table charity_sale_thing (
  variant_id uuid primary key references product_variant,
  sale_id uuid not null references charity_sale,
  lot_id uuid not null references goods_lot,
  gift_id uuid not null references kind_gift,
  -- The giver as everybody may read her.
  donor_name text not null,
  unit_value_fen bigint not null check (unit_value_fen >= 0),
  -- `stock`: what is left serves any purpose; `next_sale`: it waits for another charity sale, as its giver wished.
  leftover text not null check (leftover in ('stock', 'next_sale')),
  -- Pieces when it opened, and how many were left when it closed.
  pieces_offered int check (pieces_offered >= 0),
  pieces_left int check (pieces_left between 0 and pieces_offered),
  added_at timestamptz not null,
  added_by uuid references account,
  constraint charity_sale_thing_once unique (sale_id, lot_id)
);

-- What a charity sale came to when it closed; written once.
create table charity_sale_result (
  sale_id uuid primary key references charity_sale,
  published_at timestamptz not null,
  donors int not null,
  things int not null,
  pieces_offered int not null,
  pieces_sold int not null,
  pieces_left int not null,
  orders int not null,
  gross_fen bigint not null check (gross_fen >= 0),
  refunded_fen bigint not null check (refunded_fen between 0 and gross_fen)
);
-- Its proceeds in the federation's own account: once, and not by who planned it.
create table proceeds_settlement (
  sale_id uuid primary key references charity_sale,
  serial int generated always as identity,
  number text not null generated always as ('YMJS' || lpad(serial::text, greatest(5, length(serial::text)), '0')) stored,
  target_id uuid not null,
  orders int not null,
  gross_fen bigint not null,
  returned_fen bigint not null,
  net_fen bigint not null check (net_fen > 0 and net_fen = gross_fen - returned_fen),
  bank_reference text not null constraint proceeds_settlement_reference_once unique,
  paid_on date not null,
  settled_at timestamptz not null,
  settled_by uuid references account,
  planned_by uuid references account,
  constraint proceeds_not_by_planner check (settled_by is null or settled_by <> planned_by)
);

alter table charity_sale enable row level security;
alter table charity_sale force row level security;
alter table charity_sale_place enable row level security;
alter table charity_sale_place force row level security;
alter table charity_sale_thing enable row level security;
alter table charity_sale_thing force row level security;
alter table charity_sale_result enable row level security;
alter table charity_sale_result force row level security;
alter table proceeds_settlement enable row level security;
alter table proceeds_settlement force row level security;
create policy charity_sale_system on charity_sale to {{system}} using (true) with check (true);
create policy charity_sale_office on charity_sale for select to {{federation}}, {{staff}}, {{station}} using (true);
-- The two who agree write their word, and what follows from it, as themselves.
create policy charity_sale_decide on charity_sale for update to {{federation}} using (state = 'proposed')
  with check (state in ('approved', 'refused'));
create policy charity_sale_public on charity_sale for select to {{public}}, {{resident}} using (state in ('open', 'closed'));
create policy charity_sale_place_everyone_reads on charity_sale_place for select to {{everyone}} using (true);
create policy charity_sale_place_system on charity_sale_place to {{system}} using (true) with check (true);
create policy charity_sale_thing_everyone_reads on charity_sale_thing for select to {{everyone}} using (true);
create policy charity_sale_thing_system on charity_sale_thing to {{system}} using (true) with check (true);
create policy charity_sale_result_everyone_reads on charity_sale_result for select to {{everyone}} using (true);
create policy charity_sale_result_system on charity_sale_result to {{system}} using (true) with check (true);
create policy proceeds_settlement_everyone_reads on proceeds_settlement for select to {{everyone}} using (true);
create policy proceeds_settlement_system on proceeds_settlement to {{system}} using (true) with check (true);
grant select (id, serial, number, name, purpose, target_kind, target_id, opens_on, closes_on, is_online, state, opened_at,
  closed_at) on charity_sale to {{public}}, {{resident}};
grant select on charity_sale to {{federation}}, {{staff}}, {{station}};
grant select on charity_sale_place, charity_sale_result to {{everyone}};
grant select (variant_id, sale_id, donor_name, unit_value_fen, pieces_offered, pieces_left) on charity_sale_thing to {{everyone}};
grant select on charity_sale_thing to {{federation}}, {{staff}};
grant select (sale_id, number, target_id, orders, gross_fen, returned_fen, net_fen, paid_on) on proceeds_settlement to {{everyone}};
grant select on proceeds_settlement to {{federation}};
grant update (state, reason, version) on charity_sale to {{federation}};
grant select, insert, update (state, agreement_paper_id, plan_paper_id, approval_id, opened_at, closed_at, reason, version)
  on charity_sale to {{system}};
grant select, insert on charity_sale_place, charity_sale_result, proceeds_settlement to {{system}};
grant select, insert, delete, update (pieces_offered, pieces_left) on charity_sale_thing to {{system}};
