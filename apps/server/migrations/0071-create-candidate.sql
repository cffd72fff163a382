-- People whose facts changed, for whoever keeps what follows from facts. Rows are only added and taken, so that
-- noting a change waits for nobody; a person may stand in it several times.
create table changed_person (
  id bigint generated always as identity primary key,
  person_id uuid not null
);
alter table changed_person enable row level security;
alter table changed_person force row level security;
create policy changed_person_staff_notes on changed_person for insert to {{staff}} with check (true);
create policy changed_person_resident_notes on changed_person for insert to {{resident}} with check (true);
create policy changed_person_system on changed_person to {{system}} using (true) with check (true);
grant insert on changed_person to {{staff}}, {{resident}};
grant select, insert, delete on changed_person to {{system}};

-- Whom a programme is meant for by what is on file. A row is one spell: it ends, and a later one is another row.
create table candidate (
  id uuid primary key default gen_random_uuid(),
  program_id uuid not null references program,
  version_id uuid not null references program_version,
  person_id uuid not null references person,
  -- Of a benefit that comes once a household: the household, or the person where she has none.
  household_id uuid,
  -- Where she lives, who answers for the programme, which account is hers: copies, for who may see the row.
  area_id int not null references area,
  department_id uuid,
  account_id uuid,
  -- In the unit of the programme's benefit.
  amount bigint not null,
  -- Which conditions hold, for the reason.
  held bigint not null,
  since date not null,
  -- The evaluation that wrote these values.
  evaluated_on date not null,
  ended_on date
);
create unique index candidate_once on candidate (program_id, person_id, household_id) nulls not distinct where ended_on is null;
create index candidate_by_person on candidate (person_id) where ended_on is null;
create index candidate_by_area on candidate (program_id, area_id, id) where ended_on is null;
alter table candidate enable row level security;
alter table candidate force row level security;
create policy candidate_area on candidate for select to {{staff}} using ({{in_areas}});
create policy candidate_department on candidate for select to {{department}} using ({{own_department}});
create policy candidate_own on candidate for select to {{resident}} using ({{own_account}});
create policy candidate_system on candidate to {{system}} using (true) with check (true);
grant select on candidate to {{staff}}, {{department}}, {{resident}};
grant select, insert, update, delete on candidate to {{system}};

-- How many a programme finds: where they live (`place`), and added up by street and district. Whoever may not see people
-- sees sums of the district, and everybody only those of five and more.
create table program_figure (
  program_id uuid not null references program,
  area_id int not null references area,
  scope text not null check (scope in ('place', 'street', 'district')),
  department_id uuid,
  candidates int not null,
  amount bigint not null,
  primary key (program_id, scope, area_id)
);
alter table program_figure enable row level security;
alter table program_figure force row level security;
create policy program_figure_area on program_figure for select to {{staff}} using ({{in_areas}});
create policy program_figure_department on program_figure for select to {{department}} using (scope = 'district');
create policy program_figure_federation on program_figure for select to {{federation}} using (scope = 'district');
create policy program_figure_everybody on program_figure for select to {{resident}}, {{public}} using (scope = 'district' and candidates >= 5);
create policy program_figure_system on program_figure to {{system}} using (true) with check (true);
grant select on program_figure to {{staff}}, {{department}}, {{federation}}, {{resident}}, {{public}};
grant select, insert, update, delete on program_figure to {{system}};

-- One evaluation at a time, whichever process runs it: its row is held while candidates are replaced.
create table program_evaluation (
  id int primary key check (id = 1)
);
-- Before row-level security binds the owner too.
insert into program_evaluation (id) values (1);
alter table program_evaluation enable row level security;
alter table program_evaluation force row level security;
create policy program_evaluation_system on program_evaluation to {{system}} using (true) with check (true);
grant select, update on program_evaluation to {{system}};

-- The facts a reason rests on, of one person and of her households, for who may see that person: a worker in whose
-- areas she lives, or she herself. Of the others in her household nothing but coded facts comes out, and no id twice used.
create function entitlement_facts(p_person uuid)
returns table (person_id uuid, household_id uuid, is_head boolean, field smallint, value bigint, since date, until date,
  department_id uuid, noted_at timestamptz)
language sql stable security definer set search_path from current as $$
  with allowed as (
    select p.id from person p
    where p.id = p_person
      and (p.area_id = any (nullif(current_setting('app.areas', true), '')::int[])
        or p.account_id = nullif(current_setting('app.account', true), '')::uuid)
  ), home as (
    select m.household_id from household_member m join allowed on allowed.id = m.person_id
  ), seat as (
    select m.person_id, m.household_id, m.is_head, m.since, m.until from household_member m join home using (household_id)
  )
  select f.person_id, null::uuid, null::boolean, f.field, f.value, f.since, f.until, f.department_id, f.noted_at
  from person_fact f
  where f.person_id in (select id from allowed union select s.person_id from seat s)
  union all
  select s.person_id, s.household_id, s.is_head, null, null, s.since, s.until, null, null from seat s
$$;
revoke all on function entitlement_facts from public;
grant execute on function entitlement_facts to {{staff}}, {{resident}};
