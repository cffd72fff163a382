-- Which person a row once founded: it is hers whenever the row stands for itself. Rows are only added.
create table founded_person (
  lineage_id uuid primary key,
  person_id uuid not null unique references person,
  seq bigint generated always as identity
);
alter table founded_person enable row level security;
alter table founded_person force row level security;
create policy founded_person_system on founded_person to {{system}} using (true) with check (true);
grant select, insert on founded_person to {{system}};

-- Are these two rows of one person? `row_a` and `row_b` are lineages, or persons opened by hand.
create table link_question (
  id uuid primary key,
  row_a uuid not null,
  row_b uuid not null,
  -- The smallest area that has both.
  area_id int not null references area,
  -- Set when both are of one department, which may then answer itself.
  department_id uuid references organization,
  -- Binary logarithm of the odds that they are.
  score real not null,
  -- Field, relation and weight: no value.
  evidence jsonb not null,
  -- What the reviewer sees of both rows, sealed with the question's own key.
  shown_sealed bytea not null,
  state text not null check (state in ('open', 'answered', 'gone')),
  opened_at timestamptz not null,
  closed_at timestamptz,
  check ((state = 'open') = (closed_at is null))
);
create unique index link_question_open on link_question (row_a, row_b) where state = 'open';
create index link_question_next on link_question (score desc, id) where state = 'open';
alter table link_question enable row level security;
alter table link_question force row level security;
create policy link_question_own on link_question to {{department}} using ({{own_department}}) with check ({{own_department}});
create policy link_question_area on link_question to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy link_question_system on link_question to {{system}} using (true) with check (true);
grant select, update (state, closed_at) on link_question to {{department}}, {{staff}};
grant select, insert, update on link_question to {{system}};

-- A person's word on two rows. Rows are only added: taking one back is a further row, and of a pair the last holds.
create table link_answer (
  id uuid primary key,
  seq bigint generated always as identity,
  question_id uuid references link_question,
  row_a uuid not null,
  row_b uuid not null,
  word text not null check (word in ('same', 'different', 'withdrawn')),
  undoes uuid unique references link_answer,
  area_id int not null references area,
  department_id uuid references organization,
  at timestamptz not null,
  account_id uuid references account,
  check ((word = 'withdrawn') = (undoes is not null))
);
create index link_answer_by_pair on link_answer (row_a, row_b, seq);
alter table link_answer enable row level security;
alter table link_answer force row level security;
create policy link_answer_own on link_answer to {{department}} using ({{own_department}}) with check ({{own_department}});
create policy link_answer_area on link_answer to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy link_answer_system on link_answer to {{system}} using (true) with check (true);
grant select, insert on link_answer to {{department}}, {{staff}}, {{system}};

-- How rows were last put together. One row, locked by whoever does it.
create table link_state (
  only_one boolean primary key default true check (only_one),
  -- True when answers or columns have changed since.
  is_stale boolean not null default false,
  -- What the rows taught, sealed: it counts names.
  model_sealed bytea,
  model_rows int not null default 0,
  linked_rows int not null default 0,
  linked_at timestamptz
);
-- Before row-level security binds the owner too.
insert into link_state default values;
alter table link_state enable row level security;
alter table link_state force row level security;
create policy link_state_staff on link_state to {{department}}, {{staff}} using (true) with check (true);
create policy link_state_system on link_state to {{system}} using (true) with check (true);
grant select (only_one, is_stale, linked_at), update (is_stale) on link_state to {{department}}, {{staff}};
grant select, update on link_state to {{system}};
