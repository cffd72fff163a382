-- A charity sale may end before its last day: somebody asks with a reason, two others agree, and it ends that moment.
create table charity_sale_end (
  id uuid primary key,
  sale_id uuid not null references charity_sale,
  reason text not null,
  asked_at timestamptz not null,
  asked_by uuid not null references account,
  approval_id uuid not null,
  state text not null default 'proposed' check (state in ('proposed', 'agreed', 'refused'))
);
create unique index charity_sale_end_once on charity_sale_end (sale_id) where state in ('proposed', 'agreed');
alter table charity_sale_end enable row level security;
alter table charity_sale_end force row level security;
create policy charity_sale_end_system on charity_sale_end to {{system}} using (true) with check (true);
-- The two who agree write their word as themselves.
create policy charity_sale_end_reads on charity_sale_end for select to {{federation}} using (true);
create policy charity_sale_end_decide on charity_sale_end for update to {{federation}} using (state = 'proposed')
  with check (state in ('agreed', 'refused'));
grant select, insert, update (state) on charity_sale_end to {{system}};
grant select, update (state) on charity_sale_end to {{federation}};
alter table charity_sale add column ended_at timestamptz;
alter table charity_sale add constraint charity_sale_ended_after_it_opened check (ended_at is null or opened_at is not null);
grant update (ended_at) on charity_sale to {{system}};
grant select (ended_at) on charity_sale to {{public}}, {{resident}};

-- Its money may come in parts, each under a reference of the bank; with the last of them it is settled.
create table proceeds_receipt (
  id uuid primary key,
  sale_id uuid not null references charity_sale,
  amount_fen bigint not null check (amount_fen > 0),
  bank_reference text not null constraint proceeds_receipt_reference_once unique,
  paid_on date not null,
  noted_at timestamptz not null,
  noted_by uuid references account
);
create index proceeds_receipt_of on proceeds_receipt (sale_id);
alter table proceeds_receipt enable row level security;
alter table proceeds_receipt force row level security;
create policy proceeds_receipt_system on proceeds_receipt to {{system}} using (true) with check (true);
create policy proceeds_receipt_federation on proceeds_receipt for select to {{federation}} using (true);
grant select, insert on proceeds_receipt to {{system}};
grant select on proceeds_receipt to {{federation}};

-- What of an entry of a till was a charity sale's: it stands apart in the shift's report.
alter table till_entry add column charity_fen bigint not null default 0;
grant update (charity_fen) on till_entry to {{system}};

-- Its result is told to the public in time.
alter table disclosure_duty
  drop constraint disclosure_duty_subject_kind_check,
  add constraint disclosure_duty_subject_kind check (subject_kind in ('campaign', 'fund', 'charity', 'charity_sale'));
