-- Who sells: an organisation with an agreement on file. The person who put it on file is neither the one who agreed to
-- that nor the one who settles with it later.
create table merchant (
  id uuid primary key references organization,
  serial int generated always as identity,
  code text not null generated always as ('SJ' || lpad(serial::text, greatest(4, length(serial::text)), '0')) stored
    constraint merchant_code_once unique,
  -- Its own number with the payment service: sales money goes there and nowhere else.
  payment_number text not null constraint merchant_payment_number_once unique,
  contact_telephone text not null default '',
  state text not null check (state in ('proposed', 'active', 'suspended', 'refused')),
  proposed_at timestamptz not null,
  proposed_by uuid references account,
  decided_at timestamptz,
  decided_by uuid references account,
  suspend_reason text,
  form_id uuid not null constraint merchant_form_once unique,
  version int not null default 0,
  constraint merchant_two_people check (decided_by is null or decided_by <> proposed_by),
  check ((state = 'proposed') = (decided_at is null))
);
alter table merchant enable row level security;
alter table merchant force row level security;
create policy merchant_everyone_reads on merchant for select to {{everyone}} using (true);
create policy merchant_office on merchant to {{federation}}, {{system}} using (true) with check (true);
grant select (id, serial, code, state) on merchant to {{everyone}};
grant select on merchant to {{staff}}, {{station}};
grant select, insert, update (state, decided_at, decided_by, suspend_reason, payment_number, contact_telephone, version)
  on merchant to {{federation}}, {{system}};

-- The signed paper: nothing sells before it, and what share of each sale the merchant gives stands in it.
create table merchant_agreement (
  id uuid primary key,
  merchant_id uuid not null references merchant,
  paper_id uuid not null,
  share_basis_points int not null check (share_basis_points between 200 and 10000),
  signed_on date not null,
  valid_from date not null,
  valid_until date not null,
  added_at timestamptz not null,
  added_by uuid references account,
  ended_on date,
  check (valid_until >= valid_from)
);
create index merchant_agreement_by_merchant on merchant_agreement (merchant_id, valid_until);
-- What it must hold to sell; food wants a licence of its own. Past its day the sale stops.
create table merchant_licence (
  id uuid primary key,
  merchant_id uuid not null references merchant,
  kind text not null check (kind in ('business', 'food')),
  number text not null,
  valid_until date not null,
  paper_id uuid,
  added_at timestamptz not null,
  added_by uuid references account,
  constraint merchant_licence_once unique (merchant_id, kind, number, valid_until)
);
alter table merchant_agreement enable row level security;
alter table merchant_agreement force row level security;
alter table merchant_licence enable row level security;
alter table merchant_licence force row level security;
create policy merchant_agreement_everyone_reads on merchant_agreement for select to {{everyone}} using (true);
create policy merchant_agreement_office on merchant_agreement to {{federation}}, {{system}} using (true) with check (true);
create policy merchant_licence_everyone_reads on merchant_licence for select to {{everyone}} using (true);
create policy merchant_licence_office on merchant_licence to {{federation}}, {{system}} using (true) with check (true);
grant select (id, merchant_id, share_basis_points, signed_on, valid_from, valid_until, ended_on) on merchant_agreement to {{everyone}};
grant select (id, merchant_id, kind, valid_until) on merchant_licence to {{everyone}};
grant select on merchant_agreement, merchant_licence to {{staff}};
grant select, insert, update (ended_on) on merchant_agreement to {{federation}}, {{system}};
grant select, insert on merchant_licence to {{federation}}, {{system}};

-- What is on sale. Where and how many of it there are is kept by the ledger, in pieces of each variant's item.
create table product (
  id uuid primary key,
  serial int generated always as identity,
  code text not null generated always as ('SP' || lpad(serial::text, greatest(5, length(serial::text)), '0')) stored
    constraint product_code_once unique,
  merchant_id uuid not null references merchant,
  title text not null,
  detail text not null default '',
  category text not null check (category in ('grain_oil', 'fresh', 'snack', 'drink', 'household', 'care', 'clothing', 'other',
    'meal', 'pack', 'alcohol', 'tobacco')),
  needs_food_licence boolean not null,
  state text not null check (state in ('draft', 'on_sale', 'off')),
  -- Words it is found by: title, category, seller, labels; small letters, no spaces.
  search_text text not null,
  created_at timestamptz not null,
  created_by uuid references account,
  form_id uuid not null constraint product_form_once unique,
  version int not null default 0
);
create index product_by_merchant on product (merchant_id);
create table product_variant (
  id uuid primary key,
  product_id uuid not null references product,
  merchant_id uuid not null references merchant,
  item_id uuid not null references goods_item,
  label text not null default '',
  position int not null,
  -- Prices hold for so many pieces of the item: 1 bag, or 500 of its grams.
  per_quantity int not null check (per_quantity > 0),
  price_fen bigint not null check (price_fen > 0),
  member_price_fen bigint check (member_price_fen > 0 and member_price_fen <= price_fen),
  hardship_price_fen bigint check (hardship_price_fen > 0 and hardship_price_fen <= price_fen),
  bar_code text constraint product_variant_bar_code_once unique,
  is_off boolean not null default false,
  constraint product_variant_once unique (product_id, item_id)
);
create index product_variant_by_product on product_variant (product_id, position);
create index product_variant_by_item on product_variant (item_id);
alter table product enable row level security;
alter table product force row level security;
alter table product_variant enable row level security;
alter table product_variant force row level security;
create policy product_everyone_reads on product for select to {{everyone}} using (true);
create policy product_office on product to {{federation}}, {{system}} using (true) with check (true);
create policy product_variant_everyone_reads on product_variant for select to {{everyone}} using (true);
create policy product_variant_office on product_variant to {{federation}}, {{system}} using (true) with check (true);
grant select on product, product_variant to {{everyone}};
grant select, insert, update (title, detail, category, needs_food_licence, state, search_text, version) on product to {{federation}}, {{system}};
grant select, insert, update (label, position, per_quantity, price_fen, member_price_fen, hardship_price_fen, bar_code, is_off)
  on product_variant to {{federation}}, {{system}};

-- Every price that ever held, for the question "what did it cost then".
create table product_price (
  variant_id uuid not null references product_variant,
  since timestamptz not null,
  price_fen bigint not null,
  member_price_fen bigint,
  hardship_price_fen bigint,
  set_by uuid references account,
  primary key (variant_id, since)
);
alter table product_price enable row level security;
alter table product_price force row level security;
create policy product_price_office on product_price to {{federation}}, {{system}} using (true) with check (true);
grant select, insert on product_price to {{federation}}, {{system}};

-- Members of the stations: free, by one's own word.
create table shop_member (
  account_id uuid primary key references account,
  serial int generated always as identity,
  code text not null generated always as ('HY' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored
    constraint shop_member_code_once unique,
  since timestamptz not null
);
alter table shop_member enable row level security;
alter table shop_member force row level security;
create policy shop_member_own on shop_member to {{resident}} using ({{own_account}}) with check ({{own_account}});
create policy shop_member_system on shop_member to {{system}} using (true) with check (true);
grant select, insert on shop_member to {{resident}}, {{system}};
