-- What of an account's money was undone, so that pages can tell given, returned and used apart and still add up with the
-- balance: gifts that went back to their givers, and what had left and came back (set aside for persons and not used).
create index ledger_transfer_returned on ledger_transfer (from_id) where reason in ('refund', 'return', 'made_good');
create index ledger_transfer_put_back on ledger_transfer (to_id) where reason in ('aid_back', 'expiry', 'return');

create function account_undone(p_accounts uuid[])
returns table (account_id uuid, returned_fen bigint, put_back_fen bigint)
language sql stable security definer set search_path from current as $$
  select a.id,
    (select coalesce(sum(t.amount), 0)::bigint from ledger_transfer t
      where t.from_id = a.id and t.reason in ('refund', 'return', 'made_good')),
    (select coalesce(sum(t.amount), 0)::bigint from ledger_transfer t
      where t.to_id = a.id and t.reason in ('aid_back', 'expiry', 'return'))
  from unnest(p_accounts) as a (id)
$$;
revoke all on function account_undone from public;
grant execute on function account_undone to {{everyone}};
