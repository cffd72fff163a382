-- What every ledger account is for, so that each trace can say it. A label never names a person.
create table account_purpose (
  account_id uuid primary key,
  kind text not null check (kind in ('fund', 'campaign', 'item', 'channel', 'supplier', 'person',
    'organization', 'need', 'receivable', 'bank')),
  subject_id uuid not null,
  label text not null,
  area_id int references area,
  is_public boolean not null
);
alter table account_purpose enable row level security;
alter table account_purpose force row level security;
create policy account_purpose_public on account_purpose for select to {{public}}, {{resident}}, {{payments}} using (is_public);
create policy account_purpose_office on account_purpose for select to {{staff}}, {{federation}} using (true);
create policy account_purpose_office_adds on account_purpose for insert to {{staff}}, {{federation}} with check (true);
create policy account_purpose_system on account_purpose to {{system}} using (true) with check (true);
grant select on account_purpose to {{everyone}};
grant insert on account_purpose to {{staff}}, {{federation}}, {{system}};

-- A fund of the federation. Its account in the ledger has the same id; what it holds is kept only there.
create table fund (
  id uuid primary key,
  serial int generated always as identity,
  code text not null generated always as ('JJ' || lpad(serial::text, greatest(4, length(serial::text)), '0')) stored
    constraint fund_code_once unique,
  name text not null,
  kind text not null check (kind in ('mutual_aid', 'special', 'general')),
  area_id int references area,
  created_at timestamptz not null,
  constraint fund_mutual_aid_has_area check (kind <> 'mutual_aid' or area_id is not null)
);
create unique index fund_one_mutual_aid_per_area on fund (area_id) where kind = 'mutual_aid';
alter table fund enable row level security;
alter table fund force row level security;
create policy fund_everyone_reads on fund for select to {{everyone}} using (true);
create policy fund_office_adds on fund for insert to {{federation}}, {{system}} with check (true);
grant select on fund to {{everyone}};
grant insert on fund to {{federation}}, {{system}};
