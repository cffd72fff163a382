import { addDays, dateInShanghai, type Id, type PlainDate } from '@wennuan/basics';
import type { FindingKind } from '@wennuan/contract';
import { benefitNumber, encodeFact, findField } from '@wennuan/policy';
import { sql, type RawBuilder } from 'kysely';
import type { Scoped } from '../../platform/database/database.ts';
import { matchedOwnPeople, matchedPaidBack } from './circular.look.ts';
import { exclusiveGroups, limits, type FindingSql } from './findings.ts';

/** What a query found, before it is known whether it is new. Evidence: pairs of code and stored value. */
export interface Found {
  kind: FindingKind;
  subjectKey: string;
  personId: Id | null;
  areaId: number;
  departmentId: Id | null;
  evidence: [code: string, value: string | number][];
}

/** Programmes by code with those they exclude, as they hold on the day. */
export interface Exclusion {
  code: string;
  exclusiveWith: readonly string[];
}

const numberOf = (code: string) => findField(code)!.number!;
const GROUP = numberOf('group');
const DIED = numberOf('died_on');
const BENEFIT = numberOf('benefit');
const ALLOWANCE = numberOf('elderly_allowance_fen');

const holds = (fact: string, on: PlainDate): RawBuilder<boolean> => {
  const [since, until] = [sql.ref(`${fact}.since`), sql.ref(`${fact}.until`)];
  return sql`(${since} is null or ${since} <= ${on}) and (${until} is null or ${until} > ${on})`;
};
const dead = (on: PlainDate) => sql`dead as (
  select f.person_id, min(f.value) as died from person_fact f
  where f.field = ${DIED} and ${holds('f', on)} group by f.person_id)`;

/** Everything that looks wrong on a day, by set-based queries over all people. System login. */
export async function lookForFindings(
  tx: Scoped,
  exclusions: readonly Exclusion[],
): Promise<Found[]> {
  const on = dateInShanghai(tx.now);
  const found = [
    await run(tx, theDead(on)),
    await run(tx, benefitsTwice(on, exclusions)),
    await run(tx, excludedPairs(on, exclusions)),
    await run(tx, groupsTogether(on)),
    await run(tx, neverReached(tx.now)),
    await run(tx, neverOpened(on)),
    await run(tx, unconfirmed(on)),
    await run(tx, jumps(on)),
    await run(tx, relatives(on)),
    await run(tx, matchedOwnPeople()),
    await run(tx, matchedPaidBack()),
  ];
  return found.flat();
}

async function run(tx: Scoped, query: RawBuilder<FindingSql>): Promise<Found[]> {
  const { rows } = await query.execute(tx.db);
  return rows.map((row) => ({
    kind: row.kind,
    subjectKey: row.subject_key,
    personId: row.person_id,
    areaId: row.area_id,
    departmentId: row.department_id,
    evidence: row.evidence,
  }));
}

/** People with a registered death who stand in a roster; whoever is still being paid is a kind of its own. */
function theDead(on: PlainDate): RawBuilder<FindingSql> {
  return sql<FindingSql>`with ${dead(on)}, standing as (
    select f.person_id, max(f.area_id) as area_id, (array_agg(f.department_id order by f.value))[1] as department_id,
      jsonb_agg(distinct jsonb_build_array('group', f.value)) as groups
    from person_fact f join dead using (person_id) where f.field = ${GROUP} and ${holds('f', on)} group by f.person_id
  ), paid as (
    select f.person_id, jsonb_agg(distinct jsonb_build_array('amount', f.value)) as sums
    from person_fact f join dead using (person_id) where f.field = ${ALLOWANCE} and f.value > 0 and ${holds('f', on)} group by f.person_id
    union all
    select p.person_id, jsonb_agg(jsonb_build_array('paid_on', p.delivered_on::text)) from award_part p join dead d using (person_id)
    where p.state in ('delivered', 'confirmed') and to_char(p.delivered_on, 'YYYYMMDD')::bigint > d.died group by p.person_id
  ), sums as (select person_id, jsonb_agg(sums) as lists from paid group by person_id)
  select case when s.person_id is null then 'dead_in_roster' else 'dead_paid' end as kind, d.person_id::text as subject_key,
    d.person_id, p.area_id, t.department_id,
    jsonb_build_array(jsonb_build_array('died_on', d.died)) || coalesce(t.groups, '[]')
      || coalesce((select jsonb_agg(one) from jsonb_array_elements(s.lists) list, jsonb_array_elements(list) one), '[]') as evidence
  from dead d join person p on p.id = d.person_id
  left join standing t on t.person_id = d.person_id left join sums s on s.person_id = d.person_id
  where t.person_id is not null or s.person_id is not null`;
}

/** Who gets which benefit from whom: as rosters say, and as awards were granted here. */
const given = (on: PlainDate, programmes: readonly Exclusion[]) => sql`given as (
  select f.person_id, f.value as benefit, f.department_id::text as source, f.department_id
  from person_fact f where f.field = ${BENEFIT} and ${holds('f', on)}
  union
  select a.person_id, c.number, coalesce(a.department_id::text, a.source), a.department_id
  from award a join unnest(${programmes.map(({ code }) => code)}::text[],
    ${programmes.map(({ code }) => benefitNumber(code))}::bigint[]) as c(code, number) on c.code = a.program_code
  where a.state in ('granted', 'paid_elsewhere'))`;

function benefitsTwice(on: PlainDate, programmes: readonly Exclusion[]): RawBuilder<FindingSql> {
  return sql<FindingSql>`with ${given(on, programmes)}
  select 'same_benefit_twice' as kind, g.person_id || ':' || g.benefit as subject_key, g.person_id, p.area_id,
    (array_agg(g.department_id order by g.source))[1] as department_id,
    jsonb_build_array(jsonb_build_array('benefit', g.benefit)) || jsonb_agg(jsonb_build_array('department', g.source)) as evidence
  from given g join person p on p.id = g.person_id
  group by g.person_id, g.benefit, p.area_id having count(distinct g.source) > 1`;
}

function excludedPairs(on: PlainDate, programmes: readonly Exclusion[]): RawBuilder<FindingSql> {
  const pairs = programmes.flatMap(({ code, exclusiveWith }) =>
    exclusiveWith.map((other) => [benefitNumber(code)!, benefitNumber(other)!] as const),
  );
  return sql<FindingSql>`with ${given(on, programmes)}, pair as (
    select distinct least(one, other) as one, greatest(one, other) as other
    from unnest(${pairs.map(([one]) => one)}::bigint[], ${pairs.map(([, other]) => other)}::bigint[]) as p(one, other))
  select 'exclusive_benefits' as kind, a.person_id || ':' || a.benefit || ':' || b.benefit as subject_key, a.person_id, p.area_id,
    (array_agg(a.department_id))[1] as department_id,
    jsonb_build_array(jsonb_build_array('benefit', a.benefit), jsonb_build_array('benefit', b.benefit)) as evidence
  from pair join given a on a.benefit = pair.one join given b on b.benefit = pair.other and b.person_id = a.person_id
  join person p on p.id = a.person_id group by a.person_id, a.benefit, b.benefit, p.area_id`;
}

function groupsTogether(on: PlainDate): RawBuilder<FindingSql> {
  const pairs = exclusiveGroups.map(([one, other]) => [groupNumber(one), groupNumber(other)]);
  return sql<FindingSql>`with ${dead(on)}
  select 'exclusive_benefits' as kind, a.person_id || ':group:' || a.value || ':' || b.value as subject_key, a.person_id, p.area_id,
    (array_agg(a.department_id))[1] as department_id,
    jsonb_build_array(jsonb_build_array('group', a.value), jsonb_build_array('group', b.value)) as evidence
  from unnest(${pairs.map(([one]) => one)}::bigint[], ${pairs.map(([, other]) => other)}::bigint[]) as pair(one, other)
  join person_fact a on a.field = ${GROUP} and a.value = pair.one and ${holds('a', on)}
  join person_fact b on b.field = ${GROUP} and b.value = pair.other and b.person_id = a.person_id and ${holds('b', on)}
  join person p on p.id = a.person_id where not exists (select from dead d where d.person_id = a.person_id)
  group by a.person_id, a.value, b.value, p.area_id`;
}

const groupNumber = (code: string) => encodeFact('group', code)!.value;

function neverReached(now: Date): RawBuilder<FindingSql> {
  const before = new Date(now.getTime() - limits.reachedWithinDays * 86_400_000);
  return sql<FindingSql>`select 'never_reached' as kind, a.id::text as subject_key, a.person_id, a.area_id, a.department_id,
    jsonb_build_array(jsonb_build_array('benefit', a.program_code), jsonb_build_array('award', a.number),
      jsonb_build_array('since', (r.opened_at at time zone 'Asia/Shanghai')::date::text)) as evidence
  from award a join award_round r on r.id = a.round_id
  where a.state = 'candidate' and a.visited_at is null and r.opened_at < ${before}`;
}

function neverOpened(on: PlainDate): RawBuilder<FindingSql> {
  return sql<FindingSql>`select 'never_opened' as kind, g.id::text as subject_key, null::uuid as person_id, g.area_id, g.department_id,
    jsonb_build_array(jsonb_build_array('benefit', g.code), jsonb_build_array('people', count(*)),
      jsonb_build_array('since', min(c.since)::text)) as evidence
  from candidate c join program g on g.id = c.program_id
  where c.ended_on is null and c.since < ${addDays(on, -limits.openedWithinDays)}
    and not exists (select from award_round r where r.program_code = g.code)
  group by g.id, g.area_id, g.department_id, g.code`;
}

function unconfirmed(on: PlainDate): RawBuilder<FindingSql> {
  return sql<FindingSql>`select 'paid_unconfirmed' as kind, p.id::text as subject_key, p.person_id, p.area_id, p.department_id,
    jsonb_build_array(jsonb_build_array('benefit', p.program_code), jsonb_build_array('paid_on', p.delivered_on::text))
      || case when p.unit = 'fen' then jsonb_build_array(jsonb_build_array('amount', p.amount)) else '[]' end as evidence
  from award_part p where p.state = 'delivered' and p.delivered_on < ${addDays(on, -limits.confirmedWithinDays)}`;
}

/** A first delivery has no days and so counts for always: it is no jump. */
function jumps(on: PlainDate): RawBuilder<FindingSql> {
  const before = addDays(on, -limits.jumpDays);
  return sql<FindingSql>`select 'sudden_jump' as kind, c.area_id || ':' || c.value || ':' || ${on.slice(0, 7)}::text as subject_key,
    null::uuid as person_id, c.area_id, c.department_id,
    jsonb_build_array(jsonb_build_array('group', c.value), jsonb_build_array('people_before', c.earlier), jsonb_build_array('people', c.now)) as evidence
  from (select f.area_id, f.value, (array_agg(f.department_id))[1] as department_id,
      count(distinct f.person_id) filter (where ${holds('f', on)}) as now,
      count(distinct f.person_id) filter (where ${holds('f', before)}) as earlier
    from person_fact f where f.field = ${GROUP} group by f.area_id, f.value) c
  where c.now - c.earlier >= ${limits.jumpPeople}::int and c.now >= c.earlier * ${1 + limits.jumpShare}::float`;
}

/** Lines in which a relative stood aside, and awards where a tie to who visited or proposed became known later. */
function relatives(on: PlainDate): RawBuilder<FindingSql> {
  return sql<FindingSql>`with tie as (
    select t.award_id, t.tie from award_recusal t
    union
    select a.id, t.tie from tied_accounts((select array_agg(person_id) from award where state in ('proposed', 'approved', 'on_notice', 'granted', 'finished')), ${on}) t
    join award a on a.person_id = t.person_id and a.state in ('proposed', 'approved', 'on_notice', 'granted', 'finished')
    left join award_list l on l.id = a.list_id
    where t.tie <> 'self' and (t.account_id = a.visited_by or t.account_id = l.proposer_id)
  )
  select 'relative_of_staff' as kind, a.id::text as subject_key, a.person_id, a.area_id, null::uuid as department_id,
    jsonb_build_array(jsonb_build_array('benefit', a.program_code), jsonb_build_array('award', a.number))
      || jsonb_agg(jsonb_build_array('tie', tie.tie)) as evidence
  from tie join award a on a.id = tie.award_id group by a.id`;
}
