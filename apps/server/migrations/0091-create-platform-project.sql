-- A project number of the platform. Its account in the ledger has the same id and holds what came under a
-- number nobody knows yet; attaching it to a campaign moves that on, gift by gift. Without a number: a name
-- on a bill, until the platform's file gives it one.
create table platform_project (
  id uuid primary key,
  serial int generated always as identity,
  code text constraint platform_project_code_once unique,
  name text not null,
  campaign_id uuid references campaign,
  attached_at timestamptz,
  attached_by uuid references account,
  created_at timestamptz not null,
  check ((campaign_id is null) = (attached_at is null))
);
create unique index platform_project_name_once on platform_project (name) where code is null;
alter table platform_project enable row level security;
alter table platform_project force row level security;
create policy platform_project_payments on platform_project for select to {{payments}} using (true);
create policy platform_project_office on platform_project to {{federation}}, {{system}} using (true) with check (true);
grant select on platform_project to {{payments}};
grant select, insert on platform_project to {{federation}}, {{system}};
grant update (code, campaign_id, attached_at, attached_by) on platform_project to {{federation}}, {{system}};

-- A gift under such a number has the project for its target; once that is attached it counts for the campaign.
alter table gift drop constraint gift_target_kind_check;
alter table gift add constraint gift_target_kind_check check (target_kind in ('campaign', 'item', 'fund', 'project'));
create policy gift_attached on gift for update to {{federation}}, {{system}}
  using (target_kind = 'project' and campaign_id is null) with check (target_kind = 'project' and campaign_id is not null);
grant update (campaign_id) on gift to {{federation}}, {{system}};

-- A bill imported by the federation's accountant may be the first to tell that a gift begun here was paid.
create policy gift_order_federation_receives on gift_order for update to {{federation}} using (true) with check (state = 'received');
grant update (state) on gift_order to {{federation}};
