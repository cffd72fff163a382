-- Departments, social organisations, enterprises and suppliers. Their names are public facts, their bank accounts are not.
create table organization (
  id uuid primary key,
  kind text not null check (kind in ('federation', 'enterprise', 'supplier', 'social_organization', 'department')),
  name text not null unique,
  public_name text not null,
  credit_code text unique,
  bank_account_sealed bytea,
  created_at timestamptz not null,
  created_by uuid references account
);
alter table organization enable row level security;
alter table organization force row level security;
create policy organization_everyone_reads on organization for select to {{everyone}} using (true);
create policy organization_federation_adds on organization for insert to {{federation}} with check (true);
create policy organization_system_adds on organization for insert to {{system}} with check (true);
grant select (id, kind, public_name) on organization to {{resident}}, {{public}}, {{payments}};
grant select (id, kind, name, public_name, credit_code) on organization to {{staff}}, {{department}};
grant select, insert on organization to {{federation}}, {{system}};
