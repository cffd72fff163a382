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
create index message_by_account on message (account_id, at desc, id desc);
alter table message enable row level security;
alter table message force row level security;
create policy message_own_reads on message for select to {{resident}}, {{staff}}, {{department}}, {{federation}} using ({{own_account}});
create policy message_own_marks on message for update to {{resident}}, {{staff}}, {{department}}, {{federation}} using ({{own_account}});
create policy message_adds on message for insert to {{resident}}, {{staff}}, {{department}}, {{federation}} with check (true);
create policy message_system on message to {{system}} using (true) with check (true);
grant select, insert, update (read_at) on message to {{resident}}, {{staff}}, {{department}}, {{federation}}, {{system}};

-- Personal push (PIPL 24): a topic switched on or off by its account, a tag that is held about it.
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
-- Whoever sends must know what its receiver wants; the choice says nothing about the person.
create policy push_choice_senders on push_choice for select to {{resident}}, {{staff}}, {{department}}, {{federation}} using (true);
create policy push_choice_own_adds on push_choice for insert to {{resident}}, {{staff}}, {{department}}, {{federation}} with check ({{own_account}});
create policy push_choice_own_changes on push_choice for update to {{resident}}, {{staff}}, {{department}}, {{federation}} using ({{own_account}});
create policy push_choice_system on push_choice to {{system}} using (true) with check (true);
create policy push_tag_own_reads on push_tag for select to {{resident}}, {{staff}}, {{department}}, {{federation}} using ({{own_account}});
create policy push_tag_own_deletes on push_tag for delete to {{resident}}, {{staff}}, {{department}}, {{federation}} using ({{own_account}});
create policy push_tag_system on push_tag to {{system}} using (true) with check (true);
grant select, insert, update on push_choice to {{resident}}, {{staff}}, {{department}}, {{federation}}, {{system}};
grant select, delete on push_tag to {{resident}}, {{staff}}, {{department}}, {{federation}}, {{system}};
grant insert on push_tag to {{system}};

-- Text messages, sent or waiting (none before 8 or after 20 except sign-in codes). Either to an account,
-- whose number is looked up when it is sent, or to a bare number; sealed with the account's key or a key of its own.
create table text_message (
  id uuid primary key,
  at timestamptz not null,
  account_id uuid references account,
  telephone_sealed bytea,
  text_sealed bytea not null,
  immediately boolean not null,
  send_after timestamptz not null,
  sent_at timestamptz,
  tries int not null default 0,
  gave_up_at timestamptz,
  check ((account_id is null) <> (telephone_sealed is null))
);
create index text_message_waiting on text_message (send_after) where sent_at is null and gave_up_at is null;
create index text_message_newest on text_message (at desc);
alter table text_message enable row level security;
alter table text_message force row level security;
create policy text_message_adds on text_message for insert to {{resident}}, {{staff}}, {{department}}, {{federation}} with check (true);
create policy text_message_system on text_message to {{system}} using (true) with check (true);
grant insert on text_message to {{resident}}, {{staff}}, {{department}}, {{federation}};
grant select, insert, update, delete on text_message to {{system}};
