-- One buying: on the phone, at the till, out of a group-buy. The seller's money never enters the ledger; what enters it
-- are the pieces, the merchant's 2 % and what vouchers paid.
create table sale_order (
  id uuid primary key,
  serial bigint generated always as identity,
  number text not null generated always as ('XS' || lpad(serial::text, greatest(7, length(serial::text)), '0')) stored
    constraint sale_order_number_once unique,
  -- Made by whoever asks: the same key is the same order, however often it is sent.
  key uuid not null constraint sale_order_key_once unique,
  channel text not null check (channel in ('mall', 'till', 'group_buy', 'charity_sale')),
  kind text not null check (kind in ('counter', 'pick_up', 'delivery')),
  state text not null check (state in ('waiting', 'paid', 'ready', 'collected', 'cancelled', 'refunded')),
  place_id uuid not null references service_point,
  area_id int not null references area,
  -- Whose account bought, where that is known. Never printed, never shown to the till.
  account_id uuid references account,
  -- Who serves: the operator of the till, the worker who hands over.
  by_account_id uuid references account,
  goods_fen bigint not null check (goods_fen > 0),
  promise_fen bigint not null check (promise_fen >= 0),
  refunded_fen bigint not null default 0 check (refunded_fen between 0 and goods_fen),
  voucher_fen bigint not null default 0 check (voucher_fen >= 0),
  placed_at timestamptz not null,
  pay_until timestamptz,
  paid_at timestamptz,
  collected_at timestamptz,
  cancelled_at timestamptz,
  cancel_reason text,
  -- Six digits that the buyer says at the station.
  pick_up_code text,
  -- Where to bring it and whom to call; sealed with the account's key.
  delivery_sealed bytea,
  version int not null default 0,
  constraint sale_order_paid_has_time check (state in ('waiting', 'cancelled') or paid_at is not null),
  check (kind <> 'delivery' or account_id is not null)
);
create index sale_order_by_account on sale_order (account_id, serial desc);
create index sale_order_by_place on sale_order (place_id, serial desc);
create index sale_order_by_area_day on sale_order (area_id, paid_at);
create index sale_order_waiting on sale_order (pay_until) where state = 'waiting';
create unique index sale_order_pick_up_code_once on sale_order (place_id, pick_up_code) where state in ('paid', 'ready');

-- What of an order is one merchant's: the 2 % is reckoned on this, half up, and spread over its lines.
create table sale_part (
  id uuid primary key,
  order_id uuid not null references sale_order,
  merchant_id uuid not null references merchant,
  place_id uuid not null references service_point,
  area_id int not null references area,
  account_id uuid references account,
  share_basis_points int not null check (share_basis_points between 0 and 10000),
  goods_fen bigint not null check (goods_fen > 0),
  promise_fen bigint not null check (promise_fen >= 0),
  refunded_fen bigint not null default 0 check (refunded_fen between 0 and goods_fen),
  constraint sale_part_once unique (order_id, merchant_id)
);
create index sale_part_by_merchant on sale_part (merchant_id);
create table sale_line (
  id uuid primary key,
  order_id uuid not null references sale_order,
  part_id uuid not null references sale_part,
  area_id int not null references area,
  account_id uuid references account,
  position int not null,
  variant_id uuid not null references product_variant,
  item_id uuid not null references goods_item,
  title text not null,
  unit text not null,
  quantity int not null check (quantity > 0),
  per_quantity int not null check (per_quantity > 0),
  price_fen bigint not null check (price_fen > 0),
  -- Which price was taken stays inside: a slip never says why it was lower.
  price_kind text not null check (price_kind in ('everyone', 'member', 'hardship', 'set')),
  discount_fen bigint not null default 0 check (discount_fen >= 0),
  amount_fen bigint not null check (amount_fen >= 0),
  promise_fen bigint not null check (promise_fen >= 0),
  refunded_quantity int not null default 0,
  refunded_fen bigint not null default 0,
  -- Of its 2 %, what is left after refunds.
  promise_left_fen bigint not null check (promise_left_fen >= 0),
  constraint sale_line_refund_within check (refunded_quantity between 0 and quantity and refunded_fen between 0 and amount_fen),
  constraint sale_line_once unique (order_id, position)
);
create index sale_line_by_part on sale_line (part_id);
create index sale_line_by_item on sale_line (item_id);
-- Of which lot each line was, and where its pieces lie until they are paid or handed over.
create table sale_piece (
  line_id uuid not null references sale_line,
  stock_id uuid not null references goods_stock,
  lot_id uuid not null references goods_lot,
  area_id int not null references area,
  -- The account they were set aside in; null when they left the shelf with the sale.
  account_id uuid,
  quantity int not null check (quantity > 0),
  returned int not null default 0,
  primary key (line_id, stock_id),
  constraint sale_piece_returned_within check (returned between 0 and quantity)
);
create index sale_piece_by_lot on sale_piece (lot_id);
create index sale_piece_by_stock on sale_piece (stock_id);

-- What an order was paid with: money into the seller's own number, or entitlements.
create table sale_payment (
  id uuid primary key,
  order_id uuid not null references sale_order,
  area_id int not null references area,
  account_id uuid references account,
  position int not null,
  means text not null check (means in ('cash', 'wechat', 'alipay', 'sandbox', 'voucher', 'coupon')),
  merchant_id uuid not null references merchant,
  amount_fen bigint not null check (amount_fen > 0),
  refunded_fen bigint not null default 0,
  state text not null check (state in ('waiting', 'paid')),
  -- The payment service's number; for a voucher the entitlement.
  reference text not null default '',
  entitlement_id uuid,
  constraint sale_payment_refund_within check (refunded_fen between 0 and amount_fen),
  constraint sale_payment_once unique (order_id, position),
  check ((means in ('voucher', 'coupon')) = (entitlement_id is not null))
);
create unique index sale_payment_reference_once on sale_payment (means, reference)
  where means in ('wechat', 'alipay', 'sandbox') and state = 'paid';
create index sale_payment_by_entitlement on sale_payment (entitlement_id) where entitlement_id is not null;

-- Given back, in part or whole: which lines, why, and with what.
create table sale_refund (
  id uuid primary key,
  serial bigint generated always as identity,
  number text not null generated always as ('TK' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored,
  key uuid not null constraint sale_refund_key_once unique,
  order_id uuid not null references sale_order,
  area_id int not null references area,
  account_id uuid references account,
  amount_fen bigint not null check (amount_fen > 0),
  promise_fen bigint not null check (promise_fen >= 0),
  reason text not null,
  at timestamptz not null,
  by_account_id uuid references account,
  -- The supervisor whose code allowed it, at a till.
  allowed_by uuid references account
);
create index sale_refund_by_order on sale_refund (order_id);
create table sale_refund_line (
  refund_id uuid not null references sale_refund,
  line_id uuid not null references sale_line,
  area_id int not null references area,
  account_id uuid references account,
  quantity int not null check (quantity >= 0),
  amount_fen bigint not null check (amount_fen >= 0),
  promise_fen bigint not null,
  restocked boolean not null,
  primary key (refund_id, line_id)
);
create table sale_refund_payment (
  refund_id uuid not null references sale_refund,
  payment_id uuid not null references sale_payment,
  area_id int not null references area,
  account_id uuid references account,
  amount_fen bigint not null check (amount_fen > 0),
  -- `asked`: an order to the seller's number to give back; vouchers and cash are given back at once.
  state text not null check (state in ('asked', 'done')),
  primary key (refund_id, payment_id)
);

-- What sales and refunds make merchants owe (their share) and be owed (vouchers). A row is settled once: the batch's
-- name is written into it under its lock, and what comes later belongs to the next batch.
create table sale_posting (
  id uuid primary key,
  kind text not null check (kind in ('share', 'voucher')),
  part_id uuid not null references sale_part,
  merchant_id uuid not null references merchant,
  place_id uuid not null references service_point,
  area_id int not null references area,
  -- More than zero for a sale, less for a refund.
  amount_fen bigint not null check (amount_fen <> 0),
  goods_fen bigint not null,
  -- The refund it comes from, and for vouchers whose.
  refund_id uuid references sale_refund,
  entitlement_id uuid,
  -- The ledger's entry; null while a refund of something settled waits for the next batch.
  transfer_id uuid,
  at timestamptz not null,
  batch_id uuid
);
create index sale_posting_open on sale_posting (merchant_id, at) where batch_id is null;
create index sale_posting_by_part on sale_posting (part_id);
create index sale_posting_by_batch on sale_posting (batch_id);
create index sale_posting_by_place on sale_posting (place_id, at);

alter table sale_order enable row level security;
alter table sale_order force row level security;
alter table sale_part enable row level security;
alter table sale_part force row level security;
alter table sale_line enable row level security;
alter table sale_line force row level security;
alter table sale_piece enable row level security;
alter table sale_piece force row level security;
alter table sale_payment enable row level security;
alter table sale_payment force row level security;
alter table sale_refund enable row level security;
alter table sale_refund force row level security;
alter table sale_refund_line enable row level security;
alter table sale_refund_line force row level security;
alter table sale_refund_payment enable row level security;
alter table sale_refund_payment force row level security;
alter table sale_posting enable row level security;
alter table sale_posting force row level security;
create policy sale_order_system on sale_order to {{system}} using (true) with check (true);
create policy sale_order_federation on sale_order for select to {{federation}} using (true);
create policy sale_order_area on sale_order for select to {{staff}}, {{station}} using ({{in_areas}});
create policy sale_order_own on sale_order for select to {{resident}} using ({{own_account}});
create policy sale_part_system on sale_part to {{system}} using (true) with check (true);
create policy sale_part_federation on sale_part for select to {{federation}} using (true);
create policy sale_part_area on sale_part for select to {{staff}}, {{station}} using ({{in_areas}});
create policy sale_part_own on sale_part for select to {{resident}} using ({{own_account}});
create policy sale_line_system on sale_line to {{system}} using (true) with check (true);
create policy sale_line_federation on sale_line for select to {{federation}} using (true);
create policy sale_line_area on sale_line for select to {{staff}}, {{station}} using ({{in_areas}});
create policy sale_line_own on sale_line for select to {{resident}} using ({{own_account}});
create policy sale_piece_system on sale_piece to {{system}} using (true) with check (true);
create policy sale_piece_federation on sale_piece for select to {{federation}} using (true);
create policy sale_piece_area on sale_piece for select to {{staff}}, {{station}} using ({{in_areas}});
create policy sale_payment_system on sale_payment to {{system}} using (true) with check (true);
create policy sale_payment_federation on sale_payment for select to {{federation}} using (true);
create policy sale_payment_area on sale_payment for select to {{staff}}, {{station}} using ({{in_areas}});
create policy sale_payment_own on sale_payment for select to {{resident}} using ({{own_account}});
create policy sale_refund_system on sale_refund to {{system}} using (true) with check (true);
create policy sale_refund_federation on sale_refund for select to {{federation}} using (true);
create policy sale_refund_area on sale_refund for select to {{staff}}, {{station}} using ({{in_areas}});
create policy sale_refund_own on sale_refund for select to {{resident}} using ({{own_account}});
create policy sale_refund_line_system on sale_refund_line to {{system}} using (true) with check (true);
create policy sale_refund_line_federation on sale_refund_line for select to {{federation}} using (true);
create policy sale_refund_line_area on sale_refund_line for select to {{staff}}, {{station}} using ({{in_areas}});
create policy sale_refund_line_own on sale_refund_line for select to {{resident}} using ({{own_account}});
create policy sale_refund_payment_system on sale_refund_payment to {{system}} using (true) with check (true);
create policy sale_refund_payment_federation on sale_refund_payment for select to {{federation}} using (true);
create policy sale_refund_payment_own on sale_refund_payment for select to {{resident}} using ({{own_account}});
create policy sale_posting_system on sale_posting to {{system}} using (true) with check (true);
create policy sale_posting_federation on sale_posting to {{federation}} using (true) with check (true);
create policy sale_posting_area on sale_posting for select to {{staff}}, {{station}} using ({{in_areas}});
grant select, insert, update on sale_order, sale_part, sale_line, sale_piece, sale_payment, sale_refund_payment to {{system}};
grant select, insert on sale_refund, sale_refund_line to {{system}};
grant select, insert, update (batch_id, transfer_id) on sale_posting to {{system}}, {{federation}};
-- Which price a buyer got, who she is and where she lives is nobody's at the station.
grant select (id, serial, number, key, channel, kind, state, place_id, area_id, by_account_id, goods_fen, promise_fen,
  refunded_fen, voucher_fen, placed_at, pay_until, paid_at, collected_at, cancelled_at, cancel_reason, pick_up_code, version)
  on sale_order to {{federation}}, {{staff}}, {{station}};
grant select (id, order_id, merchant_id, place_id, area_id, share_basis_points, goods_fen, promise_fen, refunded_fen)
  on sale_part to {{federation}}, {{staff}}, {{station}};
grant select (id, order_id, part_id, area_id, position, variant_id, item_id, title, unit, quantity, per_quantity,
  discount_fen, amount_fen, promise_fen, refunded_quantity, refunded_fen, promise_left_fen)
  on sale_line to {{federation}}, {{staff}}, {{station}};
grant select on sale_piece to {{federation}}, {{staff}}, {{station}};
grant select (id, order_id, area_id, position, means, merchant_id, amount_fen, refunded_fen, state, reference)
  on sale_payment to {{federation}}, {{staff}}, {{station}};
grant select (id, serial, number, key, order_id, area_id, amount_fen, promise_fen, reason, at, by_account_id, allowed_by)
  on sale_refund to {{federation}}, {{staff}}, {{station}};
grant select (refund_id, line_id, area_id, quantity, amount_fen, promise_fen, restocked) on sale_refund_line to {{federation}}, {{staff}}, {{station}};
grant select (refund_id, payment_id, area_id, amount_fen, state) on sale_refund_payment to {{federation}};
grant select (id, kind, part_id, merchant_id, place_id, area_id, amount_fen, goods_fen, at, batch_id) on sale_posting to {{staff}}, {{station}};
grant select on sale_order, sale_part, sale_line, sale_payment, sale_refund, sale_refund_line, sale_refund_payment to {{resident}};
