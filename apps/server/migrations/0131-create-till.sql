-- Counters of stations. A till is one browser at one place; who works at it must have the place in her areas.
create table till (
  id uuid primary key,
  place_id uuid not null references service_point,
  area_id int not null references area,
  name text not null,
  opened_at timestamptz not null,
  opened_by uuid references account,
  -- Wrong supervisor's codes since the last right one, and until when none is taken.
  failures int not null default 0,
  locked_until timestamptz,
  constraint till_name_once unique (place_id, name)
);

-- One person's time at a till: what lay in the drawer, what was rung up, what was counted.
create table till_shift (
  id uuid primary key,
  till_id uuid not null references till,
  area_id int not null references area,
  account_id uuid not null references account,
  float_fen bigint not null check (float_fen >= 0),
  opened_at timestamptz not null,
  closed_at timestamptz,
  note text
);
create unique index till_shift_one on till_shift (till_id) where closed_at is null;
create table till_shift_count (
  shift_id uuid not null references till_shift,
  means text not null,
  expected_fen bigint not null,
  counted_fen bigint not null,
  primary key (shift_id, means)
);

-- What a till rang up or gave back. A key that was refused may come again; one that was recorded stays.
create table till_entry (
  key uuid primary key,
  kind text not null check (kind in ('sale', 'refund')),
  till_id uuid not null references till,
  shift_id uuid not null references till_shift,
  area_id int not null references area,
  order_id uuid,
  number text,
  amount_fen bigint not null,
  share_fen bigint not null default 0,
  rung_at timestamptz not null,
  received_at timestamptz not null,
  is_offline boolean not null,
  refusal text,
  refusal_params jsonb,
  allowed_by uuid references account,
  constraint till_entry_whole check ((refusal is null) = (order_id is not null))
);
create index till_entry_of_shift on till_entry (shift_id);
create table till_entry_means (
  entry_key uuid not null references till_entry,
  means text not null,
  amount_fen bigint not null,
  primary key (entry_key, means)
);

-- Goods a till took along where there is no network; the row's id is the account they lie in.
create table till_reserve (
  id uuid primary key,
  till_id uuid not null references till,
  place_id uuid not null references service_point,
  area_id int not null references area,
  item_id uuid not null references goods_item,
  stock_id uuid not null references goods_stock,
  lot_id uuid not null references goods_lot,
  quantity int not null check (quantity > 0),
  taken_at timestamptz not null,
  taken_by uuid references account,
  ended_at timestamptz,
  ended_how text check (ended_how in ('sync', 'write_off')),
  ended_by uuid references account,
  reason text,
  check (num_nulls(ended_at, ended_how) in (0, 2)),
  check (ended_how is distinct from 'write_off' or (reason is not null and ended_by is not null))
);
create index till_reserve_open on till_reserve (till_id) where ended_at is null;

-- A supervisor's code for refunds and prices; six digits, known to her alone.
create table till_supervisor (
  account_id uuid primary key references account,
  area_id int not null references area,
  code_hash bytea not null,
  set_at timestamptz not null
);

-- A payment with the code on the buyer's telephone, into the seller's own number. The code itself is never kept.
create table code_payment (
  id uuid primary key,
  till_id uuid not null references till,
  shift_id uuid not null references till_shift,
  area_id int not null references area,
  seller text not null,
  amount_fen bigint not null check (amount_fen > 0),
  state text not null check (state in ('unknown', 'paying', 'paid', 'reversed', 'failed')),
  transaction text,
  began_at timestamptz not null,
  ended_at timestamptz,
  constraint code_payment_transaction_once unique (transaction),
  check ((state = 'paid') = (transaction is not null))
);
create index code_payment_open on code_payment (began_at) where state in ('unknown', 'paying');

alter table till enable row level security;
alter table till force row level security;
alter table till_shift enable row level security;
alter table till_shift force row level security;
alter table till_shift_count enable row level security;
alter table till_shift_count force row level security;
alter table till_entry enable row level security;
alter table till_entry force row level security;
alter table till_entry_means enable row level security;
alter table till_entry_means force row level security;
alter table till_reserve enable row level security;
alter table till_reserve force row level security;
alter table till_supervisor enable row level security;
alter table till_supervisor force row level security;
alter table code_payment enable row level security;
alter table code_payment force row level security;
create policy till_system on till to {{system}} using (true) with check (true);
create policy till_shift_system on till_shift to {{system}} using (true) with check (true);
create policy till_shift_count_system on till_shift_count to {{system}} using (true) with check (true);
create policy till_entry_system on till_entry to {{system}} using (true) with check (true);
create policy till_entry_means_system on till_entry_means to {{system}} using (true) with check (true);
create policy till_reserve_system on till_reserve to {{system}} using (true) with check (true);
create policy till_supervisor_system on till_supervisor to {{system}} using (true) with check (true);
create policy code_payment_system on code_payment to {{system}} using (true) with check (true);
grant select, insert, update (failures, locked_until) on till to {{system}};
grant select, insert, update (closed_at, note) on till_shift to {{system}};
grant select, insert on till_shift_count, till_entry_means to {{system}};
grant select, insert, update (order_id, number, amount_fen, share_fen, received_at, refusal, refusal_params) on till_entry to {{system}};
grant select, insert, update (ended_at, ended_how, ended_by, reason) on till_reserve to {{system}};
grant select, insert, update (code_hash, set_at) on till_supervisor to {{system}};
grant select, insert, update (state, transaction, ended_at) on code_payment to {{system}};
