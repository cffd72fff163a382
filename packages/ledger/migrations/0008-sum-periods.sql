-- What moved in a period, for those who keep the books. Rows lie in order of time, so a small index of
-- ranges is enough, and costs a posting nothing.

-- See 0002: pg_temp last.
select set_config('search_path', current_setting('search_path') || ', pg_temp', true)
where current_setting('search_path') not like '%pg_temp%';

create index ledger_transfer_period on ledger_transfer using brin (at) with (pages_per_range = 32);

-- Sums by both accounts and reason; by day of a time zone when one is named; one by one, with their
-- document, for the reasons in p_single.
create function ledger_turnover(p_from timestamptz, p_until timestamptz, p_zone text, p_single text[])
returns table (day date, from_id uuid, to_id uuid, unit text, reason text, document_kind text, document_id uuid,
  transfers bigint, amount bigint)
language sql stable security definer set search_path from current as $$
  select case when p_zone is not null then (t.at at time zone p_zone)::date end,
    t.from_id, t.to_id, a.unit, t.reason, t.document_kind,
    case when t.reason = any(p_single) then t.document_id end,
    count(*), sum(t.amount)::bigint
  from ledger_transfer t join ledger_account a on a.id = t.to_id
  where t.at >= p_from and t.at < p_until
  group by 1, 2, 3, 4, 5, 6, 7
  order by 1, 5, 2, 3, 7
$$;
revoke all on function ledger_turnover from public;
