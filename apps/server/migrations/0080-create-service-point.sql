-- Where people come and things lie: the federation's store, stations, counters of communities.
create table service_point (
  id uuid primary key,
  serial int generated always as identity,
  code text not null generated always as ('DW' || lpad(serial::text, greatest(4, length(serial::text)), '0')) stored
    constraint service_point_code_once unique,
  name text not null,
  kind text not null check (kind in ('store', 'station', 'service_center', 'party_center', 'elder_station', 'shop')),
  area_id int not null references area,
  address text not null default '',
  opened_at timestamptz not null,
  closed_on date,
  constraint service_point_name_once unique (area_id, name)
);
alter table service_point enable row level security;
alter table service_point force row level security;
create policy service_point_everyone_reads on service_point for select to {{everyone}} using (true);
create policy service_point_staff_adds on service_point for insert to {{staff}} with check ({{in_areas}});
create policy service_point_federation_adds on service_point for insert to {{federation}} with check (true);
create policy service_point_system on service_point to {{system}} using (true) with check (true);
grant select on service_point to {{everyone}};
grant insert on service_point to {{staff}}, {{federation}};
grant insert, update on service_point to {{system}};
