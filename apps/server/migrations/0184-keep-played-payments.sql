-- The books of WeChat Pay as the sandbox plays it: not ours, kept here only so that an order outlives the process it was
-- begun with, and every process knows the same ones.
create table sandbox_wechat (
  kind text not null check (kind in ('order', 'refund')),
  number text not null,
  order_number text not null,
  body jsonb not null,
  primary key (kind, number)
);
create index sandbox_wechat_of_order on sandbox_wechat (order_number);
alter table sandbox_wechat enable row level security;
alter table sandbox_wechat force row level security;
create policy sandbox_wechat_system on sandbox_wechat to {{system}} using (true) with check (true);
grant select, insert, update on sandbox_wechat to {{system}};
