-- One need (需求), whatever its kind. What names or describes the asker is sealed with the need's own key.
create table need (
  id uuid primary key,
  number text not null unique,
  kind text not null,
  state text not null check (state in ('submitted', 'returned', 'verified', 'refused', 'referred',
    'withdrawn', 'merged', 'matched', 'under_way', 'partly_met', 'fed_back', 'closed', 'unconfirmed',
    'lapsed')),
  -- Where help is needed.
  area_id int not null references area,
  -- The account that speaks for the matter as asker; null when only a worker can.
  account_id uuid references account,
  person_id uuid,
  -- Whose matter it is, as one value: a person on file, an account, or a named neighbour.
  asker_key bytea not null,
  name_sealed bytea not null,
  title_sealed bytea not null,
  story_sealed bytea not null,
  contact_sealed bytea,
  contact_hash bytea,
  title_hash bytea not null,
  relation text not null,
  filed_by_id uuid not null references account,
  consent_form text not null,
  consent_note_sealed bytea,
  form_id uuid not null,
  amount_fen bigint check (amount_fen > 0),
  filed_at timestamptz not null,
  version int not null default 0,
  -- 'street' once it was sent up.
  level text not null default 'community' check (level in ('community', 'street')),
  assessed boolean not null default false,
  handled_by_id uuid references account,
  finding text check (finding in ('true', 'partly', 'not_true')),
  price_fen bigint check (price_fen > 0),
  verified_at timestamptz,
  expires_on date,
  delivered_at timestamptz,
  delivered_by_id uuid references account,
  refused_at timestamptz,
  refused_level text check (refused_level in ('community', 'street')),
  appeal text check (appeal in ('open', 'upheld', 'overturned')),
  merged_into uuid references need,
  item_id uuid,
  closed_at timestamptz,
  reopened int not null default 0,
  -- Minutes of each stage's clock used so far: reopening goes on with the first clock.
  used_minutes jsonb not null default '{}',
  due_at timestamptz,
  -- Since when the federation may see it: her consent, or a proposal.
  federation_since timestamptz,
  slip_code text not null unique,
  unique (filed_by_id, form_id),
  unique (id, kind)
);
-- One open wish at a time, whoever files it.
create unique index need_one_open_wish on need (asker_key)
  where kind = 'micro_wish' and state in ('submitted', 'returned', 'verified', 'referred', 'matched',
    'under_way', 'partly_met', 'fed_back');
create index need_by_clock on need (area_id, due_at, id);
create index need_by_account on need (account_id, id desc);
create index need_by_person on need (person_id, id desc);
create index need_by_asker on need (asker_key);
create index need_by_contact on need (contact_hash);
create index need_by_title on need (area_id, title_hash);
create index need_by_item on need (item_id);
create index need_to_lapse on need (expires_on) where state = 'verified';
alter table need enable row level security;
alter table need force row level security;
create policy need_staff on need to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy need_own on need to {{resident}} using ({{own_account}}) with check ({{own_account}});
create policy need_federation on need for select to {{federation}} using (federation_since is not null);
create policy need_system on need to {{system}} using (true) with check (true);
grant select, insert on need to {{staff}}, {{resident}}, {{system}};
grant select on need to {{federation}};
grant update (state, version, level, assessed, handled_by_id, finding, price_fen, verified_at, expires_on,
  delivered_at, delivered_by_id, refused_at, refused_level, appeal, merged_into, item_id, closed_at,
  reopened, used_minutes, due_at) on need to {{staff}};
grant update (state, version, appeal, closed_at, delivered_at, reopened, used_minutes, due_at) on need
  to {{resident}};
grant update on need to {{system}};

-- Numbers read out on the telephone, one row lock per kind.
create table need_counter (
  kind text primary key,
  last int not null
);
alter table need_counter enable row level security;
alter table need_counter force row level security;
create policy need_counter_filing on need_counter to {{staff}}, {{resident}}, {{system}} using (true) with check (true);
grant select, insert, update on need_counter to {{staff}}, {{resident}}, {{system}};

-- The history: rows are only added. `before` is the row's coded state before the move, for its opposite.
create table need_event (
  id uuid primary key,
  need_id uuid not null references need,
  at timestamptz not null,
  move text not null,
  state text not null,
  actor_id uuid references account,
  role text,
  actor_name text,
  note_sealed bytea,
  detail jsonb not null default '{}',
  attachment_ids uuid[] not null default '{}',
  before jsonb,
  undo_until timestamptz,
  area_id int not null references area,
  account_id uuid,
  federation_since timestamptz
);
create index need_event_by_need on need_event (need_id, id);
alter table need_event enable row level security;
alter table need_event force row level security;
create policy need_event_staff on need_event to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy need_event_own on need_event to {{resident}} using ({{own_account}}) with check ({{own_account}});
create policy need_event_federation on need_event for select to {{federation}} using (federation_since is not null);
create policy need_event_system on need_event to {{system}} using (true) with check (true);
grant select, insert on need_event to {{staff}}, {{resident}}, {{system}};
grant select on need_event to {{federation}};
grant update (federation_since, account_id) on need_event to {{system}};
