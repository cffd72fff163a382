-- Counters that take cash for the federation, donation boxes, and the way of that money to the bank. Everything here is
-- written by the house's own machinery after it has looked whose counter it is; logins of people only read.
create table cash_counter (
  id uuid primary key,
  name text not null,
  area_id int not null references area,
  opened_at timestamptz not null,
  opened_by uuid not null references account,
  constraint cash_counter_name_once unique (area_id, name)
);

-- A box with its purpose, its seal, and where it stands.
create table donation_box (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('XZ-' || lpad(serial::text, greatest(4, length(serial::text)), '0')) stored
    constraint donation_box_number_once unique,
  counter_id uuid not null references cash_counter,
  area_id int not null references area,
  place text not null,
  campaign_id uuid not null references campaign,
  state text not null check (state in ('sealed', 'withdrawn')),
  seal_number text not null,
  sealed_at timestamptz not null,
  sealed_by uuid not null references account
);

-- What notes and coins come to: their worth in fen by how many of each.
create function denominations_fen(p_counted jsonb) returns bigint language sql immutable as $$
  select coalesce(sum(key::bigint * value::bigint), 0)::bigint from jsonb_each_text(p_counted)
$$;

-- A box was opened and counted by two different people; the money is a gift only when both have said the same.
create table box_opening (
  id uuid primary key,
  serial int generated always as identity,
  box_id uuid not null references donation_box,
  area_id int not null references area,
  opened_at timestamptz not null,
  seal_found text not null,
  seal_intact boolean not null,
  seal_next text,
  counted jsonb not null,
  amount_fen bigint not null check (amount_fen >= 0),
  note text not null,
  counted_by uuid not null references account,
  confirmed_by uuid references account,
  confirmed_at timestamptz,
  gift_id uuid constraint box_opening_one_gift unique references gift,
  constraint box_opening_sum check (amount_fen = denominations_fen(counted)),
  constraint box_opening_two_people check (confirmed_by <> counted_by),
  constraint box_opening_whole check ((confirmed_by is null) = (confirmed_at is null)),
  constraint box_opening_gift_agreed check (gift_id is null or confirmed_by is not null),
  -- A broken seal has to be accounted for in words.
  constraint box_opening_broken_seal check (seal_intact or note <> '')
);
create unique index box_opening_one_open on box_opening (box_id) where confirmed_by is null;

-- Cash that was taken: one row for each gift over a counter or out of a box.
create table cash_gift (
  gift_id uuid primary key references gift,
  serial int generated always as identity,
  number text not null generated always as ('XJ-' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored
    constraint cash_gift_number_once unique,
  counter_id uuid not null references cash_counter,
  area_id int not null references area,
  box_opening_id uuid constraint cash_gift_once_per_opening unique references box_opening,
  amount_fen bigint not null check (amount_fen > 0),
  taken_at timestamptz not null,
  taken_by uuid not null references account
);
create index cash_gift_by_counter on cash_gift (counter_id, serial desc);

-- Cash on its way to the bank. It is at the bank when a line of its statement meets it (bank_match).
create table cash_deposit (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('JK-' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored
    constraint cash_deposit_number_once unique,
  counter_id uuid not null references cash_counter,
  area_id int not null references area,
  amount_fen bigint not null check (amount_fen > 0),
  slip_number text not null,
  paid_in_on date not null,
  made_at timestamptz not null,
  made_by uuid not null references account,
  voided_at timestamptz,
  voided_by uuid references account,
  void_reason text,
  constraint cash_deposit_void_whole check ((voided_at is null) = (voided_by is null) and (voided_at is null) = (void_reason is null))
);
create index cash_deposit_by_counter on cash_deposit (counter_id, serial desc);
create unique index cash_deposit_slip_once on cash_deposit (slip_number) where voided_at is null;

-- Cash was counted. What differs from the books is noted by one and confirmed by another.
create table cash_count (
  id uuid primary key,
  serial int generated always as identity,
  counter_id uuid not null references cash_counter,
  area_id int not null references area,
  expected_fen bigint not null,
  counted jsonb not null,
  counted_fen bigint not null check (counted_fen >= 0),
  note text not null,
  counted_at timestamptz not null,
  counted_by uuid not null references account,
  confirmed_at timestamptz,
  confirmed_by uuid references account,
  constraint cash_count_sum check (counted_fen = denominations_fen(counted)),
  constraint cash_count_two_people check (confirmed_by <> counted_by),
  constraint cash_count_difference_noted check (counted_fen = expected_fen or note <> ''),
  constraint cash_count_whole check ((confirmed_by is null) = (confirmed_at is null))
);
create unique index cash_count_one_open on cash_count (counter_id) where confirmed_by is null and counted_fen <> expected_fen;
create index cash_count_by_counter on cash_count (counter_id, serial desc);

alter table cash_counter enable row level security;
alter table cash_counter force row level security;
alter table donation_box enable row level security;
alter table donation_box force row level security;
alter table box_opening enable row level security;
alter table box_opening force row level security;
alter table cash_gift enable row level security;
alter table cash_gift force row level security;
alter table cash_deposit enable row level security;
alter table cash_deposit force row level security;
alter table cash_count enable row level security;
alter table cash_count force row level security;
create policy cash_counter_here on cash_counter for select to {{staff}}, {{station}} using ({{in_areas}});
create policy donation_box_here on donation_box for select to {{staff}}, {{station}} using ({{in_areas}});
create policy box_opening_here on box_opening for select to {{staff}}, {{station}} using ({{in_areas}});
create policy cash_gift_here on cash_gift for select to {{staff}}, {{station}} using ({{in_areas}});
create policy cash_deposit_here on cash_deposit for select to {{staff}}, {{station}} using ({{in_areas}});
create policy cash_count_here on cash_count for select to {{staff}}, {{station}} using ({{in_areas}});
create policy cash_counter_reads on cash_counter for select to {{federation}} using (true);
create policy donation_box_reads on donation_box for select to {{federation}} using (true);
create policy box_opening_reads on box_opening for select to {{federation}} using (true);
create policy cash_gift_reads on cash_gift for select to {{federation}} using (true);
create policy cash_deposit_reads on cash_deposit for select to {{federation}} using (true);
create policy cash_count_reads on cash_count for select to {{federation}} using (true);
create policy cash_counter_system on cash_counter to {{system}} using (true) with check (true);
create policy donation_box_system on donation_box to {{system}} using (true) with check (true);
create policy box_opening_system on box_opening to {{system}} using (true) with check (true);
create policy cash_gift_system on cash_gift to {{system}} using (true) with check (true);
create policy cash_deposit_system on cash_deposit to {{system}} using (true) with check (true);
create policy cash_count_system on cash_count to {{system}} using (true) with check (true);
grant select on cash_counter, donation_box, box_opening, cash_gift, cash_deposit, cash_count
  to {{staff}}, {{station}}, {{federation}};
grant select, insert on cash_counter, donation_box, box_opening, cash_gift, cash_deposit, cash_count to {{system}};
-- Locked while its cash is counted or paid in: of a counter nothing ever changes.
grant update (name) on cash_counter to {{system}};
grant update (state, seal_number, sealed_at, sealed_by) on donation_box to {{system}};
grant update (confirmed_by, confirmed_at, gift_id) on box_opening to {{system}};
grant update (voided_at, voided_by, void_reason) on cash_deposit to {{system}};
grant update (confirmed_by, confirmed_at) on cash_count to {{system}};

-- A paying-in slip is met by a line of the bank's statement.
alter table bank_match drop constraint bank_match_entry_kind_check;
alter table bank_match add constraint bank_match_entry_kind_check check (entry_kind in ('payment', 'gift', 'return', 'deposit'));
alter table bank_line drop constraint bank_line_matched_kind_check;
alter table bank_line add constraint bank_line_matched_kind_check check (matched_kind in ('payment', 'batch', 'gift', 'return',
  'settlement', 'deposit', 'interest', 'fee', 'bounced', 'unknown'));

-- The day of the bank's line that met a paying-in slip, null until then; nothing else of that line is told.
create function cash_deposit_day(p_deposit uuid) returns date
language sql stable security definer set search_path from current as $$
  select l.day from bank_match m join bank_line l on l.id = m.bank_line_id
  where m.entry_kind = 'deposit' and m.entry_id = p_deposit
$$;
create function cash_deposit_met(p_deposit uuid) returns boolean
language sql stable set search_path from current as $$ select cash_deposit_day(p_deposit) is not null $$;
revoke all on function cash_deposit_day, cash_deposit_met from public;
grant execute on function cash_deposit_day, cash_deposit_met to {{staff}}, {{station}}, {{federation}}, {{system}};
create policy bank_match_owner on bank_match for select to current_user using (true);
create policy bank_line_owner on bank_line for select to current_user using (true);
