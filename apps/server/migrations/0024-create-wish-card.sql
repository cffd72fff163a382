-- The public wall. A card holds the worker's words and never the asker's; only the system writes it.
-- The foreign key with the kind and the check make it impossible to put a help request on the wall (C-20).
create table wish_card (
  need_id uuid primary key,
  kind text not null check (kind = 'micro_wish'),
  title text not null,
  text text not null,
  area_id int not null references area,
  item_id uuid,
  state text not null check (state in ('open', 'claimed', 'given', 'under_way', 'delivered', 'closed')),
  target_fen bigint not null,
  given_fen bigint not null default 0,
  ways text[] not null,
  since timestamptz not null,
  claimed_until timestamptz,
  picture_ids uuid[] not null default '{}',
  -- 'received' is the fixed sentence; her own words only with a separate consent.
  thanks text,
  foreign key (need_id, kind) references need (id, kind)
);
create index wish_card_by_area on wish_card (area_id, need_id desc);
create index wish_card_by_state on wish_card (state, need_id desc);
create index wish_card_by_item on wish_card (item_id);

-- What happened to a wish, for everybody: steps and sums, no names.
create table wish_step (
  id uuid primary key,
  need_id uuid not null references wish_card on delete cascade,
  at timestamptz not null,
  step text not null check (step in ('verified', 'gift', 'claimed', 'complete', 'paid', 'delivered', 'confirmed')),
  amount_fen bigint
);
create index wish_step_by_need on wish_step (need_id, id);
alter table wish_card enable row level security;
alter table wish_card force row level security;
alter table wish_step enable row level security;
alter table wish_step force row level security;
create policy wish_card_everyone_reads on wish_card for select to {{everyone}} using (true);
create policy wish_card_system on wish_card to {{system}} using (true) with check (true);
create policy wish_step_everyone_reads on wish_step for select to {{everyone}} using (true);
create policy wish_step_system on wish_step to {{system}} using (true) with check (true);
grant select on wish_card, wish_step to {{everyone}};
grant insert, update, delete on wish_card, wish_step to {{system}};

-- How fast each street answers, reckoned from the history; medians only where at least five closed.
create table response_figure (
  area_id int primary key references area,
  as_of timestamptz not null,
  filed int not null,
  closed int not null,
  unconfirmed int not null,
  median_verify_minutes double precision,
  median_close_days double precision,
  on_time_share double precision
);
alter table response_figure enable row level security;
alter table response_figure force row level security;
create policy response_figure_everyone_reads on response_figure for select to {{everyone}} using (true);
create policy response_figure_system on response_figure to {{system}} using (true) with check (true);
grant select on response_figure to {{everyone}};
grant insert, update on response_figure to {{system}};
