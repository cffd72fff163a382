-- Gifts in kind: offered, valued by a paper, taken in with a confirmation number. Who gave is known to the giver
-- and the federation; staff read the lot's label.
create table kind_gift (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('SW' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored,
  state text not null check (state in ('offered', 'valued', 'received', 'declined', 'withdrawn')),
  legal_form text not null check (legal_form in ('public_fundraising', 'designated_form', 'agreed_gift', 'direct_gift')),
  account_id uuid references account,
  organization_id uuid references organization,
  -- The name the giver chose to appear under, when it is a person; sealed with the gift's key.
  name_sealed bytea,
  hide_from_public boolean not null,
  hide_from_recipient boolean not null,
  hide_from_staff boolean not null,
  purpose text not null,
  offered_at timestamptz not null,
  offered_by uuid references account,
  basis text check (basis in ('invoice', 'fair_value')),
  paper_number text,
  valued_at timestamptz,
  valued_by uuid references account,
  place_id uuid references service_point,
  received_at timestamptz,
  received_by uuid references account,
  -- Why less was taken in than offered, or why it was declined; the giver reads it.
  reason text,
  confirmation_number text constraint kind_gift_confirmation_once unique,
  form_id uuid not null constraint kind_gift_form_once unique,
  check (account_id is not null or organization_id is not null),
  -- Nothing is taken in that was not valued by a paper.
  check (state <> 'received' or (basis is not null and confirmation_number is not null and place_id is not null))
);
create index kind_gift_by_account on kind_gift (account_id, id desc);
create table kind_gift_line (
  id uuid primary key,
  gift_id uuid not null references kind_gift,
  account_id uuid references account,
  organization_id uuid references organization,
  title text not null,
  quantity int not null check (quantity > 0),
  unit text not null,
  expires_on date,
  item_id uuid references goods_item,
  unit_value_fen bigint check (unit_value_fen >= 0),
  received int check (received >= 0 and received <= quantity),
  lot_id uuid references goods_lot
);
create index kind_gift_line_by_gift on kind_gift_line (gift_id);
alter table kind_gift enable row level security;
alter table kind_gift force row level security;
alter table kind_gift_line enable row level security;
alter table kind_gift_line force row level security;
create policy kind_gift_own on kind_gift to {{resident}} using ({{own_account}}) with check ({{own_account}} and state in ('offered', 'withdrawn'));
-- Whoever acts for an enterprise sees what it gave, also what was announced by letter.
create policy kind_gift_of_enterprise on kind_gift for select to {{resident}} using (organization_id = nullif(current_setting('app.organization', true), '')::uuid);
create policy kind_gift_line_of_enterprise on kind_gift_line for select to {{resident}} using (organization_id = nullif(current_setting('app.organization', true), '')::uuid);
create policy kind_gift_office on kind_gift to {{federation}}, {{system}} using (true) with check (true);
create policy kind_gift_line_own on kind_gift_line to {{resident}} using ({{own_account}}) with check ({{own_account}});
create policy kind_gift_line_office on kind_gift_line to {{federation}}, {{system}} using (true) with check (true);
grant select, insert on kind_gift to {{resident}};
grant update (state) on kind_gift to {{resident}};
grant select, insert on kind_gift_line to {{resident}};
grant select, insert, update on kind_gift to {{federation}}, {{system}};
grant select, insert, update (item_id, unit_value_fen, received, lot_id) on kind_gift_line to {{federation}}, {{system}};
