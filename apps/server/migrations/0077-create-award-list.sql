-- People proposed to the federation together. Two of its people agree; lines of somebody's relatives are on lists of their own.
create table award_list (
  id uuid primary key,
  serial int generated always as identity,
  number text not null generated always as ('LB-' || lpad(serial::text, greatest(6, length(serial::text)), '0')) stored
    constraint award_list_number_once unique,
  round_id uuid not null references award_round,
  program_code text not null,
  area_id int not null references area,
  fund_id uuid,
  -- Sum of one part of each line, in the programme's unit.
  amount bigint not null,
  line_count int not null check (line_count > 0),
  proposer_id uuid not null references account,
  proposed_at timestamptz not null,
  approval_id uuid not null constraint award_list_one_approval unique,
  set_aside boolean not null,
  -- When its first parts went to payment on the word of those who agreed to it; later ones are agreed to anew.
  paid_out_at timestamptz,
  state text not null default 'proposed' check (state in ('proposed', 'approved', 'refused', 'split'))
);
create index award_list_by_state on award_list (state, serial desc);
alter table award_list enable row level security;
alter table award_list force row level security;
create policy award_list_area on award_list to {{staff}} using ({{in_areas}}) with check ({{in_areas}});
create policy award_list_federation on award_list to {{federation}} using (true) with check (true);
create policy award_list_system on award_list to {{system}} using (true) with check (true);
grant select, insert on award_list to {{staff}}, {{federation}}, {{system}};
grant update (state, paid_out_at) on award_list to {{staff}}, {{federation}}, {{system}};
alter table award add foreign key (list_id) references award_list;

-- Who stood aside, for whom and why it had to be: the log of recusals (Charity Law 14, 40, 59). Rows are only added.
create table award_recusal (
  id uuid primary key,
  at timestamptz not null,
  award_id uuid not null references award,
  list_id uuid,
  area_id int not null references area,
  account_id uuid not null references account,
  role text not null check (role in ('proposer', 'approver', 'staff', 'giver')),
  tie text not null check (tie in ('declared', 'household', 'self'))
);
create index award_recusal_by_list on award_recusal (list_id);
create index award_recusal_by_award on award_recusal (award_id);
alter table award_recusal enable row level security;
alter table award_recusal force row level security;
create policy award_recusal_area on award_recusal for select to {{staff}} using ({{in_areas}});
create policy award_recusal_federation on award_recusal for select to {{federation}} using (true);
create policy award_recusal_adds on award_recusal for insert to {{staff}}, {{federation}} with check (true);
create policy award_recusal_system on award_recusal to {{system}} using (true) with check (true);
grant select, insert on award_recusal to {{staff}}, {{federation}}, {{system}};

-- Which accounts are tied to which of these people: declared, of the same household, or the very person. Crosses areas,
-- as a tie counts wherever it is; names nobody but by ids its caller holds already, and says which roles they hold.
create policy person_ties_owner on person for select to current_user using (true);
create policy household_member_ties_owner on household_member for select to current_user using (true);
create policy relative_ties_owner on relative_declaration for select to current_user using (true);
create policy account_role_ties_owner on account_role for select to current_user using (true);
create function tied_accounts(p_persons uuid[], p_on date)
returns table (person_id uuid, account_id uuid, tie text, roles text[])
language sql stable security definer set search_path from current as $$
  with tied as (
    select r.person_id, r.account_id, 'declared' as tie from relative_declaration r where r.person_id = any(p_persons)
    union
    select p.id, p.account_id, 'self' from person p where p.id = any(p_persons) and p.account_id is not null
    union
    select mine.person_id, other.account_id, 'household'
    from household_member mine
    join household_member theirs on theirs.household_id = mine.household_id and theirs.person_id <> mine.person_id
    join person other on other.id = theirs.person_id and other.account_id is not null
    where mine.person_id = any(p_persons)
      and (mine.until is null or mine.until > p_on) and (theirs.until is null or theirs.until > p_on)
  )
  select tied.person_id, tied.account_id, tied.tie, array(
    select distinct held.role from account_role held
    where held.account_id = tied.account_id and held.since <= p_on and (held.until is null or held.until >= p_on))
  from tied
$$;
revoke all on function tied_accounts from public;
grant execute on function tied_accounts to {{staff}}, {{federation}}, {{system}};

-- Which fund a word in a definition means: definitions go from district to district, funds do not.
create table award_fund (
  word text primary key,
  fund_id uuid not null references fund
);
alter table award_fund enable row level security;
alter table award_fund force row level security;
create policy award_fund_office on award_fund for select to {{staff}} using (true);
create policy award_fund_federation on award_fund to {{federation}} using (true) with check (true);
create policy award_fund_system on award_fund to {{system}} using (true) with check (true);
grant select on award_fund to {{staff}};
grant select, insert, update on award_fund to {{federation}}, {{system}};
