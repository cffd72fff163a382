-- A gift, or part of it, that goes back on a named ground; a public-interest gift is not returned at will.
create table gift_return (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('TK-' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored
    constraint gift_return_number_once unique,
  gift_id uuid not null references gift,
  gift_number text not null,
  account_id uuid not null references account_purpose,
  amount_fen bigint not null check (amount_fen > 0),
  ground text not null check (ground in ('paid_twice', 'minor_without_guardian', 'form_unlawful',
    'campaign_not_opened', 'agreement_void', 'court_order')),
  note_sealed bytea not null,
  state text not null default 'proposed' check (state in ('proposed', 'approved', 'refused', 'done')),
  approval_id uuid not null constraint gift_return_one_approval unique,
  proposed_by uuid not null references account,
  proposed_at timestamptz not null,
  bank_reference text,
  paid_on date,
  booked_on date,
  transfer_ids uuid[],
  constraint gift_return_done_whole check ((state = 'done') = (transfer_ids is not null))
);
create unique index gift_return_one_open on gift_return (gift_id) where state in ('proposed', 'approved');
alter table gift_return enable row level security;
alter table gift_return force row level security;
create policy gift_return_office on gift_return to {{federation}}, {{system}} using (true) with check (true);
grant select, insert on gift_return to {{federation}}, {{system}};
grant update (state, bank_reference, paid_on, booked_on, transfer_ids) on gift_return to {{federation}}, {{system}};

-- Money that moves to another purpose: one gift with its giver's consent, or a remainder under a new filing.
create table purpose_change (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('YT-' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored
    constraint purpose_change_number_once unique,
  basis text not null check (basis in ('donor_consent', 'filing')),
  gift_id uuid references gift,
  gift_number text,
  from_account_id uuid not null references account_purpose,
  to_account_id uuid not null references account_purpose,
  amount_fen bigint not null check (amount_fen > 0),
  basis_text text not null,
  basis_on date not null,
  reason_sealed bytea not null,
  state text not null default 'proposed' check (state in ('proposed', 'approved', 'refused', 'done')),
  approval_id uuid not null constraint purpose_change_one_approval unique,
  proposed_by uuid not null references account,
  proposed_at timestamptz not null,
  done_at timestamptz,
  transfer_ids uuid[],
  constraint purpose_change_elsewhere check (from_account_id <> to_account_id),
  -- Consent is of one gift's giver; a filing is of the account.
  constraint purpose_change_has_ground check ((basis = 'donor_consent') = (gift_id is not null)),
  constraint purpose_change_done_whole check ((state = 'done') = (transfer_ids is not null))
);
alter table purpose_change enable row level security;
alter table purpose_change force row level security;
create policy purpose_change_office on purpose_change to {{federation}}, {{system}} using (true) with check (true);
grant select, insert on purpose_change to {{federation}}, {{system}};
grant update (state, done_at, transfer_ids) on purpose_change to {{federation}}, {{system}};
-- What moved, from where, on what ground: for everybody, without the reason's words.
create policy purpose_change_public on purpose_change for select to {{public}}, {{resident}}, {{staff}} using (state = 'done');
grant select (id, number, basis, from_account_id, to_account_id, amount_fen, basis_text, basis_on, state, done_at,
  transfer_ids) on purpose_change to {{public}}, {{resident}}, {{staff}};

-- The account of management cost is filled by a part of each gift, as filed; never from a purpose's queue.
alter table fund drop constraint fund_kind_check;
alter table fund add constraint fund_kind_check check (kind in ('mutual_aid', 'special', 'general', 'management'));
create unique index fund_one_management on fund (kind) where kind = 'management';

create table management_rate (
  account_id uuid not null references account_purpose,
  since_on date not null,
  -- Hundredths of a percent; ten percent is what the law lets a charity spend on itself.
  rate_basis_points int not null constraint management_rate_ten_percent check (rate_basis_points between 0 and 1000),
  filing_number text not null,
  filed_by uuid not null references account,
  filed_at timestamptz not null,
  primary key (account_id, since_on)
);
alter table management_rate enable row level security;
alter table management_rate force row level security;
create policy management_rate_reads on management_rate for select to {{everyone}} using (true);
create policy management_rate_office on management_rate for insert to {{federation}}, {{system}} with check (true);
grant select on management_rate to {{everyone}};
grant insert on management_rate to {{federation}}, {{system}};

-- What of each gift went to management cost: once per gift. Rows are only added.
create table management_split (
  gift_id uuid primary key references gift,
  account_id uuid not null,
  amount_fen bigint not null check (amount_fen >= 0),
  rate_basis_points int not null,
  transfer_ids uuid[] not null,
  at timestamptz not null
);
create index management_split_by_account on management_split (account_id);
alter table management_split enable row level security;
alter table management_split force row level security;
create policy management_split_office on management_split to {{federation}}, {{system}} using (true) with check (true);
grant select, insert on management_split to {{federation}}, {{system}};

-- Gifts to accounts with a rate that were not split yet, with the rate that held when they came.
create function gifts_to_split(p_limit int)
returns table (gift_id uuid, account_id uuid, transfer_id uuid, amount_fen bigint, rate_basis_points int)
language sql stable set search_path from current as $$
  select g.id, g.target_id, g.transfer_id, g.amount_fen, r.rate_basis_points
  -- Begins with the accounts that have a rate: where none has, no gift is looked at.
  from (select distinct account_id from management_rate) as rated
  join gift g on g.target_id = rated.account_id
  join lateral (
    select m.rate_basis_points from management_rate m
    where m.account_id = g.target_id and m.since_on <= (g.at at time zone 'Asia/Shanghai')::date
    order by m.since_on desc limit 1
  ) as r on true
  where g.at >= now() - interval '400 days'
    and not exists (select 1 from management_split s where s.gift_id = g.id)
  order by g.serial limit p_limit
$$;
revoke all on function gifts_to_split from public;
grant execute on function gifts_to_split to {{system}};
