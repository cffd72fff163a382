-- Rows that hang together: what is decided of one can decide about another (a link, a question, a rival, one number). Whatever
-- is said of two rows concerns their lists only. A row that stands alone is in none.
create table connected_row (
  lineage_id uuid primary key,
  -- The lowest lineage of its list.
  list_id uuid not null
);
create index connected_row_by_list on connected_row (list_id);
alter table connected_row enable row level security;
alter table connected_row force row level security;
create policy connected_row_system on connected_row to {{system}} using (true) with check (true);
grant select, insert, update, delete on connected_row to {{system}};

-- Rows of which something was said or taken back, until they are put together anew. Only added and taken, so that nobody who
-- answers waits for linking.
create table answered_pair (
  id bigint generated always as identity primary key,
  row_a uuid not null,
  row_b uuid not null
);
alter table answered_pair enable row level security;
alter table answered_pair force row level security;
create policy answered_pair_noted on answered_pair for insert to {{department}}, {{staff}} with check (true);
create policy answered_pair_system on answered_pair to {{system}} using (true) with check (true);
grant insert on answered_pair to {{department}}, {{staff}};
grant select, insert, delete on answered_pair to {{system}};

-- What only all rows together say and a part of them is put together by: years from which ages count, keys that many share.
alter table link_state add column whole_sealed bytea;
