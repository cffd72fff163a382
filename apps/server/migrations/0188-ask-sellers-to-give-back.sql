-- Money that goes back through a seller's own number has a refund number of its own there, and an end: done, refused (a
-- person then gives it back in cash, with a supervisor's word), or not known yet and asked about again and again.
alter table sale_refund_payment
  -- The refund number; of older rows it is the refund's own id.
  add column ask_id uuid constraint sale_refund_payment_ask_once unique,
  add column tries int not null default 0 check (tries >= 0),
  add column told_at timestamptz,
  -- Why the payment service will not give it back.
  add column refusal text,
  -- The supervisor with whose word it was given back in cash.
  add column allowed_by uuid references account,
  drop constraint sale_refund_payment_state_check,
  add constraint sale_refund_payment_state check (state in ('asked', 'done', 'refused', 'in_cash')),
  add constraint sale_refund_payment_refused_why check (state <> 'refused' or refusal is not null),
  add constraint sale_refund_payment_cash_allowed check ((state = 'in_cash') = (allowed_by is not null));
create index sale_refund_payment_open on sale_refund_payment (state) where state in ('asked', 'refused');

-- What was paid under the payment service's number, where a sale is only a part of it (a group-buy's first price).
alter table sale_payment add column transaction_fen bigint;
alter table sale_payment add constraint sale_payment_within_transaction check (transaction_fen >= amount_fen);
