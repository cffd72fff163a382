-- A gift begun: who gives and under which name is private and stays here. A token, of which only the hash
-- is stored, opens the giver's own page.
create table gift_order (
  id uuid primary key,
  form_id uuid not null constraint gift_order_form_once unique,
  token_hash bytea not null constraint gift_order_token_once unique,
  account_id uuid references account,
  target_kind text not null check (target_kind in ('campaign', 'item', 'fund')),
  target_id uuid not null,
  project_code text not null,
  legal_form text not null,
  amount_fen bigint not null check (amount_fen > 0),
  -- The name for the public, null for 爱心人士; the chosen name itself is sealed.
  public_name text,
  name_sealed bytea,
  hide_from_recipient boolean not null,
  hide_from_staff boolean not null,
  state text not null default 'waiting' check (state in ('waiting', 'received', 'unknown', 'failed')),
  created_at timestamptz not null,
  asked_at timestamptz
);
create index gift_order_waiting on gift_order (created_at) where state = 'waiting';
create index gift_order_by_account on gift_order (account_id, id desc) where account_id is not null;
alter table gift_order enable row level security;
alter table gift_order force row level security;
create policy gift_order_begins on gift_order for insert to {{public}}, {{staff}}, {{federation}} with check (account_id is null);
create policy gift_order_resident_begins on gift_order for insert to {{resident}} with check ({{own_account}});
create policy gift_order_own on gift_order for select to {{resident}} using ({{own_account}});
create policy gift_order_payments on gift_order for select to {{payments}} using (true);
create policy gift_order_payments_receives on gift_order for update to {{payments}} using (true) with check (state = 'received');
create policy gift_order_federation on gift_order for select to {{federation}} using (true);
create policy gift_order_system on gift_order to {{system}} using (true) with check (true);
create policy gift_order_owner on gift_order to current_user using (true) with check (true);
grant insert on gift_order to {{public}}, {{resident}}, {{staff}}, {{federation}};
grant select (id, account_id, target_kind, target_id, project_code, legal_form, amount_fen, public_name,
  name_sealed, state, created_at) on gift_order to {{resident}};
grant select (id, project_code, amount_fen, target_id, public_name, state) on gift_order to {{payments}};
grant update (state) on gift_order to {{payments}};
grant select (id, target_kind, target_id, amount_fen, public_name, name_sealed, hide_from_staff, state,
  created_at) on gift_order to {{federation}};
grant select, insert, update on gift_order to {{system}};

-- A gift received: posted, final, never changed. It says nothing private.
create table gift (
  id uuid primary key,
  serial bigint generated always as identity,
  amount_fen bigint not null check (amount_fen > 0),
  at timestamptz not null,
  paid_at timestamptz not null,
  legal_form text not null,
  target_kind text not null check (target_kind in ('campaign', 'item', 'fund')),
  target_id uuid not null,
  campaign_id uuid,
  public_name text,
  organization_id uuid,
  claim_id uuid,
  transfer_id uuid not null,
  platform_order text constraint gift_once_per_platform_order unique,
  -- Of the notice's content, so that an altered repeat is known; null for a bank transfer.
  notice_hash bytea,
  check ((platform_order is null) = (notice_hash is null))
);
-- Most gifts have no claim: what is null is not kept in the index.
create unique index gift_once_per_claim on gift (claim_id) where claim_id is not null;
create unique index gift_by_serial on gift (serial);
create index gift_by_campaign on gift (campaign_id, serial);
create index gift_by_target on gift (target_id, serial);
alter table gift enable row level security;
alter table gift force row level security;
create policy gift_reads on gift for select to {{everyone}} using (true);
create policy gift_received on gift for insert to {{payments}} with check (claim_id is null);
create policy gift_recorded on gift for insert to {{federation}}, {{system}} with check (true);
create policy gift_owner on gift for select to current_user using (true);
grant select (id, serial, amount_fen, at, legal_form, target_kind, target_id, campaign_id, public_name,
  organization_id, transfer_id) on gift to {{public}}, {{resident}}, {{staff}};
grant select, insert on gift to {{payments}}, {{federation}}, {{system}};

-- Whoever holds the token sees the gift; nobody can list orders through this.
create function gift_order_by_token(p_token_hash bytea)
returns table (id uuid, target_kind text, target_id uuid, legal_form text, amount_fen bigint,
  name_sealed bytea, state text, created_at timestamptz, platform_order text)
language sql stable security definer set search_path from current as $$
  select o.id, o.target_kind, o.target_id, o.legal_form, o.amount_fen, o.name_sealed, o.state, o.created_at,
    g.platform_order
  from gift_order o left join gift g on g.id = o.id
  where o.token_hash = p_token_hash
$$;
-- Sending a form again finds the gift it began.
create function gift_order_by_form(p_form uuid)
returns table (id uuid, target_id uuid, amount_fen bigint)
language sql stable security definer set search_path from current as $$
  select o.id, o.target_id, o.amount_fen from gift_order o where o.form_id = p_form
$$;
-- Puts the gift into the caller's own list, unless it is in another's.
create function keep_gift(p_token_hash bytea)
returns uuid language plpgsql security definer set search_path from current as $$
declare
  own uuid := nullif(current_setting('app.account', true), '')::uuid;
  kept uuid;
begin
  if own is null then return null; end if;
  update gift_order o set account_id = own
  where o.token_hash = p_token_hash and coalesce(o.account_id, own) = own
  returning o.id into kept;
  return kept;
end $$;
revoke all on function gift_order_by_token, gift_order_by_form, keep_gift from public;
grant execute on function gift_order_by_token, gift_order_by_form to {{everyone}};
grant execute on function keep_gift to {{resident}};
