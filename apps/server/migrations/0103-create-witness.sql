-- Witnesses of the public log: others who sign its heads after checking that nothing before was changed.
create table publication_witness (
  name text primary key,
  -- Its public key as C2SP tools write it, and where it takes checkpoints.
  key text not null,
  url text not null,
  added_at timestamptz not null,
  -- The size it has last signed, when it was last asked, and what was wrong then.
  size bigint not null default 0,
  asked_at timestamptz,
  fault text
);
alter table publication_witness enable row level security;
alter table publication_witness force row level security;
create policy publication_witness_reads on publication_witness for select to {{everyone}} using (true);
create policy publication_witness_system on publication_witness to {{system}} using (true) with check (true);
grant select on publication_witness to {{everyone}};
grant insert, update, delete on publication_witness to {{system}};

-- A witness's line under a head. Rows are only added.
create table publication_cosignature (
  origin text not null,
  size bigint not null,
  witness text not null,
  line text not null,
  at timestamptz not null,
  primary key (origin, size, witness)
);
alter table publication_cosignature enable row level security;
alter table publication_cosignature force row level security;
create policy publication_cosignature_reads on publication_cosignature for select to {{everyone}} using (true);
create policy publication_cosignature_system on publication_cosignature for insert to {{system}} with check (true);
grant select on publication_cosignature to {{everyone}};
grant insert on publication_cosignature to {{system}};
