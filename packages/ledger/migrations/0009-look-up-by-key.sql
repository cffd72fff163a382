-- A session keeps the plans it made. One that began when the ledger was nearly empty joined by reading every transfer, and
-- a turn of the sequencer grew longer with the day, until the tables were next analysed. What these functions join to
-- transfers is looked up by key, row by row, whatever the planner believes.

-- See 0002: pg_temp last.
select set_config('search_path', current_setting('search_path') || ', pg_temp', true)
where current_setting('search_path') not like '%pg_temp%';

do $$
declare
  name text;
begin
  foreach name in array array['ledger_sequence', 'ledger_walk_exits', 'ledger_world_statement'] loop
    execute format('alter function %s set enable_hashjoin = off', name::regproc);
    execute format('alter function %s set enable_mergejoin = off', name::regproc);
    execute format('alter function %s set enable_material = off', name::regproc);
  end loop;
end $$;
