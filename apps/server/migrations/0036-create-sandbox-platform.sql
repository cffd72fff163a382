-- The books of the sandbox of the designated platform: not ours, kept here only so that one command starts
-- everything. Our modules write the order they redirect with and never read it.
create table sandbox_order (
  id uuid primary key,
  project_code text not null,
  project_name text not null,
  amount_fen bigint not null,
  giver_name text,
  state text not null default 'waiting' check (state in ('waiting', 'paid', 'cancelled')),
  platform_order text constraint sandbox_order_number_once unique,
  created_at timestamptz not null,
  paid_at timestamptz,
  -- When our side acknowledged the notice; until then the platform sends it again.
  acknowledged_at timestamptz,
  next_try_at timestamptz,
  tries int not null default 0,
  check ((state = 'paid') = (paid_at is not null)),
  check ((state = 'paid') = (platform_order is not null))
);
create index sandbox_order_to_send on sandbox_order (next_try_at) where state = 'paid' and acknowledged_at is null;
alter table sandbox_order enable row level security;
alter table sandbox_order force row level security;
create policy sandbox_order_sent on sandbox_order for insert to {{public}}, {{resident}}, {{staff}}, {{federation}} with check (state = 'waiting');
create policy sandbox_order_system on sandbox_order to {{system}} using (true) with check (true);
grant insert on sandbox_order to {{public}}, {{resident}}, {{staff}}, {{federation}};
grant select, insert, update on sandbox_order to {{system}};

-- The platform's signing key, made when first needed; sealed.
create table sandbox_key (
  is_only boolean primary key check (is_only),
  pem_sealed bytea not null
);
alter table sandbox_key enable row level security;
alter table sandbox_key force row level security;
create policy sandbox_key_system on sandbox_key to {{system}} using (true) with check (true);
grant select, insert on sandbox_key to {{system}};
