-- Money that an enterprise set aside to match gifts to one campaign (配捐): an account of its own in the ledger, of the
-- same id, filled by an agreed gift. What is left of it is the ledger's word only.
create table matching_pot (
  id uuid primary key,
  serial int generated always as identity,
  code text not null generated always as ('PJ' || lpad(serial::text, greatest(4, length(serial::text)), '0')) stored
    constraint matching_pot_code_once unique,
  campaign_id uuid not null references campaign,
  organization_id uuid not null references organization,
  enterprise_name text not null,
  agreement_number text not null,
  -- Fen added to each yuan given: 100 is one for one.
  ratio_percent int not null check (ratio_percent between 1 and 500),
  cap_per_gift_fen bigint not null check (cap_per_gift_fen > 0),
  cap_per_payer_fen bigint not null check (cap_per_payer_fen >= cap_per_gift_fen),
  from_on date not null,
  until_on date not null,
  -- Where the agreement sends what is left: into the campaign, or to the enterprise's earmark.
  remainder text not null check (remainder in ('campaign', 'fund')),
  remainder_fund_id uuid references fund,
  gift_id uuid not null constraint matching_pot_one_gift unique,
  amount_fen bigint not null check (amount_fen > 0),
  opened_at timestamptz not null,
  ended_on date,
  constraint matching_pot_ends_after_it_begins check (until_on >= from_on),
  constraint matching_pot_names_its_earmark check ((remainder = 'fund') = (remainder_fund_id is not null))
);
-- A gift is matched once, so a campaign has one pot at a time.
create unique index matching_pot_one_open on matching_pot (campaign_id) where ended_on is null;
alter table matching_pot enable row level security;
alter table matching_pot force row level security;
create policy matching_pot_reads on matching_pot for select to {{everyone}} using (true);
create policy matching_pot_office on matching_pot to {{federation}}, {{system}} using (true) with check (true);
create policy matching_pot_owner on matching_pot for select to current_user using (true);
grant select on matching_pot to {{everyone}};
grant insert on matching_pot to {{federation}}, {{system}};
grant update (ended_on) on matching_pot to {{federation}}, {{system}};

-- What a pot added to a gift, and what limited it. Once per gift, also when it was nothing.
create table gift_match (
  gift_id uuid primary key references gift,
  gift_serial bigint not null,
  pot_id uuid not null references matching_pot,
  -- Whose cap it counts towards; null for a giver nobody knows.
  account_id uuid,
  rule_fen bigint not null check (rule_fen >= 0),
  amount_fen bigint not null check (amount_fen >= 0 and amount_fen <= rule_fen),
  cut_by text check (cut_by in ('gift_cap', 'payer_cap', 'pot')),
  transfer_id uuid,
  at timestamptz not null,
  -- How much of the gift went back so far, and what of the match was taken back for it.
  refund_seen_fen bigint not null default 0 check (refund_seen_fen >= 0),
  taken_back_fen bigint not null default 0 check (taken_back_fen >= 0 and taken_back_fen <= amount_fen),
  constraint gift_match_posted check ((amount_fen > 0) = (transfer_id is not null))
);
create index gift_match_by_pot on gift_match (pot_id, gift_serial);
create index gift_match_by_payer on gift_match (pot_id, account_id) where account_id is not null;
alter table gift_match enable row level security;
alter table gift_match force row level security;
create policy gift_match_reads on gift_match for select to {{everyone}} using (true);
create policy gift_match_system on gift_match to {{system}} using (true) with check (true);
create policy gift_match_owner on gift_match for select to current_user using (true);
-- Whose gift it was stays with the federation.
grant select (gift_id, gift_serial, pot_id, rule_fen, amount_fen, cut_by, transfer_id, at, taken_back_fen) on gift_match
  to {{public}}, {{resident}}, {{staff}};
grant select on gift_match to {{federation}}, {{system}};
grant insert, update (refund_seen_fen, taken_back_fen, account_id) on gift_match to {{system}};

-- Gifts a pot is promised for and that were not looked at yet: of people, to the campaign or its items, in its days.
-- The serial keeps the look short while a campaign is busy; a slower turn looks from the beginning.
create function gifts_to_match(p_pot uuid, p_after_serial bigint, p_limit int)
returns table (gift_id uuid, gift_serial bigint, amount_fen bigint, refunded_fen bigint, account_id uuid)
language sql stable set search_path from current as $$
  select g.id, g.serial, g.amount_fen, coalesce(y.refunded_fen, 0), o.account_id
  from matching_pot p
  join gift g on g.campaign_id = p.campaign_id and g.serial > p_after_serial
  left join gift_order o on o.id = g.id
  left join gift_payment y on y.id = g.id
  where p.id = p_pot and p.ended_on is null
    and g.legal_form in ('public_fundraising', 'designated_form') and g.organization_id is null
    and (g.paid_at at time zone 'Asia/Shanghai')::date between p.from_on and p.until_on
    and not exists (select 1 from gift_match m where m.gift_id = g.id)
  order by g.serial limit p_limit
$$;
-- Matched gifts of which more went back than their match was taken back for.
create function matches_to_take_back(p_limit int)
returns table (gift_id uuid, pot_id uuid, campaign_id uuid, amount_fen bigint, taken_back_fen bigint, transfer_id uuid,
  gift_fen bigint, refunded_fen bigint, ratio_percent int, cap_per_gift_fen bigint)
language sql stable set search_path from current as $$
  select m.gift_id, m.pot_id, p.campaign_id, m.amount_fen, m.taken_back_fen, m.transfer_id,
    g.amount_fen, y.refunded_fen, p.ratio_percent, p.cap_per_gift_fen
  from gift_payment y
  join gift_match m on m.gift_id = y.id
  join matching_pot p on p.id = m.pot_id
  join gift g on g.id = m.gift_id
  where y.refunded_fen > m.refund_seen_fen
  order by m.gift_serial limit p_limit
$$;
revoke all on function gifts_to_match, matches_to_take_back from public;
grant execute on function gifts_to_match, matches_to_take_back to {{system}};
create index gift_payment_refunded on gift_payment (id) where refunded_fen > 0;

-- A pot's own account, and the gift that fills it.
alter table account_purpose drop constraint account_purpose_kind_check;
alter table account_purpose add constraint account_purpose_kind_check check (kind in ('fund', 'campaign', 'item',
  'channel', 'supplier', 'person', 'organization', 'need', 'receivable', 'bank', 'before', 'matching_pot', 'aid_pot',
  'due', 'payable'));
alter table gift drop constraint gift_target_kind_check;
alter table gift add constraint gift_target_kind_check check (target_kind in ('campaign', 'item', 'fund', 'project', 'pot'));
