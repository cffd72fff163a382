-- Holds: amounts set aside on an account, without moving. What is still held = amount - used, until released.

-- See 0002: pg_temp last.
select set_config('search_path', current_setting('search_path') || ', pg_temp', true)
where current_setting('search_path') not like '%pg_temp%';

create function ledger_use_holds(p_holds text[], p_from_ids uuid[], p_amounts bigint[])
returns void language plpgsql security definer
set search_path from current set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  asked bigint;
  used bigint;
begin
  select count(distinct u.hold) into asked from unnest(p_holds) as u(hold);
  update ledger_hold h set used = h.used + u.amount
  from (
    select r.hold, r.from_id, sum(r.amount)::bigint as amount
    from unnest(p_holds, p_from_ids, p_amounts) as r(hold, from_id, amount)
    where r.hold is not null group by r.hold, r.from_id
  ) as u
  where h.key = u.hold and h.account_id = u.from_id and h.released_at is null
    and h.used + u.amount <= h.amount;
  get diagnostics used = row_count;
  if used <> asked then
    raise exception 'ledger: a hold does not cover what is drawn on it'
      using errcode = 'integrity_constraint_violation';
  end if;
  update ledger_account a set held = a.held - u.amount
  from (
    select r.from_id, sum(r.amount)::bigint as amount
    from unnest(p_holds, p_from_ids, p_amounts) as r(hold, from_id, amount)
    where r.hold is not null group by r.from_id
  ) as u
  where a.id = u.from_id;
end $$;

create function ledger_write_holds(p_keys text[], p_accounts uuid[], p_amounts bigint[],
  p_untils timestamptz[], p_document_kinds text[], p_document_ids uuid[], p_actor_ids uuid[], p_at timestamptz)
returns void language plpgsql security definer
set search_path from current set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  accounts bigint;
  moved bigint;
begin
  select count(distinct r.account_id) into accounts from unnest(p_accounts) as r(account_id);
  update ledger_account a set held = a.held + h.amount
  from (
    select r.account_id, sum(r.amount)::bigint as amount
    from unnest(p_accounts, p_amounts) as r(account_id, amount) group by r.account_id
  ) as h
  where a.id = h.account_id and a.kind = 'inner';
  get diagnostics moved = row_count;
  if moved <> accounts then
    raise exception 'ledger: only inner accounts hold' using errcode = 'integrity_constraint_violation';
  end if;
  insert into ledger_hold (key, account_id, amount, until, at, document_kind, document_id, actor_id)
  select r.key, r.account_id, r.amount, r.until, p_at, r.document_kind, r.document_id, r.actor_id
  from unnest(p_keys, p_accounts, p_amounts, p_untils, p_document_kinds, p_document_ids, p_actor_ids)
    as r(key, account_id, amount, until, document_kind, document_id, actor_id);
end $$;

-- Gives back what is left of these holds; one row per known key, 0 when nothing was left.
create function ledger_release_holds(p_keys text[], p_at timestamptz)
returns table (key text, amount bigint) language plpgsql security definer
set search_path from current set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
begin
  perform 1 from (
    select a.id from ledger_account a
    where a.id in (select h.account_id from ledger_hold h where h.key = any(p_keys))
    order by a.id for no key update
  ) as locked;
  return query
  with released as (
    update ledger_hold h set released_at = p_at
    where h.key = any(p_keys) and h.released_at is null and h.used < h.amount
    returning h.key, h.account_id, h.amount - h.used as amount
  ), returned as (
    update ledger_account a set held = a.held - r.amount
    from (select x.account_id, sum(x.amount)::bigint as amount from released x group by x.account_id) as r
    where a.id = r.account_id
    returning a.id
  )
  select h.key, coalesce(r.amount, 0)::bigint
  from ledger_hold h left join released r on r.key = h.key where h.key = any(p_keys);
end $$;

create function ledger_expired_holds(p_at timestamptz, p_limit integer)
returns table (key text) language sql stable security definer set search_path from current as $$
  select h.key from ledger_hold h
  where h.released_at is null and h.used < h.amount and h.until < p_at
  order by h.until limit p_limit
$$;

revoke all on function ledger_use_holds, ledger_write_holds, ledger_release_holds, ledger_expired_holds from public;
