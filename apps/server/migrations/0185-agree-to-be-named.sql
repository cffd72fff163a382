-- The paper on which an organisation agreed that its name as a giver is published (duty C-18), and since when. Without one
-- public pages say "爱心企业". Those on file already were named by agreement; what was published of them stays.
alter table organization
  add column naming_paper text,
  add column naming_consented_on date,
  add constraint organization_naming_whole check ((naming_paper is null) = (naming_consented_on is null));
create policy organization_federation_notes on organization for update to {{federation}} using (true) with check (true);
create policy organization_system_notes on organization for update to {{system}} using (true) with check (true);
grant select (naming_consented_on) on organization to {{resident}}, {{public}}, {{payments}}, {{staff}}, {{department}};
grant update (naming_paper, naming_consented_on) on organization to {{federation}}, {{system}};
-- Likewise of the agreement a special fund stands on: without a paper its page does not say with whom.
alter table fund_agreement add column naming_paper text;
grant select (naming_paper) on fund_agreement to {{everyone}};
