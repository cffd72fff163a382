import { sql, type RawBuilder } from 'kysely';
import { limits, type FindingSql } from './findings.ts';

/** Gifts that were matched, with whose they are and whose pot it was. */
const matched = sql`matched as (
  select m.account_id, m.pot_id, p.organization_id, p.enterprise_name, p.campaign_id, m.at,
    g.amount_fen as given, m.amount_fen - m.taken_back_fen as added
  from gift_match m join matching_pot p on p.id = m.pot_id join gift g on g.id = m.gift_id
  where m.account_id is not null and m.amount_fen > m.taken_back_fen)`;
const district = sql`(select id from area where level = 'district' limit 1)`;

/** An enterprise's own people gave, and its own pot matched them. */
export function matchedOwnPeople(): RawBuilder<FindingSql> {
  return sql<FindingSql>`with ${matched}
  select 'matched_own_people' as kind, m.pot_id || ':' || m.account_id as subject_key, null::uuid as person_id,
    ${district} as area_id, null::uuid as department_id,
    jsonb_build_array(jsonb_build_array('enterprise', m.enterprise_name), jsonb_build_array('gifts', count(*)),
      jsonb_build_array('given', sum(m.given)), jsonb_build_array('matched', sum(m.added)),
      jsonb_build_array('since', (min(m.at) at time zone 'Asia/Shanghai')::date::text)) as evidence
  from matched m
  where exists (select from account_role r where r.account_id = m.account_id and r.organization_id = m.organization_id)
  group by m.pot_id, m.account_id, m.enterprise_name`;
}

/**
 * Whoever gave matched gifts got at least as much out of that campaign within a quarter: herself, or the
 * organisation she speaks for.
 */
export function matchedPaidBack(): RawBuilder<FindingSql> {
  return sql<FindingSql>`with ${matched}, giver as (
    select pot_id, account_id, campaign_id, min(enterprise_name) as enterprise_name, count(*) as gifts,
      sum(given) as given, sum(added) as added, min(at) as first_at from matched group by pot_id, account_id, campaign_id
  ), payee as (
    select account_id, person_id as payee_id, person_id from person_binding where ended_at is null
    union
    select account_id, organization_id, null from account_role where organization_id is not null
  ), back as (
    select g.pot_id, g.account_id, (array_agg(b.person_id) filter (where b.person_id is not null))[1] as person_id,
      sum(y.amount_fen) as fen, max(y.paid_on) as paid_on
    from giver g join payee b on b.account_id = g.account_id
    join payment y on y.payee_id = b.payee_id and y.at >= g.first_at
      and y.at < g.first_at + ${`${limits.paidBackWithinDays} days`}::interval
      and (y.source_id = g.campaign_id or y.source_id in (select i.id from campaign_item i where i.campaign_id = g.campaign_id))
    group by g.pot_id, g.account_id
  )
  select 'matched_paid_back' as kind, g.pot_id || ':' || g.account_id as subject_key, b.person_id,
    ${district} as area_id, null::uuid as department_id,
    jsonb_build_array(jsonb_build_array('enterprise', g.enterprise_name), jsonb_build_array('gifts', g.gifts),
      jsonb_build_array('given', g.given), jsonb_build_array('matched', g.added),
      jsonb_build_array('paid_back', b.fen), jsonb_build_array('paid_on', b.paid_on::text)) as evidence
  from giver g join back b using (pot_id, account_id) where b.fen >= g.given`;
}
