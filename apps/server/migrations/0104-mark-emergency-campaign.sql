-- In an emergency public fundraising may begin before it is filed, and is filed within ten days after (Charity Law 72):
-- the three other ticks stay. The clocks for filing and publishing are duties of disclosure.
alter table campaign add column is_emergency boolean not null default false;
alter table campaign drop constraint campaign_public_fundraising_has_ticks;
alter table campaign add constraint campaign_public_fundraising_has_ticks check (
  opened_on is null or legal_form <> 'public_fundraising'
  or coalesce(certificate_number <> '' and listing <> '' and own_account <> ''
    and (is_emergency or (filing_number <> '' and greatest(opened_on, opens_on) >= filed_on + 10)), false)
);
