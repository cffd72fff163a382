-- The departments whose rosters name her now, for their own login.
alter table person add column department_ids uuid[] not null default '{}';
-- Since when what named her cannot be read any more.
alter table person add column erased_at timestamptz;
create policy person_department on person for select to {{department}}
  using (nullif(current_setting('app.organization', true), '')::uuid = any(department_ids));
-- A department knows address and numbers from its own rosters; it gets nobody else's from here.
grant select (id, area_id, account_id, gender, born_year, name_sealed, department_ids, erased_at, merged_into, created_at) on person to {{department}};
grant update (department_ids, erased_at, stated_sealed) on person to {{system}};

-- As `person_term`, for departments: names and ID numbers of the people of their own rosters.
create table department_term (
  term bigint not null,
  department_id uuid not null,
  person_id uuid not null,
  primary key (term, department_id, person_id)
);
create index department_term_by_person on department_term (person_id);
alter table department_term enable row level security;
alter table department_term force row level security;
create policy department_term_own on department_term for select to {{department}} using ({{own_department}});
create policy department_term_system on department_term to {{system}} using (true) with check (true);
grant select on department_term to {{department}};
grant select, insert, delete on department_term to {{system}};

-- A department reads what its own rosters say; what others say it asks for with a purpose (`data_exchange`).
create policy person_fact_department on person_fact for select to {{department}} using ({{own_department}});
grant select on person_fact to {{department}};
create policy household_member_department on household_member for select to {{department}} using ({{own_department}});
grant select on household_member to {{department}};

-- A worker notes what she found out herself, and ends such a note; what a roster says is its department's.
create policy person_fact_noted on person_fact for insert to {{staff}}
  with check ({{in_areas}} and department_id is null and source_row_id is null);
create policy person_fact_ended on person_fact for update to {{staff}}
  using ({{in_areas}} and department_id is null and source_row_id is null);
grant insert, update (until) on person_fact to {{staff}};

-- Two people at one household: the later one looks again.
alter table household add column version int not null default 0;
grant update (version) on household to {{staff}};
grant update (since) on household_member to {{staff}};

-- Which of the accounts belong to one of the persons herself, or to somebody who lives in one household with her: that
-- there is a tie and nothing else, for whoever must know who stands aside.
create function household_ties(p_accounts uuid[], p_persons uuid[], p_on date)
returns table (account_id uuid, person_id uuid)
language sql stable security definer set search_path from current as $$
  select distinct own.account_id, theirs.person_id
  from person own
  join household_member mine on mine.person_id = own.id
  join household_member theirs on theirs.household_id = mine.household_id
  where own.account_id = any(p_accounts) and theirs.person_id = any(p_persons)
    and (mine.until is null or mine.until > p_on) and (theirs.until is null or theirs.until > p_on)
  union
  select own.account_id, own.id from person own
  where own.account_id = any(p_accounts) and own.id = any(p_persons)
$$;
revoke all on function household_ties from public;
grant execute on function household_ties to {{staff}}, {{federation}}, {{system}};

-- A department officer opens a field of the people of her own rosters; the row is the same as any other's.
create policy field_opening_department on field_opening for insert to {{department}}
  with check (by_account_id = nullif(current_setting('app.account', true), '')::uuid);
grant insert on field_opening to {{department}};
-- What was noted by hand goes with her when she asks for it.
grant update, delete on visit, consent, field_opening, relative_declaration, person_binding, person_share to {{system}};
