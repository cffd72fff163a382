-- Whether anybody is still to be put together with the rosters' rows is asked every three seconds, and the answer is no:
-- without this every file was looked at, 20 ms for 17,000 people.
create index person_not_put_together on person (id) where derived_hash is null and erased_at is null;
