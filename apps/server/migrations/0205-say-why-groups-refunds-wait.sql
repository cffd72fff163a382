-- What the payment service will not send back to a neighbour ends when a person notes how the seller gave it back.
alter table group_refund
  add column given_how text,
  add column given_by uuid references account,
  add constraint group_refund_given_whole check (num_nulls(given_how, given_by) in (0, 2)),
  add constraint group_refund_given_done check (given_how is null or state = 'done');

-- Reasons of our own are codes, said in the reader's language; what a payment service said stays as it said it.
update sale_refund_payment set refusal = 'seller_unconnected' where refusal = '商家的收款号没有接通退款';
update sale_refund_payment set refusal = 'channel_failed' where refusal = '支付平台没有退成';
update group_refund set refusal = 'channel_failed' where refusal = '支付平台没有退成';

-- Each payment on its way back counts once, from the state change on: before its refund order is written, and after.
create or replace function group_refund_counts(p_groups uuid[])
returns table (group_id uuid, under_way bigint, done bigint)
language sql stable security definer set search_path from current as $$
  select one.group_id, sum(one.under_way)::bigint, sum(one.done)::bigint from (
    select r.group_id, count(*) filter (where r.state = 'asked') as under_way,
      count(*) filter (where r.state = 'done') as done
    from group_refund r where r.group_id = any(p_groups) group by r.group_id
    union all
    select s.group_id, count(*), 0
    from group_share s
    where s.group_id = any(p_groups) and s.state = 'returning' and s.settled_at is null group by s.group_id
  ) one group by one.group_id
$$;
create policy group_share_owner on group_share for select to current_user using (true);
