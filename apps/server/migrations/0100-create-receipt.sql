-- The donation confirmation of a gift: made once, when its leaf is in a signed head, and never changed. It names
-- the giver, so all of it is sealed with the gift's key; forgetting her is destroying that key.
create table confirmation (
  gift_id uuid primary key,
  number text not null constraint confirmation_number_once unique,
  fields_sealed bytea not null,
  proof_sealed bytea not null,
  document_sealed bytea not null,
  -- Of the document, so that a copy can be compared with it also after the giver was forgotten.
  sha256 bytea not null check (length(sha256) = 32),
  made_at timestamptz not null
);
alter table confirmation enable row level security;
alter table confirmation force row level security;
create policy confirmation_system on confirmation to {{system}} using (true) with check (true);
grant select, insert on confirmation to {{system}};

-- The fiscal e-receipt beside it is issued on the state's platform; here is what was asked and what came back.
create table fiscal_receipt (
  gift_id uuid primary key,
  number text not null constraint fiscal_receipt_gift_number_once unique,
  amount_fen bigint not null check (amount_fen > 0),
  given_at timestamptz not null,
  state text not null check (state in ('asked', 'issued', 'waived')),
  -- Name, tax number and contact of the payer, sealed with the gift's key.
  payer_sealed bytea,
  asked_at timestamptz,
  waived_at timestamptz,
  receipt_number text constraint fiscal_receipt_number_once unique,
  issued_on date,
  issued_at timestamptz,
  file_sealed bytea,
  file_type text,
  constraint fiscal_receipt_issued_with_number check ((state = 'issued') = (receipt_number is not null)),
  constraint fiscal_receipt_asked_with_payer check (state = 'waived' or payer_sealed is not null),
  constraint fiscal_receipt_file_with_number check (file_sealed is null or receipt_number is not null)
);
create index fiscal_receipt_by_state on fiscal_receipt (state, number);
alter table fiscal_receipt enable row level security;
alter table fiscal_receipt force row level security;
create policy fiscal_receipt_federation_reads on fiscal_receipt for select to {{federation}} using (true);
create policy fiscal_receipt_federation_issues on fiscal_receipt for update to {{federation}}
  using (true) with check (true);
create policy fiscal_receipt_system on fiscal_receipt to {{system}} using (true) with check (true);
grant select on fiscal_receipt to {{federation}};
grant update (state, receipt_number, issued_on, issued_at, file_sealed, file_type)
  on fiscal_receipt to {{federation}};
grant select, insert, update on fiscal_receipt to {{system}};

-- Forgetting a giver takes back the name she had let the public see; nothing else of a gift ever changes.
create policy gift_system_forgets on gift for update to {{system}} using (true) with check (public_name is null);
grant update (public_name) on gift to {{system}};
