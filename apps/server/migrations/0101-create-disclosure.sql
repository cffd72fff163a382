-- What must be told to the public, each duty once for a subject and a period. What is due, done or overdue is for all.
create table disclosure_duty (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('PL-' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored
    constraint disclosure_duty_number_once unique,
  kind text not null,
  subject_kind text not null check (subject_kind in ('campaign', 'fund', 'charity')),
  subject_id uuid not null,
  -- Empty for the charity as a whole.
  subject_code text not null,
  subject_name text not null,
  period text not null,
  detail text,
  -- The span the report is about.
  covers_from date not null,
  covers_until date not null,
  opens_on date not null,
  due_on date not null check (due_on >= opens_on),
  done_on date,
  void_reason text,
  created_at timestamptz not null,
  constraint disclosure_duty_once unique (kind, subject_id, period),
  check (done_on is null or void_reason is null)
);
create index disclosure_duty_by_subject on disclosure_duty (subject_code, due_on);
create index disclosure_duty_open on disclosure_duty (due_on) where done_on is null and void_reason is null;
alter table disclosure_duty enable row level security;
alter table disclosure_duty force row level security;
create policy disclosure_duty_reads on disclosure_duty for select to {{everyone}} using (true);
create policy disclosure_duty_federation_adds on disclosure_duty for insert to {{federation}} with check (true);
create policy disclosure_duty_federation_ends on disclosure_duty for update to {{federation}}
  using (done_on is null) with check (true);
create policy disclosure_duty_system on disclosure_duty to {{system}} using (true) with check (true);
grant select on disclosure_duty to {{everyone}};
grant insert, update (done_on, void_reason) on disclosure_duty to {{federation}}, {{system}};

-- What was published, with the ledger's figures of that moment. Rows are only added.
create table disclosure (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('GS-' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored
    constraint disclosure_number_once unique,
  duty_id uuid not null references disclosure_duty constraint disclosure_once_per_duty unique,
  title text not null,
  text text not null,
  figures jsonb,
  published_at timestamptz not null,
  published_by uuid references account
);
alter table disclosure enable row level security;
alter table disclosure force row level security;
create policy disclosure_reads on disclosure for select to {{everyone}} using (true);
create policy disclosure_adds on disclosure for insert to {{federation}}, {{system}} with check (true);
grant select (id, serial, number, duty_id, title, text, figures, published_at) on disclosure to {{everyone}};
grant select, insert on disclosure to {{federation}}, {{system}};

-- A correction stands beside the old text, which stays. Rows are only added.
create table disclosure_correction (
  id uuid primary key,
  disclosure_id uuid not null references disclosure,
  at timestamptz not null,
  note text not null,
  text text not null,
  by_account_id uuid references account
);
create index disclosure_correction_of on disclosure_correction (disclosure_id, id);
alter table disclosure_correction enable row level security;
alter table disclosure_correction force row level security;
create policy disclosure_correction_reads on disclosure_correction for select to {{everyone}} using (true);
create policy disclosure_correction_adds on disclosure_correction for insert to {{federation}}, {{system}} with check (true);
grant select (id, disclosure_id, at, note, text) on disclosure_correction to {{everyone}};
grant select, insert on disclosure_correction to {{federation}}, {{system}};

-- Aid to persons for the open data: by month and street where at least five persons fit, else by month and district,
-- else by year, else altogether; what even then fewer than five fit is told without its sum.
create function open_aid()
returns table (source_id uuid, period text, street_id int, persons int, amount_fen bigint)
language sql stable security definer set search_path from current as $$
  with paid as (
    select p.source_id, to_char(p.at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, p.street_id, p.payee_id,
      p.amount_fen
    from payment p where p.payee_kind = 'person'
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
revoke all on function open_aid from public;
grant execute on function open_aid to {{everyone}};
