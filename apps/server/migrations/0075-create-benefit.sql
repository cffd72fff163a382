-- A voucher, a meal card's sum or promised hours of one person. Its account in the ledger has its id: what was issued,
-- used and is left is kept only there. Issuing is a commitment of its fund; what is not used by the last day goes back.
create table entitlement (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('QY-' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored
    constraint entitlement_number_once unique,
  kind text not null check (kind in ('voucher', 'meal_card', 'hours')),
  unit text not null check (unit in ('fen', 'minute')),
  -- Made once for what it was issued for: a second one for the same part of an award cannot be written.
  subject_kind text not null,
  subject_id uuid not null constraint entitlement_once_per_subject unique,
  label text not null,
  person_id uuid not null references person,
  account_id uuid references account,
  area_id int not null references area,
  -- The street pages may show beside the month.
  street_id int not null references area,
  -- Where it was issued from and what is left goes back to; for hours the promise, which is nobody's money.
  source_id uuid not null,
  -- The transfer that issued it, which a return names.
  issue_id uuid not null,
  amount bigint not null check (amount > 0),
  state text not null default 'issued' check (state in ('issued', 'used_up', 'expired', 'cancelled')),
  issued_on date not null,
  expires_on date not null,
  issued_at timestamptz not null,
  check ((kind = 'hours') = (unit = 'minute')),
  check (expires_on > issued_on)
);
create index entitlement_by_person on entitlement (person_id);
create index entitlement_by_area on entitlement (area_id, serial desc);
create index entitlement_to_expire on entitlement (expires_on) where state = 'issued';
alter table entitlement enable row level security;
alter table entitlement force row level security;
create policy entitlement_area on entitlement to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy entitlement_own on entitlement for select to {{resident}} using ({{own_account}});
create policy entitlement_federation on entitlement to {{federation}} using (true) with check (true);
create policy entitlement_system on entitlement to {{system}} using (true) with check (true);
grant select on entitlement to {{resident}};
grant select, insert, update (state) on entitlement to {{staff}}, {{federation}}, {{system}};
grant update (account_id, area_id) on entitlement to {{system}};

-- Aid to persons out of accounts, by month and street: payments to them and what was issued to them together, so that
-- neither can be told from the other by the difference.
create or replace function aid_cells(p_sources uuid[])
returns table (source_id uuid, month text, street_id int, enough boolean, amount_fen bigint, newest_id uuid)
language sql stable security definer set search_path from current as $$
  with aid as (
    select p.source_id, p.at, p.street_id, p.payee_id as person_id, p.amount_fen, p.id
    from payment p where p.source_id = any(p_sources) and p.payee_kind = 'person'
    union all
    select e.source_id, e.issued_at, e.street_id, e.person_id, e.amount, e.id
    from entitlement e where e.source_id = any(p_sources) and e.unit = 'fen'
  )
  select aid.source_id, to_char(aid.at at time zone 'Asia/Shanghai', 'YYYY-MM'), aid.street_id,
    count(distinct aid.person_id) >= 5, sum(aid.amount_fen)::bigint, (array_agg(aid.id order by aid.at desc, aid.id desc))[1]
  from aid group by 1, 2, 3
$$;
create policy entitlement_owner on entitlement for select to current_user using (true);
