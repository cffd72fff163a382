-- What somebody asks about her own data (PIPL 44-50): a person answers within 15 days. Sealed with the account's key.
create table data_request (
  id uuid primary key,
  account_id uuid not null references account,
  area_id int references area,
  kind text not null check (kind in ('correct', 'delete', 'explain', 'transfer')),
  text_sealed bytea not null,
  asked_at timestamptz not null,
  answer_by date not null,
  answer_sealed bytea,
  answered_at timestamptz,
  answered_by uuid references account,
  check ((answer_sealed is null) = (answered_at is null))
);
create index data_request_by_account on data_request (account_id, asked_at);
alter table data_request enable row level security;
alter table data_request force row level security;
create policy data_request_own_reads on data_request for select to {{resident}} using ({{own_account}});
create policy data_request_own_asks on data_request for insert to {{resident}} with check ({{own_account}});
create policy data_request_area_reads on data_request for select to {{staff}} using ({{in_areas}});
create policy data_request_area_answers on data_request for update to {{staff}} using ({{in_areas}});
create policy data_request_system on data_request to {{system}} using (true) with check (true);
grant select, insert on data_request to {{resident}};
grant select, update (answer_sealed, answered_at, answered_by) on data_request to {{staff}};
grant select, insert, update on data_request to {{system}};

-- Register of personal information impact assessments (PIPL 55-56): kept at least three years, so nobody may delete.
create table impact_assessment (
  id uuid primary key,
  title text not null,
  conclusion text not null,
  assessed_on date not null,
  keep_until date not null check (keep_until >= assessed_on + interval '3 years'),
  added_by uuid references account,
  added_at timestamptz not null
);
alter table impact_assessment enable row level security;
alter table impact_assessment force row level security;
create policy impact_assessment_office on impact_assessment for select to {{staff}}, {{federation}} using (true);
create policy impact_assessment_adds on impact_assessment for insert to {{staff}}, {{federation}} with check (true);
create policy impact_assessment_system on impact_assessment to {{system}} using (true) with check (true);
grant select, insert on impact_assessment to {{staff}}, {{federation}}, {{system}};
