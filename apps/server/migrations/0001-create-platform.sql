-- Who did what, and who looked at what: rows are only added.
create table audit_entry (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  account_id uuid,
  role_id uuid,
  role text,
  -- For whoever has no account: a visitor, a platform, a part of the system.
  actor_name text,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  reason text
);
create index audit_entry_by_subject on audit_entry (subject_id, id);
alter table audit_entry enable row level security;
alter table audit_entry force row level security;
create policy audit_everyone_adds on audit_entry for insert to {{everyone}} with check (true);
create policy audit_own on audit_entry for select to {{resident}} using ({{own_account}});
create policy audit_office on audit_entry for select to {{staff}}, {{federation}}, {{system}} using (true);
grant insert on audit_entry to {{everyone}};
grant select on audit_entry to {{resident}}, {{staff}}, {{federation}}, {{system}};

-- One key per person, account, need or file, wrapped with the installation's own; erasing is deleting the row.
create table data_key (
  owner uuid primary key,
  wrapped bytea not null
);
alter table data_key enable row level security;
alter table data_key force row level security;
create policy data_key_insiders on data_key to {{resident}}, {{staff}}, {{department}}, {{federation}}, {{system}} using (true) with check (true);
create policy data_key_public on data_key for select to {{public}}, {{payments}} using (true);
create policy data_key_public_adds on data_key for insert to {{public}}, {{payments}} with check (true);
grant select, insert on data_key to {{everyone}};
grant delete on data_key to {{system}};

-- How far each consumer of events has read; `seq` as the sequencer gave it.
create table event_consumer (
  name text primary key,
  seq bigint not null default 0
);
alter table event_consumer enable row level security;
alter table event_consumer force row level security;
create policy event_consumer_system on event_consumer to {{system}} using (true) with check (true);
grant select, insert, update on event_consumer to {{system}};

-- Facts about this installation: brand, demo or not.
create table setting (
  name text primary key,
  value text not null
);
alter table setting enable row level security;
alter table setting force row level security;
create policy setting_everyone_reads on setting for select to {{everyone}} using (true);
create policy setting_system on setting to {{system}} using (true) with check (true);
grant select on setting to {{everyone}};
grant insert, update on setting to {{system}};
