-- A campaign of the federation, with every field of its plan (Charity Law 24) and its legal form. Its
-- account in the ledger has the same id.
create table campaign (
  id uuid primary key,
  serial int generated always as identity,
  code text not null generated always as ('HD' || lpad(serial::text, greatest(4, length(serial::text)), '0')) stored
    constraint campaign_code_once unique,
  name text not null,
  summary text not null,
  purpose text not null,
  beneficiaries text not null,
  use_of_money text not null,
  costs text not null,
  remainder_rule text not null,
  legal_form text not null check (legal_form in ('public_fundraising', 'designated_form', 'agreed_gift',
    'mutual_aid', 'sale_promise', 'direct_gift')),
  state text not null default 'draft' check (state in ('draft', 'filed', 'open', 'closed')),
  -- The campaign that holds verified wishes as items.
  holds_wishes boolean not null,
  opens_on date not null,
  closes_on date not null,
  goal_fen bigint check (goal_fen > 0),
  contact text not null,
  certificate_number text,
  filing_number text,
  filed_on date,
  listing text,
  own_account text,
  opened_on date,
  drafted_at timestamptz not null,
  constraint campaign_ends_after_it_begins check (closes_on >= opens_on),
  constraint campaign_filed_with_date check ((filing_number is null) = (filed_on is null)),
  constraint campaign_opened_with_date check ((state in ('open', 'closed')) = (opened_on is not null)),
  -- Public fundraising opens only with the four ticks, and not before the tenth day after filing.
  constraint campaign_public_fundraising_has_ticks check (
    opened_on is null or legal_form <> 'public_fundraising'
    or coalesce(certificate_number <> '' and filing_number <> '' and listing <> '' and own_account <> ''
      and greatest(opened_on, opens_on) >= filed_on + 10, false)
  )
);
create unique index campaign_one_holds_wishes on campaign (holds_wishes) where holds_wishes and state <> 'closed';
alter table campaign enable row level security;
alter table campaign force row level security;
create policy campaign_public_reads on campaign for select to {{public}}, {{resident}} using (opened_on is not null);
create policy campaign_payments_reads on campaign for select to {{payments}} using (true);
create policy campaign_staff_reads on campaign for select to {{staff}} using (true);
create policy campaign_federation on campaign to {{federation}} using (true) with check (true);
create policy campaign_system on campaign to {{system}} using (true) with check (true);
grant select on campaign to {{public}}, {{resident}}, {{staff}};
grant select (id, code, name, legal_form, state) on campaign to {{payments}};
grant select, insert on campaign to {{federation}}, {{system}};
grant update (state, certificate_number, filing_number, filed_on, listing, own_account, opened_on)
  on campaign to {{federation}}, {{system}};

-- A verified wish inside the campaign: an earmark with an account of the same id, never the resident's.
create table campaign_item (
  id uuid primary key,
  serial int generated always as identity,
  project_code text not null generated always as ('W' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored
    constraint campaign_item_code_once unique,
  campaign_id uuid not null references campaign,
  need_id uuid,
  title text not null,
  text text not null,
  area_id int not null references area,
  target_fen bigint not null check (target_fen > 0),
  state text not null default 'open' check (state in ('open', 'closed')),
  opened_at timestamptz not null,
  completed_at timestamptz,
  closed_at timestamptz,
  closed_reason text,
  check ((state = 'closed') = (closed_at is not null))
);
create index campaign_item_open on campaign_item (area_id, serial) where state = 'open';
-- A reopened need gets a new item; the old one stays closed.
create unique index campaign_item_one_open_per_need on campaign_item (need_id) where state = 'open';
create index campaign_item_by_need on campaign_item (need_id);
create index campaign_item_by_campaign on campaign_item (campaign_id, serial);
alter table campaign_item enable row level security;
alter table campaign_item force row level security;
create policy campaign_item_reads on campaign_item for select to {{everyone}} using (true);
create policy campaign_item_staff_opens on campaign_item for insert to {{staff}} with check ({{in_areas}});
create policy campaign_item_staff_closes on campaign_item for update to {{staff}} using (true) with check (true);
create policy campaign_item_payments on campaign_item for update to {{payments}} using (true) with check (true);
create policy campaign_item_office on campaign_item to {{federation}}, {{system}} using (true) with check (true);
create policy campaign_item_owner on campaign_item to current_user using (true) with check (true);
grant select on campaign_item to {{everyone}};
grant insert on campaign_item to {{staff}}, {{federation}}, {{system}};
-- Nobody changes what was promised: title, text, target and community stay.
grant update (state, completed_at, closed_at, closed_reason) on campaign_item to {{staff}}, {{federation}}, {{system}};
grant update (completed_at) on campaign_item to {{payments}};

-- What was left over of an item and where the filed rule sent it: beside the ledger's transfer, so that a
-- campaign's page can tell moving inside it from coming in and going out. Rows are only added.
create table hand_on (
  transfer_id uuid primary key,
  campaign_id uuid not null references campaign,
  item_id uuid not null references campaign_item,
  to_account_id uuid not null,
  amount_fen bigint not null check (amount_fen > 0),
  at timestamptz not null
);
create index hand_on_by_campaign on hand_on (campaign_id);
alter table hand_on enable row level security;
alter table hand_on force row level security;
create policy hand_on_reads on hand_on for select to {{everyone}} using (true);
create policy hand_on_adds on hand_on for insert to {{staff}}, {{federation}}, {{system}} with check (true);
grant select on hand_on to {{everyone}};
grant insert on hand_on to {{staff}}, {{federation}}, {{system}};
