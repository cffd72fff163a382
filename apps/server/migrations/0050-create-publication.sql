-- The public log of the ledger: entries, the tiles over them, signed heads. What is read by everybody is public
-- by its nature; which transfer an entry stands for, and the salts of its hidden fields, are the system's alone.

-- One row; its lock makes the publisher single. Written together with what it signs.
create table publication (
  single boolean primary key default true,
  origin text not null,
  -- Entries in the tree, and leaves of the ledger among them.
  size bigint not null,
  leaves bigint not null,
  root bytea not null,
  checkpoint text not null,
  at timestamptz not null,
  constraint publication_single check (single),
  constraint publication_only_grows check (size >= leaves and leaves >= 0)
);
alter table publication enable row level security;
alter table publication force row level security;
create policy publication_reads on publication for select to {{everyone}} using (true);
create policy publication_system_begins on publication for insert to {{system}} with check (true);
create policy publication_system_signs on publication for update to {{system}} using (true) with check (true);
grant select on publication to {{everyone}};
grant insert, update on publication to {{system}};

-- Rows are only added.
create table publication_entry (
  number bigint primary key,
  entry bytea not null,
  leaf bigint constraint publication_entry_leaf_once unique,
  transfer_id uuid constraint publication_entry_transfer_once unique,
  check ((leaf is null) = (transfer_id is null))
);
alter table publication_entry enable row level security;
alter table publication_entry force row level security;
create policy publication_entry_reads on publication_entry for select to {{everyone}} using (true);
create policy publication_entry_system on publication_entry for insert to {{system}} with check (true);
grant select (number, entry) on publication_entry to {{everyone}};
grant select, insert on publication_entry to {{system}};

-- Forgetting somebody is deleting the salts of her entries.
create table publication_salt (
  number bigint primary key,
  from_salt bytea,
  to_salt bytea,
  rest_salt bytea not null
);
alter table publication_salt enable row level security;
alter table publication_salt force row level security;
create policy publication_salt_system on publication_salt to {{system}} using (true) with check (true);
grant select, insert, delete on publication_salt to {{system}};

-- What opens the entries that say that salts were deleted: for an auditor, never public.
create table publication_erasure (
  number bigint primary key,
  text text not null,
  salt bytea not null
);
alter table publication_erasure enable row level security;
alter table publication_erasure force row level security;
create policy publication_erasure_system on publication_erasure to {{system}} using (true) with check (true);
grant select, insert on publication_erasure to {{system}};

-- A tile grows until it has 256 hashes; what it held before stays its beginning.
create table publication_tile (
  level smallint not null,
  n bigint not null,
  hashes bytea not null check (length(hashes) between 32 and 8192 and length(hashes) % 32 = 0),
  primary key (level, n)
);
alter table publication_tile enable row level security;
alter table publication_tile force row level security;
create policy publication_tile_reads on publication_tile for select to {{everyone}} using (true);
create policy publication_tile_system_begins on publication_tile for insert to {{system}} with check (true);
create policy publication_tile_system_grows on publication_tile for update to {{system}} using (true) with check (true);
grant select on publication_tile to {{everyone}};
grant insert, update on publication_tile to {{system}};

-- Every head ever signed. `lost`: known from outside only, as the database was restored from before it.
create table publication_checkpoint (
  origin text not null,
  size bigint not null,
  note text not null,
  at timestamptz not null,
  lost boolean not null default false,
  primary key (origin, size)
);
alter table publication_checkpoint enable row level security;
alter table publication_checkpoint force row level security;
create policy publication_checkpoint_reads on publication_checkpoint for select to {{everyone}} using (true);
create policy publication_checkpoint_system on publication_checkpoint for insert to {{system}} with check (true);
grant select on publication_checkpoint to {{everyone}};
grant insert on publication_checkpoint to {{system}};
