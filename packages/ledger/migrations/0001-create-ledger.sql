-- The tables of the flow ledger, the outbox and the one order of events. Nobody but their owner has a
-- right on them: the application runs functions (next files), which are the owner's.

create table ledger_account (
  id uuid primary key,
  kind text not null,
  unit text not null,
  code text,
  inflow bigint not null default 0,
  outflow bigint not null default 0,
  held bigint not null default 0,
  ahead bigint not null default 0,
  last_at timestamptz,
  constraint ledger_account_code_once unique (code),
  constraint ledger_account_kind check (kind in ('inner', 'world')),
  constraint ledger_account_counters_not_negative
    check (inflow >= 0 and outflow >= 0 and held >= 0 and ahead >= 0 and ahead <= outflow),
  constraint ledger_account_never_overdrawn check (inflow - outflow - held >= 0),
  constraint ledger_account_world_counts_nothing
    check (kind = 'inner' or (inflow = 0 and outflow = 0 and held = 0 and ahead = 0 and last_at is null))
) with (fillfactor = 50);

comment on table ledger_account is
  'Inner accounts are queues with totals that only grow; world accounts are the edge of the books.';
comment on column ledger_account.ahead is 'What left out of turn, beyond the cursor; cursor = outflow - ahead.';

-- No foreign keys: the writing function checks what it writes, and postings must not wait for accounts.
create table ledger_transfer (
  amount bigint not null,
  from_at bigint,
  from_outflow bigint,
  from_inflow bigint,
  to_at bigint,
  to_outflow bigint,
  at timestamptz not null,
  id uuid not null,
  from_id uuid not null,
  to_id uuid not null,
  document_id uuid not null,
  actor_id uuid,
  of_id uuid,
  part smallint not null,
  link_place smallint,
  link_count smallint,
  key text not null,
  reason text not null,
  document_kind text not null,
  link text,
  hold text,
  constraint ledger_transfer_id primary key (id),
  constraint ledger_transfer_key_once unique (key, part),
  constraint ledger_transfer_amount check (amount > 0),
  constraint ledger_transfer_between_two check (from_id <> to_id),
  constraint ledger_transfer_exit_whole
    check ((from_at is null) = (from_outflow is null) and (from_at is null) = (from_inflow is null)),
  constraint ledger_transfer_entry_whole check ((to_at is null) = (to_outflow is null)),
  constraint ledger_transfer_arrived_before_it_left
    check (from_at + amount <= from_inflow and from_outflow + amount <= from_inflow),
  constraint ledger_transfer_link_whole
    check ((link is null) = (link_place is null) and (link is null) = (link_count is null))
);

comment on column ledger_transfer.from_at is 'First position taken from the source; null for a world account.';
comment on column ledger_transfer.from_outflow is 'Outflow of the source before it; equal to from_at unless it or another left out of turn.';
comment on column ledger_transfer.from_inflow is 'Inflow of the source before it; with from_outflow its balance and its turn.';
comment on column ledger_transfer.to_at is 'Inflow of the target before it, the first position it arrives at; null for a world account.';
comment on column ledger_transfer.to_outflow is 'Outflow of the target before it.';
comment on column ledger_transfer.part is 'A posting that meets holes is split into rows with one key.';

create unique index ledger_transfer_exit on ledger_transfer (from_id, from_at) where from_at is not null;
create unique index ledger_transfer_exit_turn on ledger_transfer (from_id, from_outflow)
  where from_outflow is not null;
create unique index ledger_transfer_entry on ledger_transfer (to_id, to_at) where to_at is not null;
create unique index ledger_transfer_link on ledger_transfer (link, link_place, part) where link is not null;

-- What left out of turn and the cursor has not reached: at most one hole per entry, at its end.
create table ledger_hole (
  account_id uuid not null,
  from_at bigint not null,
  until_at bigint not null,
  primary key (account_id, until_at),
  constraint ledger_hole_not_empty check (from_at < until_at)
);

create table ledger_hold (
  key text primary key,
  account_id uuid not null,
  amount bigint not null,
  used bigint not null default 0,
  until timestamptz not null,
  released_at timestamptz,
  at timestamptz not null,
  document_kind text not null,
  document_id uuid not null,
  actor_id uuid,
  constraint ledger_hold_amount check (amount > 0 and used between 0 and amount)
);
create index ledger_hold_open on ledger_hold (until) where released_at is null and used < amount;

-- What waits for the sequencer. `place` is drawn while the accounts are locked, so it is in causal order
-- for everything that shares an account; gaps and late commits do no harm, because rows are taken away.
create table outbox (
  place bigint generated always as identity primary key,
  id uuid not null,
  topic text not null,
  subject_kind text not null,
  subject_id uuid not null,
  area_id integer,
  body jsonb not null,
  transfer_ids uuid[],
  at timestamptz not null default now()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- Ids do not compress; trying costs a tenth of a posting.
alter table outbox alter column transfer_ids set storage external;

create table event (
  seq bigint primary key,
  id uuid not null,
  topic text not null,
  subject_kind text not null,
  subject_id uuid not null,
  area_id integer,
  body jsonb not null,
  at timestamptz not null
);

create table ledger_leaf (
  leaf bigint primary key,
  seq bigint not null,
  transfer_id uuid not null,
  from_world_id uuid,
  to_world_id uuid,
  constraint ledger_leaf_transfer_once unique (transfer_id)
);
create index ledger_leaf_from_world on ledger_leaf (from_world_id, leaf) where from_world_id is not null;
create index ledger_leaf_to_world on ledger_leaf (to_world_id, leaf) where to_world_id is not null;

create table ledger_world_total (
  account_id uuid primary key,
  inflow bigint not null,
  outflow bigint not null
) with (fillfactor = 50);

-- One row; its lock makes the sequencer single.
create table log_state (
  single boolean primary key default true,
  seq bigint not null default 0,
  leaves bigint not null default 0,
  constraint log_state_single check (single)
);
insert into log_state default values;

revoke all on ledger_account, ledger_transfer, ledger_hole, ledger_hold, outbox, event, ledger_leaf,
  ledger_world_total, log_state from public;
