-- Entitlements are used at counters. Which goods one may pay for is written beside it; its rotating code comes from a
-- key of its own, which a new version makes anew. What must end while a counter holds it ends when the hold does.
alter table entitlement drop constraint entitlement_kind_check;
alter table entitlement add constraint entitlement_kind_check
  check (kind in ('voucher', 'meal_card', 'coupon', 'pack', 'hours'));
alter table entitlement
  add column goods text[] not null default '{}',
  add column code_version int not null default 0,
  add column ends_as text check (ends_as in ('expired', 'cancelled'));
grant update (code_version, ends_as) on entitlement to {{system}};
grant update (ends_as) on entitlement to {{staff}}, {{federation}};

-- A code printed for who has no phone: one at a time. It says nothing alone: her word or the last digits of her
-- ID number belong to it. Five wrong ones close it.
create table entitlement_paper (
  id uuid primary key,
  entitlement_id uuid not null references entitlement,
  code_hash bytea not null constraint entitlement_paper_code_once unique,
  word_hash bytea not null,
  failures int not null default 0,
  printed_at timestamptz not null,
  printed_by uuid references account,
  ended_at timestamptz
);
create unique index entitlement_paper_one on entitlement_paper (entitlement_id) where ended_at is null;
alter table entitlement_paper enable row level security;
alter table entitlement_paper force row level security;
create policy entitlement_paper_system on entitlement_paper to {{system}} using (true) with check (true);
grant select, insert, update (failures, ended_at) on entitlement_paper to {{system}};

-- A code that was shown at a counter. The moment of a rotating code counts once in the whole district: a photograph
-- of it shown again, wherever, cannot be written.
create table entitlement_scan (
  id uuid primary key,
  entitlement_id uuid not null references entitlement,
  step bigint,
  paper_id uuid references entitlement_paper,
  place_id uuid not null references service_point,
  till_id uuid not null,
  at timestamptz not null,
  by_account_id uuid references account,
  used_at timestamptz,
  constraint entitlement_scan_once unique (entitlement_id, step),
  check (num_nonnulls(step, paper_id) = 1)
);
alter table entitlement_scan enable row level security;
alter table entitlement_scan force row level security;
create policy entitlement_scan_system on entitlement_scan to {{system}} using (true) with check (true);
grant select, insert, update (used_at) on entitlement_scan to {{system}};

-- The value of an entitlement that a counter took along to where there is no network: one counter at a time. It ends
-- when the counter has sent all it sold, or when a named person writes it off; never by time.
create table entitlement_hold (
  id uuid primary key,
  entitlement_id uuid not null references entitlement,
  place_id uuid not null references service_point,
  till_id uuid not null,
  held_at timestamptz not null,
  held_by uuid references account,
  ended_at timestamptz,
  ended_how text check (ended_how in ('sync', 'write_off')),
  ended_by uuid references account,
  reason text,
  constraint entitlement_hold_ended_whole check (num_nulls(ended_at, ended_how) in (0, 2)),
  constraint entitlement_hold_reason check ((ended_how is distinct from 'write_off') or (reason is not null and ended_by is not null))
);
create unique index entitlement_hold_one on entitlement_hold (entitlement_id) where ended_at is null;
create index entitlement_hold_of_till on entitlement_hold (till_id) where ended_at is null;
alter table entitlement_hold enable row level security;
alter table entitlement_hold force row level security;
create policy entitlement_hold_system on entitlement_hold to {{system}} using (true) with check (true);
create policy entitlement_hold_seen on entitlement_hold for select to {{resident}}, {{staff}}, {{federation}} using (true);
grant select on entitlement_hold to {{resident}}, {{staff}}, {{federation}};
grant select, insert, update (ended_at, ended_how, ended_by, reason) on entitlement_hold to {{system}};

-- What an entitlement paid for, in general words; the ledger has the amounts, and posts each under this row's key.
create table entitlement_use (
  id uuid primary key,
  key text not null constraint entitlement_use_once unique,
  entitlement_id uuid not null references entitlement,
  account_id uuid references account,
  area_id int not null references area,
  amount_fen bigint not null check (amount_fen > 0),
  given_back_fen bigint not null default 0,
  merchant_id uuid not null,
  -- The account that says what the fund owes the merchant.
  payable_id uuid not null,
  place_id uuid not null references service_point,
  scan_id uuid constraint entitlement_use_per_scan unique references entitlement_scan,
  hold_id uuid references entitlement_hold,
  goods text[] not null,
  at timestamptz not null,
  posted_at timestamptz not null,
  by_account_id uuid references account,
  check (given_back_fen between 0 and amount_fen),
  check (num_nonnulls(scan_id, hold_id) = 1)
);
create index entitlement_use_of on entitlement_use (entitlement_id, at desc);
create index entitlement_use_of_merchant on entitlement_use (merchant_id, posted_at);
alter table entitlement_use enable row level security;
alter table entitlement_use force row level security;
create policy entitlement_use_own on entitlement_use for select to {{resident}} using ({{own_account}});
create policy entitlement_use_area on entitlement_use for select to {{staff}} using ({{in_areas}});
create policy entitlement_use_federation on entitlement_use for select to {{federation}} using (true);
create policy entitlement_use_system on entitlement_use to {{system}} using (true) with check (true);
create policy entitlement_use_owner on entitlement_use for select to current_user using (true);
grant select (id, entitlement_id, account_id, area_id, amount_fen, given_back_fen, place_id, goods, at) on entitlement_use to {{resident}}, {{staff}};
grant select on entitlement_use to {{federation}}, {{system}};
grant insert, update (given_back_fen, account_id) on entitlement_use to {{system}};

-- For traces: what movements out of entitlements bought, in general words only; neither whose nor where.
create function redeemed_goods(p_uses uuid[])
returns table (use_id uuid, goods text[])
language sql stable security definer set search_path from current as $$
  select u.id, u.goods from entitlement_use u where u.id = any(p_uses)
$$;
revoke all on function redeemed_goods from public;
grant execute on function redeemed_goods to {{everyone}};
