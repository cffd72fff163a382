-- An enterprise's promise to pay part of an item by agreement; locked until it pays or the time runs out.
create table claim (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('RL-' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored
    constraint claim_number_once unique,
  item_id uuid not null references campaign_item,
  area_id int not null references area,
  organization_id uuid not null,
  enterprise_name text not null,
  account_id uuid not null references account,
  amount_fen bigint not null check (amount_fen > 0),
  agreement_number text not null,
  state text not null default 'locked' check (state in ('locked', 'paid', 'expired', 'cancelled')),
  claimed_at timestamptz not null,
  locked_until timestamptz not null,
  paid_at timestamptz,
  gift_id uuid,
  bank_reference text,
  form_id uuid not null constraint claim_form_once unique,
  check ((state = 'paid') = (gift_id is not null))
);
create unique index claim_one_lock_per_enterprise on claim (item_id, organization_id) where state = 'locked';
create index claim_running on claim (locked_until) where state = 'locked';
create index claim_by_account on claim (account_id, serial);
alter table claim enable row level security;
alter table claim force row level security;
create policy claim_own on claim for select to {{resident}} using ({{own_account}});
create policy claim_own_begins on claim for insert to {{resident}} with check ({{own_account}} and state = 'locked');
create policy claim_office on claim to {{federation}}, {{system}} using (true) with check (true);
create policy claim_owner on claim to current_user using (true) with check (true);
grant select, insert on claim to {{resident}};
grant select, insert on claim to {{federation}}, {{system}};
grant update (state, paid_at, gift_id, bank_reference) on claim to {{federation}}, {{system}};

-- Locks items in order of id, then says what is claimed of each at a moment: whoever decides about an
-- item's money holds its row. Two statements, so that the second sees what the lock waited for.
create function lock_items(p_items uuid[], p_at timestamptz)
returns table (item_id uuid, campaign_id uuid, need_id uuid, title text, area_id int, serial int, target_fen bigint,
  state text, completed_at timestamptz, locked_fen bigint, locked_until timestamptz)
language plpgsql volatile security definer set search_path from current as $$
begin
  perform 1 from (
    select i.id from campaign_item i where i.id = any(p_items) order by i.id for no key update
  ) as locked;
  return query
  select i.id, i.campaign_id, i.need_id, i.title, i.area_id, i.serial, i.target_fen, i.state, i.completed_at,
    coalesce(c.locked_fen, 0)::bigint, c.locked_until
  from campaign_item i
  left join lateral (
    select sum(l.amount_fen) as locked_fen, max(l.locked_until) as locked_until from claim l
    where l.item_id = i.id and l.state = 'locked' and l.locked_until > p_at
  ) as c on true
  where i.id = any(p_items)
  order by i.serial;
end $$;

-- What is claimed of items and by whom, for pages: enterprises are named, and nothing else is said.
create function item_claims(p_items uuid[], p_at timestamptz)
returns table (item_id uuid, locked_fen bigint, locked_until timestamptz, enterprise_name text)
language sql stable security definer set search_path from current as $$
  select l.item_id, sum(l.amount_fen)::bigint, max(l.locked_until), (array_agg(l.enterprise_name order by l.serial))[1]
  from claim l where l.item_id = any(p_items) and l.state = 'locked' and l.locked_until > p_at
  group by l.item_id
$$;

-- A wish that is closed otherwise frees whoever claimed it.
create function cancel_claims(p_items uuid[])
returns table (claim_id uuid, item_id uuid)
language sql volatile security definer set search_path from current as $$
  update claim l set state = 'cancelled'
  from campaign_item i
  where i.id = l.item_id and l.item_id = any(p_items) and l.state = 'locked' and i.state = 'closed'
  returning l.id, l.item_id
$$;
revoke all on function lock_items, item_claims, cancel_claims from public;
grant execute on function lock_items to {{resident}}, {{staff}}, {{federation}}, {{payments}}, {{system}};
grant execute on function item_claims to {{everyone}};
grant execute on function cancel_claims to {{staff}}, {{federation}}, {{system}};
