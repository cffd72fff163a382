-- A period that is closed: what sales of it posted belongs to it for good, what comes later to the next.
create table settlement_batch (
  id uuid primary key,
  month text not null constraint settlement_batch_month_once unique check (month ~ '^\d{4}-\d{2}$'),
  frozen_at timestamptz not null,
  frozen_by uuid references account
);
-- One merchant's part of it: the share it pays, and what it is paid for vouchers.
create table settlement (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('JS' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored
    constraint settlement_number_once unique,
  batch_id uuid not null references settlement_batch,
  merchant_id uuid not null references merchant,
  orders int not null,
  goods_fen bigint not null,
  -- What is to be paid to the community funds after what was given back; never below zero.
  share_fen bigint not null check (share_fen >= 0),
  share_state text not null check (share_state in ('none', 'due', 'paid')),
  due_on date not null,
  paid_on date,
  bank_reference text constraint settlement_reference_once unique,
  settled_by uuid references account,
  -- A copy: who put a merchant on file does not settle with it.
  onboarded_by uuid references account,
  voucher_fen bigint not null check (voucher_fen >= 0),
  voucher_state text not null check (voucher_state in ('none', 'open', 'proposed', 'paid')),
  -- Of the vouchers, what the merchant owes back from earlier periods.
  voucher_carried_fen bigint not null default 0,
  proposal_id uuid,
  constraint settlement_once unique (batch_id, merchant_id),
  constraint settlement_not_by_onboarder check (settled_by is null or settled_by <> onboarded_by),
  check ((share_state = 'paid') = (paid_on is not null)),
  check ((voucher_state in ('proposed', 'paid')) = (proposal_id is not null))
);
create index settlement_by_merchant on settlement (merchant_id);
create index settlement_due on settlement (due_on) where share_state = 'due';
create index settlement_by_proposal on settlement (proposal_id) where proposal_id is not null;
-- The same by station, as each community's fund gets its own.
create table settlement_place (
  settlement_id uuid not null references settlement,
  place_id uuid not null references service_point,
  area_id int not null references area,
  orders int not null,
  goods_fen bigint not null,
  gross_fen bigint not null,
  returned_fen bigint not null,
  -- Given back of earlier periods and reckoned here.
  carried_fen bigint not null,
  net_fen bigint not null check (net_fen >= 0),
  fund_id uuid references fund,
  primary key (settlement_id, place_id)
);
alter table sale_posting add constraint sale_posting_of_batch foreign key (batch_id) references settlement_batch;
alter table settlement_batch enable row level security;
alter table settlement_batch force row level security;
alter table settlement enable row level security;
alter table settlement force row level security;
alter table settlement_place enable row level security;
alter table settlement_place force row level security;
create policy settlement_batch_everyone_reads on settlement_batch for select to {{everyone}} using (true);
create policy settlement_batch_office on settlement_batch to {{federation}}, {{system}} using (true) with check (true);
create policy settlement_everyone_reads on settlement for select to {{everyone}} using (true);
create policy settlement_office on settlement to {{federation}}, {{system}} using (true) with check (true);
create policy settlement_place_everyone_reads on settlement_place for select to {{everyone}} using (true);
create policy settlement_place_office on settlement_place to {{federation}}, {{system}} using (true) with check (true);
grant select (id, month, frozen_at) on settlement_batch to {{everyone}};
grant select (id, number, batch_id, merchant_id, orders, goods_fen, share_fen, share_state, due_on, paid_on) on settlement to {{everyone}};
grant select on settlement_place to {{everyone}};
grant select on settlement, settlement_batch to {{staff}};
grant select, insert on settlement_batch to {{federation}}, {{system}};
grant select, insert, update (share_state, paid_on, bank_reference, settled_by, voucher_state, proposal_id) on settlement to {{federation}}, {{system}};
grant select, insert, update (fund_id) on settlement_place to {{federation}}, {{system}};
grant insert on sale_posting to {{federation}};
-- The seller's account of vouchers is paid from like a fund.
alter table proposal drop constraint proposal_source_kind_check;
alter table proposal add constraint proposal_source_kind_check check (source_kind in ('fund', 'item', 'campaign', 'payable'));
