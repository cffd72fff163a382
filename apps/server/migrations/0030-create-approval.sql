-- The one approval mechanism: two deciders who are not the proposer, a third above a limit.
create table approval_limit (
  above_fen bigint primary key check (above_fen >= 0),
  approvers int not null check (approvers >= 2)
);
insert into approval_limit (above_fen, approvers) values (0, 2), (1000000, 3);
alter table approval_limit enable row level security;
alter table approval_limit force row level security;
create policy approval_limit_office on approval_limit for select to {{staff}}, {{federation}} using (true);
create policy approval_limit_system on approval_limit to {{system}} using (true) with check (true);
grant select on approval_limit to {{staff}}, {{federation}};
grant select, insert, update, delete on approval_limit to {{system}};

create table approval (
  id uuid primary key,
  subject_kind text not null,
  subject_id uuid not null constraint approval_one_per_subject unique,
  -- Zero for what is no amount: a bank account to be signed.
  amount_fen bigint not null check (amount_fen >= 0),
  proposer_id uuid not null references account,
  -- Whose relatives stand aside, and whose agents.
  person_ids uuid[] not null,
  organization_ids uuid[] not null,
  area_id int references area,
  approvers int not null check (approvers >= 2),
  state text not null default 'open' check (state in ('open', 'approved', 'refused', 'cancelled')),
  opened_at timestamptz not null,
  closed_at timestamptz,
  constraint approval_names_its_proposer unique (id, proposer_id),
  check ((state = 'open') = (closed_at is null))
);
alter table approval enable row level security;
alter table approval force row level security;
create policy approval_staff_reads on approval for select to {{staff}} using ({{in_areas}});
create policy approval_staff_opens on approval for insert to {{staff}} with check ({{in_areas}} and state = 'open');
create policy approval_staff_cancels on approval for update to {{staff}} using ({{in_areas}}) with check ({{in_areas}} and state = 'cancelled');
create policy approval_federation on approval to {{federation}} using (true) with check (true);
create policy approval_system on approval to {{system}} using (true) with check (true);
grant select, insert on approval to {{staff}}, {{federation}}, {{system}};
grant update (state, closed_at) on approval to {{staff}}, {{federation}}, {{system}};

-- Rows are only added. The copy of the proposer lets the database itself refuse her own word.
create table approval_decision (
  approval_id uuid not null,
  place int not null check (place >= 1),
  account_id uuid not null references account,
  proposer_id uuid not null,
  area_id int references area,
  decision text not null check (decision in ('approve', 'refuse')),
  note_sealed bytea,
  at timestamptz not null,
  primary key (approval_id, place),
  constraint approval_decision_once_each unique (approval_id, account_id),
  constraint approval_decision_not_by_proposer check (account_id <> proposer_id),
  constraint approval_decision_of_approval foreign key (approval_id, proposer_id)
    references approval (id, proposer_id)
);
alter table approval_decision enable row level security;
alter table approval_decision force row level security;
create policy approval_decision_staff on approval_decision for select to {{staff}} using ({{in_areas}});
create policy approval_decision_federation on approval_decision to {{federation}} using (true) with check ({{own_account}});
create policy approval_decision_system on approval_decision for select to {{system}} using (true);
grant select on approval_decision to {{staff}}, {{federation}}, {{system}};
grant insert on approval_decision to {{federation}};
