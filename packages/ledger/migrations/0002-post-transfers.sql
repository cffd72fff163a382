-- Opening, looking and writing. Planner settings are pinned: the tables grow from empty to millions
-- within one session, and a plan made for an empty table would read the full one.

-- A role could plant a temporary table in front of ours; pg_temp named last forbids it.
select set_config('search_path', current_setting('search_path') || ', pg_temp', true)
where current_setting('search_path') not like '%pg_temp%';

create function ledger_open_accounts(p_ids uuid[], p_kinds text[], p_units text[], p_codes text[])
returns void language plpgsql security definer set search_path from current as $$
declare
  differing uuid;
begin
  insert into ledger_account (id, kind, unit, code)
  select distinct on (n.id) n.id, n.kind, n.unit, n.code
  from unnest(p_ids, p_kinds, p_units, p_codes) as n(id, kind, unit, code)
  order by n.id
  on conflict (id) do nothing;
  select n.id into differing
  from unnest(p_ids, p_kinds, p_units, p_codes) as n(id, kind, unit, code)
  join ledger_account a on a.id = n.id
  where (a.kind, a.unit, a.code) is distinct from (n.kind, n.unit, n.code)
  limit 1;
  if differing is not null then
    raise exception 'ledger account % is open with another kind, unit or code', differing
      using errcode = 'check_violation';
  end if;
end $$;

-- Locks the inner accounts in order of id, then, in new statements that see what was committed while we
-- waited, reads all that deciding needs. p_payers and p_debits: how much each account may pay in turn.
create function ledger_look(p_accounts uuid[], p_keys text[], p_links text[], p_entries uuid[],
  p_holds text[], p_payers uuid[], p_debits bigint[])
returns jsonb language plpgsql security definer
set search_path from current set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  answer jsonb;
  payer record;
  hole record;
  reached bigint;
  hole_accounts uuid[] := '{}';
  hole_froms bigint[] := '{}';
  hole_untils bigint[] := '{}';
begin
  perform 1 from (
    select a.id from ledger_account a where a.id = any(p_accounts) and a.kind = 'inner'
    order by a.id for no key update
  ) as locked;

  select jsonb_build_object('accounts', coalesce(jsonb_agg(jsonb_build_array(a.id, a.kind, a.unit, a.inflow,
    a.outflow, a.held, a.ahead, floor(extract(epoch from a.last_at) * 1000)::bigint)), '[]'))
  into answer from ledger_account a where a.id = any(p_accounts);

  if cardinality(p_keys) > 0 then
    answer := answer || (select jsonb_build_object('posted', coalesce(jsonb_agg(jsonb_build_array(
      t.key, t.id, t.from_id, t.to_id, t.amount, t.of_id, t.link) order by t.key, t.part), '[]'))
      from ledger_transfer t where t.key = any(p_keys));
  end if;
  if cardinality(p_links) > 0 then
    answer := answer || (select jsonb_build_object('links', coalesce(jsonb_agg(t.link), '[]'))
      from ledger_transfer t where t.link = any(p_links) and t.link_place = 0 and t.part = 0);
  end if;
  if cardinality(p_entries) > 0 then
    answer := answer || (select jsonb_build_object('entries', coalesce(jsonb_agg(jsonb_build_array(
      t.id, t.to_id, t.to_at, t.amount, h.from_at)), '[]'))
      from ledger_transfer t
      left join ledger_hole h on h.account_id = t.to_id and h.until_at = t.to_at + t.amount
      where t.id = any(p_entries));
  end if;
  if cardinality(p_holds) > 0 then
    answer := answer || (select jsonb_build_object('holds', coalesce(jsonb_agg(jsonb_build_array(
      h.key, h.account_id, h.amount, h.used, h.released_at is not null)), '[]'))
      from ledger_hold h where h.key = any(p_holds));
  end if;

  for payer in
    select a.id, a.outflow - a.ahead as cursor, d.debit
    from unnest(p_payers, p_debits) as d(id, debit)
    join ledger_account a on a.id = d.id where a.ahead > 0
  loop
    reached := payer.cursor + payer.debit;
    for hole in
      select h.from_at, h.until_at from ledger_hole h where h.account_id = payer.id order by h.until_at
    loop
      exit when hole.from_at > reached;
      hole_accounts := hole_accounts || payer.id;
      hole_froms := hole_froms || hole.from_at;
      hole_untils := hole_untils || hole.until_at;
      reached := reached + hole.until_at - hole.from_at;
    end loop;
  end loop;
  if cardinality(hole_accounts) > 0 then
    answer := answer || jsonb_build_object('holes', (select jsonb_agg(jsonb_build_array(h.a, h.f, h.u))
      from unnest(hole_accounts, hole_froms, hole_untils) as h(a, f, u)));
  end if;
  return answer;
end $$;

-- Puts what a batch takes out of turn into the holes, then walks the cursor over what it pays in turn:
-- every piece must begin where the cursor is. Returns what `ahead` becomes. Only for accounts with holes.
create function ledger_walk_exits(p_account uuid, p_cursor bigint, p_ahead bigint, p_taken_froms bigint[],
  p_taken_amounts bigint[], p_taken_entries uuid[], p_paid_froms bigint[], p_paid_amounts bigint[])
returns bigint language plpgsql security definer
set search_path from current set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  taken record;
  hole record;
  reached bigint := p_cursor;
  still_ahead bigint := p_ahead;
begin
  for taken in
    select t.entry_id, min(t.from_at) as from_at, sum(t.amount)::bigint as amount, e.to_id, e.to_at,
      e.to_at + e.amount as until_at
    from unnest(p_taken_froms, p_taken_amounts, p_taken_entries) as t(from_at, amount, entry_id)
    left join ledger_transfer e on e.id = t.entry_id
    group by t.entry_id, e.to_id, e.to_at, e.amount
  loop
    select h.from_at into hole from ledger_hole h
    where h.account_id = p_account and h.until_at = taken.until_at;
    if taken.to_id is distinct from p_account or taken.from_at < taken.to_at
      or taken.from_at + taken.amount <> coalesce(hole.from_at, taken.until_at) then
      raise exception 'ledger: what leaves account % out of turn is not the end of entry %',
        p_account, taken.entry_id using errcode = 'integrity_constraint_violation';
    end if;
    if hole.from_at is null then
      insert into ledger_hole (account_id, from_at, until_at)
      values (p_account, taken.from_at, taken.until_at);
    else
      update ledger_hole set from_at = taken.from_at
      where account_id = p_account and until_at = taken.until_at;
    end if;
    still_ahead := still_ahead + taken.amount;
  end loop;

  for i in 1 .. cardinality(p_paid_froms) + 1 loop
    loop
      select h.from_at, h.until_at into hole from ledger_hole h
      where h.account_id = p_account and h.until_at > reached order by h.until_at limit 1;
      exit when hole.from_at is null or hole.from_at > reached;
      if hole.from_at < reached then
        raise exception 'ledger: a payment of account % covers a hole', p_account
          using errcode = 'integrity_constraint_violation';
      end if;
      reached := hole.until_at;
      still_ahead := still_ahead - (hole.until_at - hole.from_at);
      delete from ledger_hole where account_id = p_account and until_at = hole.until_at;
    end loop;
    exit when i > cardinality(p_paid_froms);
    if p_paid_froms[i] <> reached then
      raise exception 'ledger: a payment of account % is not at its cursor', p_account
        using errcode = 'integrity_constraint_violation';
    end if;
    reached := reached + p_paid_amounts[i];
  end loop;
  return still_ahead;
end $$;

-- A column that came once, for all its rows.
create function ledger_column(p_values anyarray, p_size integer)
returns anyarray language sql immutable as $$
  select case when cardinality(p_values) < p_size then array_fill(p_values[1], array[p_size]) else p_values end
$$;

-- Writes decided rows and moves the counters on, set by set. It trusts nobody: accounts, units, turns and
-- positions are checked against what is stored, and a batch that does not fit is refused whole.
-- One array a column; an absent array is a column of nulls, and a value that is the same for all rows comes
-- once. p_from and p_to count into p_accounts. Arrays are read by subscript: in a function that costs a third
-- of unnesting them side by side.
create function ledger_write(p_accounts uuid[], p_ids uuid[], p_keys text[], p_parts smallint[],
  p_from integer[], p_to integer[], p_amounts bigint[], p_from_at bigint[], p_from_outflow bigint[],
  p_from_inflow bigint[], p_to_at bigint[], p_to_outflow bigint[], p_of_ids uuid[], p_links text[],
  p_link_places smallint[], p_link_counts smallint[], p_holds text[], p_reasons text[],
  p_document_kinds text[], p_document_ids uuid[], p_actor_ids uuid[], p_at timestamptz[], p_event_id uuid)
returns void language plpgsql security definer
set search_path from current set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  size integer := cardinality(p_ids);
  worlds boolean[];
  units text[];
  touched record;
  walked record;
  moved bigint;
  -- As it came: one place when all rows go to one account.
  targets integer[] := p_to;
begin
  p_from := ledger_column(p_from, size);
  p_to := ledger_column(p_to, size);
  p_amounts := ledger_column(p_amounts, size);
  p_to_outflow := ledger_column(p_to_outflow, size);
  p_from_inflow := ledger_column(p_from_inflow, size);

  select array_agg(a.kind = 'world' order by n.n), array_agg(a.unit order by n.n) into worlds, units
  from unnest(p_accounts) with ordinality as n(id, n) left join ledger_account a on a.id = n.id;
  if exists (
    select 1 from generate_series(1, size) as i
    where worlds[p_from[i]] is distinct from (p_from_at[i] is null)
      or worlds[p_to[i]] is distinct from (p_to_at[i] is null)
      or units[p_from[i]] is distinct from units[p_to[i]]
  ) then
    raise exception 'ledger: accounts, units and positions of a batch do not fit'
      using errcode = 'integrity_constraint_violation';
  end if;

  -- Each movement of an account must begin with the counters the one before it ended with.
  if p_from_at is null and p_to_at is not null and cardinality(targets) = 1 then
    -- Thousands of gifts from outside into one account: the one row of what follows, without sorting.
    select array[targets[1]] as ns, array[p_to_at[1]] as inflows_0, array[p_to_outflow[1]] as outflows_0,
      array[p_to_at[size] + p_amounts[size]] as inflows_1, array[p_to_outflow[size]] as outflows_1,
      array[min(coalesce(p_at[i], p_at[1]))] as ats_0, array[max(coalesce(p_at[i], p_at[1]))] as ats_1,
      array[true] as plain,
      count(*) filter (where i > 1 and (p_to_at[i] is distinct from p_to_at[i - 1] + p_amounts[i - 1]
        or p_to_outflow[i] is distinct from p_to_outflow[i - 1])) as breaks
    into touched
    from generate_series(1, size) as i;
  else
  select array_agg(m.n) as ns, array_agg(m.inflow_0) as inflows_0, array_agg(m.outflow_0) as outflows_0,
    array_agg(m.inflow_1) as inflows_1, array_agg(m.outflow_1) as outflows_1,
    array_agg(m.at_0) as ats_0, array_agg(m.at_1) as ats_1, array_agg(m.plain) as plain,
    coalesce(sum(m.breaks), 0)::bigint as breaks
  into touched
  from (
    select s.n, min(s.inflow_0) as inflow_0, min(s.outflow_0) as outflow_0, max(s.inflow_1) as inflow_1,
      max(s.outflow_1) as outflow_1, min(s.at) as at_0, max(s.at) as at_1, bool_and(s.plain) as plain,
      count(*) filter (where s.inflow_0 <> s.inflow_before or s.outflow_0 <> s.outflow_before) as breaks
    from (
      select v.*, lag(v.inflow_1) over turns as inflow_before, lag(v.outflow_1) over turns as outflow_before
      from (
        select p_from[i] as n, p_from_inflow[i] as inflow_0, p_from_outflow[i] as outflow_0,
          p_from_inflow[i] as inflow_1, p_from_outflow[i] + p_amounts[i] as outflow_1,
          coalesce(p_at[i], p_at[1]) as at, p_from_at[i] = p_from_outflow[i] and p_of_ids[i] is null as plain
        from generate_series(1, case when p_from_at is null then 0 else size end) as i
        where p_from_at[i] is not null
        union all
        select p_to[i], p_to_at[i], p_to_outflow[i], p_to_at[i] + p_amounts[i], p_to_outflow[i],
          coalesce(p_at[i], p_at[1]), true
        from generate_series(1, case when p_to_at is null then 0 else size end) as i
        where p_to_at[i] is not null
      ) as v
      window turns as (partition by v.n order by v.inflow_0 + v.outflow_0)
    ) as s
    group by s.n
  ) as m;
  end if;
  if touched.breaks > 0 then
    raise exception 'ledger: positions of a batch do not tile' using errcode = 'integrity_constraint_violation';
  end if;

  -- Holds first, so that no account is overdrawn on the way; counters; then holes, for the few that have any.
  if p_holds is not null then
    perform ledger_use_holds(p_holds, array(select p_accounts[p_from[i]] from generate_series(1, size) as i),
      p_amounts);
  end if;
  update ledger_account a
  set inflow = m.inflow_1, outflow = m.outflow_1, last_at = m.at_1
  from unnest(touched.ns, touched.inflows_0, touched.outflows_0, touched.inflows_1, touched.outflows_1,
    touched.ats_0, touched.ats_1) as m(n, inflow_0, outflow_0, inflow_1, outflow_1, at_0, at_1)
  where a.id = p_accounts[m.n] and a.kind = 'inner' and a.inflow = m.inflow_0 and a.outflow = m.outflow_0
    and (a.last_at is null or a.last_at <= m.at_0);
  get diagnostics moved = row_count;
  if moved <> coalesce(cardinality(touched.ns), 0) then
    raise exception 'ledger: a batch does not begin where its accounts are'
      using errcode = 'integrity_constraint_violation';
  end if;

  insert into ledger_transfer (id, key, part, from_id, to_id, amount, from_at, from_outflow, from_inflow,
    to_at, to_outflow, of_id, link, link_place, link_count, hold, reason, document_kind, document_id,
    actor_id, at)
  select p_ids[i], p_keys[i], coalesce(p_parts[i], 0), p_accounts[p_from[i]], p_accounts[p_to[i]],
    p_amounts[i], p_from_at[i], p_from_outflow[i], p_from_inflow[i], p_to_at[i], p_to_outflow[i],
    p_of_ids[i], p_links[i], p_link_places[i], p_link_counts[i], p_holds[i],
    coalesce(p_reasons[i], p_reasons[1]), coalesce(p_document_kinds[i], p_document_kinds[1]),
    p_document_ids[i], p_actor_ids[i], coalesce(p_at[i], p_at[1])
  from generate_series(1, size) as i;

  for walked in
    select m.n, a.id, m.outflow_0 - a.ahead as cursor, a.ahead
    from unnest(touched.ns, touched.outflows_0, touched.outflows_1, touched.plain)
      as m(n, outflow_0, outflow_1, plain)
    join ledger_account a on a.id = p_accounts[m.n]
    where m.outflow_1 > m.outflow_0 and (a.ahead > 0 or not m.plain)
  loop
    moved := (
      select ledger_walk_exits(walked.id, walked.cursor, walked.ahead,
        coalesce(array_agg(p_from_at[i]) filter (where p_of_ids[i] is not null), '{}'),
        coalesce(array_agg(p_amounts[i]) filter (where p_of_ids[i] is not null), '{}'),
        coalesce(array_agg(p_of_ids[i]) filter (where p_of_ids[i] is not null), '{}'),
        coalesce(array_agg(p_from_at[i] order by p_from_at[i]) filter (where p_of_ids[i] is null), '{}'),
        coalesce(array_agg(p_amounts[i] order by p_from_at[i]) filter (where p_of_ids[i] is null), '{}'))
      from generate_series(1, size) as i where p_from[i] = walked.n);
    update ledger_account set ahead = moved where id = walked.id;
  end loop;

  if p_links is not null and exists (
    select 1 from generate_series(1, size) as i where p_links[i] is not null
    group by p_links[i] having count(distinct p_keys[i]) <> min(p_link_counts[i])
      or min(p_link_counts[i]) <> max(p_link_counts[i])
  ) then
    raise exception 'ledger: a linked group is not whole' using errcode = 'integrity_constraint_violation';
  end if;

  insert into outbox (id, topic, subject_kind, subject_id, body, transfer_ids)
  values (p_event_id, 'ledger.posted', 'posting', p_ids[1], '{}', p_ids);
end $$;

revoke all on function ledger_open_accounts, ledger_look, ledger_walk_exits, ledger_column,
  ledger_write from public;
