-- Once somebody has decided to reverse a payment by code it can never be paid any more, however late the service says
-- so: money that goes back must not have bought anything.
alter table code_payment add column reversing_at timestamptz;
alter table code_payment add constraint code_payment_reversed_by_decision
  check (state <> 'paid' or reversing_at is null);
grant update (reversing_at) on code_payment to {{system}};
