-- What a person or an enterprise promised to give by a day, in instalments (认捐). A promise is no gift and in no total.
create table pledge (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('RJ-' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored
    constraint pledge_number_once unique,
  campaign_id uuid not null references campaign,
  -- Who promised: somebody with an account, an enterprise, or both.
  account_id uuid references account,
  organization_id uuid references organization,
  -- The name for the public, null for 爱心人士.
  public_name text,
  amount_fen bigint not null check (amount_fen > 0),
  agreement_number text,
  state text not null default 'open' check (state in ('open', 'released')),
  released_reason text,
  promised_at timestamptz not null,
  form_id uuid not null constraint pledge_form_once unique,
  check (account_id is not null or organization_id is not null),
  check ((state = 'released') = (released_reason is not null))
);
create index pledge_by_campaign on pledge (campaign_id, serial);
create index pledge_by_account on pledge (account_id) where account_id is not null;
alter table pledge enable row level security;
alter table pledge force row level security;
create policy pledge_reads on pledge for select to {{public}}, {{staff}} using (true);
create policy pledge_own on pledge for select to {{resident}} using ({{own_account}});
create policy pledge_of_enterprise on pledge for select to {{resident}} using (organization_id = nullif(current_setting('app.organization', true), '')::uuid);
create policy pledge_owner on pledge for select to current_user using (true);
create policy pledge_own_adds on pledge for insert to {{resident}} with check ({{own_account}} and state = 'open');
create policy pledge_office on pledge to {{federation}}, {{system}} using (true) with check (true);
grant select (id, serial, number, campaign_id, public_name, amount_fen, state, promised_at) on pledge to {{public}}, {{staff}};
grant select, insert on pledge to {{resident}};
grant select, insert, update (state, released_reason, account_id, public_name) on pledge to {{federation}}, {{system}};

create table pledge_instalment (
  pledge_id uuid not null references pledge,
  place int not null check (place > 0),
  due_on date not null,
  amount_fen bigint not null check (amount_fen > 0),
  reminded_at timestamptz,
  overdue_at timestamptz,
  primary key (pledge_id, place)
);
create index pledge_instalment_due on pledge_instalment (due_on) where overdue_at is null;
alter table pledge_instalment enable row level security;
alter table pledge_instalment force row level security;
create policy pledge_instalment_reads on pledge_instalment for select to {{everyone}} using (true);
create policy pledge_instalment_adds on pledge_instalment for insert to {{resident}} with check (true);
create policy pledge_instalment_office on pledge_instalment to {{federation}}, {{system}} using (true) with check (true);
grant select on pledge_instalment to {{everyone}};
grant insert on pledge_instalment to {{resident}}, {{federation}}, {{system}};
grant update (reminded_at, overdue_at) on pledge_instalment to {{federation}}, {{system}};

-- A gift that fulfils a promise: begun for it (then it counts once it has arrived), or linked to it afterwards.
create table pledge_gift (
  gift_id uuid primary key,
  pledge_id uuid not null references pledge,
  linked_at timestamptz not null,
  linked_by uuid references account
);
create index pledge_gift_by_pledge on pledge_gift (pledge_id);
alter table pledge_gift enable row level security;
alter table pledge_gift force row level security;
create policy pledge_gift_owner on pledge_gift for select to current_user using (true);
create policy pledge_gift_begins on pledge_gift for insert to {{resident}} with check (linked_by = nullif(current_setting('app.account', true), '')::uuid);
create policy pledge_gift_office on pledge_gift to {{federation}}, {{system}} using (true) with check (true);
create policy pledge_gift_own on pledge_gift for select to {{resident}} using (linked_by = nullif(current_setting('app.account', true), '')::uuid);
grant insert, select (gift_id) on pledge_gift to {{resident}};
grant select, insert on pledge_gift to {{federation}}, {{system}};
-- Everybody may know how much of a promise was kept; which gift it was would tell who gave it.
create function pledge_given(p_pledges uuid[])
returns table (pledge_id uuid, gifts int, given_fen bigint)
language sql stable security definer set search_path from current as $$
  select l.pledge_id, count(*)::int, sum(g.amount_fen)::bigint
  from pledge_gift l join gift g on g.id = l.gift_id
  where l.pledge_id = any(p_pledges) group by l.pledge_id
$$;
revoke all on function pledge_given from public;
grant execute on function pledge_given to {{everyone}};

-- A standing intention to give each month (月捐). We ask on the day with a link to pay; nothing is ever pulled.
create table monthly_gift (
  id uuid primary key,
  serial int generated always as identity,
  account_id uuid not null references account,
  campaign_id uuid not null references campaign,
  amount_fen bigint not null check (amount_fen > 0),
  -- 29 to 31 would be no day of February.
  day_of_month int not null check (day_of_month between 1 and 28),
  public_name text,
  state text not null default 'running' check (state in ('running', 'ended')),
  started_on date not null,
  ended_on date,
  form_id uuid not null constraint monthly_gift_form_once unique,
  check ((state = 'ended') = (ended_on is not null))
);
create index monthly_gift_by_account on monthly_gift (account_id);
create unique index monthly_gift_one_running on monthly_gift (account_id, campaign_id) where state = 'running';
alter table monthly_gift enable row level security;
alter table monthly_gift force row level security;
create policy monthly_gift_own on monthly_gift to {{resident}} using ({{own_account}}) with check ({{own_account}});
create policy monthly_gift_system on monthly_gift to {{system}} using (true) with check (true);
create policy monthly_gift_owner on monthly_gift for select to current_user using (true);
grant select, insert, update (state, ended_on) on monthly_gift to {{resident}};
grant select, insert, update (state, ended_on), delete on monthly_gift to {{system}};

-- One month of it: asked, then given (its gift has arrived) or skipped.
create table monthly_turn (
  id uuid primary key,
  monthly_gift_id uuid not null references monthly_gift,
  account_id uuid not null references account,
  month text not null check (month ~ '^\d{4}-\d{2}$'),
  asked_at timestamptz not null,
  skipped_at timestamptz,
  gift_id uuid,
  constraint monthly_turn_once unique (monthly_gift_id, month)
);
create index monthly_turn_by_account on monthly_turn (account_id);
alter table monthly_turn enable row level security;
alter table monthly_turn force row level security;
create policy monthly_turn_own on monthly_turn for select to {{resident}} using ({{own_account}});
create policy monthly_turn_own_moves on monthly_turn for update to {{resident}} using ({{own_account}}) with check ({{own_account}});
create policy monthly_turn_system on monthly_turn to {{system}} using (true) with check (true);
grant select, update (skipped_at, gift_id) on monthly_turn to {{resident}};
grant select, insert, update (skipped_at, gift_id), delete on monthly_turn to {{system}};
-- How many give each month, for the campaign's page, and nothing about who.
create function monthly_givers(p_campaign uuid)
returns table (givers int, month_fen bigint) language sql stable security definer set search_path from current as $$
  select count(*)::int, coalesce(sum(amount_fen), 0)::bigint from monthly_gift
  where campaign_id = p_campaign and state = 'running'
$$;
revoke all on function monthly_givers from public;
grant execute on function monthly_givers to {{everyone}};
