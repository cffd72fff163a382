-- A re-encoded picture, encrypted on disk with a key of its own. Whoever added it may hand it to one subject
-- (adopt it); from then on the subject's area, its reader and two switches decide who may see it.
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
  -- The asker whose matter it belongs to, when somebody else added it.
  reader_account_id uuid references account,
  shared_with_federation boolean not null default false,
  -- Set by staff for a picture of a thing, never of a person.
  published boolean not null default false,
  check ((subject_kind is null) = (subject_id is null))
);
create index attachment_by_subject on attachment (subject_id);
create index attachment_left_over on attachment (added_at) where subject_id is null;
alter table attachment enable row level security;
alter table attachment force row level security;
create policy attachment_own_reads on attachment for select to {{resident}}, {{staff}}, {{department}}, {{federation}} using ({{own_account}});
create policy attachment_own_adds on attachment for insert to {{resident}}, {{staff}}, {{department}}, {{federation}} with check ({{own_account}});
create policy attachment_own_adopts on attachment for update to {{staff}}, {{federation}} using ({{own_account}});
-- A resident hands in; she does not publish.
create policy attachment_own_hands_in on attachment for update to {{resident}} using ({{own_account}}) with check ({{own_account}} and not published);
create policy attachment_reader on attachment for select to {{resident}} using (reader_account_id = nullif(current_setting('app.account', true), '')::uuid);
create policy attachment_area on attachment for select to {{staff}} using ({{in_areas}});
create policy attachment_federation on attachment for select to {{federation}} using (shared_with_federation);
create policy attachment_published on attachment for select to {{resident}}, {{federation}}, {{staff}}, {{department}}, {{public}} using (published);
create policy attachment_system on attachment to {{system}} using (true) with check (true);
grant select, insert, update (subject_kind, subject_id, area_id, reader_account_id, shared_with_federation, published) on attachment to {{resident}}, {{staff}}, {{department}}, {{federation}};
grant select (id, width_pixels, height_pixels, subject_id, published) on attachment to {{public}};
grant select, insert, update, delete on attachment to {{system}};
