-- Shares of group-buys are paid into sellers' own numbers like orders are: under which number of the payment service, and
-- since when somebody may be paying, so that a payment nobody told of is asked about.
alter table group_share
  add column transaction text constraint group_share_transaction_once unique,
  add column pay_begun_at timestamptz;
create index group_share_paying on group_share (pay_begun_at) where pay_begun_at is not null and paid_at is null;
-- Why the payment service will not send one back; it stays under way, and is asked for again.
alter table group_refund add column refusal text;

-- What a seller's channel has proved and no order fits: another sum than was ordered, or no order at all. The money lies in
-- the seller's number; a person finds out what it is and notes it.
create table seller_notice (
  id uuid primary key,
  seller text not null,
  kind text not null check (kind in ('paid', 'refunded')),
  order_number text not null,
  transaction text not null,
  amount_fen bigint not null check (amount_fen >= 0),
  received_at timestamptz not null,
  last_at timestamptz not null,
  times int not null default 1 check (times >= 1),
  -- What of ours it names, where there is such an order, and what that was for.
  order_id uuid,
  expected_fen bigint,
  cleared_at timestamptz,
  cleared_by uuid references account,
  cleared_how text,
  constraint seller_notice_once unique (seller, kind, transaction),
  constraint seller_notice_cleared_whole check (num_nulls(cleared_at, cleared_by, cleared_how) in (0, 3))
);
create index seller_notice_open on seller_notice (received_at) where cleared_at is null;
alter table seller_notice enable row level security;
alter table seller_notice force row level security;
create policy seller_notice_system on seller_notice to {{system}} using (true) with check (true);
grant select, insert, update (last_at, times, cleared_at, cleared_by, cleared_how) on seller_notice to {{system}};
