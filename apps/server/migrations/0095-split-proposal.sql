-- What a fund, a campaign or an item means to spend on one thing. `bound_fen` is what proposals that were
-- not refused or withdrawn ask of it, paid or not; the check is what keeps two proposals from sharing a rest.
create table budget_line (
  id uuid primary key,
  serial int generated always as identity,
  account_id uuid not null references account_purpose,
  name text not null,
  planned_fen bigint not null check (planned_fen > 0),
  bound_fen bigint not null default 0,
  created_at timestamptz not null,
  created_by uuid references account,
  constraint budget_line_once_per_account unique (account_id, name),
  constraint budget_line_not_over check (bound_fen between 0 and planned_fen)
);
alter table budget_line enable row level security;
alter table budget_line force row level security;
create policy budget_line_staff_reads on budget_line for select to {{staff}} using (true);
create policy budget_line_staff_binds on budget_line for update to {{staff}} using (true) with check (true);
create policy budget_line_office on budget_line to {{federation}}, {{system}} using (true) with check (true);
grant select on budget_line to {{staff}};
grant update (bound_fen) on budget_line to {{staff}};
grant select, insert on budget_line to {{federation}}, {{system}};
grant update (planned_fen, bound_fen) on budget_line to {{federation}}, {{system}};

-- A proposal may name many payees; then it has none of its own, and says what it is about.
alter table proposal drop constraint proposal_payee_kind_check;
alter table proposal alter column payee_id drop not null;
alter table proposal
  add column subject_kind text,
  add column subject_id uuid,
  add column budget_line_id uuid references budget_line,
  add constraint proposal_payee_kind_check check (payee_kind in ('organization', 'person', 'list')),
  add constraint proposal_list_names_no_payee check ((payee_kind = 'list') = (payee_id is null)),
  add constraint proposal_subject_whole check ((subject_kind is null) = (subject_id is null));
create index proposal_by_subject on proposal (subject_id) where subject_id is not null;

-- What one payee gets; a proposal of one payee has one line with the proposal's own id. The ledger holds
-- the amount under the line's id until it is paid, refused or withdrawn.
create table proposal_line (
  id uuid primary key,
  proposal_id uuid not null references proposal,
  place int not null check (place >= 1),
  -- The record it is about, as whoever proposed it knows it: an award, a purchase.
  subject_id uuid,
  payee_kind text not null check (payee_kind in ('organization', 'person')),
  payee_id uuid not null,
  amount_fen bigint not null check (amount_fen > 0),
  label_sealed bytea,
  state text not null default 'proposed'
    check (state in ('proposed', 'approved', 'in_batch', 'paid', 'rejected', 'withdrawn', 'refused')),
  -- How often it was sent to the bank: once, and once again after it was rejected.
  tries int not null default 0,
  reason_sealed bytea,
  area_id int references area,
  constraint proposal_line_place_once unique (proposal_id, place),
  constraint proposal_line_tried_twice_at_most check (tries between 0 and 2)
);
-- One record is asked for once at a time.
create unique index proposal_line_subject_once on proposal_line (subject_id)
  where subject_id is not null and state not in ('withdrawn', 'refused');
create index proposal_line_to_pay on proposal_line (state, id) where state in ('approved', 'rejected', 'in_batch');
alter table proposal_line enable row level security;
alter table proposal_line force row level security;
create policy proposal_line_staff_reads on proposal_line for select to {{staff}} using ({{in_areas}});
create policy proposal_line_staff_proposes on proposal_line for insert to {{staff}} with check ({{in_areas}} and state = 'proposed');
create policy proposal_line_staff_withdraws on proposal_line for update to {{staff}} using ({{in_areas}}) with check ({{in_areas}} and state = 'withdrawn');
create policy proposal_line_office on proposal_line to {{federation}}, {{system}} using (true) with check (true);
grant select, insert on proposal_line to {{staff}}, {{federation}}, {{system}};
grant update (state, reason_sealed) on proposal_line to {{staff}};
grant update (state, tries, reason_sealed) on proposal_line to {{federation}}, {{system}};

-- A line is paid once.
alter table payment drop constraint payment_once_per_proposal;
alter table payment
  add column line_id uuid not null references proposal_line,
  add constraint payment_once_per_line unique (line_id);
create index payment_by_proposal on payment (proposal_id);
