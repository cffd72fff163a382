-- Vouchers, coupons and money together on the phone. What an order's vouchers will pay is held from ordering until it is
-- paid or cancelled: one hold for all orders of a cart, under the cart's key.
alter table sale_order add column held_for uuid;
create index sale_order_of_cart on sale_order (held_for) where held_for is not null;
-- A hold of a cart ends in the transaction that pays or cancels the last of its orders; no counter is away with it.
alter table entitlement_hold add column for_order boolean not null default false;
-- Who pays with a voucher looks like any other at the station.
revoke select (voucher_fen) on sale_order from {{station}};
revoke select on sale_payment from {{station}};
