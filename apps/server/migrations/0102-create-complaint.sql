-- A report about a page or campaign, or a complaint to civil affairs about the charity. Its words are sealed with a
-- key of its own; who wrote it may stay unknown, and follows it by number and code.
create table complaint (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('TS-' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored
    constraint complaint_number_once unique,
  form_id uuid not null constraint complaint_form_once unique,
  code_hash bytea not null,
  route text not null check (route in ('federation', 'civil_affairs')),
  area_id int not null references area,
  subject_kind text not null check (subject_kind in ('campaign', 'fund', 'page', 'charity')),
  subject_code text,
  subject_name text not null,
  campaign_id uuid references campaign,
  text_sealed bytea not null,
  contact_sealed bytea,
  account_id uuid references account,
  asked_at timestamptz not null,
  answer_by date not null,
  answered_at timestamptz,
  answered_by uuid references account,
  is_public boolean,
  -- A public answer; one for the writer alone is sealed.
  answer text,
  answer_sealed bytea,
  act text check (act in ('none', 'pause', 'take_down', 'resume')),
  constraint complaint_answered_whole check (
    num_nulls(answered_at, is_public, act) in (0, 3)
    and (answered_at is not null) = (num_nonnulls(answer, answer_sealed) = 1)
    and (answer is not null) = coalesce(is_public, false))
);
create index complaint_open on complaint (route, answer_by) where answered_at is null;
alter table complaint enable row level security;
alter table complaint force row level security;
create policy complaint_public_reads on complaint for select to {{public}}, {{resident}} using (is_public);
create policy complaint_civil_affairs_reads on complaint for select to {{staff}}
  using (route = 'civil_affairs' and {{in_areas}});
create policy complaint_civil_affairs_answers on complaint for update to {{staff}}
  using (route = 'civil_affairs' and {{in_areas}} and answered_at is null) with check (true);
create policy complaint_federation_reads on complaint for select to {{federation}} using (route = 'federation');
create policy complaint_federation_answers on complaint for update to {{federation}}
  using (route = 'federation' and answered_at is null) with check (true);
create policy complaint_system on complaint to {{system}} using (true) with check (true);
grant select (id, serial, number, route, subject_name, asked_at, answered_at, answer, act, is_public) on complaint
  to {{public}}, {{resident}};
grant select on complaint to {{staff}}, {{federation}};
grant update (answered_at, answered_by, is_public, answer, answer_sealed, act) on complaint to {{staff}}, {{federation}};
grant select, insert, update on complaint to {{system}};

-- How many complaints wait, are late and were answered: figures for everybody, without a word of any.
create function complaint_counts(p_today date)
returns table (open int, late int, answered int)
language sql stable security definer set search_path from current as $$
  select count(*) filter (where c.answered_at is null)::int,
    count(*) filter (where c.answered_at is null and c.answer_by < p_today)::int,
    count(*) filter (where c.answered_at is not null)::int
  from complaint c
$$;
revoke all on function complaint_counts from public;
grant execute on function complaint_counts to {{everyone}};

-- A campaign paused, taken down or resumed, and why: the newest row holds. Rows are only added.
create table campaign_pause (
  id uuid primary key,
  campaign_id uuid not null references campaign,
  act text not null check (act in ('pause', 'take_down', 'resume')),
  reason text not null,
  at timestamptz not null,
  complaint_id uuid references complaint,
  by_account_id uuid references account
);
create index campaign_pause_of on campaign_pause (campaign_id, id desc);
alter table campaign_pause enable row level security;
alter table campaign_pause force row level security;
create policy campaign_pause_reads on campaign_pause for select to {{everyone}} using (true);
create policy campaign_pause_adds on campaign_pause for insert to {{staff}}, {{federation}}, {{system}} with check (true);
grant select (id, campaign_id, act, reason, at) on campaign_pause to {{everyone}};
grant insert on campaign_pause to {{staff}}, {{federation}}, {{system}};
