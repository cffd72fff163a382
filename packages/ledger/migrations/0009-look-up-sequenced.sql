-- A session that began when the ledger was nearly empty kept a plan that read every transfer at each turn, and the turns
-- of a giving day grew longer with the day. Each transfer is looked up by its key, whatever the planner believes.

-- See 0002: pg_temp last.
select set_config('search_path', current_setting('search_path') || ', pg_temp', true)
where current_setting('search_path') not like '%pg_temp%';

create or replace function ledger_sequence(p_limit integer)
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
    cross join lateral (
      select t.amount, t.from_id, t.from_at, t.to_id, t.to_at from ledger_transfer t where t.id = l.transfer_id offset 0
    ) t
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
