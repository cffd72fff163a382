-- Bank accounts money may be paid to. Names and numbers are sealed with their owner's key and opened only
-- when a batch is exported. An account is paid to once two people, who did not enter it, signed it.
create table payee_account (
  id uuid primary key,
  serial int generated always as identity,
  owner_kind text not null check (owner_kind in ('organization', 'person')),
  owner_id uuid not null,
  holder_sealed bytea not null,
  number_sealed bytea not null,
  number_tail text not null,
  -- Finds the same number with another payee.
  number_hash bytea not null,
  bank text not null,
  state text not null default 'proposed' check (state in ('proposed', 'signed', 'refused', 'replaced')),
  approval_id uuid not null constraint payee_account_one_approval unique,
  entered_by uuid not null references account,
  entered_at timestamptz not null
);
create unique index payee_account_one_signed on payee_account (owner_id) where state = 'signed';
create unique index payee_account_one_waits on payee_account (owner_id) where state = 'proposed';
create index payee_account_by_number on payee_account (number_hash);
alter table payee_account enable row level security;
alter table payee_account force row level security;
create policy payee_account_office on payee_account to {{federation}}, {{system}} using (true) with check (true);
grant select, insert on payee_account to {{federation}}, {{system}};
grant update (state) on payee_account to {{federation}}, {{system}};

-- Whether payees are on the signed list, for proposals of a street: ids only, no account.
create function signed_payees(p_owners uuid[])
returns table (owner_id uuid)
language sql stable security definer set search_path from current as $$
  select p.owner_id from payee_account p where p.owner_id = any(p_owners) and p.state = 'signed'
$$;
create policy payee_account_owner on payee_account for select to current_user using (true);
revoke all on function signed_payees from public;
grant execute on function signed_payees to {{staff}}, {{federation}}, {{system}};

-- Payments sent to the bank in one file, exported once.
create table payment_batch (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('PC-' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored
    constraint payment_batch_number_once unique,
  state text not null default 'made' check (state in ('made', 'exported', 'answered', 'void')),
  layout text not null,
  made_at timestamptz not null,
  made_by uuid not null references account,
  exported_at timestamptz,
  exported_by uuid references account,
  file_sha256 bytea,
  void_reason text,
  form_id uuid not null constraint payment_batch_form_once unique,
  constraint payment_batch_exported_whole check ((exported_at is null) = (file_sha256 is null)),
  constraint payment_batch_answered_after_export check (state <> 'answered' or exported_at is not null)
);
alter table payment_batch enable row level security;
alter table payment_batch force row level security;
create policy payment_batch_office on payment_batch to {{federation}}, {{system}} using (true) with check (true);
grant select, insert on payment_batch to {{federation}}, {{system}};
grant update (state, exported_at, exported_by, file_sha256, void_reason) on payment_batch to {{federation}}, {{system}};

-- A line of a proposal in a batch. A line is never on its way twice, confirmed once, and tried twice at most.
create table payment_batch_line (
  batch_id uuid not null references payment_batch,
  place int not null check (place >= 1),
  line_id uuid not null references proposal_line,
  attempt int not null check (attempt in (1, 2)),
  payee_account_id uuid not null references payee_account,
  amount_fen bigint not null check (amount_fen > 0),
  state text not null default 'waiting'
    check (state in ('waiting', 'confirmed', 'rejected', 'unknown', 'taken_back')),
  bank_reference text,
  reason_sealed bytea,
  answered_at timestamptz,
  primary key (batch_id, place),
  constraint payment_batch_line_once_in_batch unique (batch_id, line_id)
);
create unique index payment_batch_line_once_per_attempt on payment_batch_line (line_id, attempt)
  where state <> 'taken_back';
create unique index payment_batch_line_never_twice on payment_batch_line (line_id)
  where state in ('waiting', 'unknown', 'confirmed');
alter table payment_batch_line enable row level security;
alter table payment_batch_line force row level security;
create policy payment_batch_line_office on payment_batch_line to {{federation}}, {{system}} using (true) with check (true);
grant select, insert on payment_batch_line to {{federation}}, {{system}};
grant update (state, bank_reference, reason_sealed, answered_at) on payment_batch_line to {{federation}}, {{system}};

-- A proposal that buys something. The counter is what keeps invoices within what was agreed to.
create table purchase (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('CG-' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored
    constraint purchase_number_once unique,
  proposal_id uuid not null references proposal constraint purchase_once_per_proposal unique,
  organization_id uuid not null,
  committed_fen bigint not null check (committed_fen > 0),
  invoiced_fen bigint not null default 0,
  received_on date,
  received_by uuid references account,
  received_note text,
  opened_at timestamptz not null,
  opened_by uuid not null references account,
  constraint purchase_invoices_within check (invoiced_fen between 0 and committed_fen),
  constraint purchase_received_whole check ((received_on is null) = (received_by is null))
);
alter table purchase enable row level security;
alter table purchase force row level security;
create policy purchase_office on purchase to {{federation}}, {{system}} using (true) with check (true);
grant select, insert on purchase to {{federation}}, {{system}};
grant update (invoiced_fen, received_on, received_by, received_note) on purchase to {{federation}}, {{system}};

create table invoice (
  id uuid primary key,
  purchase_id uuid not null references purchase,
  organization_id uuid not null,
  number text not null,
  issued_on date not null,
  amount_fen bigint not null check (amount_fen > 0),
  recorded_at timestamptz not null,
  recorded_by uuid not null references account,
  constraint invoice_once_per_supplier unique (organization_id, number)
);
create index invoice_by_purchase on invoice (purchase_id);
alter table invoice enable row level security;
alter table invoice force row level security;
create policy invoice_office on invoice to {{federation}}, {{system}} using (true) with check (true);
grant select, insert on invoice to {{federation}}, {{system}};
