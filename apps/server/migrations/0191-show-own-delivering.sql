-- Who offered to bring orders reads her own offers with her data, and may have them forgotten.
create policy delivery_volunteer_own on delivery_volunteer for select to {{resident}} using ({{own_account}});
grant select (account_id, area_id, state, name_sealed, asked_at) on delivery_volunteer to {{resident}};
grant delete on delivery_volunteer to {{system}};

-- What was noted later than the day it was at the bank stands in that day's month of the books, as long as it is open: the
-- entries it posted, and the day they are booked on. Older ones stand on the day they were noted.
alter table settlement
  add column noted_at timestamptz,
  add column booked_on date,
  add column transfer_ids uuid[];
grant update (noted_at, booked_on, transfer_ids) on settlement to {{federation}}, {{system}};
alter table proceeds_receipt
  add column booked_on date,
  add column transfer_ids uuid[];
grant update (booked_on, transfer_ids) on proceeds_receipt to {{system}};
