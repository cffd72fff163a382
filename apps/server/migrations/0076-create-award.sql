-- A round is one period of a programme in one area, with the definition as it stood when the round was opened.
create table award_round (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('PC-' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored
    constraint award_round_number_once unique,
  program_code text not null,
  version_id uuid,
  definition jsonb not null,
  source text not null check (source in ('statutory', 'department', 'charity')),
  department_id uuid references organization,
  period text not null,
  area_id int not null references area,
  opened_at timestamptz not null,
  opened_by uuid references account,
  constraint award_round_once unique (program_code, period, area_id)
);
alter table award_round enable row level security;
alter table award_round force row level security;
-- Which policies have rounds is no secret, and names nobody.
create policy award_round_everyone_reads on award_round for select to {{everyone}} using (true);
create policy award_round_staff_opens on award_round for insert to {{staff}} with check ({{in_areas}});
create policy award_round_system_opens on award_round for insert to {{system}} with check (true);
grant select on award_round to {{everyone}};
grant insert on award_round to {{staff}}, {{system}};

-- One person, or one household through one of its members, and one programme: from being found to the end.
create table award (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('JZ-' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored
    constraint award_number_once unique,
  round_id uuid not null references award_round,
  program_code text not null,
  source text not null check (source in ('statutory', 'department', 'charity')),
  -- What the benefit is counted by: the household of a household benefit, else the person.
  beneficiary_id uuid not null,
  person_id uuid not null references person,
  account_id uuid references account,
  area_id int not null references area,
  department_id uuid references organization,
  -- Set when it is proposed: from then on the federation sees it.
  with_federation boolean not null default false,
  state text not null check (state in ('candidate', 'ready', 'referred', 'proposed', 'approved', 'on_notice', 'paused',
    'granted', 'paid_elsewhere', 'halted', 'refused', 'declined', 'died', 'moved', 'stopped', 'finished')),
  amount bigint not null check (amount >= 0),
  unit text not null check (unit in ('fen', 'minutes', 'times')),
  -- Whether her name may stand, as surname and 某, on a paper board.
  may_be_named boolean not null,
  list_id uuid,
  notice_id uuid,
  notice_place int,
  visited_at timestamptz,
  visited_by uuid references account,
  tries int not null default 0,
  granted_on date,
  -- When a part falls due next; null when none will.
  next_on date,
  -- The day by which a person looks at it again; nothing falls due after it.
  review_on date,
  review_asked_on date,
  ended_on date,
  -- The level that decided last, so that an appeal goes one above.
  decided_level text check (decided_level in ('community', 'street', 'district', 'federation', 'department')),
  appeal text check (appeal in ('open', 'upheld', 'overturned')),
  appeal_sealed bytea,
  answer_sealed bytea,
  reason_sealed bytea,
  version int not null default 0,
  check (state <> 'granted' or (granted_on is not null and review_on is not null)),
  check ((ended_on is null) = (state not in ('refused', 'declined', 'died', 'moved', 'stopped', 'finished')))
);
create unique index award_once_open on award (program_code, beneficiary_id) where ended_on is null;
create index award_by_round on award (round_id, state, area_id);
create index award_by_area on award (area_id, state);
create index award_by_person on award (person_id);
create index award_by_list on award (list_id) where list_id is not null;
create index award_by_notice on award (notice_id) where notice_id is not null;
create index award_to_run on award (next_on) where state = 'granted';
alter table award enable row level security;
alter table award force row level security;
create policy award_area on award to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy award_own on award to {{resident}} using ({{own_account}}) with check ({{own_account}});
create policy award_department on award for select to {{department}} using ({{own_department}});
create policy award_federation on award to {{federation}} using (with_federation) with check (with_federation);
create policy award_system on award to {{system}} using (true) with check (true);
grant select on award to {{staff}}, {{resident}}, {{department}}, {{federation}}, {{system}};
grant insert on award to {{staff}}, {{system}};
grant update on award to {{staff}}, {{federation}}, {{system}};
grant update (state, ended_on, next_on, decided_level, appeal, appeal_sealed, version) on award to {{resident}};

-- What happened to an award. Rows are only added.
create table award_step (
  id uuid primary key,
  award_id uuid not null references award,
  area_id int not null references area,
  account_id uuid references account,
  department_id uuid references organization,
  with_federation boolean not null,
  at timestamptz not null,
  move text not null,
  state text not null,
  by_account_id uuid references account,
  note_sealed bytea
);
create index award_step_by_award on award_step (award_id, at);
alter table award_step enable row level security;
alter table award_step force row level security;
create policy award_step_area on award_step for select to {{staff}} using ({{in_areas}});
create policy award_step_own on award_step for select to {{resident}} using ({{own_account}});
create policy award_step_department on award_step for select to {{department}} using ({{own_department}});
create policy award_step_federation on award_step for select to {{federation}} using (with_federation);
create policy award_step_adds on award_step for insert to {{staff}}, {{resident}}, {{federation}} with check (true);
create policy award_step_system on award_step to {{system}} using (true) with check (true);
grant select, insert on award_step to {{staff}}, {{resident}}, {{federation}}, {{system}};
grant select on award_step to {{department}};
grant update (account_id, area_id) on award_step to {{system}};

-- A visit for an award: what was seen, never a picture of it. The consent itself is kept with the others of the person.
create table award_visit (
  id uuid primary key,
  award_id uuid not null references award,
  person_id uuid not null references person,
  area_id int not null references area,
  account_id uuid references account,
  at timestamptz not null,
  by_account_id uuid not null references account,
  outcome text not null check (outcome in ('met', 'away', 'declined', 'died', 'moved', 'not_true')),
  consent_id uuid references consent,
  proofs text[] not null,
  -- Of whom an income check was asked for, by request (Social Assistance Measures 58).
  income_check_sealed bytea,
  note_sealed bytea,
  check (outcome <> 'met' or consent_id is not null)
);
create index award_visit_by_award on award_visit (award_id, at);
alter table award_visit enable row level security;
alter table award_visit force row level security;
create policy award_visit_area on award_visit to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy award_visit_own on award_visit for select to {{resident}} using ({{own_account}});
create policy award_visit_system on award_visit to {{system}} using (true) with check (true);
grant select, insert on award_visit to {{staff}}, {{system}};
grant select on award_visit to {{resident}};
grant update (account_id, area_id) on award_visit to {{system}};

-- One period's part of an award. THE constraint: a programme gives a person or household one part a period, whoever
-- writes it, however often and from how many processes; a cancelled one keeps its place.
create table award_part (
  id uuid primary key,
  award_id uuid not null references award,
  program_code text not null,
  beneficiary_id uuid not null,
  period text not null,
  person_id uuid not null references person,
  account_id uuid references account,
  area_id int not null references area,
  department_id uuid references organization,
  with_federation boolean not null,
  delivery text not null,
  amount bigint not null check (amount >= 0),
  unit text not null check (unit in ('fen', 'minutes', 'times')),
  state text not null check (state in ('due', 'sent', 'delivered', 'confirmed', 'returned', 'cancelled')),
  due_on date not null,
  delivered_on date,
  delivered_by uuid references account,
  -- The entitlement issued, the proposal it is paid by, or the list it was read from.
  reference_id uuid,
  waits text check (waits in ('balance', 'fund', 'rejected', 'not_received')),
  confirmed_at timestamptz,
  confirmed_by text check (confirmed_by in ('account', 'call_back', 'paper_slip')),
  confirmed_account_id uuid references account,
  words_sealed bytea,
  constraint award_part_once unique (program_code, beneficiary_id, period),
  check ((confirmed_at is null) = (confirmed_by is null)),
  check (state <> 'confirmed' or confirmed_at is not null),
  check (state not in ('delivered', 'confirmed') or delivered_on is not null)
);
create index award_part_by_award on award_part (award_id, period);
create index award_part_by_person on award_part (person_id);
create index award_part_by_area on award_part (area_id, delivered_on);
create index award_part_waiting on award_part (program_code, id) where state in ('due', 'sent');
create index award_part_unconfirmed on award_part (delivered_on, id) where state = 'delivered';
alter table award_part enable row level security;
alter table award_part force row level security;
create policy award_part_area on award_part to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy award_part_own on award_part to {{resident}} using ({{own_account}}) with check ({{own_account}});
create policy award_part_department on award_part for select to {{department}} using ({{own_department}});
create policy award_part_federation on award_part to {{federation}} using (with_federation) with check (with_federation);
create policy award_part_system on award_part to {{system}} using (true) with check (true);
grant select on award_part to {{staff}}, {{resident}}, {{department}}, {{federation}}, {{system}};
grant insert on award_part to {{system}};
grant update (state, delivered_on, delivered_by, waits, confirmed_at, confirmed_by, confirmed_account_id, words_sealed, reference_id)
  on award_part to {{staff}}, {{federation}}, {{system}};
grant update (account_id, area_id) on award_part to {{system}};
grant update (state, waits, confirmed_at, confirmed_by, confirmed_account_id, words_sealed) on award_part to {{resident}};
grant update (account_id, area_id) on award to {{system}};
