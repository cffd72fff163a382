-- What the federation tells of a campaign while it runs and at its end, with pictures in the order it chose. Rows are
-- only added.
create table campaign_news (
  id uuid primary key,
  serial int generated always as identity,
  campaign_id uuid not null references campaign,
  title text not null,
  text text not null,
  -- The last one of a campaign says what was done with it.
  is_result boolean not null,
  picture_ids uuid[] not null,
  tell_givers boolean not null,
  published_at timestamptz not null,
  published_by uuid not null references account
);
create index campaign_news_by_campaign on campaign_news (campaign_id, serial);
alter table campaign_news enable row level security;
alter table campaign_news force row level security;
create policy campaign_news_reads on campaign_news for select to {{everyone}} using (true);
create policy campaign_news_adds on campaign_news for insert to {{federation}}, {{system}} with check (true);
grant select (id, serial, campaign_id, title, text, is_result, picture_ids, tell_givers, published_at) on campaign_news to {{everyone}};
grant select, insert on campaign_news to {{federation}}, {{system}};

-- A promise of a merchant tied to sales, or a gift somebody made straight to a person: written down, in no total.
create table recorded_giving (
  id uuid primary key,
  serial int generated always as identity,
  legal_form text not null check (legal_form in ('sale_promise', 'direct_gift')),
  campaign_id uuid references campaign,
  -- The merchant by name; whoever gave straight to a person stays 爱心人士.
  organization_id uuid references organization,
  public_name text,
  -- What was promised or done, in words for everybody; never whom it helped.
  text text not null,
  amount_fen bigint check (amount_fen > 0),
  happened_on date not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null references account,
  constraint recorded_giving_names_merchant check (legal_form <> 'sale_promise' or organization_id is not null)
);
create index recorded_giving_by_campaign on recorded_giving (campaign_id, serial);
alter table recorded_giving enable row level security;
alter table recorded_giving force row level security;
create policy recorded_giving_reads on recorded_giving for select to {{everyone}} using (true);
create policy recorded_giving_adds on recorded_giving for insert to {{federation}}, {{system}} with check (true);
grant select (id, serial, legal_form, campaign_id, organization_id, public_name, text, amount_fen, happened_on) on recorded_giving to {{everyone}};
grant select, insert on recorded_giving to {{federation}}, {{system}};

-- The agreement under which a special fund lies in the federation's books.
create table fund_agreement (
  fund_id uuid primary key references fund,
  partner_id uuid references organization,
  partner_name text not null,
  agreement_number text not null,
  agreed_on date not null,
  purpose text not null,
  remainder_rule text not null,
  recorded_by uuid references account
);
alter table fund_agreement enable row level security;
alter table fund_agreement force row level security;
create policy fund_agreement_reads on fund_agreement for select to {{everyone}} using (true);
create policy fund_agreement_adds on fund_agreement for insert to {{federation}}, {{system}} with check (true);
grant select (fund_id, partner_name, agreement_number, agreed_on, purpose, remainder_rule) on fund_agreement to {{everyone}};
grant select, insert on fund_agreement to {{federation}}, {{system}};

-- What kind of emergency a campaign answers; the plan it was opened with came from that template.
alter table campaign add column emergency_kind text check (emergency_kind in ('flood', 'fire', 'epidemic', 'cold', 'earthquake'));

-- What was left over at the end of a campaign and where its filed rule sent it. Rows are only added.
create table campaign_remainder (
  transfer_id uuid primary key,
  campaign_id uuid not null references campaign,
  to_account_id uuid not null references account_purpose,
  amount_fen bigint not null check (amount_fen > 0),
  settled_at timestamptz not null,
  settled_by uuid not null references account
);
create index campaign_remainder_by_campaign on campaign_remainder (campaign_id);
alter table campaign_remainder enable row level security;
alter table campaign_remainder force row level security;
create policy campaign_remainder_reads on campaign_remainder for select to {{everyone}} using (true);
create policy campaign_remainder_adds on campaign_remainder for insert to {{federation}}, {{system}} with check (true);
grant select (transfer_id, campaign_id, to_account_id, amount_fen, settled_at) on campaign_remainder to {{everyone}};
grant select, insert on campaign_remainder to {{federation}}, {{system}};
