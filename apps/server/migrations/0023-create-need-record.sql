-- Verifying is a record: who went, when, where, what was seen, at what price, with what finding.
create table need_verification (
  id uuid primary key,
  need_id uuid not null references need,
  at timestamptz not null,
  actor_id uuid not null references account,
  level text not null check (level in ('community', 'street')),
  visited_at timestamptz not null,
  place_sealed bytea not null,
  seen_sealed bytea not null,
  second_source_sealed bytea,
  finding text not null check (finding in ('true', 'partly', 'not_true')),
  price_fen bigint check (price_fen > 0),
  price_source text,
  valid_until date not null,
  -- The worker's words for the wall, checked to name nobody.
  public_title text,
  public_text text,
  -- What was found for each statutory aid; the words are sealed.
  statutory jsonb not null default '[]',
  statutory_notes_sealed bytea,
  undone boolean not null default false,
  area_id int not null references area,
  federation_since timestamptz
);
create index need_verification_by_need on need_verification (need_id, id);
alter table need_verification enable row level security;
alter table need_verification force row level security;
create policy need_verification_staff on need_verification to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy need_verification_federation on need_verification for select to {{federation}} using (federation_since is not null);
create policy need_verification_system on need_verification to {{system}} using (true) with check (true);
grant select, insert, update (undone) on need_verification to {{staff}};
grant select on need_verification to {{federation}};
grant select, insert, update on need_verification to {{system}};

-- A referral to statutory aid or, last, to a designated appeal platform, and what came of it.
create table need_referral (
  id uuid primary key,
  need_id uuid not null references need,
  referred_to text not null,
  reason_sealed bytea not null,
  referred_at timestamptz not null,
  due_at timestamptz not null,
  result_at timestamptz,
  result_sealed bytea,
  undone boolean not null default false,
  area_id int not null references area,
  federation_since timestamptz
);
create index need_referral_by_need on need_referral (need_id, id);
alter table need_referral enable row level security;
alter table need_referral force row level security;
create policy need_referral_staff on need_referral to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy need_referral_federation on need_referral for select to {{federation}} using (federation_since is not null);
create policy need_referral_system on need_referral to {{system}} using (true) with check (true);
grant select, insert, update (undone, result_at, result_sealed) on need_referral to {{staff}};
grant select on need_referral to {{federation}};
grant select, insert, update on need_referral to {{system}};

-- A proposal that asks a fund to meet a need: ids, amount and state, for the history.
create table need_proposal (
  proposal_id uuid primary key,
  need_id uuid not null references need,
  number text not null,
  amount_fen bigint not null,
  state text not null check (state in ('proposed', 'refused', 'paid')),
  area_id int not null references area
);
create index need_proposal_by_need on need_proposal (need_id);
alter table need_proposal enable row level security;
alter table need_proposal force row level security;
create policy need_proposal_staff on need_proposal for select to {{staff}} using ({{in_areas}});
create policy need_proposal_federation on need_proposal for select to {{federation}} using (true);
create policy need_proposal_system on need_proposal to {{system}} using (true) with check (true);
grant select on need_proposal to {{staff}}, {{federation}};
grant select, insert, update on need_proposal to {{system}};

-- Messages that wait ten minutes, so that the act can still be undone.
create table pending_notice (
  id uuid primary key,
  need_id uuid not null references need,
  event_id uuid not null,
  account_id uuid not null references account,
  notice text not null,
  -- Words of the office for the asker (a reason, a question), sealed with the need's key.
  words_sealed bytea,
  send_at timestamptz not null,
  sent_at timestamptz,
  cancelled_at timestamptz,
  area_id int not null references area
);
create index pending_notice_waiting on pending_notice (send_at) where sent_at is null and cancelled_at is null;
create index pending_notice_by_event on pending_notice (event_id);
alter table pending_notice enable row level security;
alter table pending_notice force row level security;
create policy pending_notice_staff on pending_notice to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy pending_notice_own on pending_notice to {{resident}} using ({{own_account}}) with check ({{own_account}});
create policy pending_notice_system on pending_notice to {{system}} using (true) with check (true);
grant select, insert, update (cancelled_at) on pending_notice to {{staff}}, {{resident}};
grant select, insert, update on pending_notice to {{system}};

-- The state of a matter for whoever holds its slip: the row shows itself only to the code.
create table need_slip (
  need_id uuid primary key references need,
  code text not null unique,
  number text not null,
  state text not null,
  answer_by timestamptz,
  area_id int not null references area,
  account_id uuid
);
alter table need_slip enable row level security;
alter table need_slip force row level security;
create policy need_slip_by_code on need_slip for select to {{public}}, {{resident}}, {{staff}}, {{federation}}
  using (code = nullif(current_setting('app.slip', true), ''));
create policy need_slip_staff on need_slip to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy need_slip_own on need_slip to {{resident}} using ({{own_account}}) with check ({{own_account}});
create policy need_slip_system on need_slip to {{system}} using (true) with check (true);
grant select on need_slip to {{public}}, {{federation}};
grant select, insert, update (state, answer_by) on need_slip to {{staff}}, {{resident}};
grant select, insert, update on need_slip to {{system}};
