-- Tracing: what left positions [p, q) of an account is what entered [p, q). A trace walks in sets of
-- pieces (account, lo, hi), one hop a time, on the indexes of exits and entries.

-- See 0002: pg_temp last.
select set_config('search_path', current_setting('search_path') || ', pg_temp', true)
where current_setting('search_path') not like '%pg_temp%';

-- The transfers over each piece: exits when forward, entries when backward. At most p_limit + 1 a piece.
-- Those that end at a world account and go on nowhere come as one row a piece and account, unless p_each:
-- tens of thousands of gifts behind one payment are nothing but a sum.
create function ledger_overlaps(p_forward boolean, p_accounts uuid[], p_los bigint[], p_his bigint[],
  p_densities double precision[], p_by_share boolean[], p_limit integer, p_each boolean)
returns table (n integer, transfer_id uuid, other_id uuid, other_at bigint, link text, skip bigint,
  lo bigint, amount bigint, reached bigint, found bigint, density double precision, by_share boolean)
language plpgsql stable security definer
set search_path from current set enable_seqscan = off set enable_bitmapscan = off
set plan_cache_mode = force_generic_plan as $$
begin
  if p_forward then
    return query
    select p.n::integer, t.one, t.to_id, t.to_at, t.link, min(greatest(p.lo - t.from_at, 0)),
      min(greatest(t.from_at, p.lo)), sum(least(t.from_at + t.amount, p.hi) - greatest(t.from_at, p.lo))::bigint,
      max(least(t.from_at + t.amount, p.hi)), count(*), p.density, p.by_share
    from unnest(p_accounts, p_los, p_his, p_densities, p_by_share)
      with ordinality as p(account_id, lo, hi, density, by_share, n)
    cross join lateral (
      select x.to_id, x.to_at, x.link, x.from_at, x.amount,
        case when p_each or x.to_at is not null or x.link is not null then x.id end as one
      from ledger_transfer x
      where x.from_id = p.account_id and x.from_at < p.hi and x.from_at >= coalesce((
        select f.from_at from ledger_transfer f where f.from_id = p.account_id and f.from_at <= p.lo
        order by f.from_at desc limit 1), p.lo)
      order by x.from_at limit p_limit + 1
    ) as t
    where t.from_at + t.amount > p.lo
    group by p.n, p.density, p.by_share, t.one, t.to_id, t.to_at, t.link;
  else
    return query
    select p.n::integer, t.one, t.from_id, t.from_at, t.link, min(greatest(p.lo - t.to_at, 0)),
      min(greatest(t.to_at, p.lo)), sum(least(t.to_at + t.amount, p.hi) - greatest(t.to_at, p.lo))::bigint,
      max(least(t.to_at + t.amount, p.hi)), count(*), p.density, p.by_share
    from unnest(p_accounts, p_los, p_his, p_densities, p_by_share)
      with ordinality as p(account_id, lo, hi, density, by_share, n)
    cross join lateral (
      select x.from_id, x.from_at, x.link, x.to_at, x.amount,
        case when p_each or x.from_at is not null or x.link is not null then x.id end as one
      from ledger_transfer x
      where x.to_id = p.account_id and x.to_at < p.hi and x.to_at >= coalesce((
        select f.to_at from ledger_transfer f where f.to_id = p.account_id and f.to_at <= p.lo
        order by f.to_at desc limit 1), p.lo)
      order by x.to_at limit p_limit + 1
    ) as t
    where t.to_at + t.amount > p.lo
    group by p.n, p.density, p.by_share, t.one, t.from_id, t.from_at, t.link;
  end if;
end $$;

-- Where a path that ends at a world account goes on by link, in another unit: the legs of one side are
-- laid end to end, and the same fraction of each leg of the other side is taken, rounded outwards.
create function ledger_crossings(p_forward boolean, p_transfers uuid[], p_skips bigint[],
  p_amounts bigint[], p_densities double precision[])
returns table (account_id uuid, lo bigint, hi bigint, density double precision)
language plpgsql stable security definer
set search_path from current set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
begin
  return query
  select e.account_id, e.lo, e.hi, e.share * e.inner_density / (e.hi - e.lo)
  from (
    select case when p_forward then g.to_id else g.from_id end as account_id,
      case when p_forward then g.to_at else g.from_at end
        + floor((s.before + s.skip) * g.amount / s.total)::bigint as lo,
      case when p_forward then g.to_at else g.from_at end
        + ceil((s.before + s.skip + s.amount) * g.amount / s.total)::bigint as hi,
      (s.amount * g.amount / s.total)::double precision as share, s.density as inner_density
    from (
      select t.link, p.skip::numeric as skip, p.amount::numeric as amount, p.density, u.unit,
        coalesce(legs.before, 0) as before, legs.total
      from unnest(p_transfers, p_skips, p_amounts, p_densities) as p(transfer_id, skip, amount, density)
      join ledger_transfer t on t.id = p.transfer_id
      join ledger_account u on u.id = t.from_id
      cross join lateral (
        select sum(b.amount) as total,
          sum(b.amount) filter (where (b.link_place, b.part) < (t.link_place, t.part)) as before
        from ledger_transfer b join ledger_account bu on bu.id = b.from_id
        where b.link = t.link and bu.unit = u.unit and (b.to_at is null) = p_forward
          and (b.from_at is null) <> p_forward
      ) as legs
    ) as s
    join ledger_transfer g on g.link = s.link
      and case when p_forward then g.from_at is null and g.to_at is not null
        else g.to_at is null and g.from_at is not null end
    join ledger_account gu on gu.id = g.from_id and gu.unit <> s.unit
  ) as e;
end $$;

-- Follows whole transfers, or one stretch of an account, through at most p_max_hops. Answers
-- {amount, unit, accounts: [id, kind, unit, code], groups: [hop, account, amount, share, entries, by share], resting: [hop, account, amount,
-- share, by share], unresolved: [hop, account, lo, hi, share, by share, reason], steps, read}.
create function ledger_trace(p_forward boolean, p_transfers uuid[], p_account uuid, p_lo bigint,
  p_hi bigint, p_max_hops integer, p_budget integer)
returns jsonb language plpgsql stable security definer
set search_path from current set enable_seqscan = off set work_mem = '32MB'
set plan_cache_mode = force_generic_plan as $$
declare
  accounts uuid[]; los bigint[]; his bigint[]; densities double precision[]; shares boolean[];
  steps integer := 0; entries bigint := 0; hop integer := 0; n integer; taken integer; per_piece integer;
  groups jsonb := '[]'; resting jsonb := '[]'; unresolved jsonb := '[]';
  next record; crossed record; asked record;
  ends uuid[]; skips bigint[]; amounts bigint[]; end_densities double precision[];
begin
  if p_transfers is null then
    accounts := array[p_account]; los := array[p_lo]; his := array[p_hi];
    densities := array[1.0]; shares := array[false];
    select p_hi - p_lo as amount, a.unit into asked from ledger_account a where a.id = p_account;
  else
    select sum(t.amount)::bigint as amount, min(a.unit) as unit into asked
    from ledger_transfer t join ledger_account a on a.id = t.from_id where t.id = any(p_transfers);
    select array_agg(s.id), array_agg(s.lo), array_agg(s.lo + s.amount), array_agg(1.0::double precision),
      array_agg(false)
    into accounts, los, his, densities, shares
    from (
      select case when p_forward then t.to_id else t.from_id end as id,
        case when p_forward then t.to_at else t.from_at end as lo, t.amount
      from ledger_transfer t where t.id = any(p_transfers)
    ) as s where s.lo is not null;
    select array_agg(t.id), array_agg(0), array_agg(t.amount), array_agg(1.0::double precision)
    into ends, skips, amounts, end_densities
    from ledger_transfer t where t.id = any(p_transfers) and t.link is not null
      and case when p_forward then t.to_at else t.from_at end is null;
    if ends is not null then
      select array_agg(c.account_id) as accounts, array_agg(c.lo) as los, array_agg(c.hi) as his,
        array_agg(c.density) as densities, array_agg(true) as shares,
        jsonb_agg(jsonb_build_array(0, c.account_id, c.hi - c.lo, c.density * (c.hi - c.lo), 1, true)) as groups
      into crossed from ledger_crossings(p_forward, ends, skips, amounts, end_densities) as c;
      accounts := accounts || crossed.accounts; los := los || crossed.los; his := his || crossed.his;
      densities := densities || crossed.densities; shares := shares || crossed.shares;
      groups := groups || coalesce(crossed.groups, '[]');
    end if;
  end if;

  while coalesce(cardinality(accounts), 0) > 0 loop
    if cardinality(accounts) > 1 then
      select * into next from ledger_merge(accounts, los, his, densities, shares);
      accounts := next.accounts; los := next.los; his := next.his;
      densities := next.densities; shares := next.shares;
    end if;
    exit when hop = p_max_hops;
    hop := hop + 1;
    declare
      ahead_accounts uuid[]; ahead_los bigint[]; ahead_his bigint[];
      ahead_densities double precision[]; ahead_shares boolean[];
    begin
      while cardinality(accounts) > 0 and steps < p_budget and entries < p_budget * 10 loop
        n := cardinality(accounts);
        taken := least(n, p_budget - steps);
        per_piece := greatest(16, (p_budget * 10 - entries) / taken);
        select * into next from ledger_trace_round(p_forward, hop, accounts[1:taken], los[1:taken],
          his[1:taken], densities[1:taken], shares[1:taken], per_piece);
        steps := steps + taken;
        entries := entries + next.entries;
        groups := groups || next.groups;
        resting := resting || next.resting;
        ahead_accounts := ahead_accounts || next.accounts; ahead_los := ahead_los || next.los;
        ahead_his := ahead_his || next.his; ahead_densities := ahead_densities || next.densities;
        ahead_shares := ahead_shares || next.shares;
        accounts := coalesce(next.rest_accounts, '{}') || accounts[taken + 1:];
        los := coalesce(next.rest_los, '{}') || los[taken + 1:];
        his := coalesce(next.rest_his, '{}') || his[taken + 1:];
        densities := coalesce(next.rest_densities, '{}') || densities[taken + 1:];
        shares := coalesce(next.rest_shares, '{}') || shares[taken + 1:];
      end loop;
      if cardinality(accounts) > 0 then
        unresolved := unresolved || ledger_pieces(hop - 1, accounts, los, his, densities, shares, 'budget');
      end if;
      accounts := ahead_accounts; los := ahead_los; his := ahead_his;
      densities := ahead_densities; shares := ahead_shares;
    end;
  end loop;
  if coalesce(cardinality(accounts), 0) > 0 then
    unresolved := unresolved || ledger_pieces(hop, accounts, los, his, densities, shares, 'hops');
  end if;
  return jsonb_build_object('amount', coalesce(asked.amount, 0), 'unit', asked.unit, 'groups', groups,
    'accounts', (select coalesce(jsonb_agg(jsonb_build_array(a.id, a.kind, a.unit, a.code)), '[]')
      from ledger_account a where a.id = any(array(
        select distinct (g ->> 1)::uuid from jsonb_array_elements(groups) as g))),
    'resting', resting, 'unresolved', unresolved, 'steps', steps, 'read', entries);
end $$;

-- Pieces as the answer names them.
create function ledger_pieces(p_hop integer, p_accounts uuid[], p_los bigint[], p_his bigint[],
  p_densities double precision[], p_by_share boolean[], p_reason text)
returns jsonb language sql immutable set search_path from current as $$
  select jsonb_agg(jsonb_build_array(p_hop, p.account_id, p.lo, p.hi, p.density * (p.hi - p.lo), p.by_share,
    p_reason))
  from unnest(p_accounts, p_los, p_his, p_densities, p_by_share) as p(account_id, lo, hi, density, by_share)
$$;

-- Joins pieces of an account that touch, so that money going round and round stays few pieces. Pieces that
-- lie over each other (after a crossing, rounded outwards) add up.
create function ledger_merge(p_accounts uuid[], p_los bigint[], p_his bigint[],
  p_densities double precision[], p_by_share boolean[])
returns table (accounts uuid[], los bigint[], his bigint[], densities double precision[], shares boolean[])
language plpgsql immutable set search_path from current set plan_cache_mode = force_generic_plan as $$
begin
  return query
  with piece as (
    select p.account_id, p.lo, p.hi, sum(p.density) as density, p.by_share
    from unnest(p_accounts, p_los, p_his, p_densities, p_by_share) as p(account_id, lo, hi, density, by_share)
    group by p.account_id, p.lo, p.hi, p.by_share
  ), marked as (
    select p.*, coalesce(p.lo <> lag(p.hi) over same, true) as begins
    from piece p window same as (partition by p.account_id, p.by_share, p.density order by p.lo)
  ), islands as (
    select m.*, count(*) filter (where m.begins) over (
      partition by m.account_id, m.by_share, m.density order by m.lo) as island
    from marked m
  ), merged as (
    select i.account_id, min(i.lo) as lo, max(i.hi) as hi, i.density, i.by_share
    from islands i group by i.account_id, i.by_share, i.density, i.island
  )
  select array_agg(m.account_id order by m.account_id, m.lo), array_agg(m.lo order by m.account_id, m.lo),
    array_agg(m.hi order by m.account_id, m.lo), array_agg(m.density order by m.account_id, m.lo),
    array_agg(m.by_share order by m.account_id, m.lo)
  from merged m;
end $$;

-- One hop of some pieces: what it groups to, what rests, where it goes on, and what was not read to its end.
create function ledger_trace_round(p_forward boolean, p_hop integer, p_accounts uuid[], p_los bigint[],
  p_his bigint[], p_densities double precision[], p_by_share boolean[], p_limit integer)
returns table (entries bigint, groups jsonb, resting jsonb, accounts uuid[], los bigint[], his bigint[],
  densities double precision[], shares boolean[], rest_accounts uuid[], rest_los bigint[], rest_his bigint[],
  rest_densities double precision[], rest_shares boolean[])
language plpgsql stable security definer
set search_path from current set enable_seqscan = off set work_mem = '32MB'
set plan_cache_mode = force_generic_plan as $$
declare
  cross_ids uuid[]; cross_skips bigint[]; cross_amounts bigint[]; cross_densities double precision[];
  crossed record;
begin
  with o as materialized (
    select * from ledger_overlaps(p_forward, p_accounts, p_los, p_his, p_densities, p_by_share, p_limit, false)
  ), per_piece as (
    select p.n, p.account_id, p.lo, p.hi, p.density, p.by_share, coalesce(c.found, 0) as found,
      coalesce(c.amount, 0) as amount, case when c.found >= p_limit then c.reached else p.hi end as reached
    from unnest(p_accounts, p_los, p_his, p_densities, p_by_share)
      with ordinality as p(account_id, lo, hi, density, by_share, n)
    left join (
      select o.n, sum(o.found) as found, sum(o.amount)::bigint as amount, max(o.reached) as reached
      from o group by o.n
    ) as c on c.n = p.n
  ), grouped as (
    select o.other_id, o.by_share, sum(o.amount)::bigint as amount, sum(o.amount * o.density) as share,
      sum(o.found) as found
    from o group by o.other_id, o.by_share
  ), rests as (
    select p.account_id, p.by_share, sum(p.reached - p.lo - p.amount)::bigint as amount,
      sum((p.reached - p.lo - p.amount) * p.density) as share
    from per_piece p where p.reached - p.lo > p.amount group by p.account_id, p.by_share
  ), onward as (
    select array_agg(o.other_id) as accounts, array_agg(o.other_at + o.skip) as los,
      array_agg(o.other_at + o.skip + o.amount) as his, array_agg(o.density) as densities,
      array_agg(o.by_share) as shares
    from o where o.other_at is not null
  ), ended as (
    select array_agg(o.transfer_id) as ids, array_agg(o.skip) as skips, array_agg(o.amount) as amounts,
      array_agg(o.density) as densities
    from o where o.other_at is null and o.link is not null
  ), unread as (
    select array_agg(p.account_id) as accounts, array_agg(p.reached) as los, array_agg(p.hi) as his,
      array_agg(p.density) as densities, array_agg(p.by_share) as shares
    from per_piece p where p.reached < p.hi
  )
  select (select coalesce(sum(p.found), 0) from per_piece p),
    (select coalesce(jsonb_agg(jsonb_build_array(p_hop, g.other_id, g.amount, g.share, g.found, g.by_share)),
      '[]') from grouped g),
    (select coalesce(jsonb_agg(jsonb_build_array(p_hop - 1, r.account_id, r.amount, r.share, r.by_share)), '[]')
      from rests r where p_forward),
    n.accounts, n.los, n.his, n.densities, n.shares, u.accounts, u.los, u.his, u.densities, u.shares,
    e.ids, e.skips, e.amounts, e.densities
  into entries, groups, resting, accounts, los, his, densities, shares,
    rest_accounts, rest_los, rest_his, rest_densities, rest_shares,
    cross_ids, cross_skips, cross_amounts, cross_densities
  from onward n cross join unread u cross join ended e;

  if cross_ids is not null then
    select array_agg(c.account_id) as accounts, array_agg(c.lo) as los, array_agg(c.hi) as his,
      array_agg(c.density) as densities, array_agg(true) as shares, jsonb_agg(
        jsonb_build_array(p_hop, c.account_id, c.hi - c.lo, c.density * (c.hi - c.lo), 1, true)) as groups
    into crossed
    from ledger_crossings(p_forward, cross_ids, cross_skips, cross_amounts, cross_densities) as c;
    accounts := accounts || crossed.accounts; los := los || crossed.los; his := his || crossed.his;
    densities := densities || crossed.densities; shares := shares || crossed.shares;
    groups := groups || coalesce(crossed.groups, '[]');
  end if;
  return next;
end $$;

-- The transfers of an opened hop, piece by piece in the order given, after a position.
create function ledger_trace_entries(p_forward boolean, p_accounts uuid[], p_los bigint[], p_his bigint[],
  p_densities double precision[], p_by_share boolean[], p_limit integer)
returns table (transfer_id uuid, account_id uuid, lo bigint, amount bigint, density double precision,
  by_share boolean)
language sql stable security definer set search_path from current as $$
  select o.transfer_id, p_accounts[o.n], o.lo, o.amount, o.density, o.by_share
  from ledger_overlaps(p_forward, p_accounts, p_los, p_his, p_densities, p_by_share, p_limit, true) as o
  order by p_accounts[o.n], o.lo limit p_limit
$$;

revoke all on function ledger_overlaps, ledger_crossings, ledger_trace, ledger_pieces, ledger_merge,
  ledger_trace_round, ledger_trace_entries from public;
