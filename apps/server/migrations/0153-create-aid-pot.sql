-- A private account between a fund and the persons it helps: filled in round sums, so that no public leaf tells the
-- amount and day of one person's aid. It has no code in the log; what lies in it is still the fund's.
create table aid_pot (
  id uuid primary key,
  source_id uuid not null constraint aid_pot_once unique,
  opened_at timestamptz not null
);
alter table aid_pot enable row level security;
alter table aid_pot force row level security;
create policy aid_pot_reads on aid_pot for select to {{everyone}} using (true);
create policy aid_pot_office on aid_pot for insert to {{staff}}, {{federation}}, {{system}} with check (true);
create policy aid_pot_owner on aid_pot for select to current_user using (true);
grant select on aid_pot to {{everyone}};
grant insert on aid_pot to {{staff}}, {{federation}}, {{system}};
