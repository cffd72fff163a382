-- A payment asked for. While it is open or approved, the ledger holds its amount under the proposal's id.
create table proposal (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('SQ-' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored
    constraint proposal_number_once unique,
  state text not null default 'proposed'
    check (state in ('proposed', 'approved', 'refused', 'paid', 'cancelled')),
  purpose_sealed bytea not null,
  amount_fen bigint not null check (amount_fen > 0),
  source_kind text not null check (source_kind in ('fund', 'item', 'campaign')),
  source_id uuid not null,
  payee_kind text not null check (payee_kind in ('organization', 'person')),
  payee_id uuid not null,
  need_id uuid,
  area_id int references area,
  proposer_id uuid not null references account,
  proposed_at timestamptz not null,
  approval_id uuid not null constraint proposal_one_approval unique,
  form_id uuid not null constraint proposal_form_once unique,
  closed_reason_sealed bytea
);
create index proposal_by_need on proposal (need_id) where need_id is not null;
create index proposal_by_state on proposal (state, serial);
alter table proposal enable row level security;
alter table proposal force row level security;
create policy proposal_staff_reads on proposal for select to {{staff}} using ({{in_areas}});
create policy proposal_staff_proposes on proposal for insert to {{staff}} with check ({{in_areas}} and state = 'proposed');
create policy proposal_staff_cancels on proposal for update to {{staff}} using ({{in_areas}}) with check ({{in_areas}} and state = 'cancelled');
create policy proposal_federation on proposal to {{federation}} using (true) with check (true);
create policy proposal_system on proposal to {{system}} using (true) with check (true);
grant select, insert on proposal to {{staff}}, {{federation}}, {{system}};
grant update (state, closed_reason_sealed) on proposal to {{staff}}, {{federation}}, {{system}};

-- A payment made. The unique proposal is what keeps it from being paid twice. Rows are only added.
create table payment (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('ZF-' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored
    constraint payment_number_once unique,
  proposal_id uuid not null references proposal constraint payment_once_per_proposal unique,
  source_kind text not null,
  source_id uuid not null,
  payee_kind text not null check (payee_kind in ('organization', 'person')),
  payee_id uuid not null,
  payee_account_id uuid not null,
  -- The payee's public name; null for a person, who has none.
  public_payee text,
  amount_fen bigint not null check (amount_fen > 0),
  transfer_ids uuid[] not null,
  bank_reference text not null,
  paid_on date not null,
  at timestamptz not null,
  -- Area of the proposal: whose desk it came from. Street of a person's aid: what pages may show.
  area_id int references area,
  street_id int references area,
  constraint payment_names_no_person check ((payee_kind = 'person') = (public_payee is null))
);
create index payment_by_source on payment (source_id, serial);
alter table payment enable row level security;
alter table payment force row level security;
create policy payment_public on payment for select to {{public}}, {{resident}} using (payee_kind = 'organization');
create policy payment_staff on payment for select to {{staff}} using ({{in_areas}});
create policy payment_federation on payment to {{federation}} using (true) with check (true);
create policy payment_system on payment to {{system}} using (true) with check (true);
create policy payment_owner on payment for select to current_user using (true);
grant select (id, number, source_kind, source_id, payee_kind, payee_account_id, public_payee, amount_fen,
  transfer_ids, paid_on, at) on payment to {{public}}, {{resident}};
grant select on payment to {{staff}};
grant select, insert on payment to {{federation}}, {{system}};

-- Aid to persons out of accounts, by month and street, without a name: whether at least five persons fit,
-- the sum, and the newest payment, beside which a page shows the whole cell once.
create function aid_cells(p_sources uuid[])
returns table (source_id uuid, month text, street_id int, enough boolean, amount_fen bigint, newest_id uuid)
language sql stable security definer set search_path from current as $$
  select p.source_id, to_char(p.at at time zone 'Asia/Shanghai', 'YYYY-MM'), p.street_id,
    count(distinct p.payee_id) >= 5, sum(p.amount_fen)::bigint,
    (array_agg(p.id order by p.serial desc))[1]
  from payment p
  where p.source_id = any(p_sources) and p.payee_kind = 'person'
  group by 1, 2, 3
$$;
revoke all on function aid_cells from public;
grant execute on function aid_cells to {{everyone}};
