-- What is noted about a person. `account_id` is the account she is bound to, so that she sees it all herself.
-- Home visits: what was found is sealed with her key.
create table visit (
  id uuid primary key,
  person_id uuid not null references person,
  account_id uuid references account,
  area_id int not null references area,
  purpose text not null,
  visited_at timestamptz not null,
  note_sealed bytea not null,
  by_account_id uuid not null references account
);
create index visit_by_person on visit (person_id, visited_at);
alter table visit enable row level security;
alter table visit force row level security;
create policy visit_area on visit to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy visit_own on visit for select to {{resident}} using ({{own_account}});
create policy visit_system on visit to {{system}} using (true) with check (true);
grant select on visit to {{resident}};
grant select, insert, update (account_id) on visit to {{staff}}, {{system}};

-- Consent, one row for each purpose and time: of a person, or of an account that no person is bound to yet.
create table consent (
  id uuid primary key,
  person_id uuid references person,
  account_id uuid references account,
  area_id int references area,
  purpose text not null,
  form text not null check (form in ('own_account', 'spoken', 'paper', 'guardian', 'not_possible')),
  note_sealed bytea,
  given_at timestamptz not null,
  noted_by uuid references account,
  withdrawn_at timestamptz,
  check (person_id is not null or account_id is not null),
  check (form <> 'not_possible' or note_sealed is not null)
);
create index consent_by_person on consent (person_id);
create index consent_by_account on consent (account_id);
alter table consent enable row level security;
alter table consent force row level security;
create policy consent_area on consent to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy consent_own_reads on consent for select to {{resident}} using ({{own_account}});
create policy consent_own_gives on consent for insert to {{resident}} with check ({{own_account}} and form = 'own_account');
create policy consent_own_withdraws on consent for update to {{resident}} using ({{own_account}});
create policy consent_system on consent to {{system}} using (true) with check (true);
grant select, insert, update (withdrawn_at) on consent to {{resident}};
grant select, insert, update (person_id, account_id, withdrawn_at) on consent to {{staff}}, {{system}};

-- Who opened a masked field and why. Rows are only added; the reason is sealed with the person's key.
create table field_opening (
  id uuid primary key,
  person_id uuid not null references person,
  account_id uuid references account,
  area_id int not null references area,
  field text not null,
  reason_sealed bytea not null,
  at timestamptz not null,
  by_account_id uuid not null references account
);
create index field_opening_by_person on field_opening (person_id, at);
alter table field_opening enable row level security;
alter table field_opening force row level security;
create policy field_opening_area on field_opening to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy field_opening_own on field_opening for select to {{resident}} using ({{own_account}});
create policy field_opening_system on field_opening to {{system}} using (true) with check (true);
grant select on field_opening to {{resident}};
grant select, insert, update (account_id) on field_opening to {{staff}}, {{system}};

-- Who stands aside for whom. That a tie exists is enough for the rule; what it is stays sealed.
create table relative_declaration (
  account_id uuid not null references account,
  person_id uuid not null references person,
  relation_sealed bytea not null,
  declared_at timestamptz not null,
  primary key (account_id, person_id)
);
create index relative_declaration_by_person on relative_declaration (person_id);
alter table relative_declaration enable row level security;
alter table relative_declaration force row level security;
create policy relative_office_reads on relative_declaration for select to {{staff}}, {{federation}} using (true);
create policy relative_own_reads on relative_declaration for select to {{resident}} using ({{own_account}});
create policy relative_declares on relative_declaration for insert to {{resident}}, {{staff}}, {{federation}} with check ({{own_account}});
create policy relative_system on relative_declaration to {{system}} using (true) with check (true);
grant select (account_id, person_id, declared_at), insert on relative_declaration to {{resident}}, {{staff}}, {{federation}};
grant select, insert on relative_declaration to {{system}};
