-- A station's operator has a login of its own that no table of people knows: not a person, a fact, an ID number, nor
-- anybody's key but the account's own.
create policy data_key_station on data_key for select to {{station}} using (owner = nullif(current_setting('app.account', true), '')::uuid);
create policy data_key_station_adds on data_key for insert to {{station}} with check (owner = nullif(current_setting('app.account', true), '')::uuid);
create policy account_names_station on account for select to {{station}} using (true);
grant select (id, name, display_name, home_area_id, left_on) on account to {{station}};
create policy account_role_station on account_role for select to {{station}} using ({{own_account}});
grant select on account_role to {{station}};
create policy message_station_reads on message for select to {{station}} using ({{own_account}});
create policy message_station_marks on message for update to {{station}} using ({{own_account}});
grant select, update (read_at) on message to {{station}};
create policy push_choice_station_reads on push_choice for select to {{station}} using ({{own_account}});
create policy push_choice_station_adds on push_choice for insert to {{station}} with check ({{own_account}});
create policy push_choice_station_changes on push_choice for update to {{station}} using ({{own_account}});
create policy push_tag_station_reads on push_tag for select to {{station}} using ({{own_account}});
create policy push_tag_station_deletes on push_tag for delete to {{station}} using ({{own_account}});
grant select, insert, update on push_choice to {{station}};
grant select, delete on push_tag to {{station}};
grant select (id, kind, public_name) on organization to {{station}};
