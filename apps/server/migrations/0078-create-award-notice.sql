-- A sheet for the paper board of one community: what hangs there, since when, and that it was taken down.
create table award_notice (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('GS-' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored
    constraint award_notice_number_once unique,
  -- Printed on the sheet: whoever has read it may object without saying who she is.
  code text not null constraint award_notice_code_once unique,
  list_id uuid not null references award_list,
  round_id uuid not null references award_round,
  area_id int not null references area,
  days int not null check (days > 0),
  -- Lines of the list in this community that are told as a number only.
  unnamed int not null default 0,
  state text not null default 'to_post' check (state in ('to_post', 'posted', 'taken_down')),
  posted_at timestamptz,
  posted_by uuid references account,
  due_at timestamptz,
  taken_down_at timestamptz,
  taken_down_by uuid references account,
  constraint award_notice_once unique (list_id, area_id),
  check ((state = 'to_post') = (posted_at is null)),
  check ((state = 'taken_down') = (taken_down_at is not null))
);
alter table award_notice enable row level security;
alter table award_notice force row level security;
create policy award_notice_area on award_notice to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy award_notice_federation on award_notice to {{federation}} using (true) with check (true);
create policy award_notice_system on award_notice to {{system}} using (true) with check (true);
grant select, insert, update (state, posted_at, posted_by, due_at, taken_down_at, taken_down_by) on award_notice
  to {{staff}}, {{federation}}, {{system}};
alter table award add foreign key (notice_id) references award_notice;

-- Somebody objects, with or without a name. Words and contact are sealed with the objection's own key; whoever posted
-- the sheet sees that there is one, the level above what it says.
create table award_objection (
  id uuid primary key,
  notice_id uuid not null references award_notice,
  -- The line; null when it is about the whole sheet.
  award_id uuid references award,
  area_id int not null references area,
  at timestamptz not null,
  text_sealed bytea not null,
  contact_sealed bytea,
  state text not null default 'open' check (state in ('open', 'dismissed', 'upheld')),
  answer_sealed bytea,
  answered_at timestamptz,
  answered_by uuid references account,
  check ((state = 'open') = (answered_at is null))
);
create index award_objection_by_notice on award_objection (notice_id);
alter table award_objection enable row level security;
alter table award_objection force row level security;
create policy award_objection_area on award_objection to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy award_objection_system on award_objection to {{system}} using (true) with check (true);
grant select, insert on award_objection to {{staff}}, {{system}};
grant update (state, answer_sealed, answered_at, answered_by) on award_objection to {{staff}}, {{system}};
