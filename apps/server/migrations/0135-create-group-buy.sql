-- A group-buy of a station: what it sells, from how many pieces on it happens, until when one may join.
create table group_buy (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('TG-' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored
    constraint group_buy_number_once unique,
  code text not null constraint group_buy_code_once unique,
  place_id uuid not null references service_point,
  area_id int not null references area,
  merchant_id uuid not null references merchant,
  merchant_name text not null,
  variant_id uuid not null references product_variant,
  title text not null,
  unit text not null,
  per_quantity int not null check (per_quantity > 0),
  description text not null,
  minimum_pieces int not null check (minimum_pieces > 0),
  limit_pieces int not null,
  household_pieces int not null check (household_pieces > 0),
  hold_minutes int not null check (hold_minutes between 1 and 60),
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  pick_up_on date not null,
  pick_up_hours text not null,
  state text not null default 'open'
    check (state in ('open', 'reached', 'ordered', 'arrived', 'done', 'failed')),
  end_reason text,
  price_fen bigint check (price_fen > 0),
  decided_at timestamptz,
  order_reference text,
  ordered_at timestamptz,
  arrived_at timestamptz,
  opened_by uuid references account,
  form_id uuid not null constraint group_buy_form_once unique,
  constraint group_buy_limit check (limit_pieces >= minimum_pieces),
  constraint group_buy_ends_after_it_opens check (closes_at > opens_at),
  constraint group_buy_decided check ((state = 'open') = (decided_at is null)),
  constraint group_buy_priced check ((state in ('open', 'failed')) = (price_fen is null)),
  constraint group_buy_failed_why check ((state = 'failed') = (end_reason is not null)),
  constraint group_buy_ordered check ((state in ('ordered', 'arrived', 'done')) = (ordered_at is not null)),
  constraint group_buy_arrived check ((state in ('arrived', 'done')) = (arrived_at is not null))
);
create index group_buy_by_place on group_buy (place_id);
create index group_buy_to_decide on group_buy (closes_at) where state = 'open';
alter table group_buy enable row level security;
alter table group_buy force row level security;
create policy group_buy_everyone_reads on group_buy for select to {{everyone}} using (true);
create policy group_buy_system on group_buy to {{system}} using (true) with check (true);
grant select on group_buy to {{everyone}};
grant insert, update on group_buy to {{system}};

-- From so many pieces on, each costs so many fen.
create table group_buy_step (
  group_id uuid not null references group_buy,
  from_pieces int not null check (from_pieces > 0),
  price_fen bigint not null check (price_fen > 0),
  primary key (group_id, from_pieces)
);
alter table group_buy_step enable row level security;
alter table group_buy_step force row level security;
create policy group_buy_step_everyone_reads on group_buy_step for select to {{everyone}} using (true);
create policy group_buy_step_adds on group_buy_step for insert to {{system}} with check (true);
grant select on group_buy_step to {{everyone}};
grant insert on group_buy_step to {{system}};

-- The one row that is locked when pieces are given out. Its check is what no mistake above it can get past: never more
-- pieces are set aside and paid than there are. Nobody waits while a piece is free.
create table group_buy_shelf (
  group_id uuid primary key references group_buy,
  limit_pieces int not null check (limit_pieces > 0),
  held_pieces int not null default 0 check (held_pieces >= 0),
  paid_pieces int not null default 0 check (paid_pieces >= 0),
  waiting int not null default 0 check (waiting >= 0),
  next_place int not null default 1,
  closes_at timestamptz not null,
  is_closed boolean not null default false,
  constraint group_buy_shelf_never_oversold check (held_pieces + paid_pieces <= limit_pieces),
  constraint group_buy_shelf_nobody_waits_for_a_free_piece check (waiting = 0 or held_pieces + paid_pieces = limit_pieces)
) with (fillfactor = 20);
alter table group_buy_shelf enable row level security;
alter table group_buy_shelf force row level security;
create policy group_buy_shelf_everyone_reads on group_buy_shelf for select to {{everyone}} using (true);
create policy group_buy_shelf_system on group_buy_shelf to {{system}} using (true) with check (true);
grant select on group_buy_shelf to {{everyone}};
grant insert, update on group_buy_shelf to {{system}};

-- What a household takes part with. Once a group: the index decides, not a look before.
create table group_share (
  id uuid primary key,
  group_id uuid not null references group_buy,
  area_id int not null,
  place int not null,
  account_id uuid not null references account,
  -- The household, or the account of somebody who is in none on file.
  household_key uuid not null,
  wanted int not null check (wanted > 0),
  pieces int not null check (pieces between 0 and wanted),
  state text not null check (state in ('waiting', 'held', 'paid', 'sold_out', 'lapsed', 'returning', 'returned', 'picked_up')),
  joined_at timestamptz not null,
  held_until timestamptz,
  paid_fen bigint not null default 0 check (paid_fen >= 0),
  paid_at timestamptz,
  entry_id uuid,
  settled_at timestamptz,
  picked_up_at timestamptz,
  picked_up_by uuid references account,
  pick_up_note text,
  chased_at timestamptz,
  constraint group_share_place_once unique (group_id, place),
  constraint group_share_held check ((state = 'held') <= (held_until is not null)),
  constraint group_share_pieces check ((state in ('held', 'paid', 'picked_up')) <= (pieces > 0)),
  constraint group_share_paid check ((state in ('paid', 'returning', 'returned', 'picked_up')) = (paid_at is not null)),
  constraint group_share_picked_up check ((state = 'picked_up') = (picked_up_at is not null))
);
create unique index group_share_once on group_share (group_id, household_key)
  where state in ('waiting', 'held', 'paid', 'picked_up');
create index group_share_waiting on group_share (group_id, place) where state = 'waiting';
create index group_share_held_until on group_share (held_until) where state = 'held';
create index group_share_to_settle on group_share (group_id) where state in ('paid', 'returning', 'picked_up') and settled_at is null;
create index group_share_by_account on group_share (account_id);
alter table group_share enable row level security;
alter table group_share force row level security;
create policy group_share_own on group_share for select to {{resident}} using ({{own_account}});
create policy group_share_area on group_share for select to {{staff}}, {{station}} using ({{in_areas}});
create policy group_share_federation on group_share for select to {{federation}} using (true);
create policy group_share_system on group_share to {{system}} using (true) with check (true);
grant select on group_share to {{resident}}, {{staff}}, {{station}}, {{federation}}, {{system}};
grant insert, update on group_share to {{system}};

-- Money the seller's channel is to send back: all of a payment, or what it was above the price reached. Its id is the
-- refund number, so that asking twice is one refund.
create table group_refund (
  share_id uuid not null references group_share,
  kind text not null check (kind in ('whole', 'difference', 'late')),
  id uuid not null constraint group_refund_number_once unique,
  group_id uuid not null references group_buy,
  area_id int not null,
  amount_fen bigint not null check (amount_fen > 0),
  state text not null default 'asked' check (state in ('asked', 'done')),
  asked_at timestamptz not null,
  tries int not null default 0,
  done_at timestamptz,
  primary key (share_id, kind),
  constraint group_refund_done check ((state = 'done') = (done_at is not null))
);
create index group_refund_under_way on group_refund (asked_at) where state = 'asked';
create index group_refund_by_group on group_refund (group_id);
alter table group_refund enable row level security;
alter table group_refund force row level security;
create policy group_refund_area on group_refund for select to {{staff}}, {{station}} using ({{in_areas}});
create policy group_refund_federation on group_refund for select to {{federation}} using (true);
create policy group_refund_system on group_refund to {{system}} using (true) with check (true);
grant select on group_refund to {{staff}}, {{station}}, {{federation}}, {{system}};
grant insert, update on group_refund to {{system}};

-- How many refunds of a group are under way, for its public page: counts only.
create function group_refund_counts(p_groups uuid[])
returns table (group_id uuid, under_way bigint, done bigint)
language sql stable security definer set search_path from current as $$
  select r.group_id, count(*) filter (where r.state = 'asked'), count(*) filter (where r.state = 'done')
  from group_refund r where r.group_id = any(p_groups) group by r.group_id
$$;
create policy group_refund_owner on group_refund for select to current_user using (true);
revoke all on function group_refund_counts from public;
grant execute on function group_refund_counts to {{everyone}};
