-- What came into accounts, or left them, between their own and others' that is no gift, no payment and no gift given back:
-- matching, rests by the filed rule, changes of purpose, filed management cost, fees, shares of sales. Sums by day only.
create function moved_otherwise(p_accounts uuid[], p_from timestamptz, p_until timestamptz)
returns table (day date, in_fen bigint, out_fen bigint)
language sql stable security definer set search_path from current as $$
  select (t.at at time zone 'Asia/Shanghai')::date,
    coalesce(sum(t.amount) filter (where t.is_in), 0)::bigint,
    coalesce(sum(t.amount) filter (where not t.is_in), 0)::bigint
  from (
    select at, amount, reason, from_id as other_id, true as is_in from ledger_transfer where to_id = any(p_accounts)
    union all
    select at, amount, reason, to_id, false from ledger_transfer where from_id = any(p_accounts)
  ) as t
  where t.at >= p_from and t.at < p_until and t.other_id <> all(p_accounts)
    and t.reason not in ('gift', 'payout', 'return', 'refund', 'made_good')
  group by 1
$$;
revoke all on function moved_otherwise from public;
grant execute on function moved_otherwise to {{system}};
