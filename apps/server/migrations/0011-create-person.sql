-- A person whom the system knows: a random id, coded facts in the clear, all that names her sealed with her key.
create table person (
  id uuid primary key,
  -- Where she lives.
  area_id int not null references area,
  -- The account bound to her now; `person_binding` has the history.
  account_id uuid unique references account,
  gender text not null check (gender in ('female', 'male', 'unknown')),
  born_year int,
  name_sealed bytea not null,
  telephone_sealed bytea,
  id_number_sealed bytea,
  address_sealed bytea,
  birth_date_sealed bytea,
  -- Set by `person_share`: from her consent or the proposal on.
  shared_with_federation boolean not null default false,
  created_at timestamptz not null,
  created_by uuid references account
);
create index person_by_area on person (area_id, created_at desc, id desc);
alter table person enable row level security;
alter table person force row level security;
create policy person_area on person to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy person_own on person for select to {{resident}} using ({{own_account}});
create policy person_own_takes_back on person for update to {{resident}} using ({{own_account}}) with check ({{own_account}} and not shared_with_federation);
create policy person_shared on person for select to {{federation}} using (shared_with_federation);
create policy person_system on person to {{system}} using (true) with check (true);
grant select on person to {{resident}}, {{staff}}, {{federation}}, {{system}};
grant insert on person to {{staff}}, {{system}};
grant update (account_id, shared_with_federation) on person to {{staff}}, {{system}};
grant update (shared_with_federation) on person to {{resident}};

-- What a person is found by, by equality only: the first 64 bits of keyed hashes of her name, its sound and initials, her
-- numbers and the words of her address. The area stands in the key, so that who may see a few areas reads no others' rows.
-- No foreign keys: it is an index, written with the persons, and checking two of them costs five times what a row does.
create table person_term (
  term bigint not null,
  area_id int not null,
  person_id uuid not null,
  primary key (term, area_id, person_id)
);
alter table person_term enable row level security;
alter table person_term force row level security;
create policy person_term_area on person_term to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy person_term_system on person_term to {{system}} using (true) with check (true);
grant select, insert on person_term to {{staff}};
grant select, insert, update, delete on person_term to {{system}};

-- Which account was bound to a person when, how and by whom. One current binding for each of the two.
create table person_binding (
  id uuid primary key,
  person_id uuid not null references person,
  account_id uuid not null references account,
  area_id int not null references area,
  method text not null check (method in ('face_to_face', 'id_check')),
  bound_at timestamptz not null,
  bound_by uuid references account,
  ended_at timestamptz,
  ended_by uuid references account
);
create unique index person_binding_of_account on person_binding (account_id) where ended_at is null;
create unique index person_binding_of_person on person_binding (person_id) where ended_at is null;
alter table person_binding enable row level security;
alter table person_binding force row level security;
create policy person_binding_area on person_binding to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy person_binding_own on person_binding for select to {{resident}} using ({{own_account}});
create policy person_binding_system on person_binding to {{system}} using (true) with check (true);
grant select on person_binding to {{resident}};
grant select, insert, update (ended_at, ended_by) on person_binding to {{staff}}, {{system}};

-- Why the federation may see a person, since when; ended when she withdraws the consent it rested on.
create table person_share (
  person_id uuid not null references person,
  basis text not null check (basis in ('consent', 'proposal')),
  area_id int not null references area,
  account_id uuid references account,
  since timestamptz not null,
  ended_at timestamptz,
  by_account_id uuid references account,
  primary key (person_id, basis)
);
alter table person_share enable row level security;
alter table person_share force row level security;
create policy person_share_area on person_share to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy person_share_own on person_share for select to {{resident}} using ({{own_account}});
create policy person_share_own_ends on person_share for update to {{resident}} using ({{own_account}}) with check ({{own_account}} and ended_at is not null);
create policy person_share_system on person_share to {{system}} using (true) with check (true);
grant select on person_share to {{resident}}, {{staff}}, {{system}};
grant insert, update on person_share to {{staff}}, {{system}};
grant update (ended_at) on person_share to {{resident}};
