-- Notices of channels whose signature was checked, as they came and sealed with a key of their day. A repeat
-- is counted. What nobody could believe is not kept.
create table payment_notice (
  id uuid primary key,
  channel text not null,
  order_number text not null,
  sha256 bytea not null,
  outcome text not null,
  key_owner uuid not null,
  body_sealed bytea not null,
  received_at timestamptz not null,
  last_at timestamptz not null,
  times int not null check (times >= 1),
  constraint payment_notice_once unique (channel, sha256)
);
create index payment_notice_by_order on payment_notice (order_number);
alter table payment_notice enable row level security;
alter table payment_notice force row level security;
create policy payment_notice_payments on payment_notice to {{payments}} using (true) with check (true);
create policy payment_notice_system on payment_notice to {{system}} using (true) with check (true);
grant select, insert on payment_notice to {{payments}}, {{system}};
grant update (last_at, outcome, times) on payment_notice to {{payments}}, {{system}};
grant delete on payment_notice to {{system}};
