-- The inbox of an account. Title and body may describe a person's matter: sealed with the account's key.
create table message (
  id uuid primary key,
  account_id uuid not null references account,
  at timestamptz not null,
  topic text not null,
  sealed bytea not null,
  link text,
  read_at timestamptz
);
create index message_by_account on message (account_id, id desc);
alter table message enable row level security;
alter table message force row level security;
create policy message_own on message to {{resident}}, {{staff}}, {{federation}} using ({{own_account}});
create policy message_adds on message for insert to {{resident}}, {{staff}}, {{federation}} with check (true);
create policy message_system on message to {{system}} using (true) with check (true);
grant select, insert, update on message to {{resident}}, {{staff}}, {{federation}}, {{system}};

-- Personal push (PIPL 24): a topic that is off, a tag that is held.
create table push_choice (
  account_id uuid not null references account,
  topic text not null,
  is_on boolean not null,
  primary key (account_id, topic)
);
create table push_tag (
  account_id uuid not null references account,
  tag text not null,
  since timestamptz not null,
  primary key (account_id, tag)
);
alter table push_choice enable row level security;
alter table push_choice force row level security;
alter table push_tag enable row level security;
alter table push_tag force row level security;
create policy push_choice_own on push_choice to {{resident}}, {{staff}}, {{federation}} using ({{own_account}}) with check ({{own_account}});
create policy push_choice_system on push_choice to {{system}} using (true) with check (true);
create policy push_tag_own on push_tag to {{resident}}, {{staff}}, {{federation}} using ({{own_account}}) with check ({{own_account}});
create policy push_tag_system on push_tag to {{system}} using (true) with check (true);
grant select, insert, update, delete on push_choice, push_tag to {{resident}}, {{staff}}, {{federation}}, {{system}};

-- Text messages as the sandbox channel sent them, or waits to send them (none before 8 or after 20).
create table text_message (
  id uuid primary key,
  at timestamptz not null,
  send_after timestamptz not null,
  sent_at timestamptz,
  telephone_sealed bytea not null,
  text_sealed bytea not null
);
alter table text_message enable row level security;
alter table text_message force row level security;
create policy text_message_adds on text_message for insert to {{resident}}, {{staff}}, {{federation}} with check (true);
create policy text_message_system on text_message to {{system}} using (true) with check (true);
grant insert on text_message to {{resident}}, {{staff}}, {{federation}};
grant select, insert, update, delete on text_message to {{system}};
