-- What was cancelled here is closed at its seller's channel too, so that nobody pays for it any more: since when that is so.
alter table sale_payment add column closed_at timestamptz;
create index sale_payment_to_close on sale_payment (order_id)
  where means = 'wechat' and state = 'waiting' and closed_at is null;
