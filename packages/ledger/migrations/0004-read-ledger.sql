-- What pages read. Stable, so that one call sees one moment.

-- See 0002: pg_temp last.
select set_config('search_path', current_setting('search_path') || ', pg_temp', true)
where current_setting('search_path') not like '%pg_temp%';

create view ledger_transfer_read as
  select id, key, from_id, to_id, amount, of_id, link, reason, document_kind, document_id, actor_id, at,
    from_at, from_outflow, from_inflow, to_at, to_outflow
  from ledger_transfer;
revoke all on ledger_transfer_read from public;

create function ledger_balances(p_ids uuid[])
returns table (account_id uuid, unit text, code text, inflow bigint, outflow bigint, held bigint, ahead bigint)
language sql stable security definer set search_path from current as $$
  select a.id, a.unit, a.code, a.inflow, a.outflow, a.held, a.ahead
  from ledger_account a where a.id = any(p_ids) and a.kind = 'inner'
$$;

create function ledger_transfers(p_ids uuid[])
returns setof ledger_transfer_read language sql stable security definer set search_path from current as $$
  select * from ledger_transfer_read t where t.id = any(p_ids)
$$;

-- Lines of an inner account before the given counters, newest first: two index walks, merged by turn.
create function ledger_statement(p_account uuid, p_inflow bigint, p_outflow bigint, p_limit integer)
returns setof ledger_transfer_read language sql stable security definer
set search_path from current set enable_seqscan = off as $$
  select * from (
    (select * from ledger_transfer_read t where t.to_id = p_account and t.to_at < p_inflow
     order by t.to_at desc limit p_limit)
    union all
    (select * from ledger_transfer_read t where t.from_id = p_account and t.from_outflow < p_outflow
     order by t.from_outflow desc limit p_limit)
  ) as line
  order by case when line.to_id = p_account then line.to_at + line.to_outflow
    else line.from_inflow + line.from_outflow end desc
  limit p_limit
$$;

-- Lines of a world account, as far as they are sequenced, newest first.
create function ledger_world_statement(p_account uuid, p_leaf bigint, p_limit integer)
returns table (leaf bigint, line ledger_transfer_read) language sql stable security definer
set search_path from current set enable_seqscan = off as $$
  select side.leaf, t from (
    (select l.leaf, l.transfer_id from ledger_leaf l where l.from_world_id = p_account and l.leaf < p_leaf
     order by l.leaf desc limit p_limit)
    union all
    (select l.leaf, l.transfer_id from ledger_leaf l where l.to_world_id = p_account and l.leaf < p_leaf
     order by l.leaf desc limit p_limit)
  ) as side
  join ledger_transfer_read t on t.id = side.transfer_id
  order by side.leaf desc limit p_limit
$$;

create function ledger_world_totals(p_ids uuid[])
returns table (account_id uuid, inflow bigint, outflow bigint, seq bigint)
language sql stable security definer set search_path from current as $$
  select a.id, coalesce(w.inflow, 0), coalesce(w.outflow, 0), s.seq
  from ledger_account a
  cross join log_state s
  left join ledger_world_total w on w.account_id = a.id
  where a.id = any(p_ids) and a.kind = 'world'
$$;

revoke all on function ledger_balances, ledger_transfers, ledger_statement, ledger_world_statement,
  ledger_world_totals from public;
