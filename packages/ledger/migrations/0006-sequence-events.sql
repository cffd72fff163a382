-- The one order of events. Only this function numbers, and only it notifies.

-- See 0002: pg_temp last.
select set_config('search_path', current_setting('search_path') || ', pg_temp', true)
where current_setting('search_path') not like '%pg_temp%';

create function ledger_append_events(p_ids uuid[], p_topics text[], p_subject_kinds text[],
  p_subject_ids uuid[], p_area_ids integer[], p_bodies text[])
returns void language sql security definer set search_path from current as $$
  insert into outbox (id, topic, subject_kind, subject_id, area_id, body)
  select e.id, e.topic, e.subject_kind, e.subject_id, e.area_id, e.body::jsonb
  from unnest(p_ids, p_topics, p_subject_kinds, p_subject_ids, p_area_ids, p_bodies)
    with ordinality as e(id, topic, subject_kind, subject_id, area_id, body, n)
  order by e.n
$$;

create function ledger_sequence(p_limit integer)
returns table (first_seq bigint, last_seq bigint, count bigint) language plpgsql security definer
set search_path from current set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  state record;
  found_events bigint;
  found_leaves bigint;
begin
  select s.seq, s.leaves into state from log_state s for no key update;

  with waiting as (
    select array_agg(o.place) as places from (select b.place from outbox b order by b.place limit p_limit) as o
  ), taken as (
    delete from outbox o using waiting w where o.place = any(w.places) returning o.*
  ), numbered as (
    select t.*, state.seq + row_number() over by_place as seq,
      state.leaves + coalesce(sum(coalesce(cardinality(t.transfer_ids), 0)) over (
        order by t.place rows between unbounded preceding and 1 preceding), 0) as first_leaf
    from taken t window by_place as (order by t.place)
  ), events as (
    insert into event (seq, id, topic, subject_kind, subject_id, area_id, body, at)
    select n.seq, n.id, n.topic, n.subject_kind, n.subject_id, n.area_id,
      case when n.transfer_ids is null then n.body
        else jsonb_build_object('firstLeaf', n.first_leaf, 'count', cardinality(n.transfer_ids)) end, n.at
    from numbered n
    returning seq
  ), leaves as (
    insert into ledger_leaf (leaf, seq, transfer_id, from_world_id, to_world_id)
    select n.first_leaf + l.n - 1, n.seq, l.transfer_id, case when t.from_at is null then t.from_id end,
      case when t.to_at is null then t.to_id end
    from numbered n
    cross join lateral unnest(n.transfer_ids) with ordinality as l(transfer_id, n)
    join ledger_transfer t on t.id = l.transfer_id
    returning leaf
  )
  select (select count(*) from events), (select count(*) from leaves) into found_events, found_leaves;

  if found_events > 0 then
    perform ledger_add_world(state.leaves, state.leaves + found_leaves);
    update log_state set seq = state.seq + found_events, leaves = state.leaves + found_leaves;
    perform pg_notify(current_schema() || '.events', (state.seq + found_events)::text);
  end if;
  return query select state.seq + 1, state.seq + found_events, found_events;
end $$;

-- Adds the leaves [p_first, p_end) to the totals of the world accounts.
create function ledger_add_world(p_first bigint, p_end bigint)
returns void language plpgsql security definer
set search_path from current set enable_seqscan = off as $$
declare
  moved record;
begin
  for moved in
    select s.account_id, sum(s.inflow)::bigint as inflow, sum(s.outflow)::bigint as outflow
    from ledger_leaf l
    join ledger_transfer t on t.id = l.transfer_id
    cross join lateral (values (l.from_world_id, 0::bigint, t.amount), (l.to_world_id, t.amount, 0::bigint))
      as s(account_id, inflow, outflow)
    where l.leaf >= p_first and l.leaf < p_end and s.account_id is not null
    group by s.account_id
  loop
    update ledger_world_total w set inflow = w.inflow + moved.inflow, outflow = w.outflow + moved.outflow
    where w.account_id = moved.account_id;
    if not found then
      insert into ledger_world_total (account_id, inflow, outflow)
      values (moved.account_id, moved.inflow, moved.outflow);
    end if;
  end loop;
end $$;

create function ledger_events_after(p_seq bigint, p_limit integer)
returns setof event language sql stable security definer set search_path from current as $$
  select * from event e where e.seq > p_seq order by e.seq limit p_limit
$$;

-- The leaves are taken first and each transfer is looked up by its key: whatever the planner believes of a table that
-- has just grown, nothing here reads more than was asked for. Each account is read once, not once a leaf: the row of a
-- busy one has many versions, and finding the living one is what takes the time.
create function ledger_leaves_from(p_leaf bigint, p_limit integer)
returns table (leaf bigint, seq bigint, unit text, from_code text, to_code text, transfer ledger_transfer_read)
language sql stable security definer set search_path from current set enable_seqscan = off as $$
  with moved as materialized (
    select l.leaf, l.seq, found.line
    from (select * from ledger_leaf l where l.leaf >= p_leaf order by l.leaf limit p_limit) l
    cross join lateral (select t as line from ledger_transfer_read t where t.id = l.transfer_id offset 0) found
  ), named as materialized (
    select a.id, a.unit, a.code from ledger_account a
    where a.id in (select (m.line).from_id from moved m union select (m.line).to_id from moved m)
  )
  select m.leaf, m.seq, f.unit, f.code, g.code, m.line
  from moved m
  join named f on f.id = (m.line).from_id
  join named g on g.id = (m.line).to_id
  order by m.leaf
$$;

revoke all on function ledger_append_events, ledger_sequence, ledger_add_world, ledger_events_after,
  ledger_leaves_from from public;
