-- A gift goes back the way it came: its channel is asked under a number made of the return's own id, so that asking
-- again can only be the same refund. 'unknown': nobody knows what became of it; the channel is asked until it says.
alter table gift_return
  add column refund_number text not null generated always as (replace(id::text, '-', '')) stored
    constraint gift_return_one_refund unique,
  add column refund_state text check (refund_state in ('asked', 'processing', 'unknown', 'failed', 'done')),
  add column refund_fen bigint check (refund_fen >= amount_fen),
  add column refund_reason text,
  add column refund_asked_at timestamptz,
  add column refund_followed_at timestamptz,
  add column refund_tries int not null default 0 check (refund_tries >= 0),
  add constraint gift_return_refund_whole check ((refund_state is null) = (refund_fen is null)),
  -- Money moves at its channel only after two have agreed.
  add constraint gift_return_refund_agreed check (refund_state is null or state in ('approved', 'done'));
create index gift_return_to_follow on gift_return (refund_followed_at)
  where refund_state in ('asked', 'processing', 'unknown');
grant update (account_id, refund_state, refund_fen, refund_reason, refund_asked_at, refund_followed_at, refund_tries)
  on gift_return to {{federation}}, {{system}};

-- What of gifts went back, whichever way, by the account it lay on; for everybody, without saying whose it was.
create function gifts_returned(p_accounts uuid[], p_from timestamptz, p_until timestamptz)
returns table (account_id uuid, day date, amount_fen bigint)
language sql stable security definer set search_path from current as $$
  select b.account_id, (b.at at time zone 'Asia/Shanghai')::date, sum(b.amount_fen)::bigint from (
    select p.account_id, r.refunded_at as at, r.amount_fen - r.fee_returned_fen - r.lacking_fen as amount_fen
    from gift_refund r join gift_payment p on p.id = r.payment_id
    where r.state = 'done' and (p_accounts is null or p.account_id = any(p_accounts))
    union all
    select t.account_id, t.paid_on::timestamp at time zone 'Asia/Shanghai', t.amount_fen
    from gift_return t
    where t.state = 'done' and (p_accounts is null or t.account_id = any(p_accounts))
      and not exists (select 1 from gift_payment p where p.id = t.gift_id)
  ) as b
  where b.at >= p_from and b.at < p_until and b.amount_fen > 0
  group by 1, 2
$$;
revoke all on function gifts_returned from public;
grant execute on function gifts_returned to {{everyone}};
create policy gift_refund_owner on gift_refund for select to current_user using (true);
create policy gift_payment_owner on gift_payment for select to current_user using (true);
create policy gift_return_owner on gift_return for select to current_user using (true);
