-- A row of a roster as it came, sealed. Never updated: no login may. It goes when its retention is over. Department and area
-- are the roster's, copied here and below for who may see the row; one foreign key says that the roster exists.
create table source_row (
  id uuid primary key,
  roster_id uuid not null,
  department_id uuid not null,
  area_id int not null,
  -- The delivery that brought it first; its key seals the cells.
  delivery_id uuid not null references roster_delivery,
  sheet smallint not null,
  cells_sealed bytea not null,
  -- Keyed hash of the cells by column name: the same row in the next delivery is this entry.
  content_hash bytea not null,
  -- Made from whom it is about, as far as the row says so itself: a later wording of the row has the same, and answers and
  -- persons hold on to it.
  lineage_id uuid not null,
  unique (roster_id, content_hash)
);
create index source_row_by_lineage on source_row (lineage_id);
create index source_row_by_delivery on source_row (delivery_id);
alter table source_row enable row level security;
alter table source_row force row level security;
create policy source_row_own on source_row for select to {{department}} using ({{own_department}});
create policy source_row_area on source_row for select to {{staff}} using ({{in_areas}});
create policy source_row_system on source_row to {{system}} using (true) with check (true);
grant select on source_row to {{department}}, {{staff}};
grant select, insert, delete on source_row to {{system}};

-- Which rows a delivery has and on which line: kept while it is read and while it is the one in force.
create table delivery_row (
  delivery_id uuid not null,
  source_row_id uuid not null references source_row on delete cascade,
  department_id uuid not null,
  area_id int not null,
  sheet smallint not null,
  line int not null,
  primary key (delivery_id, source_row_id)
);
create index delivery_row_by_row on delivery_row (source_row_id);
alter table delivery_row enable row level security;
alter table delivery_row force row level security;
create policy delivery_row_own on delivery_row for select to {{department}} using ({{own_department}});
create policy delivery_row_area on delivery_row for select to {{staff}} using ({{in_areas}});
create policy delivery_row_system on delivery_row to {{system}} using (true) with check (true);
grant select on delivery_row to {{department}}, {{staff}};
grant select, insert, delete on delivery_row to {{system}};

-- When a row stood in its roster: since null in the first delivery (the roster does not say since when), until null while it stands.
create table row_presence (
  source_row_id uuid not null references source_row on delete cascade,
  since_delivery_id uuid not null,
  since date,
  until date,
  primary key (source_row_id, since_delivery_id)
);
create unique index row_presence_open on row_presence (source_row_id) where until is null;
alter table row_presence enable row level security;
alter table row_presence force row level security;
create policy row_presence_system on row_presence to {{system}} using (true) with check (true);
grant select, insert, update (until), delete on row_presence to {{system}};

-- Whose row it is, and what it states of her, sealed with her key: derived, and made again whenever links change.
create table row_person (
  source_row_id uuid primary key,
  lineage_id uuid not null,
  person_id uuid not null references person,
  -- Where she lives, so that her worker sees who says what of her.
  area_id int not null,
  department_id uuid not null,
  roster_id uuid not null,
  -- For whoever sees the person and not the roster: its name, and the day of the last delivery that has the row.
  roster_name text not null,
  delivered_on date not null,
  statement_sealed bytea not null,
  since date,
  until date
);
create index row_person_by_person on row_person (person_id);
alter table row_person enable row level security;
alter table row_person force row level security;
create policy row_person_own on row_person for select to {{department}} using ({{own_department}});
create policy row_person_area on row_person for select to {{staff}} using ({{in_areas}});
create policy row_person_system on row_person to {{system}} using (true) with check (true);
grant select on row_person to {{department}}, {{staff}};
grant select, insert, update, delete on row_person to {{system}};
