-- A payment of a giver over one of the channels: begun here, or told of by a notice or a statement. Its key
-- is merchant number and merchant order number, the one field that notice, platform file and bill share; the
-- merchant is null while only the platform's file has told of it. The gift it becomes has the same id.
create table gift_payment (
  id uuid primary key,
  channel text not null check (channel in ('sandbox', 'platform', 'wechat', 'alipay', 'bank', 'cash', 'box')),
  merchant text,
  order_number text not null,
  -- 'unknown': nobody knows whether it was paid; the channel is asked until it says.
  state text not null check (state in ('begun', 'paid', 'unknown', 'failed')),
  amount_fen bigint not null check (amount_fen > 0),
  project_code text,
  project_name text,
  transaction_number text,
  -- Null while nobody has said what the channel keeps of it.
  fee_fen bigint check (fee_fen >= 0),
  matched_fen bigint not null default 0 check (matched_fen >= 0),
  refunded_fen bigint not null default 0 check (refunded_fen >= 0),
  fee_returned_fen bigint not null default 0 check (fee_returned_fen >= 0),
  -- True when its giver began it on our own pages, so that no platform's file tells of it.
  begun_here boolean not null default false,
  begun_at timestamptz not null,
  paid_at timestamptz,
  asked_at timestamptz,
  -- The transfer that brought it; where its money lies now, and by which entry: what goes back goes back
  -- from there.
  transfer_id uuid,
  account_id uuid,
  entry_id uuid,
  match_entry_id uuid,
  note text,
  noted_by uuid references account,
  constraint gift_payment_once unique nulls not distinct (order_number, merchant),
  constraint gift_payment_paid_at check (state <> 'paid' or paid_at is not null),
  constraint gift_payment_refund_within check (refunded_fen <= amount_fen)
);
create index gift_payment_by_paid_at on gift_payment (paid_at);
create index gift_payment_to_ask on gift_payment (begun_at) where state in ('begun', 'unknown');
alter table gift_payment enable row level security;
alter table gift_payment force row level security;
create policy gift_payment_begins on gift_payment for insert to {{public}}, {{resident}}, {{staff}} with check (state = 'begun');
create policy gift_payment_payments on gift_payment to {{payments}} using (true) with check (true);
create policy gift_payment_office on gift_payment to {{federation}}, {{system}} using (true) with check (true);
grant insert on gift_payment to {{public}}, {{resident}}, {{staff}};
grant select, insert, update on gift_payment to {{payments}}, {{federation}}, {{system}};

-- A file that was imported, or read and waiting for that. The same bytes are one statement.
create table payment_statement (
  id uuid primary key,
  name text not null,
  kind text not null check (kind in ('platform', 'wechat')),
  sha256 bytea not null constraint payment_statement_once unique,
  state text not null check (state in ('read', 'imported')),
  from_on date not null,
  until_on date not null,
  -- Counts and sums as pages show them, and remarks by line.
  summary jsonb not null,
  -- The bytes themselves, compressed and sealed: nicknames and messages are somebody's.
  file_sealed bytea not null,
  read_at timestamptz not null,
  read_by uuid references account,
  imported_at timestamptz,
  imported_by uuid references account,
  check ((state = 'imported') = (imported_at is not null))
);
create index payment_statement_days on payment_statement (kind, from_on, until_on) where state = 'imported';
alter table payment_statement enable row level security;
alter table payment_statement force row level security;
create policy payment_statement_office on payment_statement to {{federation}}, {{system}} using (true) with check (true);
grant select, insert, delete on payment_statement to {{federation}}, {{system}};
grant update (state, imported_at, imported_by) on payment_statement to {{federation}}, {{system}};

-- What the platform's file and the bill say of a payment: their last word each, with the line it stands in.
create table gift_payment_word (
  payment_id uuid not null references gift_payment,
  side text not null check (side in ('platform', 'bill')),
  amount_fen bigint not null,
  refunded_fen bigint not null,
  fee_fen bigint,
  statement_id uuid not null references payment_statement,
  line int not null,
  primary key (payment_id, side)
);
create index gift_payment_word_by_statement on gift_payment_word (statement_id);
alter table gift_payment_word enable row level security;
alter table gift_payment_word force row level security;
create policy gift_payment_word_office on gift_payment_word to {{federation}}, {{system}} using (true) with check (true);
grant select, insert, update on gift_payment_word to {{federation}}, {{system}};

-- Money that went back. Its key is the refund number; without one it is a refund of
-- which only the platform's file has told: the bill's refund of the same order takes its place.
create table gift_refund (
  id uuid primary key,
  payment_id uuid references gift_payment,
  order_number text not null,
  merchant text,
  refund_number text,
  amount_fen bigint not null check (amount_fen > 0),
  fee_returned_fen bigint not null default 0 check (fee_returned_fen >= 0),
  state text not null check (state in ('done', 'processing', 'failed')),
  refunded_at timestamptz,
  -- What no gift could give back: it stands as a receivable until it is made good.
  lacking_fen bigint not null default 0 check (lacking_fen >= 0 and lacking_fen <= amount_fen),
  told_by text not null check (told_by in ('platform', 'bill', 'channel')),
  statement_id uuid references payment_statement,
  line int,
  constraint gift_refund_provisional check (refund_number is not null or told_by <> 'bill')
);
create unique index gift_refund_once on gift_refund (merchant, refund_number) nulls not distinct
  where refund_number is not null;
create index gift_refund_by_payment on gift_refund (payment_id);
create index gift_refund_by_order on gift_refund (order_number);
alter table gift_refund enable row level security;
alter table gift_refund force row level security;
create policy gift_refund_office on gift_refund to {{federation}}, {{system}} using (true) with check (true);
create policy gift_refund_payments on gift_refund to {{payments}} using (true) with check (true);
grant select, insert, update on gift_refund to {{payments}}, {{federation}}, {{system}};

-- Every transfer in the ledger that a payment caused, so that the ledger's own word can be read back.
-- Rows are only added.
create table gift_posting (
  transfer_id uuid primary key,
  payment_id uuid references gift_payment,
  refund_id uuid references gift_refund,
  kind text not null check (kind in ('fee', 'match', 'refund', 'fee_returned', 'fee_made_good', 'match_returned', 'attached', 'made_good'))
);
create index gift_posting_by_payment on gift_posting (payment_id);
alter table gift_posting enable row level security;
alter table gift_posting force row level security;
create policy gift_posting_office on gift_posting to {{payments}}, {{federation}}, {{system}} using (true) with check (true);
grant select, insert on gift_posting to {{payments}}, {{federation}}, {{system}};
