-- Looks at every row and names each broken fact. Reads everything: for the checking login, not for pages.

-- See 0002: pg_temp last.
select set_config('search_path', current_setting('search_path') || ', pg_temp', true)
where current_setting('search_path') not like '%pg_temp%';

create function ledger_check() returns table (fact text, subject text, detail text)
language sql stable security definer set search_path from current set work_mem = '64MB' as $$
  with entries as (
    select t.to_id as account_id, t.id, t.to_at, t.to_outflow, t.amount, t.at,
      lag(t.to_at + t.amount, 1, 0::bigint) over tail as expected
    from ledger_transfer t where t.to_at is not null window tail as (partition by t.to_id order by t.to_at)
  ), exits as (
    select t.from_id as account_id, t.id, t.from_at, t.from_outflow, t.from_inflow, t.amount, t.at, t.of_id,
      lag(t.from_at + t.amount, 1, 0::bigint) over places as place_before,
      lag(t.from_outflow + t.amount, 1, 0::bigint) over turns as expected
    from ledger_transfer t where t.from_at is not null
    window places as (partition by t.from_id order by t.from_at),
      turns as (partition by t.from_id order by t.from_outflow)
  ), paid as (
    select e.account_id, e.id, e.from_at,
      max(e.from_at) over (partition by e.account_id order by e.from_outflow
        rows between unbounded preceding and 1 preceding) as furthest
    from exits e where e.of_id is null
  ), moves as (
    select e.account_id, e.id, e.to_at as inflow_0, e.to_outflow as outflow_0, e.to_at + e.amount as inflow_1,
      e.to_outflow as outflow_1, e.at from entries e
    union all
    select x.account_id, x.id, x.from_inflow, x.from_outflow, x.from_inflow, x.from_outflow + x.amount, x.at
    from exits x
  ), turned as (
    select m.*, lag(m.inflow_1, 1, 0::bigint) over turns as inflow_before,
      lag(m.outflow_1, 1, 0::bigint) over turns as outflow_before, lag(m.at) over turns as at_before
    from moves m window turns as (partition by m.account_id order by m.inflow_0 + m.outflow_0)
  ), totals as (
    select a.id, a.inflow, a.outflow, a.held, a.ahead, coalesce(n.amount, 0) as entered,
      coalesce(x.amount, 0) as left_, coalesce(x.before_cursor, 0) as before_cursor, coalesce(h.amount, 0) as holes,
      coalesce(o.amount, 0) as holds
    from ledger_account a
    left join (select e.account_id, sum(e.amount) as amount from entries e group by e.account_id) as n
      on n.account_id = a.id
    left join (
      select e.account_id, sum(e.amount) as amount,
        sum(e.amount) filter (where e.from_at < b.outflow - b.ahead) as before_cursor
      from exits e join ledger_account b on b.id = e.account_id group by e.account_id
    ) as x on x.account_id = a.id
    left join (select l.account_id, sum(l.until_at - l.from_at) as amount from ledger_hole l group by l.account_id)
      as h on h.account_id = a.id
    left join (
      select d.account_id, sum(d.amount - d.used) as amount from ledger_hold d
      where d.released_at is null group by d.account_id
    ) as o on o.account_id = a.id
    where a.kind = 'inner'
  ), postings as (
    select t.key, count(*) as parts, min(t.part) as first, max(t.part) as last,
      count(distinct (t.from_id, t.to_id, t.of_id, t.link, t.hold, t.reason, t.document_id)) as kinds
    from ledger_transfer t group by t.key having count(*) > 1 or min(t.part) > 0
  ), links as (
    select t.link, count(distinct t.key) as keys, count(distinct t.link_place) as places,
      min(t.link_place) as first, max(t.link_place) as last, min(t.link_count) as least, max(t.link_count) as most
    from ledger_transfer t where t.link is not null group by t.link
  ), waiting as (
    select o.place, w.id from outbox o cross join lateral unnest(o.transfer_ids) as w(id)
  )
  select 'entries_tile', e.account_id::text, format('transfer %s enters at %s, not %s', e.id, e.to_at, e.expected)
  from entries e where e.to_at <> e.expected
  union all
  select 'exits_do_not_overlap', e.account_id::text, format('transfer %s leaves from %s, before %s', e.id, e.from_at, e.place_before)
  from exits e where e.from_at < e.place_before
  union all
  select 'exit_turns_tile', e.account_id::text, format('transfer %s has outflow %s before it, not %s', e.id, e.from_outflow, e.expected)
  from exits e where e.from_outflow <> e.expected
  union all
  select 'movements_follow', m.account_id::text, format('transfer %s does not begin with the counters before it', m.id)
  from turned m where m.inflow_0 <> m.inflow_before or m.outflow_0 <> m.outflow_before
  union all
  select 'time_never_runs_backwards', m.account_id::text, format('transfer %s is before the movement before it', m.id)
  from turned m where m.at < m.at_before
  union all
  select 'first_in_first_out', p.account_id::text, format('transfer %s pays from %s after %s was paid', p.id, p.from_at, p.furthest)
  from paid p where p.from_at < p.furthest
  union all
  select 'out_of_turn_within_its_entry', x.account_id::text, format('transfer %s is not within entry %s', x.id, x.of_id)
  from exits x left join ledger_transfer e on e.id = x.of_id
  where x.of_id is not null and (e.id is null or e.to_id <> x.account_id or x.from_at < e.to_at
    or x.from_at + x.amount > e.to_at + e.amount)
  union all
  select 'inflow_is_what_entered', t.id::text, format('inflow %s, entered %s', t.inflow, t.entered)
  from totals t where t.inflow <> t.entered
  union all
  select 'outflow_is_what_left', t.id::text, format('outflow %s, left %s', t.outflow, t.left_)
  from totals t where t.outflow <> t.left_
  union all
  select 'ahead_is_the_holes', t.id::text, format('ahead %s, holes %s', t.ahead, t.holes)
  from totals t where t.ahead <> t.holes
  union all
  select 'all_before_the_cursor_left', t.id::text, format('cursor %s, left before it %s', t.outflow - t.ahead, t.before_cursor)
  from totals t where t.outflow - t.ahead <> t.before_cursor
  union all
  select 'holes_are_beyond_the_cursor', h.account_id::text, format('hole [%s, %s)', h.from_at, h.until_at)
  from ledger_hole h left join ledger_account a on a.id = h.account_id
  where a.id is null or h.from_at <= a.outflow - a.ahead
  union all
  select 'holes_are_exits', h.account_id::text, format('hole [%s, %s)', h.from_at, h.until_at)
  from ledger_hole h
  where h.until_at - h.from_at <> (select coalesce(sum(x.amount), 0) from ledger_transfer x
    where x.from_id = h.account_id and x.from_at >= h.from_at and x.from_at < h.until_at and x.of_id is not null)
  union all
  select 'held_is_the_open_holds', t.id::text, format('held %s, open holds %s', t.held, t.holds)
  from totals t where t.held <> t.holds
  union all
  select 'never_overdrawn', a.id::text, format('inflow %s, outflow %s, held %s', a.inflow, a.outflow, a.held)
  from ledger_account a where a.inflow - a.outflow - a.held < 0 or a.held < 0 or a.ahead < 0
  union all
  select 'used_is_what_was_drawn', h.key, format('used %s, drawn %s', h.used, coalesce(d.amount, 0))
  from ledger_hold h
  full join (select t.hold, sum(t.amount) as amount from ledger_transfer t where t.hold is not null group by t.hold) as d
    on d.hold = h.key
  where h.used is distinct from coalesce(d.amount, 0)
  union all
  select 'accounts_fit', t.id::text, format('from %s (%s, %s) to %s (%s, %s)', t.from_id, f.kind, f.unit, t.to_id, g.kind, g.unit)
  from ledger_transfer t
  left join ledger_account f on f.id = t.from_id
  left join ledger_account g on g.id = t.to_id
  where f.unit is distinct from g.unit or f.id is null or (f.kind = 'inner') <> (t.from_at is not null)
    or (g.kind = 'inner') <> (t.to_at is not null)
  union all
  select 'amounts_are_positive', t.id::text, t.amount::text from ledger_transfer t where t.amount <= 0
  union all
  select 'postings_are_whole', p.key, format('%s rows, parts %s to %s', p.parts, p.first, p.last)
  from postings p where p.first <> 0 or p.last <> p.parts - 1 or p.kinds <> 1
  union all
  select 'linked_groups_are_whole', l.link, format('%s of %s', l.keys, l.most)
  from links l where l.keys <> l.most or l.least <> l.most or l.places <> l.keys or l.first <> 0 or l.last <> l.keys - 1
  union all
  select 'events_have_no_gaps', 'event', format('%s events, first %s, last %s, state %s', count(*), min(e.seq), max(e.seq), s.seq)
  from log_state s left join event e on true group by s.seq
  having count(e.seq) <> s.seq or (s.seq > 0 and (min(e.seq) <> 1 or max(e.seq) <> s.seq))
  union all
  select 'leaves_have_no_gaps', 'ledger_leaf', format('%s leaves, first %s, last %s, state %s', count(*), min(l.leaf), max(l.leaf), s.leaves)
  from log_state s left join ledger_leaf l on true group by s.leaves
  having count(l.leaf) <> s.leaves or (s.leaves > 0 and (min(l.leaf) <> 0 or max(l.leaf) <> s.leaves - 1))
  union all
  select 'every_transfer_in_the_log_once', coalesce(t.id, l.transfer_id, w.id)::text,
    format('transfer %s, leaf %s, waiting %s', t.id is not null, l.leaf, w.place)
  from ledger_transfer t
  full join ledger_leaf l on l.transfer_id = t.id
  full join waiting w on w.id = coalesce(t.id, l.transfer_id)
  where t.id is null or (l.leaf is null) = (w.place is null)
  union all
  select 'leaves_are_in_causal_order', m.account_id::text, format('transfer %s', m.id)
  from (
    select v.account_id, v.id, l.leaf, lag(l.leaf) over (partition by v.account_id order by v.inflow_0 + v.outflow_0) as leaf_before
    from moves v left join ledger_leaf l on l.transfer_id = v.id
  ) as m where m.leaf < m.leaf_before
  union all
  select 'world_totals_are_the_leaves', coalesce(w.account_id, s.account_id)::text,
    format('in %s out %s, leaves in %s out %s', w.inflow, w.outflow, s.inflow, s.outflow)
  from ledger_world_total w
  full join (
    select v.account_id, sum(v.inflow) as inflow, sum(v.outflow) as outflow
    from ledger_leaf l
    join ledger_transfer t on t.id = l.transfer_id
    cross join lateral (values (case when t.from_at is null then t.from_id end, 0::bigint, t.amount),
      (case when t.to_at is null then t.to_id end, t.amount, 0::bigint)) as v(account_id, inflow, outflow)
    where v.account_id is not null group by v.account_id
  ) as s on s.account_id = w.account_id
  where w.inflow is distinct from s.inflow or w.outflow is distinct from s.outflow
$$;

revoke all on function ledger_check from public;
