-- Vouchers leave their fund by way of its aid pot, as payments to persons do: the open data counts both together, in the
-- month they were issued, so that neither can be told from the other by the difference.
create or replace function open_aid()
returns table (source_id uuid, period text, street_id int, persons int, amount_fen bigint)
language sql stable security definer set search_path from current as $$
  with paid as (
    select p.source_id, to_char(p.at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, p.street_id, p.payee_id,
      p.amount_fen
    from payment p where p.payee_kind = 'person'
    union all
    select e.source_id, to_char(e.issued_at at time zone 'Asia/Shanghai', 'YYYY-MM'), e.street_id, e.person_id,
      e.amount
    from entitlement e where e.unit = 'fen'
  ), street as (
    select p.*, count(*) filter (where first) over w as persons
    from (select paid.*, row_number() over (partition by paid.source_id, month, paid.street_id, payee_id) = 1 as first
      from paid) p window w as (partition by p.source_id, p.month, p.street_id)
  ), month as (
    select s.source_id, s.month, s.payee_id, s.amount_fen, count(*) filter (where s.one) over w as persons
    from (select street.*, row_number() over (partition by street.source_id, street.month, payee_id) = 1 as one
      from street where persons < 5) s window w as (partition by s.source_id, s.month)
  ), year as (
    select m.source_id, m.year, m.payee_id, m.amount_fen, count(*) filter (where m.one) over w as persons
    from (select month.*, left(month.month, 4) as year,
        row_number() over (partition by month.source_id, left(month.month, 4), payee_id) = 1 as one
      from month where persons < 5) m window w as (partition by m.source_id, m.year)
  ), whole as (
    select y.source_id, count(distinct y.payee_id)::int as persons, sum(y.amount_fen)::bigint as amount_fen
    from year y where persons < 5 group by 1
  )
  select source_id, month, street_id, max(persons)::int, sum(amount_fen)::bigint from street
    where persons >= 5 group by 1, 2, 3
  union all
  select source_id, month, null, max(persons)::int, sum(amount_fen)::bigint from month
    where persons >= 5 group by 1, 2
  union all
  select source_id, year, null, max(persons)::int, sum(amount_fen)::bigint from year
    where persons >= 5 group by 1, 2
  union all
  select source_id, '', null, case when persons >= 5 then persons end, case when persons >= 5 then amount_fen end
    from whole
$$;
