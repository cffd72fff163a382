-- An account is a way to sign in, never a person.
create table account (
  id uuid primary key,
  -- Sign-in name of staff; null for residents, who sign in with their telephone.
  name text unique,
  display_name text not null,
  telephone_hash bytea unique,
  telephone_sealed bytea,
  password_hash text,
  totp_sealed bytea,
  home_area_id int references area,
  failures int not null default 0,
  locked_until timestamptz,
  created_at timestamptz not null,
  left_on date
);
alter table account enable row level security;
alter table account force row level security;
create policy account_names on account for select to {{resident}}, {{staff}}, {{department}}, {{federation}}, {{public}} using (true);
create policy account_system on account to {{system}} using (true) with check (true);
grant select (id, name, display_name, home_area_id, left_on) on account to {{resident}}, {{staff}}, {{department}}, {{federation}};
grant select (id, display_name) on account to {{public}};
grant select, insert, update on account to {{system}};

create table account_role (
  id uuid primary key,
  account_id uuid not null references account,
  role text not null,
  area_id int references area,
  organization_id uuid,
  -- Whose role this is, when it is held as deputy until `until`.
  deputy_for uuid references account_role,
  since date not null,
  until date
);
create index account_role_by_account on account_role (account_id);
create index account_role_by_area on account_role (area_id, role);
alter table account_role enable row level security;
alter table account_role force row level security;
create policy account_role_office on account_role for select to {{staff}}, {{department}}, {{federation}} using (true);
create policy account_role_own on account_role for select to {{resident}} using ({{own_account}});
create policy account_role_system on account_role to {{system}} using (true) with check (true);
grant select on account_role to {{resident}}, {{staff}}, {{department}}, {{federation}};
grant select, insert, update on account_role to {{system}};

create table session (
  token_hash bytea primary key,
  account_id uuid not null references account,
  role_id uuid not null references account_role,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_by_account on session (account_id);
alter table session enable row level security;
alter table session force row level security;
create policy session_system on session to {{system}} using (true) with check (true);
grant select, insert, update, delete on session to {{system}};

-- A code sent to a telephone: hashed, five tries, ten minutes.
create table sign_in_code (
  telephone_hash bytea primary key,
  code_hash bytea not null,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  tries_left int not null check (tries_left >= 0)
);
alter table sign_in_code enable row level security;
alter table sign_in_code force row level security;
create policy sign_in_code_system on sign_in_code to {{system}} using (true) with check (true);
grant select, insert, update, delete on sign_in_code to {{system}};
