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
  worlds uuid[];
  inflows bigint[];
  outflows bigint[];
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
  ), moved as materialized (
    select n.first_leaf + l.n - 1 as leaf, n.seq, l.transfer_id, t.amount,
      case when t.from_at is null then t.from_id end as from_world_id,
      case when t.to_at is null then t.to_id end as to_world_id
    from numbered n
    cross join lateral unnest(n.transfer_ids) with ordinality as l(transfer_id, n)
    join ledger_transfer t on t.id = l.transfer_id
  ), leaves as (
    insert into ledger_leaf (leaf, seq, transfer_id, from_world_id, to_world_id)
    select m.leaf, m.seq, m.transfer_id, m.from_world_id, m.to_world_id from moved m
    returning leaf
  ), world as (
    select s.account_id, sum(s.inflow)::bigint as inflow, sum(s.outflow)::bigint as outflow
    from (
      select m.from_world_id as account_id, 0 as inflow, m.amount as outflow from moved m
      union all
      select m.to_world_id, m.amount, 0 from moved m
    ) as s
    where s.account_id is not null group by s.account_id
  )
  select (select count(*) from events), (select count(*) from leaves), w.ids, w.inflows, w.outflows
  into found_events, found_leaves, worlds, inflows, outflows
  from (
    select array_agg(account_id) as ids, array_agg(inflow) as inflows, array_agg(outflow) as outflows from world
  ) as w;

  if found_events > 0 then
    perform ledger_add_world(worlds, inflows, outflows);
    update log_state set seq = state.seq + found_events, leaves = state.leaves + found_leaves;
    perform pg_notify(current_schema() || '.events', (state.seq + found_events)::text);
  end if;
  return query select state.seq + 1, state.seq + found_events, found_events;
end $$;

-- Adds what moved to the totals of world accounts, each named once.
create function ledger_add_world(p_accounts uuid[], p_inflows bigint[], p_outflows bigint[])
returns void language plpgsql security definer
set search_path from current set enable_seqscan = off as $$
begin
  insert into ledger_world_total (account_id, inflow, outflow)
  select n.id, 0, 0 from unnest(p_accounts) as n(id)
  where not exists (select 1 from ledger_world_total w where w.account_id = n.id);
  update ledger_world_total w set inflow = w.inflow + n.inflow, outflow = w.outflow + n.outflow
  from unnest(p_accounts, p_inflows, p_outflows) as n(id, inflow, outflow) where w.account_id = n.id;
end $$;

create function ledger_events_after(p_seq bigint, p_limit integer)
returns setof event language sql stable security definer set search_path from current as $$
  select * from event e where e.seq > p_seq order by e.seq limit p_limit
$$;

-- The leaves are taken first and each transfer is looked up by its key: whatever the planner believes of a table that
-- has just grown, nothing here reads more than was asked for. Each account is read once, not once a leaf: the row of a
-- busy one has many versions, and finding the living one is what takes the time.
create function ledger_leaves_from(p_leaf bigint, p_limit integer)
returns table (leaf bigint, seq bigint, unit text, from_code text, to_code text, id uuid, key text, from_id uuid,
  to_id uuid, amount bigint, of_id uuid, link text, reason text, document_kind text, document_id uuid,
  actor_id uuid, at timestamptz, from_at bigint, to_at bigint)
language sql stable security definer set search_path from current set enable_seqscan = off as $$
  with moved as materialized (
    select l.leaf, l.seq, t.*
    from (select * from ledger_leaf l where l.leaf >= p_leaf order by l.leaf limit p_limit) l
    cross join lateral (select * from ledger_transfer_read t where t.id = l.transfer_id offset 0) t
  ), named as materialized (
    select a.id, a.unit, a.code from ledger_account a
    where a.id in (select m.from_id from moved m union select m.to_id from moved m)
  )
  select m.leaf, m.seq, f.unit, f.code, g.code, m.id, m.key, m.from_id, m.to_id, m.amount, m.of_id, m.link,
    m.reason, m.document_kind, m.document_id, m.actor_id, m.at, m.from_at, m.to_at
  from moved m
  join named f on f.id = m.from_id
  join named g on g.id = m.to_id
  order by m.leaf
$$;

revoke all on function ledger_append_events, ledger_sequence, ledger_add_world, ledger_events_after,
  ledger_leaves_from from public;
