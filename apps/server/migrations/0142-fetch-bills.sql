-- Bills of Alipay, read like those of WeChat Pay.
alter table payment_statement drop constraint payment_statement_kind_check;
alter table payment_statement add constraint payment_statement_kind_check check (kind in ('platform', 'wechat', 'alipay'));

-- The bill of a channel's day, fetched by the house itself: what came of it. 'differs': the channel answers another bill
-- than the one that was imported; nothing of it is taken until a person has looked.
create table channel_bill (
  channel text not null,
  day date not null,
  state text not null check (state in ('imported', 'none', 'away', 'refused', 'differs')),
  sha256 bytea,
  new_gifts int not null default 0,
  differences int not null default 0,
  note text,
  asked_at timestamptz not null,
  tries int not null default 1 check (tries >= 1),
  primary key (channel, day)
);
alter table channel_bill enable row level security;
alter table channel_bill force row level security;
create policy channel_bill_reads on channel_bill for select to {{federation}} using (true);
create policy channel_bill_system on channel_bill to {{system}} using (true) with check (true);
grant select on channel_bill to {{federation}};
grant select, insert, update on channel_bill to {{system}};

-- What a credit of the bank is that met nothing the books knew: a gift that a person recognised, or money held apart as
-- unknown until somebody says whose it is, or it goes back where it came from on the word of two.
create table bank_credit (
  bank_line_id uuid primary key references bank_line,
  state text not null check (state in ('gift', 'unknown', 'returning', 'returned')),
  amount_fen bigint not null check (amount_fen > 0),
  gift_id uuid constraint bank_credit_one_gift unique references gift,
  held_transfer_id uuid,
  note text not null,
  noted_at timestamptz not null,
  noted_by uuid not null references account,
  return_reason text,
  return_asked_by uuid references account,
  return_agreed_by uuid references account,
  bank_reference text,
  returned_on date,
  return_transfer_id uuid,
  constraint bank_credit_gift_named check ((state = 'gift') = (gift_id is not null)),
  constraint bank_credit_held check (state = 'gift' or held_transfer_id is not null),
  constraint bank_credit_return_asked check ((state in ('returning', 'returned')) = (return_asked_by is not null)),
  constraint bank_credit_returned_by_two check (state <> 'returned' or (return_agreed_by is not null and return_transfer_id is not null)),
  constraint bank_credit_two_people check (return_agreed_by <> return_asked_by)
);
alter table bank_credit enable row level security;
alter table bank_credit force row level security;
create policy bank_credit_reads on bank_credit for select to {{federation}} using (true);
create policy bank_credit_system on bank_credit to {{system}} using (true) with check (true);
grant select on bank_credit to {{federation}};
grant select, insert, update on bank_credit to {{system}};
