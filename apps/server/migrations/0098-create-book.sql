-- Closed months. A document that moves money carries the day it is booked on, never one inside a closed month.
create table book_month (
  month date primary key constraint book_month_first_day check (extract(day from month) = 1),
  closed_at timestamptz not null,
  closed_by uuid not null references account,
  debit_fen bigint not null,
  credit_fen bigint not null,
  ledger_fen bigint not null,
  constraint book_month_balances check (debit_fen = credit_fen),
  constraint book_month_is_over check (closed_at >= (month + interval '1 month') at time zone 'Asia/Shanghai')
);
alter table book_month enable row level security;
alter table book_month force row level security;
create policy book_month_reads on book_month for select to {{staff}}, {{federation}}, {{system}} using (true);
create policy book_month_closes on book_month for insert to {{federation}}, {{system}} with check (true);
create policy book_month_owner on book_month for select to current_user using (true);
grant select on book_month to {{staff}}, {{federation}}, {{system}};
grant insert on book_month to {{federation}}, {{system}};

-- One row whose lock makes closing a month and dating something in it one after the other.
create table book_lock (single boolean primary key default true check (single));
insert into book_lock default values;
alter table book_lock enable row level security;
alter table book_lock force row level security;
create policy book_lock_office on book_lock to {{staff}}, {{federation}}, {{payments}}, {{system}} using (true) with check (true);
grant select, update on book_lock to {{staff}}, {{federation}}, {{payments}}, {{system}};

-- True for a day whose month is open: what policies and use cases ask.
create function book_open_on(p_day date)
returns boolean language sql stable security definer set search_path from current as $$
  select not exists (select 1 from book_month m where m.month = date_trunc('month', p_day)::date)
$$;
revoke all on function book_open_on from public;
grant execute on function book_open_on to {{everyone}};

-- The day a document is booked on: the bank's day while its month is open, else a day of the open month.
alter table payment add column booked_on date not null, add column booked_note text;
drop policy payment_federation on payment;
drop policy payment_system on payment;
create policy payment_federation on payment for select to {{federation}} using (true);
create policy payment_system on payment for select to {{system}} using (true);
create policy payment_adds on payment for insert to {{federation}}, {{system}} with check (book_open_on(booked_on));
create index payment_by_booked_on on payment (booked_on);
-- Null for a gift that is booked on the day the ledger has.
alter table gift add column booked_on date, add column bank_reference text, add column booked_note text;
drop policy gift_recorded on gift;
create policy gift_recorded on gift for insert to {{federation}}, {{system}} with check (book_open_on(booked_on) is not false);
drop policy gift_received on gift;
create policy gift_received on gift for insert to {{payments}} with check (claim_id is null and booked_on is null);
create index gift_by_booked_on on gift (booked_on) where booked_on is not null;
drop policy gift_return_office on gift_return;
create policy gift_return_reads on gift_return for select to {{federation}}, {{system}} using (true);
create policy gift_return_proposed on gift_return for insert to {{federation}}, {{system}} with check (booked_on is null);
create policy gift_return_moves on gift_return for update to {{federation}}, {{system}} using (true) with check (book_open_on(booked_on) is not false);

-- Notes beside a month, as for a correction. Rows are only added.
create table book_note (
  id uuid primary key,
  month date not null,
  text text not null,
  at timestamptz not null,
  by uuid not null references account
);
create index book_note_by_month on book_note (month);
alter table book_note enable row level security;
alter table book_note force row level security;
create policy book_note_office on book_note to {{federation}}, {{system}} using (true) with check (true);
grant select, insert on book_note to {{federation}}, {{system}};

-- What was there before the record began, taken over from a file: once per account, and a year at a time.
create table opening_balance (
  account_id uuid primary key references account_purpose,
  amount_fen bigint not null check (amount_fen > 0),
  transfer_id uuid not null,
  as_of date not null,
  at timestamptz not null,
  by uuid not null references account
);
create table earlier_year (
  year int not null check (year between 1980 and 2100),
  account_id uuid not null references account_purpose,
  income_fen bigint not null check (income_fen >= 0),
  spent_fen bigint not null check (spent_fen >= 0),
  management_fen bigint not null check (management_fen >= 0 and management_fen <= spent_fen),
  primary key (year, account_id)
);
alter table opening_balance enable row level security;
alter table opening_balance force row level security;
alter table earlier_year enable row level security;
alter table earlier_year force row level security;
create policy opening_balance_office on opening_balance to {{federation}}, {{system}} using (true) with check (true);
create policy earlier_year_office on earlier_year to {{federation}}, {{system}} using (true) with check (true);
grant select, insert on opening_balance, earlier_year to {{federation}}, {{system}};

-- The federation's own bank account, line by line, as its statements say; each line once.
create table bank_statement (
  id uuid primary key,
  serial int generated always as identity,
  name text not null,
  sha256 bytea not null constraint bank_statement_once unique,
  lines int not null,
  imported_at timestamptz not null,
  imported_by uuid not null references account
);
create table bank_line (
  id uuid primary key,
  serial bigint generated always as identity,
  statement_id uuid not null references bank_statement,
  day date not null,
  in_fen bigint not null check (in_fen >= 0),
  out_fen bigint not null check (out_fen >= 0),
  balance_fen bigint,
  reference text not null,
  counterparty_sealed bytea,
  note_sealed bytea,
  matched_kind text check (matched_kind in ('payment', 'batch', 'gift', 'return', 'settlement', 'interest', 'fee',
    'bounced')),
  matched_note text,
  matched_at timestamptz,
  matched_by uuid references account,
  -- For a settlement the channel, for interest and fees the fund; and what the match posted.
  account_id uuid references account_purpose,
  transfer_id uuid,
  booked_on date,
  constraint bank_line_one_side check ((in_fen = 0) <> (out_fen = 0)),
  constraint bank_line_once unique nulls not distinct (day, reference, in_fen, out_fen, balance_fen)
);
create index bank_line_by_day on bank_line (day, serial);
-- An entry of the books is one line of the bank, or part of one; never of two.
create table bank_match (
  entry_kind text not null check (entry_kind in ('payment', 'gift', 'return')),
  entry_id uuid not null,
  bank_line_id uuid not null references bank_line,
  primary key (entry_kind, entry_id)
);
create index bank_match_by_line on bank_match (bank_line_id);
alter table bank_statement enable row level security;
alter table bank_statement force row level security;
alter table bank_line enable row level security;
alter table bank_line force row level security;
alter table bank_match enable row level security;
alter table bank_match force row level security;
create policy bank_statement_office on bank_statement to {{federation}}, {{system}} using (true) with check (true);
create policy bank_line_reads on bank_line for select to {{federation}}, {{system}} using (true);
create policy bank_line_adds on bank_line for insert to {{federation}}, {{system}} with check (matched_kind is null);
create policy bank_line_matches on bank_line for update to {{federation}}, {{system}} using (true) with check (book_open_on(booked_on) is not false);
create policy bank_match_office on bank_match to {{federation}}, {{system}} using (true) with check (true);
grant select, insert on bank_statement, bank_line to {{federation}}, {{system}};
grant update (matched_kind, matched_note, matched_at, matched_by, account_id, transfer_id, booked_on) on bank_line to {{federation}}, {{system}};
grant select, insert, delete on bank_match to {{federation}}, {{system}};

-- World accounts and the account of management cost have purposes of their own.
alter table account_purpose drop constraint account_purpose_kind_check;
alter table account_purpose add constraint account_purpose_kind_check check (kind in ('fund', 'campaign', 'item',
  'channel', 'supplier', 'person', 'organization', 'need', 'receivable', 'bank', 'before'));
