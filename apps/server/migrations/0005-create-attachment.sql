-- A re-encoded picture, encrypted on disk. The subject decides who may see it; `published` is set by the worker for a picture of a thing.
create table attachment (
  id uuid primary key,
  account_id uuid references account,
  added_at timestamptz not null,
  width_pixels int not null,
  height_pixels int not null,
  full_bytes int not null,
  sha256 bytea not null,
  subject_kind text,
  subject_id uuid,
  area_id int references area,
  published boolean not null default false
);
create index attachment_by_subject on attachment (subject_id);
alter table attachment enable row level security;
alter table attachment force row level security;
create policy attachment_own on attachment to {{resident}} using ({{own_account}}) with check ({{own_account}});
create policy attachment_staff on attachment to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy attachment_staff_own on attachment to {{staff}} using ({{own_account}}) with check (true);
create policy attachment_federation on attachment to {{federation}} using (subject_kind in ('proposal', 'campaign') or published) with check (true);
create policy attachment_federation_own on attachment to {{federation}} using ({{own_account}}) with check (true);
create policy attachment_published on attachment for select to {{public}} using (published);
create policy attachment_published_resident on attachment for select to {{resident}} using (published);
create policy attachment_system on attachment to {{system}} using (true) with check (true);
grant select, insert, update on attachment to {{resident}}, {{staff}}, {{federation}}, {{system}};
grant select on attachment to {{public}};
