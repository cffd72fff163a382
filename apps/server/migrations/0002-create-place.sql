-- The area tree. Areas change: they have valid-from and -to and a successor; nothing is deleted.
create table area (
  id int generated always as identity primary key,
  code text not null unique,
  name text not null,
  level text not null check (level in ('district', 'street', 'community')),
  parent_id int references area,
  desk_telephone text,
  valid_from date not null default '2000-01-01',
  valid_to date,
  successor_id int references area,
  check ((level = 'district') = (parent_id is null))
);
create index area_by_parent on area (parent_id);
alter table area enable row level security;
alter table area force row level security;
create policy area_everyone_reads on area for select to {{everyone}} using (true);
create policy area_system on area to {{system}} using (true) with check (true);
grant select on area to {{everyone}};
grant insert, update on area to {{system}};
